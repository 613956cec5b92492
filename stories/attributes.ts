import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Sets an element's attributes from a story's args: what says the default is left out. */
class Attributes extends Directive {
  override update({ element }: ElementPart, [args, defaults]: Parameters<this['render']>): typeof noChange {
    for (const [name, value] of Object.entries(args)) {
      // Storybook adds a spy for each event.
      if (typeof value === 'function') continue;
      if (value === defaults[name] || value === false || value === '') element.removeAttribute(name);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    return noChange;
  }

  render(_args: Readonly<Record<string, unknown>>, _defaults: Readonly<Record<string, unknown>>): typeof noChange {
    return noChange;
  }
}

export const attributes = directive(Attributes);
