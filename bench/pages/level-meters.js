/** A tone in two channels, and meters of it. */
import { loadCode } from './track-sources.js';

let tone = null;

/** Shows so many meters, all of the same track. They are in one column, so that all are in sight. */
export async function showMeters(count) {
  await Promise.all([loadCode.library(), import('/dist/define/tone-source.js'), import('/dist/define/level-meter.js')]);
  const column = document.createElement('div');
  column.style.width = '480px';
  const meters = Array.from({ length: count }, () => document.createElement('level-meter'));
  column.append(...meters);
  document.body.append(column);
  tone = document.createElement('tone-source');
  Object.assign(tone, { waveform: 'pink-noise', seed: '1 2', sinks: meters });
  document.body.append(tone);
  await tone.ready;
  for (const meter of meters) {
    if (!meter.levels) await new Promise((resolve) => meter.addEventListener('level', resolve, { once: true }));
  }
}

/** Hides all meters, which measure all the while. */
export function hideMeters() {
  for (const meter of document.querySelectorAll('level-meter')) meter.hidden = true;
}

/** Seconds of audio that the meter with the fewest has measured. */
export const measuredSeconds = () =>
  Math.min(...[...document.querySelectorAll('level-meter')].map(({ levels }) => levels.duration));
