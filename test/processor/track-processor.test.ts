/* Reading tracks by a processor: pictures and samples, in every engine. */
import { TrackGenerator } from 'track-elements/generator';
import { type AudioSamples, TrackProcessor } from 'track-elements/processor';
import { onCleanup } from '../support/cleanup.js';
import { isNative, isWebKit, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { sleep } from '../support/waiting.js';

/** A generator that is stopped after the test. */
function openGenerator(kind: 'video' | 'audio'): TrackGenerator {
  const generator = new TrackGenerator({ kind });
  onCleanup(() => generator.stop());
  return generator;
}

/** Writes pictures of one colour after the other, until the test ends. */
function showColors(generator: TrackGenerator, colors: [number, number, number][]): void {
  let n = 0;
  const write = () =>
    generator.write(makeSolidCanvas(colors[n++ % colors.length] as [number, number, number], 320, 180));
  const timer = setInterval(() => generator.track.readyState === 'live' && void write(), 33);
  onCleanup(() => clearInterval(timer));
}

function openProcessor(init: ConstructorParameters<typeof TrackProcessor>[0]): TrackProcessor {
  const processor = new TrackProcessor(init);
  onCleanup(() => processor.close());
  return processor;
}

/** Reads frames, which the test closes. */
async function* framesOf(processor: TrackProcessor): AsyncGenerator<VideoFrame> {
  const reader = processor.readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value as VideoFrame;
    }
  } finally {
    await reader.cancel();
  }
}

/** The red, green and blue of the centre of a frame. */
function colorOf(frame: VideoFrame): number[] {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(frame, 0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

describe('A processor of a video track', () => {
  it('has a backend that this engine has', () => {
    const processor = openProcessor({ track: openGenerator('video').track });
    assert.equal(processor.backend, isNative ? 'native' : isWebKit ? 'worker' : 'element');
    assert.equal(processor.kind, 'video');
  });

  it('reads the pictures with their size and colour, and with times that rise', async () => {
    const generator = openGenerator('video');
    showColors(generator, [[200, 40, 60]]);
    const times: number[] = [];
    for await (const frame of framesOf(openProcessor({ track: generator.track }))) {
      const { displayWidth, displayHeight, timestamp } = frame;
      const color = colorOf(frame);
      frame.close();
      assert.deepEqual([displayWidth, displayHeight], [320, 180]);
      for (const [index, value] of [200, 40, 60].entries()) assert.closeTo(color[index] as number, value, 6);
      if (times.length > 0) assert.isAbove(timestamp, times.at(-1) as number);
      times.push(timestamp);
      if (times.length === 8) break;
    }
    assert.equal(times.length, 8);
  });

  it('keeps the newest picture for a reader that is slow, and counts the others', async () => {
    const generator = openGenerator('video');
    const processor = openProcessor({ track: generator.track });
    const colors: [number, number, number][] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ];
    const reader = processor.readable.getReader();
    const read = async () => {
      const { value } = await reader.read();
      const color = colorOf(value as VideoFrame);
      value?.close();
      return color;
    };
    const write = (color: [number, number, number]) => generator.write(makeSolidCanvas(color, 320, 180));
    const first = read();
    const writing = setInterval(() => void write([255, 255, 255]), 50);
    await first;
    clearInterval(writing);
    const before = await processor.getStats();
    for (const color of colors) {
      await write(color);
      await sleep(200);
    }
    assert.deepEqual(
      (await read()).map((value) => Math.round(value / 16)),
      [0, 0, 16],
    );
    const after = await processor.getStats();
    assert.equal((after.read ?? 0) - (before.read ?? 0), 1);
    assert.isAtLeast((after.discarded ?? 0) - (before.discarded ?? 0), 2);
  });

  it('leaves the track alone, and closes its stream when the track ends', async () => {
    const generator = openGenerator('video');
    showColors(generator, [[10, 200, 10]]);
    const closed = openProcessor({ track: generator.track });
    closed.close();
    assert.equal(generator.track.readyState, 'live');
    const reader = openProcessor({ track: generator.track }).readable.getReader();
    (await reader.read()).value?.close();
    generator.track.stop();
    for (let end = false; !end; ) {
      const { value, done } = await reader.read();
      value?.close();
      end = done;
    }
  });

  it('reads black once the page has disabled the track', async () => {
    const generator = openGenerator('video');
    showColors(generator, [[200, 40, 60]]);
    let [count, color] = [0, [255, 255, 255]];
    for await (const frame of framesOf(openProcessor({ track: generator.track }))) {
      color = colorOf(frame);
      frame.close();
      generator.track.enabled = false;
      if (++count === 100 || color.every((level) => level < 8)) break;
    }
    for (const level of color) assert.isBelow(level, 8);
  });

  it('has pictures of the size that the page asks of the track by applyConstraints()', async function () {
    const generator = openGenerator('video');
    const { track } = generator;
    if (!('resizeMode' in track.getSettings())) skip(this, 'this engine resizes no such track by constraints');
    showColors(generator, [[200, 40, 60]]);
    const widths: number[] = [];
    for await (const frame of framesOf(openProcessor({ track }))) {
      widths.push(frame.displayWidth);
      frame.close();
      if (widths.length === 1) await track.applyConstraints({ width: 160, height: 90 });
      if (widths.length === 100 || widths.at(-1) === 160) break;
    }
    assert.deepEqual([widths[0], widths.at(-1)], [320, 160]);
    await track.applyConstraints();
  });

  it('ends the clones that it has made with close(), also of a cancelled stream, and not the track', async () => {
    const generator = openGenerator('video');
    showColors(generator, [[10, 200, 10]]);
    const { track } = generator;
    const clones: MediaStreamTrack[] = [];
    const clone = track.clone.bind(track);
    track.clone = () => {
      clones.push(clone());
      return clones.at(-1) as MediaStreamTrack;
    };
    const processor = openProcessor({ track });
    const reader = processor.readable.getReader();
    (await reader.read()).value?.close();
    await reader.cancel();
    processor.close();
    // A clone that was transferred to a worker has ended here already.
    assert.deepEqual(
      clones.map(({ readyState }) => readyState),
      clones.map(() => 'ended'),
    );
    assert.equal(track.readyState, 'live');
  });

  it('ends its stream with close(), also while somebody waits', async () => {
    const processor = openProcessor({ track: openGenerator('video').track });
    const reader = processor.readable.getReader();
    const next = reader.read();
    processor.close();
    assert.isTrue((await next).done);
  });

  it('refuses what is no track, an ended one and a buffer without room', () => {
    const { track } = openGenerator('video');
    assert.throws(() => new TrackProcessor({ track: {} as MediaStreamTrack }), TypeError, /MediaStreamTrack/);
    assert.throws(() => new TrackProcessor({ track, maxBufferSize: 0 }), RangeError, /maxBufferSize is 0/);
    assert.throws(() => new TrackProcessor({ track, backend: 'worklet' }), TypeError, /backend is "worklet"/);
    track.stop();
    assert.throws(() => new TrackProcessor({ track }), TypeError, /ended/);
  });
});

describe('A processor before a generator', () => {
  it('passes the pictures on through a transform', async () => {
    const source = openGenerator('video');
    showColors(source, [
      [250, 10, 10],
      [10, 10, 250],
    ]);
    const target = openGenerator('video');
    const processor = openProcessor({ track: source.track });
    let passed = 0;
    const count = new TransformStream<VideoFrame | AudioData, VideoFrame | AudioData>({
      transform(frame, controller) {
        passed++;
        controller.enqueue(frame);
      },
    });
    processor.readable
      .pipeThrough(count)
      .pipeTo(target.writable)
      .catch(() => {});
    const seen = openProcessor({ track: target.track });
    let shown = 0;
    for await (const frame of framesOf(seen)) {
      frame.close();
      shown++;
      if (shown === 10) break;
    }
    assert.isAtLeast(passed, 10);
  });
});

describe('A processor of an audio track', () => {
  /** Plays a sine, and reads so many blocks of it after it is heard. */
  async function readSine(count: number): Promise<AudioSamples[]> {
    const generator = openGenerator('audio');
    const processor = openProcessor({ track: generator.track });
    const sine = new Float32Array(96_000);
    for (let n = 0; n < sine.length; n++) sine[n] = 0.5 * Math.sin((2 * Math.PI * 1000 * n) / 48_000);
    void generator.write(sine);
    const reader = processor.samples.getReader();
    const blocks: AudioSamples[] = [];
    while (blocks.length < count) {
      const { value, done } = await reader.read();
      if (done) break;
      if (blocks.length > 0 || value.planes[0]?.some((sample) => Math.abs(sample) > 0.4)) blocks.push(value);
    }
    await reader.cancel();
    return blocks;
  }

  it('reads the samples, without a gap', async () => {
    const blocks = await readSine(40);
    const samples = blocks.slice(2).flatMap(({ planes }) => [...(planes[0] as Float32Array)]);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.closeTo(peak, 0.5, isWebKit ? 0.1 : 0.005);
    const [{ sampleRate }] = blocks as [AudioSamples];
    // The second difference of a sine is its value times a constant. A gap or a lost block breaks that.
    const factor = 2 * Math.cos((2 * Math.PI * 1000) / sampleRate);
    const at = (n: number) => samples[n] as number;
    const breaks = samples.filter((sample, n) => n >= 2 && Math.abs(sample - factor * at(n - 1) + at(n - 2)) > 0.02);
    if (!isWebKit) assert.equal(breaks.length, 0);
  });

  it('dates its blocks one after the other', async () => {
    const blocks = await readSine(20);
    for (const [n, { timestamp }] of blocks.entries()) {
      const last = blocks[n - 1];
      if (!last) continue;
      const length = ((last.planes[0]?.length ?? 0) / last.sampleRate) * 1e6;
      assert.closeTo(timestamp - last.timestamp, length, 1000);
    }
  });

  it('has its data as AudioData too, but not both ways at once', async () => {
    const generator = openGenerator('audio');
    const processor = openProcessor({ track: generator.track });
    void generator.write(new Float32Array(48_000).fill(0.25));
    const reader = processor.readable.getReader();
    const { value } = await reader.read();
    const data = value as AudioData;
    assert.isAbove(data.numberOfFrames, 0);
    assert.isAbove(data.sampleRate, 7999);
    data.close();
    assert.throws(() => processor.samples, DOMException, /readable and samples are the same data/);
  });
});
