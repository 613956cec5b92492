import { checkNumber } from '../checks.js';
import { smoothstep } from '../maths.js';
import { channelValue, MAX_CHANNELS } from './channels.js';
import { type CompleteToneDescription, completeTone, type Ramp, type ToneDescription } from './waveform.js';

/**
 * The description of a change from one tone to another at sample number `start`, without a click: each channel of
 * `next` begins at the phase where `previous` is at that sample (plus the difference of their `phase`), and fades in
 * over `previous` for `length` samples. `previous` is `null` after silence. A waveform that plays once begins at
 * `start`, unless `previous` was playing the same.
 *
 * @throws {TypeError | RangeError} for descriptions or numbers that are not accepted.
 */
export function continueTone(
  previous: ToneDescription | null,
  next: ToneDescription,
  start: number,
  length: number,
): CompleteToneDescription {
  checkNumber('start', start);
  checkNumber('length', length, { min: 0 });
  const to = completeTone(next);
  const from = previous && completeTone(previous);
  // The start as a sample number of `next`, whose numbers are ahead by its offset.
  const ownStart = start + (to.offset ?? 0);
  // With another sample rate, sample `start` is at another time, and a fade would need resampling.
  if (from?.sampleRate !== to.sampleRate) return { ...to, since: ownStart, ramp: { from: null, start, length } };
  const ahead = ownStart - start - (from.offset ?? 0);
  const shift = Array.from({ length: MAX_CHANNELS }, (_, channel) => {
    if (to.animation === 'wall-clock') return 0;
    const [old, now] = [from, to].map(({ frequency }) => channelValue(frequency, channel) / to.sampleRate);
    return channelValue(from.shift ?? [0], channel) + (old - now) * (ownStart - ahead) - now * ahead;
  });
  const isSame = from.waveform === to.waveform && JSON.stringify(from.params) === JSON.stringify(to.params);
  const since = isSame ? (from.since ?? 0) + ahead : ownStart;
  return { ...to, shift, since, ramp: { from: withoutEndedFades(from, start), start, length } };
}

/** A slider may start fades faster than they end. More than this many at once cannot be heard, but cost time. */
const MAX_FADES = 3;

/** The tone without the fades that have ended at sample `n`. If too many remain, the quietest are dropped as well. */
function withoutEndedFades(tone: ToneDescription, n: number): ToneDescription | null {
  const chain: { tone: ToneDescription; ramp: Ramp | undefined; weight: number }[] = [];
  let rest = 1;
  for (let next: ToneDescription | null = tone; next && rest > 0; ) {
    const { ramp, ...steady }: ToneDescription = next;
    const k = ramp ? smoothstep((n - ramp.start) / ramp.length) : 1;
    chain.push({ tone: steady, ramp: k < 1 ? ramp : undefined, weight: rest * k });
    rest *= 1 - k;
    next = ramp?.from ?? null;
  }
  while (chain.length > MAX_FADES + 1) {
    const quietest = chain.reduce((least, { weight }, i) => (weight < chain[least].weight ? i : least), 0);
    chain.splice(quietest, 1);
  }
  let from: ToneDescription | null = null;
  for (const { tone, ramp } of chain.reverse()) from = ramp ? { ...tone, ramp: { ...ramp, from } } : tone;
  return from;
}
