/* Inputs whose pictures and samples come before they are due, in the worker and in the worklet. */
import { AudioInputs } from '../../dist/engine/audio-input.js';
import { install } from '../../dist/engine/worker/input-part.js';
import type { WorkerScope } from '../../dist/engine/worker/worker-scope.js';
import { finish } from '../../dist/signals/video/slices.js';
import { assert, describe, it } from '../support/suite.js';

const SAMPLE_RATE = 48_000;
const FRAME_RATE = { numerator: 30, denominator: 1 };

/** A port whose messages the test delivers. */
class TestPort {
  onmessage: (event: { data: unknown }) => void = () => {};
  readonly posted: object[] = [];
  isClosed = false;

  postMessage(message: object): void {
    this.posted.push(message);
  }

  close(): void {
    this.isClosed = true;
  }

  deliver(data: unknown): void {
    this.onmessage({ data });
  }
}

/** An open input of audio. */
class AudioBench {
  readonly port = new TestPort();
  readonly timed = new TestPort();
  readonly #inputs = new AudioInputs();
  underruns = 0;

  constructor() {
    this.#inputs.open({ inputId: 3, input: { timed: this.timed }, port: this.port } as never);
  }

  renderer(sampleRate = SAMPLE_RATE) {
    return this.#inputs.createRenderer(3, sampleRate, () => this.underruns++);
  }

  /** Sends samples that count up from a number, each a thousandth. */
  send(first: number, length: number, due: number, channels = 1, sampleRate = SAMPLE_RATE): void {
    const planes = Array.from({ length: channels }, (_, channel) =>
      Float32Array.from({ length }, (__, i) => (first + i) / 1000 + channel),
    );
    this.timed.deliver({ planes, sampleRate, due });
  }
}

function render(renderer: ReturnType<AudioBench['renderer']>, n: number, length: number, channels = 1): Float32Array[] {
  const planes = Array.from({ length: channels }, () => new Float32Array(length));
  renderer.render(planes, n);
  return planes;
}

/** The numbers of samples, as they were sent. */
const numbers = ([plane]: Float32Array[]): number[] => [...(plane ?? [])].map((sample) => Math.round(sample * 1000));

describe('Samples that come before they are due', () => {
  it('are played at the sample at which they are due', () => {
    const bench = new AudioBench();
    const renderer = bench.renderer();
    bench.send(1, 4, 1 + 6 / SAMPLE_RATE);
    bench.send(5, 4, 1 + 10 / SAMPLE_RATE);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE, 8)), [0, 0, 0, 0, 0, 0, 1, 2]);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 8, 8)), [3, 4, 5, 6, 7, 8, 0, 0]);
    assert.equal(bench.underruns, 0);
  });

  it('are played by each layer, also by one that begins later', () => {
    const bench = new AudioBench();
    bench.send(1, 8, 1);
    assert.deepEqual(numbers(render(bench.renderer(), SAMPLE_RATE, 8)), [1, 2, 3, 4, 5, 6, 7, 8]);
    const later = bench.renderer();
    assert.deepEqual(numbers(render(later, SAMPLE_RATE + 5, 3)), [6, 7, 8]);
  });

  it('are left out as far as they come too late', () => {
    const bench = new AudioBench();
    const renderer = bench.renderer();
    bench.send(1, 4, 1);
    render(renderer, SAMPLE_RATE, 4);
    render(renderer, SAMPLE_RATE + 4, 4);
    bench.send(5, 8, 1 + 4 / SAMPLE_RATE);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 8, 4)), [9, 10, 11, 12]);
    assert.equal(bench.underruns, 1);
  });

  it('keep their places when the mixer leaves blocks out', () => {
    const bench = new AudioBench();
    const renderer = bench.renderer();
    bench.send(1, 40, 1);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE, 4)), [1, 2, 3, 4]);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 20, 4)), [21, 22, 23, 24]);
  });

  it('are given once more to a mixer that plays between the samples', () => {
    const bench = new AudioBench();
    const renderer = bench.renderer();
    bench.send(1, 40, 1);
    render(renderer, SAMPLE_RATE, 10);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 7, 6)), [8, 9, 10, 11, 12, 13]);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 13, 3)), [14, 15, 16]);
  });

  it('become the mean of all channels in mono, and mono is heard on all', () => {
    const bench = new AudioBench();
    bench.send(0, 4, 1, 2);
    assert.deepEqual(numbers(render(bench.renderer(), SAMPLE_RATE, 4)), [500, 501, 502, 503]);
    const mono = new AudioBench();
    mono.send(1, 4, 1);
    const [left, right] = render(mono.renderer(), SAMPLE_RATE, 4, 2);
    assert.deepEqual(left, right);
  });

  it('fade out when they are withdrawn, and later samples are played', () => {
    const bench = new AudioBench();
    const renderer = bench.renderer();
    bench.timed.deliver({ planes: [new Float32Array(SAMPLE_RATE).fill(0.5)], sampleRate: SAMPLE_RATE, due: 1 });
    render(renderer, SAMPLE_RATE, 480);
    bench.timed.deliver('clear');
    bench.send(1, 4, 1 + 1000 / SAMPLE_RATE);
    const [faded = new Float32Array()] = render(renderer, SAMPLE_RATE + 480, 520);
    // Without a step, and silent after 8 ms.
    for (let i = 1; i < faded.length; i++)
      assert.isBelow(Math.abs((faded[i] as number) - (faded[i - 1] as number)), 0.002);
    assert.equal(faded[400], 0);
    assert.deepEqual(numbers(render(renderer, SAMPLE_RATE + 1000, 4)), [1, 2, 3, 4]);
  });

  it('tell the page once that they have come, and end with the input', () => {
    const bench = new AudioBench();
    bench.timed.deliver('clear');
    assert.isEmpty(bench.port.posted);
    bench.send(1, 4, 1);
    bench.send(5, 4, 2);
    assert.deepEqual(bench.port.posted, [{ type: 'heard' }]);
    bench.port.deliver('close');
    assert.isTrue(bench.timed.isClosed && bench.port.isClosed);
    assert.throws(() => bench.renderer(), RangeError, 'input is 3');
  });
});

/** A frame of one level of luma, as a browser gives it. */
class GreyFrame {
  readonly format = 'I420';
  readonly colorSpace = { matrix: 'smpte170m', fullRange: false };
  readonly codedWidth = 4;
  readonly codedHeight = 4;
  readonly displayWidth = 4;
  readonly displayHeight = 4;
  readonly visibleRect = { x: 0, y: 0, width: 4, height: 4 };
  closings = 0;
  readonly #luma: number;

  constructor(luma: number) {
    this.#luma = luma;
  }

  allocationSize(): number {
    return 24;
  }

  async copyTo(bytes: Uint8Array): Promise<readonly object[]> {
    bytes.fill(this.#luma, 0, 16).fill(128, 16, 24);
    return [
      { offset: 0, stride: 4 },
      { offset: 16, stride: 2 },
      { offset: 20, stride: 2 },
    ];
  }

  close(): void {
    this.closings++;
  }
}

/** An open input of pictures. */
class VideoBench {
  readonly port = new TestPort();
  readonly timed = new TestPort();
  readonly frames: GreyFrame[] = [];
  readonly #scope = { handlers: {} } as WorkerScope;

  constructor() {
    install(this.#scope);
    const message = { type: 'open-input', id: 7, input: { timed: this.timed }, port: this.port };
    this.#scope.handlers['open-input']?.(message as never);
  }

  /** Sends a picture for each luma, the first one for frame `first`. */
  async send(first: number, ...lumas: number[]): Promise<void> {
    for (const [i, luma] of lumas.entries()) {
      const frame = new GreyFrame(luma);
      this.frames.push(frame);
      this.timed.deliver({ frame, due: (first + i) / 30 });
    }
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  renderer(frameRate = FRAME_RATE) {
    const description = { kind: 'video', input: 7, width: 4, height: 4, fit: 'contain', frameRate } as const;
    return finish(this.#scope.prepareInput?.(description, 'bt601') ?? assert.fail('no part'));
  }
}

function lumaOf(renderer: ReturnType<VideoBench['renderer']>, n: number): number {
  renderer.key(n);
  renderer.render(n);
  return renderer.picture.y[5] ?? -1;
}

describe('Pictures that come before they are due', () => {
  it('are shown at the frame at which they are due, and closed', async () => {
    const bench = new VideoBench();
    const renderer = bench.renderer();
    await bench.send(30, 100, 110, 120, 130);
    assert.deepEqual(
      [29, 30, 31, 32, 33, 34].map((n) => lumaOf(renderer, n)),
      [16, 100, 110, 120, 130, 130],
    );
    assert.deepEqual(
      bench.frames.map(({ closings }) => closings),
      [1, 1, 1, 1],
    );
    assert.deepEqual(bench.port.posted, [{ type: 'resized', width: 4, height: 4 }]);
  });

  it('are shown by players of other rates', async () => {
    const bench = new VideoBench();
    const slow = bench.renderer({ numerator: 15, denominator: 1 });
    const fast = bench.renderer({ numerator: 60, denominator: 1 });
    await bench.send(30, 100, 110, 120, 130);
    assert.deepEqual(
      [60, 61, 62, 63].map((n) => lumaOf(fast, n)),
      [100, 100, 110, 110],
    );
    assert.equal(lumaOf(slow, 16), 120);
    assert.deepEqual(
      [64, 65].map((n) => lumaOf(fast, n)),
      [120, 120],
    );
  });

  it('with times of whole milliseconds have one frame each', async () => {
    const bench = new VideoBench();
    const renderer = bench.renderer();
    for (let n = 30; n < 40; n++) await bench.send(Math.round((n * 1000) / 30) * 0.03, 100 + n);
    assert.deepEqual(
      [30, 31, 32, 33, 34, 35, 36, 37, 38, 39].map((n) => lumaOf(renderer, n)),
      [130, 131, 132, 133, 134, 135, 136, 137, 138, 139],
    );
  });

  it('are taken back without a black picture', async () => {
    const bench = new VideoBench();
    const renderer = bench.renderer();
    await bench.send(30, 100, 110, 120);
    assert.equal(lumaOf(renderer, 30), 100);
    bench.timed.deliver('clear');
    assert.equal(lumaOf(renderer, 32), 100);
    await bench.send(34, 200);
    assert.equal(lumaOf(renderer, 34), 200);
  });

  it('are forgotten while nobody shows them, and closed by an input that has ended', async () => {
    const bench = new VideoBench();
    await bench.send(0, ...Array.from({ length: 200 }, (_, n) => n));
    // Those of the last second are kept.
    assert.equal(lumaOf(bench.renderer(), 165), 16);
    assert.equal(lumaOf(bench.renderer(), 175), 175);
    bench.port.deliver('close');
    await bench.send(200, 10);
    assert.isTrue(bench.frames.every(({ closings }) => closings === 1));
    assert.isTrue(bench.timed.isClosed);
  });
});
