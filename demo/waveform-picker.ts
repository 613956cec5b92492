import { render, svg } from 'lit';
import { whenIdle } from './idle.js';
import { outlineOf, tellingPart } from './oscillogram.js';
import { sampleTone } from './samples.js';
import { fillPicker } from './signal-picker.js';

const [width, height] = [64, 20];

/** Waveforms, each shown by its own samples, which are computed when the page has time. */
export function fillWaveforms(box: HTMLElement): void {
  const drawings: (() => void)[] = [];
  fillPicker(box, 'audio', 'waveform', ({ name }) => {
    const image = document.createElement('span');
    drawings.push(() => draw(image, name));
    return image;
  });
  whenIdle(drawings);
}

function draw(image: HTMLElement, name: string): void {
  const [left] = sampleTone(name, 4);
  const points = outlineOf(tellingPart(left), width, height);
  render(
    svg`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><polyline points=${points} /></svg>`,
    image,
  );
}
