/* The blocks of a native track of audio whose worker stands still for a while: written samples wait, so that none is lost. */
import { SampleQueue } from '../../dist/generator/sample-source.js';
import { now } from '../../dist/generator/timeline.js';
import { AudioPacer } from '../../dist/generator/worker/audio-pacer.js';
import { after, afterEach, assert, before, beforeEach, describe, it } from '../support/suite.js';

const RATE_HZ = 48_000;
const BLOCK_MS = 10;
/** Chromium's audio graph keeps at least so many blocks of a track, and loses what comes beyond. */
const KEPT_BLOCKS = 5;

/** A block as a native track takes it. */
class Block {
  readonly samples: Float32Array;
  readonly timestamp: number;

  constructor({ data, timestamp }: AudioDataInit) {
    this.samples = data as Float32Array;
    this.timestamp = timestamp;
  }
}

/** Samples that count from a number on. */
const counting = (first: number, length: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, index) => (first + index) / 2 ** 20);

describe('A native track of audio whose worker stands still', () => {
  const original = globalThis.AudioData;
  let blocks: Block[];
  let source: SampleQueue;
  let pacer: AudioPacer;
  let channel: MessageChannel;

  before(() => {
    Object.assign(globalThis, { AudioData: Block });
  });
  after(() => {
    Object.assign(globalThis, { AudioData: original });
  });

  beforeEach(() => {
    blocks = [];
    channel = new MessageChannel();
    source = new SampleQueue(() => {}, {});
    const target = new WritableStream<AudioData>({ write: (block) => void blocks.push(block as unknown as Block) });
    const scheduler = { add() {}, remove() {}, wakeFor() {} };
    const open = { target, port: channel.port1, origin: now(), format: {} };
    pacer = new AudioPacer(open, source, scheduler as unknown as ConstructorParameters<typeof AudioPacer>[2]);
  });

  const write = (planes: Float32Array<ArrayBuffer>[], due?: number): void =>
    source.receive({
      type: 'samples',
      id: 0,
      planes,
      sampleRate: RATE_HZ,
      answerAt: 0.5,
      ...(due !== undefined && { due }),
    });

  afterEach(() => channel.port1.close());

  /** The blocks that the worker writes a moment after a time. */
  async function blocksAt(time: number): Promise<Block[]> {
    blocks = [];
    pacer.run(time + 1);
    // The stream takes one after the other.
    await new Promise((resolve) => setTimeout(resolve));
    return blocks;
  }

  for (const standstillMs of [50, 300, 5000]) {
    it(`for ${standstillMs} ms sends no more at once than a listener keeps, and each written sample`, async () => {
      write([counting(1, RATE_HZ)]);
      const start = pacer.due;
      const sent = await blocksAt(start);
      const late = await blocksAt(start + standstillMs);
      assert.isAtMost(late.length, KEPT_BLOCKS);
      assert.closeTo((late.at(-1)?.timestamp ?? 0) - (sent[0]?.timestamp ?? 0), standstillMs * 1000, 2);
      sent.push(...late);
      for (let n = 1; n <= 101; n++) sent.push(...(await blocksAt(start + standstillMs + n * BLOCK_MS)));
      const heard = sent.flatMap(({ samples }) => [...samples]).filter((sample) => sample !== 0);
      assert.deepEqual(heard, [...counting(1, RATE_HZ)]);
    });
  }

  it('sends half a second of those with times, which would be late for the others', async () => {
    const start = pacer.due;
    await blocksAt(start);
    write([counting(1, 2 * RATE_HZ)], 0);
    assert.lengthOf(await blocksAt(start + 2000), 51);
  });
});
