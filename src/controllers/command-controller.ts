import type { ReactiveControllerHost } from '@lit/reactive-element';
import { warnOfUnknown } from './attribute-check.js';
import type { GivenCommand } from './unknown-attributes.js';

/** The commands of an element, by name. */
export type Commands = Readonly<Record<`--${string}`, () => unknown>>;

/** Runs an element's commands when a `<button commandfor command>` gives them. Warns of those that it does not know. */
export class CommandController {
  constructor(host: ReactiveControllerHost & HTMLElement, commands: Commands) {
    const run = (event: Event): void => {
      const command = commands[(event as GivenCommand).command];
      if (command) command();
      else warnOfUnknown(host, (module) => module.unknownCommand(host, event as GivenCommand, commands));
    };
    // A listener that the element has already is not added again.
    host.addController({ hostConnected: () => host.addEventListener('command', run) });
  }
}
