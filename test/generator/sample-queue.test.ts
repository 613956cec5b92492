/* A queue of samples plays nothing new after it was cleared, and does not click: pure arithmetic, block for block. */
import { SampleQueue } from '../../dist/generator/sample-source.js';
import { assert, describe, it } from '../support/suite.js';

const SAMPLE_RATE_HZ = 48_000;
const BLOCK = 480;
/** 8 ms. */
const FADE = 384;

interface Player {
  readonly answers: Map<number, unknown>;
  write(id: number, level: number, samples: number, due?: number): void;
  clear(): void;
  pull(): Float32Array;
}

function player(): Player {
  const answers = new Map<number, unknown>();
  const queue = new SampleQueue((message) => {
    if (message.type === 'answer') answers.set(message.id, message.value);
  }, {});
  let n = 0;
  return {
    answers,
    write(id, level, samples, due) {
      const planes = [new Float32Array(samples).fill(level)];
      const request = { type: 'samples', id, planes, sampleRate: SAMPLE_RATE_HZ, answerAt: 0 } as const;
      queue.receive(due === undefined ? request : { ...request, due });
    },
    clear: () => queue.receive({ type: 'clear' }),
    pull() {
      const block = new Float32Array(BLOCK);
      queue.pull([block], SAMPLE_RATE_HZ, n);
      n += BLOCK;
      return block;
    },
  };
}

/** A fade from a level to silence; its first sample is one step below the level. */
const assertFade = (block: Float32Array, level: number) => {
  for (const [i, sample] of block.entries()) {
    assert.closeTo(sample, level * Math.max(0, 1 - (i + 1) / FADE), 1e-4, `sample ${i}`);
  }
};

const assertSilence = (block: Float32Array) => assert.deepEqual([...new Set(block)], [0]);

describe('A queue of samples that is cleared', () => {
  it('fades out those that play, within 8 ms', () => {
    const { write, pull, clear, answers } = player();
    write(1, 0.5, 48_000);
    pull();
    clear();
    assertFade(pull(), 0.5);
    assertSilence(pull());
    assert.isFalse(answers.get(1));
  });

  it('fades out samples that continue those that ended with the last block', () => {
    const { write, pull, clear } = player();
    write(1, 0.5, BLOCK);
    write(2, 0.5, BLOCK);
    pull();
    clear();
    assertFade(pull(), 0.5);
  });

  it('plays nothing of samples that were not played yet', () => {
    const { write, pull, clear, answers } = player();
    pull();
    write(1, 0.5, 48_000);
    clear();
    assertSilence(pull());
    assert.isFalse(answers.get(1));
  });

  it('plays nothing of samples that wait for their time', () => {
    const { write, pull, clear, answers } = player();
    pull();
    write(1, 0.5, 48_000, 1);
    pull();
    clear();
    for (let i = 0; i < 3; i++) assertSilence(pull());
    assert.isFalse(answers.get(1));
  });

  it('plays nothing of samples that are due after a gap, when those before it have just ended', () => {
    const { write, pull, clear } = player();
    write(1, 0.5, BLOCK);
    write(2, 0.5, BLOCK, 0.5);
    pull();
    clear();
    assertSilence(pull());
  });

  it('plays nothing from beyond a gap while it fades out', () => {
    const { write, pull, clear } = player();
    write(1, 0.5, BLOCK + 100);
    write(2, 0.5, BLOCK, 0.5);
    pull();
    clear();
    const block = pull();
    assert.closeTo(block[99] ?? 0, 0.5 * (1 - 100 / FADE), 1e-4);
    assertSilence(block.subarray(100));
  });

  it('continues a fade when samples that have not begun are cleared within it', () => {
    const { write, pull, clear } = player();
    write(1, 0.5, 48_000);
    pull();
    clear();
    write(2, 0.25, 48_000);
    clear();
    assertFade(pull(), 0.5);
    assertSilence(pull());
  });

  it('fades both out if it is cleared twice within one fade', () => {
    const queue = new SampleQueue(() => {}, {});
    const pull = (n: number) => {
      const block = new Float32Array(128);
      queue.pull([block], SAMPLE_RATE_HZ, n);
      return [...block];
    };
    const write = (id: number, level: number) => {
      const planes = [new Float32Array(48_000).fill(level)];
      queue.receive({ type: 'samples', id, planes, sampleRate: SAMPLE_RATE_HZ, answerAt: 0 });
    };
    write(1, 0.5);
    pull(0);
    queue.receive({ type: 'clear' });
    write(2, 0.25);
    const blocks = [pull(128)];
    queue.receive({ type: 'clear' });
    blocks.push(pull(256), pull(384), pull(512));
    for (const [i, sample] of blocks.flat().entries()) {
      const first = 0.5 * Math.max(0, 1 - (i + 1) / FADE);
      const second = i < 128 ? 0.25 : 0.25 * Math.max(0, 1 - (i - 127) / FADE);
      assert.closeTo(sample, first + second, 1e-4, `sample ${i}`);
    }
  });
});
