/* The marks of a pattern and of a tone, as they arrive with their tracks. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import 'track-elements/define/track-generator';
import type { PatternSourceElement, ToneSourceElement, TrackGeneratorElement } from 'track-elements';
import { configure } from 'track-elements/configure';
import { AUDIO_MARK_FRAMES, type AudioMark, PICTURE_MARK_FRAMES, parseRate } from 'track-elements/signals';
import { wallOrigin } from '../../dist/engine/wall-clock.js';
import { now, pageOrigin } from '../../dist/generator/timeline.js';
import { modulo } from '../../dist/signals/maths.js';
import { onCleanup } from '../support/cleanup.js';
import { longestRun, type ReceivedMark, readAudioMarksUntil, readMarksUntil } from '../support/marks.js';
import { place } from '../support/page.js';
import { hasProcessor, hearsEverySample, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep } from '../support/waiting.js';

const rate = parseRate(30);

/** A machine's clock is read with this error, in milliseconds: its steps, and what the page's clock has drifted since. */
const CLOCK_ERROR_MS = 8;

const lostSamples = 'WebKitGTK loses samples, so that no mark of audio is read';

const pattern = (attributes = '') =>
  place<PatternSourceElement>(`<pattern-source width="640" height="360" mark ${attributes}></pattern-source>`);

const numbersOf = (marks: readonly (ReceivedMark | null)[]): number[] => marks.flatMap((mark) => mark?.frame ?? []);

/** Reads marks until so many frames have followed one another without a gap: a busy machine drops frames. */
async function readRun(track: MediaStreamTrack, length = 6): Promise<ReceivedMark[]> {
  const marks = await readMarksUntil(track, (read) => longestRun(numbersOf(read)) >= length);
  return marks.filter((mark) => mark !== null);
}

/** All numbers rise, and each has the wall-clock time of its frame on the page's timeline. */
function checkTimes(marks: readonly ReceivedMark[]): void {
  marks.forEach(({ frame, time }, i) => {
    if (i > 0) assert.isAbove(frame, marks[i - 1]?.frame ?? 0);
    assert.closeTo(time, wallOrigin() + (frame * 1000) / 30, CLOCK_ERROR_MS);
    assert.isAtMost(time, Date.now() + CLOCK_ERROR_MS);
  });
}

describe('The mark of a pattern-source', () => {
  for (const name of ['smpte-hd', 'ball']) {
    it(`numbers the frames of ${name} one after the other, with their times and the source`, async () => {
      const source = pattern(`pattern="${name}"`);
      const marks = await readRun(await source.ready);
      checkTimes(marks);
      for (const mark of marks) assert.deepEqual([mark.source, mark.rate], [source.sourceId, rate]);
    });
  }

  it('is the same by a captured canvas', async () => {
    configure({ backends: { video: 'canvas' } });
    onCleanup(() => configure({ backends: {} }));
    const source = pattern();
    const track = await source.ready;
    assert.equal(source.backend, 'canvas');
    checkTimes(await readRun(track));
  });

  it('is of no frame before the first one when the rate changes while the page is busy', async () => {
    configure({ backends: { video: 'canvas' } });
    onCleanup(() => configure({ backends: {} }));
    const source = pattern();
    const track = await source.ready;
    const isChanged = (mark: ReceivedMark | null) => mark?.rate.numerator === 10;
    const reading = readMarksUntil(track, (marks) => marks.filter(isChanged).length > 4);
    await sleep(300);
    source.frameRate = 10;
    // The bitmaps of the worker wait until the page has time, so that a frame is owed.
    for (const end = performance.now() + 300; performance.now() < end; );
    const numbers = numbersOf((await reading).filter(isChanged));
    for (const [i, number] of numbers.entries()) {
      assert.isAtMost(number, (now() - pageOrigin()) / 100 + 1);
      if (i > 0) assert.isAtLeast(number, numbers[i - 1] ?? 0);
    }
  });

  it('counts since 1970 with animation="wall-clock"', async () => {
    const source = pattern('animation="wall-clock" pattern="ball"');
    const marks = await readRun(await source.ready, 3);
    for (const { frame, time } of marks) {
      assert.equal(frame, Math.round((time * 30) / 1000) % PICTURE_MARK_FRAMES);
      assert.closeTo(time, Date.now(), 10_000);
    }
  });

  it('is where its attributes say, from the next frames on, and disappears with the attribute', async () => {
    const source = pattern('mark-place="bottom-right" mark-source="77"');
    const track = await source.ready;
    const [first] = await readRun(track, 2);
    assert.equal(first?.source, 77);
    assert.equal(source.sourceId, 77);
    assert.isAbove(first?.area.x ?? 0, 320);
    source.markPlace = 'top-left';
    source.markSize = 20;
    const moved = (await readMarksUntil(track, (marks) => (marks.at(-1)?.area.x ?? 320) < 320)).at(-1);
    assert.isAbove(moved?.area.width ?? 0, first?.area.width ?? 0);
    source.mark = false;
    await readMarksUntil(track, (marks) => marks.at(-1) === null);
    assert.equal(source.track, track);
  });

  it('has a source of its own in each element, which stays', async () => {
    const sources = Array.from({ length: 5 }, () => document.createElement('pattern-source'));
    const ids = sources.map(({ sourceId }) => sourceId);
    assert.isAbove(new Set(ids).size, 1);
    for (const id of ids) assert.isTrue(Number.isInteger(id) && id >= 0 && id <= 0xffff);
    assert.deepEqual(
      sources.map(({ sourceId }) => sourceId),
      ids,
    );
  });

  it('repeats the last frame while the source is paused, and later has the number that is due', async () => {
    const source = pattern();
    const track = await source.ready;
    await readRun(track, 2);
    source.paused = true;
    await source.updateComplete;
    const held = await readMarksUntil(track, (marks) => {
      const [one, other] = numbersOf(marks).slice(-2);
      return one !== undefined && one === other;
    });
    const number = numbersOf(held).at(-1) as number;
    source.paused = false;
    const marks = await readMarksUntil(track, (read) => (read.at(-1)?.frame ?? number) > number);
    checkTimes([...held.slice(-1), ...marks.slice(-1)].filter((mark) => mark !== null));
  });

  it('is in the picture of a track-generator', async () => {
    const generator = place<TrackGeneratorElement>(`
      <track-generator kind="video" width="640" height="360">
        <pattern-source pattern="ball"></pattern-source>
        <pattern-source x="320" y="180" width="320" height="180" mark mark-source="5"></pattern-source>
      </track-generator>`);
    const marks = await readRun(await generator.ready, 3);
    checkTimes(marks);
    for (const { source, area } of marks) {
      assert.equal(source, 5);
      assert.isAtLeast(area.x, 320);
      assert.isAtLeast(area.y, 180);
    }
  });
});

describe('The mark of a tone-source', () => {
  const tone = (attributes: string) => place<ToneSourceElement>(`<tone-source mark ${attributes}></tone-source>`);

  it('numbers the frames one after the other', async function () {
    if (!hearsEverySample) skip(this, lostSamples);
    const track = await tone('level="-30" mark-rate="25"').ready;
    const isEnough = (read: readonly AudioMark[]) => longestRun(read.map(({ frame }) => frame)) >= 10;
    const marks = await readAudioMarksUntil(track, parseRate(25), { isEnough });
    marks.slice(1).forEach(({ frame, time }, i) => {
      const before = marks[i] as (typeof marks)[0];
      const steps = (frame - before.frame + AUDIO_MARK_FRAMES) % AUDIO_MARK_FRAMES;
      if (steps === 1) assert.closeTo(time - before.time, 1 / 25, 0.001);
    });
  });

  it('numbers frames from the beginning of the timeline, within 1 ms: an impulse is at each whole second of it', async function () {
    if (!hearsEverySample) skip(this, lostSamples);
    const source = tone('waveform="impulse" level="-3" mark-level="-24"');
    const impulses: number[] = [];
    const marks = await readAudioMarksUntil(await source.ready, rate, {
      onSamples: (samples, time, sampleRate) => {
        const at = samples.findIndex((sample) => Math.abs(sample) > 0.5);
        if (at >= 0) impulses.push(time + at / sampleRate);
      },
      isEnough: (read) => read.length >= 10 && impulses.some((time) => time > (read[0]?.time ?? Infinity)),
    });
    const impulse = impulses.at(-1) as number;
    const nearest = marks.reduce((a, b) => (Math.abs(b.time - impulse) < Math.abs(a.time - impulse) ? b : a));
    const position = nearest.frame + (impulse - nearest.time) * 30;
    // It may have come some seconds ago: a busy machine has full buffers.
    const seconds = Math.floor((now() - pageOrigin()) / 1000);
    const offsets = [0, 1, 2, 3].map((ago) => {
      const frames = modulo(position - (seconds - ago) * 30, AUDIO_MARK_FRAMES);
      return (Math.min(frames, AUDIO_MARK_FRAMES - frames) * 1000) / 30;
    });
    assert.isBelow(Math.min(...offsets), 1);
  });
});

describe('The picture of a pattern-source with a mark', () => {
  it('has the timestamp of its number on the same timeline', async function () {
    if (!hasProcessor)
      skip(this, 'the frames that a page reads in this engine do not carry the timestamps of the track');
    for (const { frame, timestamp } of await readRun(await pattern().ready)) {
      assert.closeTo(timestamp, (frame * 1e6) / 30, 1);
    }
  });
});
