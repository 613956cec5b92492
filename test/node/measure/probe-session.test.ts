/* The worker's part of a probe, in virtual time: tracks whose source changes its rate, counts again, or is replaced by another one. */
import { createPicture, type Picture, paintMark, parseRate, type Rate, renderMark } from 'track-elements/signals';
import type { WorkerReport } from '../../../dist/measure/messages.js';
import { WallClockReading } from '../../../dist/measure/wall-clock-reading.js';
import { install } from '../../../dist/measure/worker/probe-audio-part.js';
import type { ProbeScope } from '../../../dist/measure/worker/probe-scope.js';
import { ProbeSession } from '../../../dist/measure/worker/probe-session.js';
import { assert, describe, it } from '../../support/suite.js';
import { RATE, SAMPLE_RATE, START_MS } from './virtual-path.js';

const WIDTH = 320;
const HEIGHT = 180;
const BLOCK_MS = 10;
const BLOCK = (SAMPLE_RATE / 1000) * BLOCK_MS;

/** A stream to which a test writes chunks. */
class WrittenStream<Chunk> {
  #take: ((result: { value: Chunk; done: false }) => void) | null = null;

  async write(value: Chunk): Promise<void> {
    this.#take?.({ value, done: false });
    // The session reads a picture in some microtasks.
    await new Promise((resolve) => setImmediate(resolve));
  }

  getReader() {
    const read = () =>
      new Promise<{ value: Chunk; done: false }>((resolve) => {
        this.#take = resolve;
      });
    return { read, cancel: async () => {} };
  }
}

/** A frame with the planes of a picture, as far as the session uses it. */
function frameOf({ width, height, y, u, v }: Picture): VideoFrame {
  const planesOf = (rect: DOMRectInit) => {
    const half = (side = 0) => side >> 1;
    const [luma, chroma] = [(rect.width ?? 0) * (rect.height ?? 0), half(rect.width) * half(rect.height)];
    return { luma, chroma, half };
  };
  const frame = {
    [Symbol.toStringTag]: 'VideoFrame',
    format: 'I420',
    ...{ codedWidth: width, codedHeight: height, visibleRect: { x: 0, y: 0, width, height } },
    colorSpace: {},
    allocationSize: ({ rect }: { rect: DOMRectInit }) => planesOf(rect).luma + 2 * planesOf(rect).chroma,
    async copyTo(bytes: Uint8Array, { rect }: { rect: Required<Pick<DOMRectInit, 'x' | 'y' | 'width' | 'height'>> }) {
      const { luma, chroma, half } = planesOf(rect);
      let offset = 0;
      return [y, u, v].map((plane, index) => {
        const scaled = (side: number) => (index > 0 ? half(side) : side);
        const stride = scaled(rect.width);
        for (let row = 0; row < scaled(rect.height); row++) {
          const from = (scaled(rect.y) + row) * scaled(width) + scaled(rect.x);
          bytes.set(plane.subarray(from, from + stride), offset + row * stride);
        }
        const layout = { offset, stride };
        offset += index > 0 ? chroma : luma;
        return layout;
      });
    },
    close() {},
  };
  return frame as unknown as VideoFrame;
}

/** Audio data with one channel, as far as the session uses it. */
const dataOf = (samples: Float32Array): AudioData =>
  ({
    [Symbol.toStringTag]: 'AudioData',
    ...{ numberOfChannels: 1, numberOfFrames: samples.length, sampleRate: SAMPLE_RATE, timestamp: 0 },
    copyTo: (plane: Float32Array) => plane.set(samples),
    close() {},
  }) as unknown as AudioData;

/** A part of what is sent: the pictures and the audio of one source, which counts its frames from a time before. */
interface Part {
  readonly source: number;
  readonly rate: Rate;
  readonly seconds: number;
  /** Seconds for which the source has counted frames when the part begins. */
  readonly counted: number;
}

/** The report on parts that come one after the other in the same two tracks. */
async function watch(parts: readonly Part[]): Promise<WorkerReport> {
  let time = START_MS;
  const scope: ProbeScope = { compareWith: null, audio: null };
  install(scope);
  const session = new ProbeSession(
    () => {},
    new WallClockReading(
      () => time,
      () => Math.floor(time),
    ),
    scope,
  );
  const [pictures, audio] = [new WrittenStream<VideoFrame>(), new WrittenStream<AudioData>()];
  const track = (kind: 'video' | 'audio', readable: unknown) =>
    session.setTrack({ type: 'track', kind, input: { readable } as never, start: time, uncertainty: 0 });
  track('video', pictures);
  track('audio', audio);
  const picture = createPicture(WIDTH, HEIGHT);
  for (const { source, rate, seconds, counted } of parts) {
    const frames = rate.numerator / rate.denominator;
    const [first, start] = [counted * SAMPLE_RATE, time];
    const samples = new Float32Array(seconds * SAMPLE_RATE);
    renderMark(samples, first, { rate, sampleRate: SAMPLE_RATE });
    let shown = Math.ceil(counted * frames) - 1;
    for (let at = 0; at < samples.length; at += BLOCK) {
      time = start + (at / SAMPLE_RATE) * 1000;
      const frame = Math.floor((counted + at / SAMPLE_RATE) * frames + 1e-9);
      if (frame > shown) {
        shown = frame;
        paintMark(picture, { frame, rate, source, time: Math.floor(time) });
        await pictures.write(frameOf(picture));
      }
      await audio.write(dataOf(samples.subarray(at, at + BLOCK)));
    }
    time = start + seconds * 1000;
  }
  const report = session.report();
  session.close();
  return report;
}

/** A reader of audio is sure after ten to twelve frames, and the last one may not be over. */
const UNSURE_FRAMES = 14;

describe('The audio of a source', () => {
  it('is heard and complete on a clean path', async () => {
    const { audio, video } = await watch([{ source: 7, rate: RATE, seconds: 5, counted: 1000 }]);
    assert.deepInclude(video, { received: 125, lost: 0, findings: [] });
    assert.deepInclude(audio, { lost: 0, repeated: 0, findings: [] });
  });

  it('has lost and repeated nothing when the source changes its frame rate', async () => {
    const { audio, video } = await watch([
      { source: 7, rate: RATE, seconds: 5, counted: 1000 },
      { source: 7, rate: parseRate(50), seconds: 5, counted: 1005 },
    ]);
    assert.deepInclude(video, { received: 375, lost: 0, repeated: 0, restarts: 0 });
    assert.deepInclude(audio, { lost: 0, repeated: 0, findings: [] });
    assert.isAtLeast(audio?.received ?? 0, 375 - 2 * UNSURE_FRAMES - 4);
  });

  it('has lost and repeated next to nothing when the source counts again', async () => {
    for (const counted of [0, 5011, 1003]) {
      const { audio, video } = await watch([
        { source: 7, rate: RATE, seconds: 5, counted: 1000 },
        { source: 7, rate: RATE, seconds: 5, counted },
      ]);
      assert.deepInclude(video, { received: 250, lost: 0, repeated: 0, restarts: 1 });
      assert.isAtMost((audio?.lost ?? 0) + (audio?.repeated ?? 0), UNSURE_FRAMES, `${counted} s`);
      assert.isAtLeast(audio?.received ?? 0, 250 - 2 * UNSURE_FRAMES - 4);
    }
  });

  it('is heard, too, when another source with another frame rate and another count takes its place', async () => {
    const { audio, video } = await watch([
      { source: 7, rate: RATE, seconds: 5, counted: 1000 },
      { source: 8, rate: parseRate(30), seconds: 5, counted: 20 },
    ]);
    assert.deepInclude(video, { received: 275, lost: 0, sources: [7, 8] });
    assert.deepInclude(audio, { lost: 0, repeated: 0, findings: [] });
    assert.isAtLeast(audio?.received ?? 0, 275 - 2 * UNSURE_FRAMES - 4);
  });

  it('has lost what was cut out of it, also in the seconds after another source began', async () => {
    const cut = (seconds: number) => ({ source: 8, rate: RATE, seconds, counted: 20 });
    const { audio } = await watch([
      { source: 7, rate: RATE, seconds: 3, counted: 1000 },
      cut(2),
      // A fifth of a second is missing.
      { ...cut(3), counted: 22.2 },
    ]);
    assert.isAtLeast(audio?.lost ?? 0, 5);
  });
});
