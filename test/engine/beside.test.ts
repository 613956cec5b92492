/* A new source costs a running one no frame: its set-up lets the shared worker keep the other deadlines. */
import 'track-elements/define/all';
import { definePattern } from 'track-elements/define-signals';
import { patterns, waveforms } from 'track-elements/signals';
import { place, removePlaced } from '../support/page.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, before, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source'];

/** A machine that is busy loses frames by itself, but not three times at the start of the same source. */
const TRIES = 3;

/** Longer than a frame at 30 frames a second takes, by far. */
const BLOCKING_MS = 300;

/**
 * Firefox draws each bitmap in the page, and WebKitGTK's worker stops for up to 0.3 s on a busy machine. The worker's own
 * part is the same in all engines: test/node/beside.test.ts.
 */
const loses = 'this engine loses frames by itself when a picture of 1920x1080 is shown';

const workers = countWorkers();

/** One frame a second, so that only the set-up and the first frame are work. */
const pattern = (name: string) =>
  `<pattern-source pattern="${name}" width="1920" height="1080" frame-rate="1" label="Camera 1" flip="horizontal"></pattern-source>`;
const waveform = (name: string) => `<tone-source waveform="${name}"></tone-source>`;

async function dropped(running: Source, from: number): Promise<number> {
  let stats = await running.getStats();
  await waitFor(async () => {
    stats = await running.getStats();
    return stats.produced > from + 1;
  }, 'the running pattern continues');
  return stats.dropped;
}

/** Starts each of these sources beside a running pattern, and returns those at whose start it lost frames. */
async function lossy(all: readonly string[]): Promise<string[]> {
  const running = place<Source>(
    '<pattern-source pattern="ball" width="64" height="64" frame-rate="30"></pattern-source>',
  );
  await running.ready;
  const found: string[] = [];
  let lost = await dropped(running, 3);
  for (const markup of all) {
    const { produced } = await running.getStats();
    const source = place<Source>(markup);
    await source.ready;
    await waitFor(async () => (await source.getStats()).produced > 0, markup);
    const now = await dropped(running, produced);
    source.remove();
    if (now > lost) found.push(markup);
    lost = now;
  }
  removePlaced();
  // The next try has code that is as cold as in this one.
  await waitFor(() => workers.running === 0, 'no worker is left');
  return found;
}

/** The sources at whose start frames are lost in every try. */
async function alwaysLossy(all: readonly string[]): Promise<readonly string[]> {
  let rest = all;
  for (let count = 0; count < TRIES && rest.length > 0; count++) rest = await lossy(rest);
  return rest;
}

describe('A pattern that runs', () => {
  before(() => {
    const module = `export default {
      prepare({ width, height, colorSpace }) {
        for (const end = performance.now() + ${BLOCKING_MS}; performance.now() < end; );
        const plane = (size) => new Uint8Array(size).fill(128);
        const [y, u, v] = [1, 4, 4].map((part) => plane((width * height) / part));
        return { picture: { width, height, colorSpace, y, u, v }, key: () => 0, render() {} };
      },
    };`;
    definePattern('own-blocking', URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));
  });

  it('loses frames beside one that blocks the worker', async () => {
    assert.deepEqual(await alwaysLossy([pattern('own-blocking')]), [pattern('own-blocking')]);
  });

  it('loses none at the start of any pattern of 1920x1080', async function () {
    this.timeout(90_000);
    if (!isNative) skip(this, loses);
    assert.deepEqual(await alwaysLossy(patterns.map(({ name }) => pattern(name))), []);
  });

  it('loses none at the start of any waveform', async function () {
    this.timeout(60_000);
    assert.deepEqual(await alwaysLossy(waveforms.map(({ name }) => waveform(name))), []);
  });
});
