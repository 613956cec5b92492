/* The mark as a part of descriptions: over a pattern, and in a tone. */
import {
  AUDIO_MARK_FRAMES,
  createPatternRenderer,
  createToneRenderer,
  type MarkPlace,
  type PatternDescription,
  PICTURE_MARK_FRAMES,
  type PictureMark,
  parseRate,
  readMark,
  type ToneDescription,
} from 'track-elements/signals';
import { createMarkRenderer } from '../../dist/signals/mark/audio-mark.js';
import { assert, describe, it } from '../support/suite.js';
import { framesAt, readAudio } from './audio-marks.js';
import { patternOf, pictureOf, toneOf } from './descriptions.js';

const TIME_MS = 1_795_991_104_319;

const markedPattern = (changes: Partial<PatternDescription>) =>
  createPatternRenderer(patternOf({ width: 320, height: 180, mark: true, markSource: 4711, ...changes }));

/** The mark of a picture of 320 × 180, without its area. */
function markOf(luma: Uint8Array): PictureMark | null {
  const found = readMark(luma, 320, 320, 180);
  return found && { frame: found.frame, rate: found.rate, time: found.time, source: found.source };
}

describe('The mark of a pattern', () => {
  it('has the number, the time, the rate and the source of each frame', () => {
    const frameRate = parseRate(29.97);
    const { render, picture } = markedPattern({ frameRate });
    for (const [n, time] of [
      [0, TIME_MS],
      [1, TIME_MS + 33.4],
      [4_000_000_000, TIME_MS + 0.5],
    ] as const) {
      render(n, time);
      assert.deepEqual(markOf(picture.y), { frame: n, rate: frameRate, time: Math.round(time), source: 4711 });
    }
  });

  it('counts modulo a multiple of the frames of the mark of audio', () => {
    assert.equal(PICTURE_MARK_FRAMES % AUDIO_MARK_FRAMES, 0);
    assert.isAtMost(PICTURE_MARK_FRAMES, 2 ** 32);
    assert.isAbove(PICTURE_MARK_FRAMES + AUDIO_MARK_FRAMES, 2 ** 32);
    const { render, picture } = markedPattern({ animation: 'wall-clock' });
    // In 2026, at 30 frames per second since 1970.
    const n = 53_879_733_129;
    render(n, TIME_MS);
    const { frame = -1 } = markOf(picture.y) ?? {};
    assert.equal(frame, n % PICTURE_MARK_FRAMES);
    assert.equal(frame % AUDIO_MARK_FRAMES, n % AUDIO_MARK_FRAMES);
  });

  it('leaves the picture beside it as it is, and gray where it is', () => {
    const { render, picture } = markedPattern({ pattern: 'smpte-hd' });
    const { y, u, v } = pictureOf({ pattern: 'smpte-hd', width: 320, height: 180 });
    render(7, TIME_MS);
    const area = readMark(picture.y, 320, 320, 180)?.area;
    assert.exists(area);
    const cell = (area?.width ?? 0) / 18;
    const isMark = (column: number, row: number): boolean =>
      area !== undefined &&
      column >= area.x - cell &&
      column < area.x + area.width + cell &&
      row >= area.y - cell &&
      row < area.y + area.height + cell;
    const changed = [...y.keys()].filter((i) => y[i] !== picture.y[i]);
    assert.isAbove(changed.length, 1000);
    assert.isTrue(changed.every((i) => isMark(i % 320, Math.floor(i / 320))));
    for (const [plane, before] of [
      [picture.u, u],
      [picture.v, v],
    ] as const) {
      for (const [i, value] of plane.entries()) {
        assert.equal(value, isMark((i % 160) * 2, Math.floor(i / 160) * 2) ? 128 : before[i]);
      }
    }
  });

  it('is new in each frame of a still pattern, which is not drawn again', () => {
    let drawings = 0;
    const still = {
      name: 'counted',
      prepare: () => ({ picture: pictureOf({ width: 320, height: 180 }), key: () => 0, render: () => drawings++ }),
    };
    const { key, render, picture } = createPatternRenderer(
      patternOf({ pattern: 'counted', width: 320, height: 180, mark: true }),
      [still as never],
    );
    for (let n = 0; n < 5; n++) {
      assert.equal(key(n), n);
      render(n, TIME_MS);
      assert.equal(markOf(picture.y)?.frame, n);
    }
    assert.equal(drawings, 1);
  });

  it('is over the label, the time code and a pattern that is mirrored and scrolls', () => {
    const { render, picture } = markedPattern({
      pattern: 'ball',
      label: 'A label that is as long as the picture is wide',
      timecode: true,
      flip: 'both',
      scrollX: 4,
      markPlace: 'bottom',
      markSize: 30,
    });
    for (let n = 0; n < 10; n++) {
      render(n, TIME_MS);
      assert.equal(markOf(picture.y)?.frame, n);
    }
  });

  for (const [markPlace, left, top] of [
    ['top-left', 0, 0],
    ['top', 1, 0],
    ['top-right', 2, 0],
    ['left', 0, 1],
    ['center', 1, 1],
    ['right', 2, 1],
    ['bottom-left', 0, 2],
    ['bottom', 1, 2],
    ['bottom-right', 2, 2],
  ] as readonly (readonly [MarkPlace, number, number])[]) {
    it(`is at the ${markPlace}`, () => {
      const { render, picture } = markedPattern({ markPlace });
      render(1, TIME_MS);
      const { x = -1, y = -1, width = 0, height = 0 } = readMark(picture.y, 320, 320, 180)?.area ?? {};
      const third = (middle: number, side: number) => Math.floor((middle / side) * 3);
      assert.deepEqual([third(x + width / 2, 320), third(y + height / 2, 180)], [left, top]);
    });
  }

  it('is not larger than its size', () => {
    const widths = [2, 10, 40].map((markSize) => {
      const { render, picture } = createPatternRenderer(patternOf({ mark: true, markSize }));
      const before = picture.y.slice();
      render(0);
      const unmarked = pictureOf({});
      render(0, TIME_MS);
      const share = before.filter((_, i) => picture.y[i] !== unmarked.y[i]).length / before.length;
      assert.isAtMost(share, markSize / 100);
      return readMark(picture.y, 1280, 1280, 720)?.area.width ?? 0;
    });
    assert.isBelow(widths[0] as number, widths[1] as number);
    assert.isBelow(widths[1] as number, widths[2] as number);
  });

  it('is not in a picture for which nobody tells a time', () => {
    const { render, picture } = markedPattern({ pattern: 'ball' });
    render(1);
    assert.isNull(markOf(picture.y));
    assert.deepEqual(picture.y, pictureOf({ pattern: 'ball', width: 320, height: 180 }, 1).y);
  });

  for (const [property, value, accepted] of [
    ['markPlace', 'middle', /one of top-left, top, top-right/],
    ['markSize', 0.5, /from 1 to 50 %/],
    ['markSize', 'large', /from 1 to 50 %/],
    ['markSource', 65536, /from 0 to 65535/],
    ['markSource', 1.5, /a whole number/],
  ] as const) {
    it(`reports ${property} ${value}`, () => {
      const error = new RegExp(`^${property} is ${JSON.stringify(value)}; it must be .*${accepted.source}`);
      assert.throws(() => markedPattern({ [property]: value }), error);
    });
  }

  it('reports a picture that is too small', () => {
    assert.throws(() => markedPattern({ width: 38, height: 32 }), /38x32.* at least 40x32/);
    assert.doesNotThrow(() => markedPattern({ width: 40, height: 32 }));
  });
});

const rate = parseRate(30);

/** The samples of a tone that is rendered in blocks of 480. */
function heard(changes: Partial<ToneDescription>, seconds: number, first = 0): Float32Array[] {
  const description = toneOf({ channels: 2, mark: true, ...changes });
  const renderer = createToneRenderer(description);
  const channels = [0, 1].map(() => new Float32Array(seconds * description.sampleRate));
  for (let at = 0; at < (channels[0] as Float32Array).length; at += 480) {
    renderer.render(
      channels.map((samples) => samples.subarray(at, at + 480)),
      first + at,
    );
  }
  return channels;
}

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('The mark of a tone', () => {
  it('numbers the frames of the timeline, in all channels, also those that the tone is not in', () => {
    for (const samples of heard({ waveform: 'sine', level: -18, routing: [1], invert: [1] }, 2, 4800)) {
      const marks = readAudio(samples, { rate, sampleRate: 48000 });
      assert.isAtLeast(marks.length, 45);
      const errors = framesAt(marks, { rate, sampleRate: 48000 }, 4800);
      assert.isBelow(Math.max(...errors.map(Math.abs)), 0.2);
    }
  });

  it('has the RMS of a sine of its level', () => {
    for (const markLevel of [-24, -40]) {
      const [samples] = heard({ waveform: 'silence', markLevel }, 2) as [Float32Array];
      assert.closeTo(20 * Math.log10(rms(samples)), markLevel - 20 * Math.log10(Math.SQRT2), 0.01);
    }
  });

  it('is added to the tone, which stays as it is', () => {
    const [both] = heard({ frequency: 700, level: -12 }, 0.1) as [Float32Array];
    const [tone] = heard({ frequency: 700, level: -12, mark: false }, 0.1) as [Float32Array];
    const [mark] = heard({ waveform: 'silence' }, 0.1) as [Float32Array];
    both.forEach((sample, i) => {
      assert.closeTo(sample, (tone[i] as number) + (mark[i] as number), 1e-6);
    });
  });

  it('continues when the tone changes, and fades with it', () => {
    const start = 24_000;
    const from = toneOf({ frequency: 300, level: -18, mark: true });
    const to = { ...from, frequency: 350, ramp: { from, start, length: 480 } };
    const samples = new Float32Array(72_000);
    createToneRenderer(to).render([samples], 0);
    const marks = readAudio(samples, { rate, sampleRate: 48000 });
    // Every frame after the reader has begun, the one of the change included.
    assert.deepEqual(
      marks.map(({ frame }) => frame),
      marks.map((_, i) => (marks[0]?.frame ?? -1) + i),
    );
    assert.isTrue(marks.some(({ frame }) => frame === 15));
    const ending = { ...from, waveform: 'silence', mark: false, ramp: { from, start: 0, length: 480 } };
    const ended = new Float32Array(960);
    createToneRenderer(ending).render([ended], 0);
    assert.isAbove(rms(ended.subarray(0, 240)), 0.01);
    assert.equal(rms(ended.subarray(480)), 0);
  });

  it('counts since 1970 by the wall clock', () => {
    // Midnight of 1 January 2026, a whole number of seconds.
    const offset = 1_767_225_600 * 48_000;
    const [samples] = heard({ waveform: 'silence', animation: 'wall-clock', offset }, 2) as [Float32Array];
    const errors = framesAt(readAudio(samples, { rate, sampleRate: 48000 }), { rate, sampleRate: 48000 }, offset);
    assert.isAtLeast(errors.length, 45);
  });

  it('also has the frames before the beginning of the timeline', () => {
    const render = createMarkRenderer({ rate, sampleRate: 48000 });
    const cycle = (AUDIO_MARK_FRAMES * 48000) / 30;
    const [before, after] = [-4800, cycle - 4800].map((n) => {
      const samples = new Float32Array(9600);
      render(samples, n);
      return samples;
    });
    assert.deepEqual(before, after);
  });

  for (const [changes, message] of [
    [{ markLevel: -6 }, /^markLevel is -6; it must be a number of at most -7 dBFS\.$/],
    [{ markLevel: Number.NaN, mark: false }, /^markLevel is NaN/],
    [{ markRate: parseRate(9) }, /^markRate is 9; it must be a number from 10 to 120 frames per second\.$/],
    [{ markRate: parseRate(144) }, /^markRate is 144/],
    [{ sampleRate: 6000 }, /^sampleRate is 6000; it must be a whole number of at least 8000 Hz\.$/],
  ] as const) {
    it(`reports ${JSON.stringify(changes)}`, () => {
      assert.throws(() => createToneRenderer(toneOf({ frequency: 440, mark: true, ...changes })), message);
    });
  }
});
