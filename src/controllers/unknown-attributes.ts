import { nearestName } from '../signals/nearest-name.js';

/** Attributes that every element can have. */
const GLOBAL_NAMES =
  /^(id|class|style|slot|part|exportparts|title|lang|dir|hidden|is|nonce|role|tabindex|translate|inert|popover|anchor|key|ref|accesskey|autofocus|autocapitalize|autocorrect|contenteditable|draggable|enterkeyhint|inputmode|itemid|itemprop|itemref|itemscope|itemtype|spellcheck|virtualkeyboardpolicy|writingsuggestions|xmlns|elementtiming|headingoffset|headingreset)$/;
/** Attributes that servers write for the hydration of a page: Angular's, and that of Lit. */
const HYDRATION_NAMES = /^(ngh|ngb|ngskiphydration|jsaction|jsname|jscontroller|jsmodel|defer-hydration)$/;
/** The beginnings of other attributes of every element, and of those that frameworks and tools add. */
const FOREIGN_PREFIXES = /^(data|aria|ng|v|x|hx|s|q|c|astro|svelte|wire|up|cy|test|qa)-|^on[a-z]|^_/;

const isForeign = (name: string): boolean =>
  [/[^a-z0-9_-]/, GLOBAL_NAMES, HYDRATION_NAMES, FOREIGN_PREFIXES].some((names) => names.test(name));

/**
 * The errors of attributes that an element does not know, except those that every element can have, and those of
 * frameworks. This file is loaded when an element has such attributes.
 */
export const unknownAttributes = (host: Element, known: readonly string[]): Error[] =>
  host
    .getAttributeNames()
    .filter((name) => !known.includes(name) && !isForeign(name) && isNew(host, name))
    .map((name) => {
      const like = nearestName(name, known);
      const suggestion = like ? ` Did you mean "${like}"?` : '';
      return new TypeError(`<${host.localName}> has no attribute "${name}"; it has ${known.join(', ')}.${suggestion}`);
    });

/** An event of a `<button commandfor command>`. */
export interface GivenCommand extends Event {
  readonly command: `--${string}`;
}

/** The attributes and commands that were already reported for an element. */
const told = new WeakMap<Element, Set<string>>();

/** Whether a name was not reported for an element before. */
function isNew(host: Element, name: string): boolean {
  const names = told.get(host) ?? new Set();
  told.set(host, names);
  return names.size < names.add(name).size;
}

/**
 * The error of a command that an element does not know, such as a misspelt one: once of each. Commands of the browser, such as
 * `toggle-popover`, are not unknown, and neither are commands of the page if it calls `preventDefault()`.
 */
export function unknownCommand(host: Element, event: GivenCommand, commands: object): readonly Error[] {
  const { command } = event;
  if (!command.startsWith('--') || event.defaultPrevented || !isNew(host, command)) return [];
  const known = Object.keys(commands);
  const like = nearestName(command, known);
  const advice = like
    ? `Did you mean "${like}"?`
    : 'If it is a command of the page, call preventDefault() of its event.';
  return [new TypeError(`<${host.localName}> has no command "${command}"; it has ${known.join(', ')}. ${advice}`)];
}
