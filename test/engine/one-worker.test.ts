/* One worker, one timeline: what all sources of a page share. */
import 'track-elements/define/all';
import { place, removePlaced } from '../support/page.js';
import { hasProcessor, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { captureFrames } from '../support/track-reading.js';
import { waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];

const workers = countWorkers();

describe('the engine of a page', () => {
  it('is one worker for sources of all kinds, and ends with the last of them', async () => {
    const before = workers.made;
    place(`
      <pattern-source width="64" height="64"></pattern-source>
      <pattern-source width="64" height="64" pattern="ball"></pattern-source>
      <tone-source></tone-source>
      <tone-source waveform="pink-noise"></tone-source>
      <track-generator kind="video" width="64" height="64"><pattern-source pattern="snow"></pattern-source></track-generator>
    `);
    const sources = [...document.querySelectorAll<Source>('body > :is(pattern-source, tone-source, track-generator)')];
    assert.lengthOf(sources, 5);
    await Promise.all(sources.map(({ ready }) => ready));
    for (const source of sources) {
      await waitFor(async () => (await source.getStats()).produced > 3, `${source.localName} produces`);
    }
    assert.equal(workers.made - before, 1);
    assert.equal(workers.running, 1);

    const [first, ...others] = sources;
    for (const source of others) source.remove();
    await waitFor(() => others.every(({ state }) => state === 'stopped'), 'the others are stopped');
    const { produced } = await first.getStats();
    await waitFor(async () => (await first.getStats()).produced > produced + 3, 'the last one continues');
    first.remove();
    await waitFor(() => workers.running === 0, 'no worker is left');
    assert.equal(workers.made - before, 1);
  });

  it('starts again after its end', async () => {
    for (let round = 0; round < 3; round++) {
      const source = place<Source>('<pattern-source width="64" height="64"></pattern-source>');
      await source.ready;
      await waitFor(async () => (await source.getStats()).produced > 1, 'it produces');
      source.stop();
      removePlaced();
    }
    await waitFor(() => workers.running === 0, 'no worker is left');
  });

  it('counts from one origin: frames of the same moment have the same timestamp, whenever their sources started', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    const first = place<Source>('<pattern-source pattern="ball" width="64" height="64"></pattern-source>');
    await waitFor(async () => (await first.getStats()).produced > 7, 'a while passes');
    const second = place<Source>('<pattern-source pattern="ball" width="64" height="64" label="2"></pattern-source>');
    const slow = place<Source>(
      '<pattern-source pattern="ball" width="64" height="64" frame-rate="15"></pattern-source>',
    );
    const tracks = await Promise.all([first, second, slow].map(({ ready }) => ready));
    const [one, two, half] = await Promise.all(tracks.map((track) => captureFrames(track, 12)));
    const times = one.map(({ timestamp }) => timestamp);
    // They are read one after the other: a few at either end have no counterpart.
    assert.isAtLeast(two.filter(({ timestamp }) => times.includes(timestamp)).length, 8);
    assert.isAtLeast(half.filter(({ timestamp }) => times.includes(timestamp)).length, 3);
    for (const { timestamp } of half) assert.equal(timestamp, Math.round((Math.round(timestamp * 15e-6) * 1e6) / 15));
  });

  it('keeps its time while a source is stopped', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    const source = place<Source>('<pattern-source pattern="ball" width="64" height="64"></pattern-source>');
    const other = place<Source>('<pattern-source pattern="ball" width="64" height="64"></pattern-source>');
    const [before] = await captureFrames(await source.ready, 1);
    source.stop();
    const { produced } = await other.getStats();
    await waitFor(async () => (await other.getStats()).produced > produced + 15, 'half a second');
    const [after] = await captureFrames(await source.start(), 1);
    assert.isAbove(after.timestamp - before.timestamp, 450_000);
  });
});
