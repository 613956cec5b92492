import { html, type TemplateResult } from 'lit';
import type { Param, ParameterRecord, Params, SignalRecord } from 'track-elements/signals';
import { readAttribute, writeAttribute } from './attributes.js';
import { type Control, type Field, type FormError, fieldTemplate } from './fields.js';
import { formatJson } from './format-json.js';
import { prose, recordOf } from './signal-picker.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * The parameters that only the chosen pattern or waveform has: the members of the element's `params`. A default is left
 * out. Each signal gets its parameters back when it is chosen again.
 */
export class SignalParameters {
  readonly #element: Element;
  readonly #attribute: 'pattern' | 'waveform';
  readonly #savedParams = new Map<string, string>();

  constructor(element: Element, attribute: 'pattern' | 'waveform') {
    this.#element = element;
    this.#attribute = attribute;
  }

  /** The catalogue's record of the chosen signal. */
  get record(): SignalRecord | undefined {
    return recordOf(this.#attribute === 'pattern' ? 'video' : 'audio', readAttribute(this.#element, this.#attribute));
  }

  get values(): Values {
    try {
      return JSON.parse(this.#element.getAttribute('params') ?? '{}') as Values;
    } catch {
      return {};
    }
  }

  /** Sets a parameter; `undefined` sets its default. */
  set({ name, default: defaultValue }: ParameterRecord, value: unknown): void {
    const { [name]: _, ...others } = this.values;
    const isDefault = value === undefined || formatJson(value) === formatJson(defaultValue);
    this.#write(isDefault ? others : { ...others, [name]: value });
  }

  /** Sets all parameters to their defaults. */
  reset(): void {
    this.#write({});
  }

  /**
   * Chooses another signal. Its parameters are set in the same task, so that the element never sees the parameters of the old
   * signal.
   */
  choose(signal: string): void {
    const attribute = this.#attribute;
    this.#savedParams.set(readAttribute(this.#element, attribute), this.#element.getAttribute('params') ?? '');
    writeAttribute(this.#element, 'params', this.#savedParams.get(signal) ?? '');
    writeAttribute(this.#element, attribute, signal);
  }

  #write(values: Values): void {
    writeAttribute(this.#element, 'params', Object.keys(values).length > 0 ? formatJson(values) : '');
  }
}

/** A field for each parameter of the chosen signal. */
export function parametersTemplate(
  params: SignalParameters,
  idPrefix: string,
  error: FormError | null,
): TemplateResult {
  const { record, values } = params;
  return html`
    <div class="params-header">
      <h3>Only in ${record?.title}</h3>
      <button class="link" type="button" ?hidden=${Object.keys(values).length === 0} @click=${() => params.reset()}>
        Reset
      </button>
    </div>
    ${record?.parameters.map((parameter) =>
      fieldTemplate(
        parameterField(parameter, values[parameter.name], (value) => params.set(parameter, value)),
        idPrefix,
        error,
      ),
    )}
  `;
}

function parameterField(parameter: ParameterRecord, given: unknown, set: (value: unknown) => void): Field {
  const value = given ?? parameter.default;
  return {
    name: `params.${parameter.name}`,
    label: wordsOf(parameter.name),
    hint: prose(parameter.summary),
    control: controlOf(parameter),
    value: parameter.type === 'boolean' ? value === true : textOf(parameter, value),
    change: (changed) => set(readValue(parameter, changed)),
  };
}

/** `subBlack` is “Sub black” to readers. */
const wordsOf = (name: string) =>
  name
    .replace(/[A-Z]|(?<=[a-z]{3})\d+/g, (part) => ` ${part.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());

function textOf({ type }: ParameterRecord, value: unknown): string {
  // The default of a color is a list of its components.
  if (type === 'color') return typeof value === 'string' ? value : '';
  if (type !== 'list') return String(value ?? '');
  if (Array.isArray(value) && value.length === 0) return '';
  return typeof value === 'string' ? value : formatJson(value);
}

/** The value of a parameter from the text of its field; `undefined` for an empty field. */
function readValue({ type }: ParameterRecord, edited: string | boolean): unknown {
  if (typeof edited === 'boolean') return edited;
  if (edited.trim() === '') return undefined;
  if (type === 'number') return Number(edited);
  if (type !== 'list') return edited;
  try {
    return JSON.parse(edited);
  } catch {
    // The element gets it unchanged: its error says which list it takes.
    return edited;
  }
}

function controlOf(parameter: ParameterRecord): Control {
  switch (parameter.type) {
    case 'number':
      return numberControl(parameter);
    case 'choice':
      return { type: 'choice', options: parameter.options.map((option) => ({ value: option, text: option })) };
    case 'boolean':
      return { type: 'switch' };
    case 'color':
      return { type: 'color' };
    case 'list':
      return { type: 'json', placeholder: `none, or ${formatJson([exampleOf(parameter.item)])}` };
    case 'text':
      return { type: 'text' };
  }
}

/** A range wider than this gets a slider that is not linear. */
const LINEAR_RANGE = 200;

function numberControl({ min, max, unit, whole, default: value }: ParameterRecord & { type: 'number' }): Control {
  if (min === undefined || max === undefined || value === undefined) return { type: 'number', unit, whole };
  const range =
    max - min > LINEAR_RANGE
      ? ({ min, max, scale: min > 0 ? 'log' : 'cubic' } as const)
      : { min, max, step: whole ? 1 : (max - min) / 100 };
  return { type: 'number', unit, whole, range };
}

/** A value that an item of a list can have. */
function exampleOf(item: Param | Params): unknown {
  if (typeof item.type !== 'string') {
    return Object.fromEntries(Object.entries(item as Params).map(([name, param]) => [name, exampleOf(param)]));
  }
  const param = item as Param;
  if (param.type === 'color') return 'red';
  return param.default ?? (param.type === 'number' ? (param.min ?? 0) : '');
}
