import { report } from '../generator/page/report.js';
import { nearestName } from '../signals/nearest-name.js';

/** An event of a `<button commandfor command>`. */
export interface GivenCommand extends Event {
  readonly command: `--${string}`;
}

/** The commands of which an element has been told. */
const told = new WeakMap<Element, Set<string>>();

/**
 * Warns of a command that an element does not know, such as a misspelt one: once of each. Commands of the browser, such as
 * `toggle-popover`, are none, and neither are those of the page, which calls `preventDefault()`. This file is loaded when an element is
 * given such a command.
 */
export function warnOfUnknownCommand(host: HTMLElement, event: GivenCommand, known: readonly string[]): void {
  const { command } = event;
  const before = told.get(host) ?? new Set();
  told.set(host, before);
  if (!command.startsWith('--') || event.defaultPrevented || before.has(command)) return;
  before.add(command);
  const like = nearestName(command, known);
  const suggestion = like
    ? ` Did you mean "${like}"?`
    : ' If it is a command of the page, call preventDefault() of its event.';
  const message = `<${host.localName}> has no command "${command}"; it has ${known.join(', ')}.${suggestion}`;
  report(host, 'warning', new TypeError(message));
}
