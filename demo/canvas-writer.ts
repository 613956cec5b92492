import { html, render } from 'lit';
import type { TrackGeneratorElement } from 'track-elements';
import { watchAttributes } from './attributes.js';
import { WaveDrawing } from './wave-drawing.js';

const FRAME_RATE = 30;

/** The time of the drawing, in seconds, for visitors who prefer reduced motion. */
const STILL_TIME_S = 2;

/**
 * Draws on a canvas and writes it to the generator at 30 frames per second. For visitors who prefer reduced motion, only
 * when the pointer moves.
 */
export async function writeCanvas(
  canvas: HTMLCanvasElement,
  generator: TrackGeneratorElement,
  pauseButton: HTMLButtonElement,
): Promise<void> {
  const drawing = new WaveDrawing(canvas);
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  const writeFrame = async () => {
    if (generator.paused) return;
    drawing.draw(reducedMotion.matches ? STILL_TIME_S : performance.now() / 1000);
    // A stopped generator has no track to write to.
    if (generator.track) await generator.write(canvas);
  };
  setInterval(() => !reducedMotion.matches && void writeFrame(), 1000 / FRAME_RATE);
  canvas.addEventListener('pointermove', () => reducedMotion.matches && void writeFrame());
  watchAttributes(generator, () => {
    pauseButton.textContent = generator.paused ? 'Resume' : 'Pause';
  });
  await writeFrame();
}

/** Shows the lines of code that write a canvas on any page. */
export function showWriteExample(place: HTMLElement): void {
  const tag = (name: string) => html`<span class="tint-name">${name}</span>`;
  const attribute = (name: string, value: string) =>
    html` <span class="tint-attribute">${name}</span>=<span class="tint-value">"${value}"</span>`;
  const keyword = (word: string) => html`<span class="tint-attribute">${word}</span>`;
  const generator = tag('track-generator');
  const script = tag('script');
  render(
    html`&lt;${generator}${attribute('id', 'canvas-track')}${attribute('kind', 'video')}
  ${attribute('for', 'written')}&gt;&lt;/${generator}&gt;

&lt;${script}${attribute('type', 'module')}&gt;
  ${keyword('const')} generator =
    document.getElementById('canvas-track');
  setInterval(${keyword('async')} () =&gt; {
    draw(canvas);
    ${keyword('await')} generator.write(canvas);
  }, 1000 / 30);
&lt;/${script}&gt;`,
    place,
  );
}
