import { now as pageNow } from '../generator/timeline.js';
import { checkNumber, valueError } from '../signals/checks.js';
import { WallClockReading } from './wall-clock-reading.js';

/** How the clock of another page is related to that of this one. */
export interface ClockOffset {
  /** The other clock minus this one, in milliseconds. */
  readonly offset: number;
  /** By how much the offset may be wrong, in milliseconds: half of the round trip, and the step of both clocks. */
  readonly uncertainty: number;
}

/** How to ask for a clock. */
export interface MeasureClockOptions {
  /** How often the other page is asked: a whole number of at least 1. Default 16. */
  readonly questions?: number;
  /** Ends the measurement: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Measures the clock of another page over a data channel, on which that page answers by {@link answerClock}:
 *
 * ```ts
 * probe.clock = await measureClock(channel);
 * ```
 *
 * Of all answers the one with the shortest round trip counts: the other clock was read at some time in it. After ten seconds,
 * the best of the answers that have come is used.
 *
 * @throws {RangeError} for a number of questions that is none.
 * @throws {DOMException} `TimeoutError` if no answer comes in ten seconds; `NetworkError` if the channel closes.
 */
export async function measureClock(channel: RTCDataChannel, options: MeasureClockOptions = {}): Promise<ClockOffset> {
  const { questions = 16, signal } = options ?? {};
  checkChannel(channel);
  checkNumber('questions', questions, { min: 1, whole: true });
  return new Promise((resolve, reject) => {
    const ending = new AbortController();
    const listening = { signal: ending.signal };
    const id = `clock-${Math.random().toString(36).slice(2)}`;
    let best: ClockOffset | null = null;
    let asked = 0;
    let askedAt = 0;
    const clock = new WallClockReading(pageNow);
    const finish = (end: () => void) => {
      clearTimeout(timer);
      ending.abort();
      end();
    };
    const timer = setTimeout(() => {
      const message = 'The other page does not answer: it has to call answerClock() with its channel.';
      const result = best;
      finish(() => (result ? resolve(result) : reject(new DOMException(message, 'TimeoutError'))));
    }, TIMEOUT_MS);
    const close = () => {
      finish(() => reject(new DOMException('The data channel has closed.', 'NetworkError')));
    };
    const ask = () => {
      if (channel.readyState !== 'open') return close();
      asked++;
      askedAt = pageNow();
      try {
        channel.send(JSON.stringify({ [QUESTION]: `${id}-${asked}` }));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    channel.addEventListener(
      'message',
      ({ data }) => {
        const answer = messageOf(data);
        const time = answer?.time;
        if (answer?.[ANSWER] !== `${id}-${asked}` || typeof time !== 'number' || !Number.isFinite(time)) return;
        // By the clock of the page, which never goes back: the wall clock is corrected with each reading.
        const now = pageNow();
        const uncertainty = (now - askedAt) / 2 + CLOCK_STEP_MS;
        if (!best || uncertainty < best.uncertainty)
          best = { offset: time - clock.fromPage((askedAt + now) / 2), uncertainty };
        const result = best;
        if (asked >= questions) finish(() => resolve(result));
        else ask();
      },
      listening,
    );
    channel.addEventListener('close', close, listening);
    signal?.addEventListener('abort', () => finish(() => reject(signal.reason)), listening);
    if (signal?.aborted) finish(() => reject(signal.reason));
    else if (channel.readyState === 'open') ask();
    else if (channel.readyState === 'connecting') channel.addEventListener('open', ask, { ...listening, once: true });
    else close();
  });
}

/**
 * Answers the questions of {@link measureClock} on a data channel with the time of this page. Other messages are left alone.
 *
 * @returns A function that ends it.
 */
export function answerClock(channel: RTCDataChannel): () => void {
  checkChannel(channel);
  const ending = new AbortController();
  const clock = new WallClockReading(pageNow);
  channel.addEventListener(
    'message',
    ({ data }) => {
      const question = messageOf(data)?.[QUESTION];
      // A question may still arrive while the channel closes.
      if (typeof question !== 'string' || channel.readyState !== 'open') return;
      channel.send(JSON.stringify({ [ANSWER]: question, time: clock.now() }));
    },
    { signal: ending.signal },
  );
  return () => ending.abort();
}

/** Not by instanceof: a channel of another document has another class. */
function checkChannel(channel: RTCDataChannel): void {
  const isChannel = typeof Object(channel).addEventListener === 'function' && typeof channel.send === 'function';
  if (!isChannel) throw valueError('channel', channel, 'an RTCDataChannel', TypeError);
}

const QUESTION = 'track-elements-clock-question';
const ANSWER = 'track-elements-clock-answer';
const TIMEOUT_MS = 10_000;
/** Half a millisecond of each clock: `Date.now()` has whole ones. */
const CLOCK_STEP_MS = 1;

function messageOf(data: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof data !== 'string' || !data.includes('track-elements-clock')) return null;
  try {
    return Object(JSON.parse(data));
  } catch {
    return null;
  }
}
