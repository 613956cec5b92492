import { svg } from 'lit';
import { sampleWave } from './samples.js';
import { fillPicker } from './signal-picker.js';
import { waveformTraits } from './traits.js';

/** Waveforms, each shown by its own samples. */
export function fillWaveforms(group: HTMLElement): void {
  fillPicker(
    group,
    'audio',
    'waveform',
    ({ name }) => svg`
    <svg viewBox="0 0 24 18" aria-hidden="true"><polyline points=${points(name)} /></svg>
  `,
  );
}

function points(name: string): string {
  // What has no cycles would be a blot.
  const coarse = waveformTraits(name).includes('frequency') ? 1 : 5;
  const samples = sampleWave(name).filter((_, index) => index % coarse === 0);
  const step = 24 / (samples.length - 1);
  const height = (sample: number) => 9 - 7.5 * Math.max(-1, Math.min(1, sample));
  return Array.from(samples, (sample, index) => `${(index * step).toFixed(2)},${height(sample).toFixed(2)}`).join(' ');
}
