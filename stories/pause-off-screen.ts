import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const source of target.querySelectorAll('pattern-source, tone-source')) {
        source.toggleAttribute('paused', !isIntersecting);
      }
    }
  },
  { rootMargin: '120px' },
);

class PauseOffScreen extends Directive {
  override update({ element }: ElementPart): typeof noChange {
    observer.observe(element);
    return noChange;
  }

  render(): typeof noChange {
    return noChange;
  }
}

/** Pauses the sources in an element while it is off screen, so that a page can have fifty of them. */
export const pauseOffScreen = directive(PauseOffScreen);
