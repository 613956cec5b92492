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

/**
 * A machine that is busy loses frames by itself, but not three times at the start of the same source and none beside
 * the shortest slices.
 */
const TRIES = 3;

/** A frame takes 67 ms, so that a short stop of the whole machine is not taken for a loss. */
const RATE_HZ = 15;

/** The time of the set-up of the test's own patterns: as long as the longest of the catalogue, and much longer than a frame. */
const SETUP_MS = 400;

/**
 * Firefox draws each bitmap in the page, and WebKitGTK's worker stops for up to 0.3 s on a busy machine. The worker's own
 * part is the same in all engines: test/node/beside.test.ts.
 */
const loses = 'this engine loses frames by itself when a picture of 1920x1080 is shown';

const workers = countWorkers();

/** Few frames, so that the set-up and the first frame are most of the work. */
const pattern = (name: string, more = '') =>
  `<pattern-source pattern="${name}" width="1920" height="1080" frame-rate="10" label="Camera 1" flip="horizontal" ${more}></pattern-source>`;
const waveform = (name: string) => `<tone-source waveform="${name}"></tone-source>`;

/** How many frames the running pattern loses while a source starts and is removed. */
async function lossesBeside(running: Source, markup: string): Promise<number> {
  const before = await running.getStats();
  const source = place<Source>(markup);
  await source.ready;
  await waitFor(async () => (await source.getStats()).produced > 0, markup);
  const { produced } = await running.getStats();
  let { dropped } = before;
  await waitFor(async () => {
    const stats = await running.getStats();
    dropped = stats.dropped;
    return stats.produced > produced + 1;
  }, 'the running pattern continues');
  source.remove();
  return dropped - before.dropped;
}

/** A pattern that has run for some frames. */
async function run(): Promise<Source> {
  const running = place<Source>(
    `<pattern-source pattern="ball" width="64" height="64" frame-rate="${RATE_HZ}"></pattern-source>`,
  );
  await running.ready;
  await lossesBeside(running, pattern('solid'));
  return running;
}

/** Starts each of these sources beside a running pattern, and returns those at whose start it lost frames. */
async function lossy(all: readonly string[]): Promise<string[]> {
  const running = await run();
  const found: string[] = [];
  for (const markup of all) {
    const start = performance.now();
    const isLossy = (await lossesBeside(running, markup)) > 0;
    // The same time in the shortest slices.
    const params = `params='{"time": ${performance.now() - start}}'`;
    if (isLossy && (await lossesBeside(running, pattern('own-sliced', params))) === 0) found.push(markup);
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
    const own = (name: string, prepare: string) => {
      const module = `export default {
        params: { time: { type: 'number', default: ${SETUP_MS}, min: 0, max: 60000, unit: 'ms' } },
        ${prepare}({ width, height, colorSpace }, { time }) {
          for (const end = performance.now() + time; performance.now() < end; )
            ${prepare[0] === '*' ? 'for (const slice = performance.now() + 1; performance.now() < slice || (yield); );' : ';'}
          const plane = (size) => new Uint8Array(size).fill(128);
          const [y, u, v] = [1, 4, 4].map((part) => plane((width * height) / part));
          return { picture: { width, height, colorSpace, y, u, v }, key: () => 0, render() {} };
        },
      };`;
      definePattern(name, URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));
    };
    own('own-blocking', 'prepare');
    own('own-sliced', '*prepare');
  });

  it('loses frames beside one that blocks the worker', async () => {
    const running = await run();
    assert.isAtLeast(await lossesBeside(running, pattern('own-blocking')), 3);
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
