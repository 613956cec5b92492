/** A tone in two channels, and meters of it. */
import { loadCode } from './track-sources.js';

let tone = null;

/** Shows so many meters, all of the same track. They are in three columns, so that all are in sight. */
export async function showMeters(count) {
  await Promise.all([loadCode.library(), import('/dist/define/tone-source.js'), import('/dist/define/level-meter.js')]);
  const columns = document.createElement('div');
  Object.assign(columns.style, { display: 'grid', gridTemplateColumns: 'repeat(3, 480px)', gap: '16px' });
  const meters = Array.from({ length: count }, () => document.createElement('level-meter'));
  columns.append(...meters);
  document.body.append(columns);
  const isInSight = (meter) => meter.getBoundingClientRect().bottom <= innerHeight;
  if (!meters.every(isInSight)) throw new Error('A meter is out of sight, where it draws nothing.');
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
