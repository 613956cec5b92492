import { html, nothing, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import type { Param, ParameterRecord, Params } from 'track-elements/signals';
import { bindColor } from './color-field.js';
import { jsonOf } from './json.js';
import type { OwnParams } from './own-params.js';
import { prose } from './signal-picker.js';
import { bindSlider } from './slider.js';

/** Fields for the parameters that only the chosen signal has, made from the catalogue. There are none where it has none. */
export function showParameters(place: HTMLElement, form: HTMLFormElement, params: OwnParams): void {
  let shown: string | undefined;
  let over = new AbortController();

  form.addEventListener('synced', () => {
    const { record, values } = params;
    const parameters = record?.parameters ?? [];
    place.hidden = parameters.length === 0;
    render(
      keyed(
        record?.name,
        html`
          <div class="params-head">
            <h3>Only in ${record?.title}</h3>
            <button class="link" type="button" ?hidden=${Object.keys(values).length === 0} @click=${() => params.reset()}>
              Reset
            </button>
          </div>
          ${parameters.map((parameter) => fieldOf(parameter, values[parameter.name], (value) => params.set(parameter, value)))}
        `,
      ),
      place,
    );
    if (record?.name === shown) return;
    shown = record?.name;
    over.abort();
    over = new AbortController();
    for (const slider of place.querySelectorAll<HTMLElement>('.slider')) bindSlider(slider, over.signal);
    for (const color of place.querySelectorAll<HTMLElement>('.color')) bindColor(color, over.signal);
  });
}

/** What is edited: the values as they stand in `params`, a color as CSS has it; `undefined` where it is left out. */
interface Edited {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}

function fieldOf(parameter: ParameterRecord, value: unknown, change: Edited['change']): TemplateResult {
  const name = `params.${parameter.name}`;
  const id = name.replace('.', '-');
  const edited: Edited = { id, name, label: wordsOf(parameter.name), value, change };
  return html`
    <div class="field param" data-field=${name} data-type=${parameter.type}>
      ${
        areSegments(parameter)
          ? html`<span class="label">${edited.label}</span>`
          : html`<label class="label" for=${id}>${edited.label}</label>`
      }
      ${control(parameter, edited)}
      <p class="summary" id="${id}-summary">${prose(parameter.summary)}</p>
    </div>
  `;
}

/** `subBlack` is “Sub black” to readers. */
const wordsOf = (name: string) =>
  name
    .replace(/[A-Z]|(?<=[a-z]{3})\d+/g, (part) => ` ${part.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());

function control(parameter: ParameterRecord, edited: Edited): TemplateResult {
  if (parameter.type === 'number') return numberField(parameter, edited);
  if (parameter.type === 'choice') return choiceField(parameter, edited);
  if (parameter.type === 'list') return listField(parameter, edited);
  const { id, name, change, value = parameter.default } = edited;
  if (parameter.type === 'boolean') {
    return html`<input
      type="checkbox"
      class="switch"
      id=${id}
      name=${name}
      aria-describedby="${id}-summary"
      .checked=${live(value === true)}
      @change=${({ target }: Event) => change((target as HTMLInputElement).checked)}
    />`;
  }
  const text = html`<input
    type="text"
    id=${id}
    name=${name}
    spellcheck="false"
    placeholder=${parameter.type === 'color' ? 'any CSS color' : 'none'}
    aria-describedby="${id}-summary"
    .value=${live(typeof value === 'string' ? value : '')}
    @input=${({ target }: Event) => change((target as HTMLInputElement).value || undefined)}
  />`;
  return parameter.type === 'color'
    ? html`<span class="color"><input type="color" aria-label="Pick it: ${edited.label}" />${text}</span>`
    : text;
}

function numberField(parameter: ParameterRecord & { type: 'number' }, { id, name, label, value, change }: Edited) {
  const { min, max, unit = '', whole } = parameter;
  const number = html`<input
      type="number"
      id=${id}
      name=${name}
      step=${whole ? 1 : 'any'}
      placeholder="auto"
      aria-describedby="${id}-summary"
      .value=${live(String(value ?? parameter.default ?? ''))}
      @change=${({ target }: Event) => {
        const { valueAsNumber } = target as HTMLInputElement;
        change(Number.isNaN(valueAsNumber) ? undefined : valueAsNumber);
      }}
    />${unit && html`<span class="unit">${unit}</span>`}`;
  if (min === undefined || max === undefined || parameter.default === undefined) {
    return html`<span class="quantity">${number}</span>`;
  }
  const wide = max - min > 200;
  const scale = wide ? (min > 0 ? 'log' : 'cubic') : '';
  return html`
    <span
      class="slider"
      data-from=${min}
      data-to=${max}
      data-step=${whole ? 1 : (max - min) / 100}
      data-scale=${scale || nothing}
      data-unit=${unit}
    ><input type="range" aria-label=${label} />${number}</span>
  `;
}

/** A few short words stand side by side; more are a menu. */
const areSegments = (parameter: ParameterRecord) =>
  parameter.type === 'choice' && parameter.options.length <= 4 && parameter.options.join('').length <= 20;

function choiceField(parameter: ParameterRecord & { type: 'choice' }, { id, name, label, value, change }: Edited) {
  const { options } = parameter;
  const chosen = value ?? parameter.default;
  const pick = ({ target }: Event) => change((target as HTMLInputElement | HTMLSelectElement).value);
  if (areSegments(parameter)) {
    return html`
      <span class="segments" role="radiogroup" id=${id} aria-label=${label} aria-describedby="${id}-summary" @change=${pick}>
        ${options.map(
          (option) => html`<label
            ><input type="radio" name=${name} value=${option} .checked=${live(option === chosen)} />${option}</label
          >`,
        )}
      </span>
    `;
  }
  return html`
    <select id=${id} name=${name} aria-describedby="${id}-summary" @change=${pick}>
      ${options.map((option) => html`<option .selected=${live(option === chosen)}>${option}</option>`)}
    </select>
  `;
}

/** A list is edited as JSON. What is none is told to the element all the same: it says what it takes. */
function listField({ default: usual, item }: ParameterRecord & { type: 'list' }, { id, name, value, change }: Edited) {
  const read = ({ target }: Event) => {
    const { value: text } = target as HTMLTextAreaElement;
    try {
      change(text.trim() === '' ? undefined : JSON.parse(text));
    } catch {
      change(text);
    }
  };
  const list = value ?? usual;
  const empty = Array.isArray(list) && list.length === 0;
  return html`<textarea
    class="json"
    id=${id}
    name=${name}
    rows="2"
    spellcheck="false"
    placeholder="none, or ${jsonOf([exampleOf(item)])}"
    aria-describedby="${id}-summary"
    .value=${live(empty ? '' : typeof list === 'string' ? list : jsonOf(list))}
    @change=${read}
  ></textarea>`;
}

/** A value that an item of a list could have. */
function exampleOf(item: Param | Params): unknown {
  if (typeof item.type !== 'string') {
    return Object.fromEntries(Object.entries(item as Params).map(([name, param]) => [name, exampleOf(param)]));
  }
  const param = item as Param;
  if (param.type === 'color') return 'red';
  return param.default ?? (param.type === 'number' ? (param.min ?? 0) : '');
}
