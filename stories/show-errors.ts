import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

class ShowErrors extends Directive {
  #isListening = false;

  override update({ element }: ElementPart): typeof noChange {
    if (this.#isListening) return noChange;
    this.#isListening = true;
    const source = element as Element & { readonly state: string };
    const show = (message: string) => {
      const place = source.parentElement?.querySelector('.error');
      if (place) place.textContent = message;
    };
    source.addEventListener('error', (event) => show((event as ErrorEvent).message));
    source.addEventListener('statechange', () => {
      if (source.state !== 'failed') show('');
    });
    return noChange;
  }

  render(): typeof noChange {
    return noChange;
  }
}

/** Shows an element's error in the `.error` beside it, until the error is corrected. */
export const showErrors = directive(ShowErrors);
