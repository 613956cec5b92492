/** The fields of the forms: a label, a control, a hint and, if there is one, the error of its value. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { colorInput } from './color-input.js';
import { type SliderRange, slider } from './slider.js';

/** The kinds of controls. Each edits text, a switch edits a boolean. */
export type Control =
  | { readonly type: 'number'; readonly whole?: boolean; readonly unit?: string; readonly range?: SliderRange }
  | { readonly type: 'choice'; readonly options: readonly Option[] }
  | { readonly type: 'text'; readonly placeholder?: string; readonly maxLength?: number; readonly secret?: boolean }
  | { readonly type: 'json'; readonly placeholder?: string }
  | { readonly type: 'color' }
  | { readonly type: 'switch' };

/** A value that can be chosen, and the words for it. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

export interface Field {
  /** The attribute, or `params.` and the name of a parameter. */
  readonly name: string;
  readonly label: string;
  readonly hint?: unknown;
  readonly control: Control;
  readonly value: string | boolean;
  change(value: string | boolean): void;
}

/** An error as its form shows it: `subject` is the name of the field, if the error is about one. */
export interface FormError {
  readonly subject: string;
  readonly message: string;
}

/** @param idPrefix Keeps the ids of two forms apart that have fields of one name. */
export function fieldTemplate(field: Field, idPrefix: string, error: FormError | null): TemplateResult {
  const id = idOf(field, idPrefix);
  const message = error?.subject === field.name ? error.message : '';
  return html`
    <div class="field" data-field=${field.name} data-type=${field.control.type}>
      ${
        areSegments(field.control)
          ? html`<span class="label">${field.label}</span>`
          : html`<label class="label" for=${id}>${field.label}</label>`
      }
      ${controlTemplate(field, idPrefix, message !== '')}
      ${field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : nothing}
      ${message ? errorTemplate(message, `${id}-error`) : nothing}
    </div>
  `;
}

export const errorTemplate = (message: string, id: string): TemplateResult =>
  html`<p class="error" role="alert" id=${id}>${message}</p>`;

const idOf = ({ name }: Field, idPrefix: string) => `${idPrefix}-${name.replace('.', '-')}`;

/** The control of a field alone, for fields that share a row. */
export function controlTemplate(field: Field, idPrefix: string, invalid: boolean): TemplateResult {
  const { control, name, label, value, change } = field;
  const id = idOf(field, idPrefix);
  const text = String(value);
  const describedBy = invalid ? `${id}-error` : field.hint ? `${id}-hint` : undefined;
  const shared: Shared = { id, name, label, text, describedBy, invalid, change };
  switch (control.type) {
    case 'number':
      return numberInput(control, shared);
    case 'choice':
      return areSegments(control) ? segments(control.options, shared) : menu(control.options, shared);
    case 'color':
      return colorInput({ ...shared, value: text });
    case 'text':
      return textInput(control, shared);
    case 'json':
      return jsonInput(control, shared);
    case 'switch':
      return html`<input
        type="checkbox"
        class="switch"
        id=${id}
        name=${name}
        aria-describedby=${describedBy ?? nothing}
        .checked=${live(value === true)}
        @change=${({ target }: Event) => change((target as HTMLInputElement).checked)}
      />`;
  }
}

interface Shared {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly change: (value: string) => void;
}

function numberInput({ unit = '', whole, range }: Control & { type: 'number' }, shared: Shared): TemplateResult {
  const { id, name, label, text, describedBy, invalid, change } = shared;
  // On `change`, not on `input`: a number that is half typed is another number.
  const number = html`<input
      type="number"
      id=${id}
      name=${name}
      step=${whole ? 1 : 'any'}
      placeholder="automatic"
      aria-describedby=${describedBy ?? nothing}
      aria-invalid=${invalid ? 'true' : nothing}
      .value=${live(text)}
      @change=${({ target }: Event) => change((target as HTMLInputElement).value)}
    />${unit && html`<span class="unit">${unit}</span>`}`;
  if (!range) return html`<span class="quantity">${number}</span>`;
  return html`<span class="slider">${slider(range, { label, value: text, unit, change })}${number}</span>`;
}

function textInput({ placeholder = 'none', maxLength, secret }: Control & { type: 'text' }, shared: Shared) {
  const { id, name, text, describedBy, invalid, change } = shared;
  return html`<input
    type=${secret ? 'password' : 'text'}
    autocomplete=${secret ? 'new-password' : nothing}
    id=${id}
    name=${name}
    spellcheck="false"
    maxlength=${maxLength ?? nothing}
    placeholder=${placeholder}
    aria-describedby=${describedBy ?? nothing}
    aria-invalid=${invalid ? 'true' : nothing}
    .value=${live(text)}
    @input=${({ target }: Event) => change((target as HTMLInputElement).value)}
  />`;
}

function jsonInput({ placeholder = '' }: Control & { type: 'json' }, shared: Shared): TemplateResult {
  const { id, name, text, describedBy, invalid, change } = shared;
  return html`<textarea
    class="json"
    id=${id}
    name=${name}
    rows="2"
    spellcheck="false"
    placeholder=${placeholder}
    aria-describedby=${describedBy ?? nothing}
    aria-invalid=${invalid ? 'true' : nothing}
    .value=${live(text)}
    @change=${({ target }: Event) => change((target as HTMLTextAreaElement).value)}
  ></textarea>`;
}

/** A few short words stand side by side; more are a menu. */
const areSegments = (control: Control): boolean =>
  control.type === 'choice' &&
  control.options.length <= 4 &&
  control.options.reduce((length, { text }) => length + text.length, 0) <= 20;

function segments(options: readonly Option[], { id, name, label, text, describedBy, change }: Shared): TemplateResult {
  return html`
    <span
      class="segments"
      role="radiogroup"
      id=${id}
      aria-label=${label}
      aria-describedby=${describedBy ?? nothing}
      @change=${({ target }: Event) => change((target as HTMLInputElement).value)}
    >
      ${options.map(
        (option) => html`<label
          ><input type="radio" name=${name} value=${option.value} .checked=${live(option.value === text)} />${option.text}</label
        >`,
      )}
    </span>
  `;
}

function menu(options: readonly Option[], shared: Shared): TemplateResult {
  const { id, name, text, describedBy, invalid, change } = shared;
  // The page's markup may have a value that is not among the usual ones.
  const all = options.some(({ value }) => value === text) ? options : [...options, { value: text, text }];
  return html`
    <select
      id=${id}
      name=${name}
      aria-describedby=${describedBy ?? nothing}
      aria-invalid=${invalid ? 'true' : nothing}
      @change=${({ target }: Event) => change((target as HTMLSelectElement).value)}
    >
      ${all.map(
        (option) =>
          html`<option value=${option.value} .selected=${live(option.value === text)}>${option.text}</option>`,
      )}
    </select>
  `;
}
