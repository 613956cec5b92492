import { html, render } from 'lit';
import { readAttribute, watchAttributes, writeAttribute } from './attribute.js';

const sizes: readonly { name: string; width: number; height: number }[] = [
  { name: '360p', width: 640, height: 360 },
  { name: '540p', width: 960, height: 540 },
  { name: '720p', width: 1280, height: 720 },
  { name: '1080p', width: 1920, height: 1080 },
];

const rates = ['10', '24', '25', '29.97', '30', '50', '59.94', '60'];

/** Usual sizes as radio buttons; none is checked while the element has another size. */
export function fillSizes(group: HTMLElement, element: Element): void {
  const choose = ({ width, height }: { width: number; height: number }) => {
    writeAttribute(element, 'width', String(width));
    writeAttribute(element, 'height', String(height));
  };
  watchAttributes(element, () => {
    const [width, height] = ['width', 'height'].map((name) => Number(readAttribute(element, name)));
    render(
      sizes.map(
        (size) => html`
          <label>
            <input
              type="radio"
              name="size"
              .checked=${size.width === width && size.height === height}
              @change=${() => choose(size)}
            />${size.name}
          </label>
        `,
      ),
      group,
    );
  });
}

/** Usual frame rates as options. */
export function fillRates(select: HTMLSelectElement): void {
  select.replaceChildren(...rates.map((rate) => new Option(`${rate} frames a second`, rate)));
}
