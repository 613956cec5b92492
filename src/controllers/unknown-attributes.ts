import { nearestName } from '../signals/nearest-name.js';

/** Attributes that every element can have. */
const GLOBAL_NAMES =
  /^(id|class|style|slot|part|exportparts|title|lang|dir|hidden|is|nonce|role|tabindex|translate|inert|popover|anchor|key|ref|accesskey|autofocus|autocapitalize|autocorrect|contenteditable|draggable|enterkeyhint|inputmode|itemid|itemprop|itemref|itemscope|itemtype|spellcheck|virtualkeyboardpolicy|writingsuggestions)$/;
/** The beginnings of other attributes of every element, and of those that frameworks and tools add. */
const FOREIGN_PREFIXES = /^(data|aria|ng|v|x|hx|s|q|c|astro|svelte|wire|up|cy|test|qa)-|^on[a-z]|^_/;

const isForeign = (name: string): boolean =>
  /[^a-z0-9_-]/.test(name) || GLOBAL_NAMES.test(name) || FOREIGN_PREFIXES.test(name);

/**
 * The errors of attributes that an element does not know, except those that every element can have, and those of
 * frameworks. This file is loaded when an element has such attributes.
 */
export const unknownAttributes = (tag: string, names: readonly string[], known: readonly string[]): Error[] =>
  names
    .filter((name) => !isForeign(name))
    .map((name) => {
      const like = nearestName(name, known);
      const suggestion = like ? ` Did you mean "${like}"?` : '';
      return new TypeError(`<${tag}> has no attribute "${name}"; it has ${known.join(', ')}.${suggestion}`);
    });
