/* An input of the engine's worker: which frames it shows, and that it closes every one of them. */
import { install } from '../../dist/engine/worker/input-part.js';
import type { WorkerScope } from '../../dist/engine/worker/worker-scope.js';
import { finish } from '../../dist/signals/video/slices.js';
import { assert, describe, it } from '../support/suite.js';

/** A frame of one level of luma, as a browser gives it. */
class GreyFrame {
  readonly [Symbol.toStringTag] = 'VideoFrame';
  readonly format = 'I420';
  readonly colorSpace = { matrix: 'smpte170m', fullRange: false };
  readonly codedWidth: number;
  readonly codedHeight: number;
  readonly visibleRect: object;
  readonly #luma: number;
  closings = 0;

  constructor(luma: number, width = 4, height = 4) {
    this.#luma = luma;
    [this.codedWidth, this.codedHeight] = [width, height];
    this.visibleRect = { x: 0, y: 0, width, height };
  }

  get displayWidth(): number {
    return this.codedWidth;
  }

  get displayHeight(): number {
    return this.codedHeight;
  }

  allocationSize(): number {
    return this.codedWidth * this.codedHeight * 1.5;
  }

  async copyTo(bytes: Uint8Array): Promise<readonly object[]> {
    if (this.closings > 0) throw new DOMException('The frame is closed.', 'InvalidStateError');
    await copying;
    const [luma, across] = [this.codedWidth * this.codedHeight, this.codedWidth / 2];
    bytes.fill(this.#luma, 0, luma).fill(128, luma, luma * 1.5);
    return [
      { offset: 0, stride: this.codedWidth },
      { offset: luma, stride: across },
      { offset: luma * 1.25, stride: across },
    ];
  }

  close(): void {
    this.closings++;
  }
}

/** Copies wait for it. */
let copying: Promise<void> = Promise.resolve();

const description = {
  kind: 'video',
  width: 8,
  height: 8,
  fit: 'contain',
  frameRate: { numerator: 30, denominator: 1 },
} as const;

/** Resolves when streams and copies that wait for nothing else have settled. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** An open input, and the events that it posts. */
class Bench {
  readonly scope = { handlers: {} } as WorkerScope;
  readonly events: object[] = [];
  readonly frames: GreyFrame[] = [];
  #controller: ReadableStreamDefaultController | null = null;
  #close: () => void = () => {};

  constructor() {
    install(this.scope);
    const readable = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    const port = {
      onmessage: (_: object) => {},
      postMessage: (event: object) => this.events.push(event),
      close: () => {},
    };
    this.scope.handlers['open-input']?.({ type: 'open-input', id: 7, input: { readable }, port } as never);
    this.#close = () => port.onmessage({ data: 'close' });
  }

  async push(...frames: GreyFrame[]): Promise<void> {
    this.frames.push(...frames);
    for (const frame of frames) this.#controller?.enqueue(frame);
    await settled();
  }

  async end(): Promise<void> {
    this.#controller?.close();
    await settled();
  }

  close(): Promise<unknown> {
    this.#close();
    return settled();
  }

  renderer(input = 7) {
    const made = this.scope.prepareInput?.({ ...description, input }, 'bt601');
    return finish(made ?? assert.fail('no part'));
  }

  get closings(): number[] {
    return this.frames.map(({ closings }) => closings);
  }
}

/** Renders as a scene does: only what has another key. */
function lumaOf(renderer: ReturnType<Bench['renderer']>, n: number): number {
  if (renderer.key(n) !== keys.get(renderer)) renderer.render(n);
  keys.set(renderer, renderer.key(n));
  return renderer.picture.y[27] ?? -1;
}

const keys = new WeakMap<object, number>();

describe('An input in the worker', () => {
  it('is black before its first frame', () => {
    const renderer = new Bench().renderer();
    assert.equal(lumaOf(renderer, 0), 16);
    assert.equal(renderer.key(1), renderer.key(2));
  });

  it('shows its newest frame, and closes each', async () => {
    const bench = new Bench();
    const renderer = bench.renderer();
    await bench.push(new GreyFrame(100));
    assert.equal(lumaOf(renderer, 0), 100);
    await bench.push(new GreyFrame(110));
    await bench.push(new GreyFrame(120));
    assert.equal(lumaOf(renderer, 1), 120);
    assert.deepEqual(bench.closings, [1, 1, 1]);
  });

  it('keeps the newest of the frames that come while one is copied', async () => {
    const bench = new Bench();
    const renderer = bench.renderer();
    let release = () => {};
    copying = new Promise((resolve) => {
      release = resolve;
    });
    await bench.push(new GreyFrame(100), new GreyFrame(110), new GreyFrame(120));
    assert.equal(lumaOf(renderer, 0), 16);
    assert.deepEqual(bench.closings, [0, 1, 0]);
    release();
    await settled();
    assert.equal(lumaOf(renderer, 1), 120);
    assert.deepEqual(bench.closings, [1, 1, 1]);
  });

  it('holds its picture as long as the same frame is asked for, for each layer by itself', async () => {
    const bench = new Bench();
    const [held, other] = [bench.renderer(), bench.renderer()];
    await bench.push(new GreyFrame(100));
    assert.deepEqual([lumaOf(held, 5), lumaOf(other, 5)], [100, 100]);
    await bench.push(new GreyFrame(120));
    assert.deepEqual([lumaOf(held, 5), lumaOf(other, 6)], [100, 120]);
    assert.equal(lumaOf(held, 7), 120);
  });

  it('keeps its last picture after the track, until it is closed', async () => {
    const bench = new Bench();
    await bench.push(new GreyFrame(100));
    await bench.end();
    assert.equal(lumaOf(bench.renderer(), 0), 100);
    await bench.close();
    assert.throws(() => bench.renderer(), /input is 7; it must be the id of an open input\./);
  });

  it('closes what comes after its end', async () => {
    const bench = new Bench();
    let release = () => {};
    copying = new Promise((resolve) => {
      release = resolve;
    });
    await bench.push(new GreyFrame(100), new GreyFrame(110));
    await bench.close();
    release();
    await settled();
    assert.deepEqual(bench.closings, [1, 1]);
    assert.deepEqual(bench.events, []);
  });

  it('tells the first size, and each other one', async () => {
    const bench = new Bench();
    const renderer = bench.renderer();
    await bench.push(new GreyFrame(100));
    await bench.push(new GreyFrame(100));
    assert.equal(lumaOf(renderer, 0), 100);
    await bench.push(new GreyFrame(90, 8, 4));
    assert.deepEqual(bench.events, [
      { type: 'resized', width: 4, height: 4 },
      { type: 'resized', width: 8, height: 4 },
    ]);
    // The bars of the new shape are black.
    assert.equal(lumaOf(renderer, 1), 90);
    assert.equal(renderer.picture.y[3], 16);
  });

  it('tells once that frames cannot be read', async () => {
    const bench = new Bench();
    for (let i = 0; i < 12; i++) {
      const frame = new GreyFrame(100);
      frame.close();
      await bench.push(frame);
    }
    assert.deepEqual(bench.events, [
      { type: 'failed', error: { name: 'InvalidStateError', message: 'The frame is closed.' } },
    ]);
  });

  it('refuses a size that no picture has, and an unknown fit', () => {
    const { scope } = new Bench();
    const prepare = (more: object) => () =>
      finish(scope.prepareInput?.({ ...description, input: 7, ...more }, 'bt601') ?? assert.fail());
    assert.throws(prepare({ width: 7 }), /width is 7; it must be an even whole number from 2 to 16384/);
    assert.throws(prepare({ fit: 'wide' }), /fit is "wide"; it must be one of contain, cover, fill/);
  });
});
