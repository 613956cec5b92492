import type { ParameterRecord, SignalRecord } from 'track-elements/signals';
import { readAttribute, writeAttribute } from './attribute.js';
import { jsonOf } from './json.js';
import { recordOf } from './signal-picker.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * What only the chosen signal knows: the members of its element's `params`. One that says the default is left out, and
 * each signal gets its own back when it is chosen again.
 */
export class OwnParams {
  readonly #element: Element;
  readonly #attribute: 'pattern' | 'waveform';
  readonly #kept = new Map<string, string>();

  constructor(element: Element, attribute: 'pattern' | 'waveform') {
    this.#element = element;
    this.#attribute = attribute;
  }

  /** The catalogue's record of the signal that is chosen. */
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

  /** Sets one; `undefined` is the default. */
  set({ name, default: usual }: ParameterRecord, value: unknown): void {
    const { [name]: _, ...others } = this.values;
    const same = value === undefined || jsonOf(value) === jsonOf(usual);
    this.#write(same ? others : { ...others, [name]: value });
  }

  /** Sets all of them to their defaults. */
  reset(): void {
    this.#write({});
  }

  /** Writes an attribute of the element. With another signal go its own parameters, in the same turn. */
  readonly write: typeof writeAttribute = (element, attribute, value) => {
    if (attribute === this.#attribute && typeof value === 'string') {
      this.#kept.set(readAttribute(element, attribute), element.getAttribute('params') ?? '');
      writeAttribute(element, 'params', this.#kept.get(value) ?? '');
    }
    writeAttribute(element, attribute, value);
  };

  #write(values: Values): void {
    writeAttribute(this.#element, 'params', Object.keys(values).length > 0 ? jsonOf(values) : '');
  }
}
