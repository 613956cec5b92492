import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { whenLoaded } from '../generator/page/when-loaded.js';
import type { GivenCommand } from './unknown-commands.js';

/** The commands of an element, by name. */
export type Commands = Readonly<Record<`--${string}`, () => unknown>>;

/** All commands of each element: those of its class and of the classes that it extends. */
const commandsOf = new WeakMap<HTMLElement, Commands>();

/** Runs an element's commands when a `<button commandfor command>` gives them. Warns of those that it does not know. */
export class CommandController implements ReactiveController {
  readonly #host: HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement, commands: Commands) {
    this.#host = host;
    const inherited = commandsOf.get(host);
    commandsOf.set(host, { ...inherited, ...commands });
    if (!inherited) host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('command', this.#run);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('command', this.#run);
  }

  readonly #run = (event: Event): void => {
    const given = event as GivenCommand;
    const commands = commandsOf.get(this.#host) as Commands;
    if (Object.hasOwn(commands, given.command)) commands[given.command]?.();
    else {
      whenLoaded(import('./unknown-commands.js'), ({ warnOfUnknownCommand }) =>
        warnOfUnknownCommand(this.#host, given, Object.keys(commands)),
      );
    }
  };
}
