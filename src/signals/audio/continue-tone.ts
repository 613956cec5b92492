import { MOST_CHANNELS, ofChannel } from './channels.js';
import { edge } from './edge.js';
import type { Ramp, ToneDescription } from './waveform.js';

/**
 * The description that goes over from one tone to another at sample number `start`, without a click: every channel of
 * `next` takes up the cycle where `previous` stood (shifted by as much as `next` has another phase), and fades in over
 * it for `length` samples. `previous` is `null` after silence. What plays once begins at `start`, unless it played before.
 */
export function continueTone(
  previous: ToneDescription | null,
  next: ToneDescription,
  start: number,
  length: number,
): ToneDescription {
  // At another sample rate sample `start` is another moment, and a fade would have to resample.
  const own = start + (next.offset ?? 0);
  if (previous?.sampleRate !== next.sampleRate) return { ...next, since: own, ramp: { from: null, start, length } };
  const ahead = own - start - (previous.offset ?? 0);
  const shift = Array.from({ length: MOST_CHANNELS }, (_, channel) => {
    if (next.animation === 'wall-clock') return 0;
    const [old, now] = [previous, next].map(({ frequency }) => ofChannel(frequency, channel) / next.sampleRate);
    return ofChannel(previous.shift ?? [0], channel) + (old - now) * (own - ahead) - now * ahead;
  });
  const same = previous.waveform === next.waveform && JSON.stringify(previous.params) === JSON.stringify(next.params);
  const since = same ? (previous.since ?? 0) + ahead : own;
  return { ...next, shift, since, ramp: { from: settled(previous, start), start, length } };
}

/** A slider may start a new fade before the last has ended; a chain of more than this many sounds like nothing but costs. */
const MOST_FADES = 3;

/** A tone without the fades that have ended at sample `n`, and without the faintest of those that are too many. */
function settled(tone: ToneDescription, n: number): ToneDescription | null {
  const chain: { tone: ToneDescription; ramp: Ramp | undefined; weight: number }[] = [];
  let rest = 1;
  for (let next: ToneDescription | null = tone; next && rest > 0; ) {
    const { ramp, ...steady }: ToneDescription = next;
    const k = ramp ? edge((n - ramp.start) / ramp.length) : 1;
    chain.push({ tone: steady, ramp: k < 1 ? ramp : undefined, weight: rest * k });
    rest *= 1 - k;
    next = ramp?.from ?? null;
  }
  while (chain.length > MOST_FADES + 1) {
    const faintest = chain.reduce((least, { weight }, i) => (weight < chain[least].weight ? i : least), 0);
    chain.splice(faintest, 1);
  }
  let from: ToneDescription | null = null;
  for (const { tone, ramp } of chain.reverse()) from = ramp ? { ...tone, ramp: { ...ramp, from } } : tone;
  return from;
}
