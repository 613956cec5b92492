import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** The commands of an element, by name. */
export type Commands = Readonly<Record<`--${string}`, () => unknown>>;

/** Runs an element's commands when a `<button commandfor command>` gives them. */
export class CommandController implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #commands: Commands;

  constructor(host: ReactiveControllerHost & HTMLElement, commands: Commands) {
    this.#host = host;
    this.#commands = commands;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('command', this.#run);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('command', this.#run);
  }

  readonly #run = (event: Event): void => {
    const { command } = event as Event & { readonly command: `--${string}` };
    if (Object.hasOwn(this.#commands, command)) this.#commands[command]?.();
  };
}
