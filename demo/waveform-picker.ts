import { render, svg } from 'lit';
import { outlineOf, typicalSamples } from './oscillogram.js';
import { renderTone } from './render-signals.js';
import { runWhenIdle } from './run-when-idle.js';
import { fillPicker } from './signal-picker.js';

const [width, height] = [64, 20];

/** Seconds of each waveform that are looked at. */
const DURATION_S = 4;

/** A picker of waveforms. Each one is shown by its own samples, which are computed when the page is idle. */
export function fillWaveformPicker(box: HTMLElement): void {
  const drawings: (() => void)[] = [];
  fillPicker(box, 'audio', 'waveform', ({ name }) => {
    const image = document.createElement('span');
    drawings.push(() => draw(image, name));
    return image;
  });
  runWhenIdle(drawings);
}

function draw(image: HTMLElement, name: string): void {
  const [left] = renderTone(name, DURATION_S);
  const points = outlineOf(typicalSamples(left), width, height);
  render(
    svg`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><polyline points=${points} /></svg>`,
    image,
  );
}
