import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { SourceElement } from 'track-elements';
import { catalogue } from 'track-elements/signals';
import { readAttribute } from './attributes.js';
import { showElementForm } from './element-form.js';
import { parametersTemplate, SignalParameters } from './signal-parameters.js';
import { descriptionOf, revealChosen } from './signal-picker.js';

/** Attributes that some signals do not use. */
const optionalAttributes = new Set<string>(catalogue.flatMap(({ uses }) => uses));

/**
 * The form of a source: the picker chooses the pattern or waveform; below it are the parameters that only this one has,
 * then the attributes of the element.
 */
export function showSignalForm(form: HTMLFormElement, source: SourceElement, chooser: 'pattern' | 'waveform'): void {
  const picker = form.querySelector<HTMLElement>('.picker');
  const fields = form.querySelector<HTMLElement>('.fields');
  if (!picker || !fields) return;
  const params = new SignalParameters(source, chooser);
  let shownName = '';

  picker.addEventListener('change', ({ target }) => params.choose((target as HTMLInputElement).value));

  const showChosen = () => {
    const name = readAttribute(source, chooser);
    for (const input of picker.querySelectorAll('input')) input.checked = input.value === name;
    if (name === shownName) return;
    shownName = name;
    revealChosen(picker);
  };
  showElementForm(
    fields,
    source,
    {
      isUsed: (attribute) =>
        !optionalAttributes.has(attribute) || params.record?.uses.some((each) => each === attribute) === true,
    },
    (error) => {
      showChosen();
      const { record } = params;
      const first = html`
        <p class="description">${record ? descriptionOf(record) : nothing}</p>
        ${
          record?.parameters.length
            ? keyed(record.name, html`<div class="params">${parametersTemplate(params, source.id, error)}</div>`)
            : nothing
        }
      `;
      return { first };
    },
  );
}
