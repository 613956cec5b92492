import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Fifty sources on a page are no burden while those that nobody sees hold their last picture. */
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const source of target.querySelectorAll('pattern-source, tone-source')) {
        source.toggleAttribute('paused', !isIntersecting);
      }
    }
  },
  { rootMargin: '120px' },
);

class WhileOnScreen extends Directive {
  override update({ element }: ElementPart): typeof noChange {
    watcher.observe(element);
    return noChange;
  }

  render(): typeof noChange {
    return noChange;
  }
}

/** Pauses the sources in an element while it is off screen. */
export const whileOnScreen = directive(WhileOnScreen);
