/* The worker that records, with a page and a browser that take their time. */
import { clockSkew, now } from '../../dist/generator/timeline.js';
import { assert, before, describe, it } from '../support/suite.js';

const RATE_HZ = 48_000;

/** Milliseconds that the browser takes to say whether it has an encoder. */
const PROBE_MS = 30_000;

let time = 0;
let receive: (message: object) => void = () => {};
const answers: { readonly id: number; readonly value?: { readonly duration: number }; readonly error?: object }[] = [];
let answered = () => {};

/** Posts a request to the worker. Resolves to its answer. */
async function request(message: { readonly id: number } & Readonly<Record<string, unknown>>) {
  const arrival = new Promise<void>((resolve) => {
    answered = resolve;
  });
  receive(message);
  await arrival;
  return answers.find(({ id }) => id === message.id);
}

function withResolvers() {
  const settle: { resolve?: unknown; reject?: unknown } = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}

describe('The worker that records', () => {
  before(async () => {
    performance.now = () => time;
    // Node 20 has none; every browser of this library does.
    Promise.withResolvers ??= withResolvers as typeof Promise.withResolvers;
    Object.assign(globalThis, {
      navigator: { userAgent: '' },
      AudioEncoder: {
        async isConfigSupported() {
          time += PROBE_MS;
          return { supported: false };
        },
      },
      addEventListener: (_: string, listener: (event: object) => void) => {
        receive = (data) => listener({ data });
      },
      postMessage: (message: { readonly type: string; readonly id: number }) => {
        if (message.type !== 'answer') return;
        answers.push(message);
        answered();
      },
    });
    const { start } = await import('../../dist/recorder/worker/recorder-worker.js');
    start();
  });

  it('has the time of its page, however long the browser looks for an encoder', async () => {
    const started = await request({
      type: 'start',
      id: 1,
      options: {
        // Opus is looked for and not found; PCM needs no encoder.
        format: {
          type: 'audio/wav',
          container: 'wav',
          mimeType: 'audio/wav',
          codecs: { video: [], audio: ['opus', 'pcm-s16'] },
        },
        kinds: ['audio'],
        timeslice: 1000,
        pageSkew: clockSkew(),
      },
    });
    assert.isUndefined(started?.error);
    assert.isAtLeast(time, PROBE_MS, 'the encoder was looked for');
    const port = { onmessage: (_: object) => {}, postMessage: () => {}, close: () => {} };
    receive({ type: 'track', kind: 'audio', input: { port }, time: now() });
    const planes = [new Float32Array(RATE_HZ / 10).fill(0.5)];
    port.onmessage({ data: { planes, sampleRate: RATE_HZ, start: now() } });
    time += 1000;
    const stopped = await request({ type: 'stop', id: 2, time: now() });
    // A tenth of a second of audio, and silence up to the second at which the page stopped it.
    assert.closeTo(stopped?.value?.duration ?? 0, 1, 0.001);
  });
});
