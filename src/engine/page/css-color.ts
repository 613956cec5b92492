import { valueError } from '../../signals/checks.js';
import type { Rgb } from '../../signals/video/pattern.js';

/**
 * The value of a CSS colour; `undefined` for an empty one. Every colour works that the element could have as its own
 * `color`: names, `oklch()`, `light-dark()`, `currentcolor`, `var(--brand)`, with their present values. A transparent
 * colour is mixed with black.
 *
 * @throws {TypeError} for text that is not a colour.
 */
export function resolveColor(name: string, color: string, element: Element): Rgb | undefined {
  if (color === '') return undefined;
  if (!CSS.supports('color', color)) {
    throw valueError(name, color, 'a CSS color such as "#c00" or "rebeccapurple"', TypeError);
  }
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  context.fillStyle = computedColor(color, element);
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return { r, g, b };
}

/**
 * A copy of a signal's parameters in which the colours are resolved: values named `color`, and entries of lists named `colors`. It has
 * no proxies, as frameworks make them, which no message can carry.
 */
export function resolveColors<T>(value: T, element: Element, name = 'params'): T {
  if (Array.isArray(value)) return value.map((entry) => resolveColors(entry, element, name)) as T;
  if (typeof value === 'string') return /\bcolors?$/.test(name) ? (resolveColor(name, value, element) as T) : value;
  if (Object(value) !== value) return value;
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, entry]) => [key, resolveColors(entry, element, `${name}.${key}`)])) as T;
}

/** The computed value at the element's place, where `currentcolor` and custom properties have their values. */
function computedColor(color: string, { shadowRoot, isConnected }: Element): string {
  if (!shadowRoot || !isConnected) return color;
  const probe = document.createElement('i');
  probe.style.color = color;
  shadowRoot.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  // An element in a tree that is not rendered, such as a hidden frame, has no style.
  return value || color;
}
