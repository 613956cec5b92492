import { html, render } from 'lit';
import type { TrackGeneratorElement } from 'track-elements';
import { watchAttributes } from './attribute.js';
import { Waves } from './waves.js';

/**
 * Draws on the canvas and writes it to the generator, thirty times a second until that is paused. Who wants reduced
 * motion sees it move with the pointer only.
 */
export async function writeCanvas(
  canvas: HTMLCanvasElement,
  generator: TrackGeneratorElement,
  hold: HTMLButtonElement,
): Promise<void> {
  const waves = new Waves(canvas);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const step = async () => {
    if (generator.paused) return;
    waves.draw(still.matches ? 2 : performance.now() / 1000);
    // It is there from the start, until somebody stops it.
    if (generator.track) await generator.write(canvas);
  };
  setInterval(() => !still.matches && void step(), 1000 / 30);
  canvas.addEventListener('pointermove', () => still.matches && void step());
  watchAttributes(generator, () => {
    hold.textContent = generator.paused ? 'Resume' : 'Pause';
  });
  await step();
}

/** The lines that do the same elsewhere. */
export function showWriting(place: HTMLElement): void {
  const tag = (name: string) => html`<span class="tint-name">${name}</span>`;
  const attribute = (name: string, value: string) =>
    html` <span class="tint-attribute">${name}</span>=<span class="tint-value">"${value}"</span>`;
  const keyword = (word: string) => html`<span class="tint-attribute">${word}</span>`;
  const generator = tag('track-generator');
  const script = tag('script');
  render(
    html`&lt;${generator}${attribute('id', 'mine')}${attribute('kind', 'video')}
  ${attribute('for', 'written')}&gt;&lt;/${generator}&gt;

&lt;${script}${attribute('type', 'module')}&gt;
  setInterval(${keyword('async')} () =&gt; {
    draw(canvas);
    ${keyword('await')} mine.write(canvas);
  }, 1000 / 30);
&lt;/${script}&gt;`,
    place,
  );
}
