import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface ColorInput {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** Any CSS color; empty for the default. */
  readonly value: string;
  readonly describedBy?: string;
  readonly invalid: boolean;
  change(value: string): void;
}

/** A color as text, with a swatch beside it that opens the browser's color picker. */
export function colorInput({ id, name, label, value, describedBy, invalid, change }: ColorInput): TemplateResult {
  const read = ({ target }: Event) => change((target as HTMLInputElement).value);
  return html`<span class="color">
    <input type="color" aria-label="Pick: ${label}" .value=${live(hexOf(value))} @input=${read} />
    <input
      type="text"
      id=${id}
      name=${name}
      spellcheck="false"
      placeholder="any CSS color"
      aria-describedby=${describedBy ?? nothing}
      aria-invalid=${invalid ? 'true' : nothing}
      .value=${live(value)}
      @input=${read}
    />
  </span>`;
}

/** A CSS color as `#rrggbb`, which is all that a color input takes; black for text that is no color. */
function hexOf(color: string): string {
  if (!CSS.supports('color', color)) return '#000000';
  context ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) return '#000000';
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

let context: OffscreenCanvasRenderingContext2D | null | undefined;
