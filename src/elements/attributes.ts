import type { ComplexAttributeConverter } from '@lit/reactive-element';
import { describeValue } from '../signals/describe-value.js';
import type { Rgb } from '../signals/video/pattern.js';

/** An attribute that is a number, or a fraction such as `30000/1001`. */
export const rateConverter: ComplexAttributeConverter<number | string> = {
  fromAttribute: (value) => (Number.isNaN(Number(value ?? Number.NaN)) ? (value as string) : Number(value)),
  toAttribute: String,
};

/** An attribute that is a JSON object; what is none stays text, for `checkParams` to say so. */
export const paramsConverter: ComplexAttributeConverter<Readonly<Record<string, unknown>>> = {
  fromAttribute: (value) => {
    try {
      return JSON.parse(value ?? 'null');
    } catch {
      return value as unknown as Record<string, unknown>;
    }
  },
  toAttribute: (value) => {
    try {
      return JSON.stringify(value);
    } catch {
      return String(value);
    }
  },
};

/** @throws {TypeError} for what is no object. */
export function checkParams(params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.prototype.toString.call(params) === '[object Object]') return params;
  throw new TypeError(`params is ${describeValue(params)}; it is a JSON object such as {"size": 64}.`);
}

/**
 * A CSS colour as numbers, or `undefined` where none is given. Whatever an element could have for its own `color`: names,
 * `oklch()`, `light-dark()`, `currentcolor`, `var(--brand)`, as they stand now; with an alpha that is mixed with black.
 * @throws {TypeError} for what is no colour.
 */
export function resolveColor(name: string, color: string, element: Element): Rgb | undefined {
  if (color === '') return undefined;
  if (!CSS.supports('color', color)) {
    throw new TypeError(`${name} is ${JSON.stringify(color)}; it is a CSS color such as "#c00" or "rebeccapurple".`);
  }
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = computed(color, element);
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return { r, g, b };
}

/** What the colour amounts to where the element stands. */
function computed(color: string, { shadowRoot, isConnected }: Element): string {
  if (!shadowRoot || !isConnected) return color;
  const probe = document.createElement('i');
  probe.style.color = color;
  shadowRoot.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  // What is in no tree that is shown has no style.
  return value || color;
}

/** The CSS colours among a signal's params as numbers: what is called `color`, or stands in a list called `colors`. */
export function resolveColors<T>(value: T, element: Element, name = 'params'): T {
  if (Array.isArray(value)) return value.map((entry) => resolveColors(entry, element, name)) as T;
  if (typeof value === 'string') return /\bcolors?$/.test(name) ? (resolveColor(name, value, element) as T) : value;
  if (Object(value) !== value) return value;
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, entry]) => [key, resolveColors(entry, element, `${name}.${key}`)])) as T;
}
