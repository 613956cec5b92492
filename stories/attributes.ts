import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

type Values = Readonly<Record<string, unknown>>;

class Attributes extends Directive {
  override update({ element }: ElementPart, [values, defaults]: Parameters<this['render']>): typeof noChange {
    for (const [name, value] of Object.entries(values)) {
      // Storybook adds a spy for each event to the args.
      if (typeof value === 'function') continue;
      if (value === defaults[name] || value === false || value === '') element.removeAttribute(name);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    return noChange;
  }

  render(_values: Values, _defaults: Values): typeof noChange {
    return noChange;
  }
}

/** Sets attributes of an element. One that has its default is removed. */
export const attributes = directive(Attributes);
