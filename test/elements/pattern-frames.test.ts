/*
 * The frames of a track are those of the signals, bit for bit, and a frame's number follows from its timestamp. In Chromium
 * MediaStreamTrackProcessor reads them as they were written. In other engines the tests read grey text from a <video>,
 * which every engine shows exactly.
 */
import 'track-elements/define/pattern-source';
import { createPatternRenderer, type PatternDescription, patterns } from 'track-elements/signals';
import { now, pageOrigin } from '../../dist/generator/timeline.js';
import { patternOf } from '../signals/descriptions.js';
import { place, removePlaced } from '../support/page.js';
import { hasProcessor, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { captureFrames, countDifferentBytes, frameNumberAt, renderPatternBytes } from '../support/track-reading.js';
import { readPixels } from '../support/video-pixels.js';
import { eventually } from '../support/waiting.js';

describe('the frames of a pattern-source', () => {
  for (const [width, height, count] of [
    [640, 480, 4],
    [1280, 720, 2],
  ]) {
    for (const { name: pattern } of patterns) {
      it(`are those of the signal in ${pattern} at ${width}x${height}`, async function () {
        if (!hasProcessor) skip(this, noProcessor);
        await compare(`pattern="${pattern}" width="${width}" height="${height}"`, { pattern, width, height }, count);
        removePlaced();
      });
    }
  }

  it('have the label, the time code, the colours and the params of the attributes', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    await compare(`pattern="ball" color="red" background="#123" speed="2.5" label="Camera 1" timecode`, {
      pattern: 'ball',
      color: { r: 255, g: 0, b: 0 },
      background: { r: 17, g: 34, b: 51 },
      speed: 2.5,
      label: 'Camera 1',
      timecode: true,
    });
    removePlaced();
    await compare(`pattern="snow" seed="7" width="320" height="240"`, {
      pattern: 'snow',
      seed: 7,
      width: 320,
      height: 240,
    });
    removePlaced();
    await compare(`pattern="checkers" params='{"size":16}' width="320" height="240"`, {
      pattern: 'checkers',
      params: { size: 16 },
      width: 320,
      height: 240,
    });
  });

  it('are numbered at the rate of the attribute', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    for (const [attribute, numerator, denominator] of [
      ['60', 60, 1],
      ['29.97', 30000, 1001],
      ['24000/1001', 24000, 1001],
      ['12.5', 25, 2],
    ] as const) {
      const frameRate = { numerator, denominator };
      const shots = await compare(`frame-rate="${attribute}" timecode width="320" height="240"`, {
        frameRate,
        timecode: true,
        width: 320,
        height: 240,
      });
      for (const { timestamp } of shots) {
        const n = frameNumberAt(timestamp, frameRate);
        assert.equal(timestamp, Math.round((n * 1e6 * denominator) / numerator), `frame ${n} at ${attribute}`);
      }
      removePlaced();
    }
  });

  it('are tagged BT.601 below 720 lines, and BT.709 from 720 lines on', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    for (const [height, matrix] of [
      [718, 'smpte170m'],
      [720, 'bt709'],
    ] as const) {
      const source = place<HTMLElementTagNameMap['pattern-source']>(
        `<pattern-source width="640" height="${height}"></pattern-source>`,
      );
      const [shot] = await captureFrames(await source.ready, 1);
      assert.equal(shot.matrix, matrix);
      removePlaced();
    }
  });

  it('show the label in a video', async () => {
    const video = show('pattern="solid" label="Studio 4"');
    const expected = lumaOf(description({ label: 'Studio 4' }), 0);
    await eventually(() => assert.isAtMost(worst(greyOf(video), expected), 3));
  });

  it('show the present time code in a video', async () => {
    const video = show('pattern="solid" timecode');
    await eventually(() => {
      const seen = greyOf(video);
      const n = Math.floor((now() - pageOrigin()) * 0.03);
      const candidates = Array.from({ length: 20 }, (_, i) => lumaOf(description({ timecode: true }), n + 2 - i));
      assert.isAtMost(Math.min(...candidates.map((expected) => worst(seen, expected))), 3);
    });
  });
});

/** Compares some frames of a source with those of its description. */
async function compare(attributes: string, changes: Partial<PatternDescription>, count = 4) {
  const source = place<HTMLElementTagNameMap['pattern-source']>(`<pattern-source ${attributes}></pattern-source>`);
  const wanted = patternOf(changes);
  const shots = await captureFrames(await source.ready, count);
  for (const { width, height, timestamp, bytes } of shots) {
    const n = frameNumberAt(timestamp, wanted.frameRate);
    assert.deepEqual([width, height], [wanted.width, wanted.height]);
    assert.equal(
      countDifferentBytes(bytes, renderPatternBytes(wanted, n)),
      0,
      `bytes that differ in frame ${n} of ${attributes}`,
    );
  }
  return shots;
}

const description = (changes: Partial<PatternDescription>) =>
  patternOf({ pattern: 'solid', width: 320, height: 240, ...changes });

function show(attributes: string): HTMLVideoElement {
  return place(
    `<video id="screen" autoplay muted playsinline></video>
    <pattern-source for="screen" width="320" height="240" ${attributes}></pattern-source>`,
  );
}

/** Grey as a video ought to show it: luma stretched from 16 … 235 to 0 … 255. */
function lumaOf(wanted: PatternDescription, n: number): Float32Array {
  const renderer = createPatternRenderer(wanted);
  renderer.render(n);
  return Float32Array.from(renderer.picture.y, (y) => ((y - 16) * 255) / 219);
}

function greyOf(video: HTMLVideoElement): Float32Array {
  const { data } = readPixels(video);
  return Float32Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 1]);
}

const worst = (seen: Float32Array, expected: Float32Array): number =>
  seen.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
