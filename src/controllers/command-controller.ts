import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** What buttons can ask of an element: the command's name and what it does. */
export type Commands = Readonly<Record<`--${string}`, () => unknown>>;

/** Lets `<button commandfor command>` give an element commands. */
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
