/*
 * Faults of a track on a timeline: their description, and their effects on each frame. All of it follows from the description
 * and the number of the frame, so that a failing run can be repeated.
 */
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, checkValue, type NumberRange } from '../signals/checks.js';
import { random32 } from '../signals/random.js';
import type { TrackKind } from '../signals/track-kind.js';

/** A fault, as plain data. */
export interface FaultDescription {
  readonly kind: FaultKind;
  /** Seconds from the start to the fault. Default: 0. */
  readonly at?: number;
  /** Seconds that it lasts, at least one frame. Default: 1. */
  readonly duration?: number;
  /** Seconds from one occurrence to the next; 0, the default: it occurs once. */
  readonly every?: number;
  /** Share of the occurrences that happen, 0 to 1. Default: 1. */
  readonly probability?: number;
  /** Selects the occurrences that happen, and the frames: a 32-bit integer. Default: 0. */
  readonly seed?: number;
  /** How strong the fault is; `null` for the default of its kind. */
  readonly amount?: number | null;
}

export interface CompleteFault extends Required<FaultDescription> {
  /** `NaN` for a kind that has none. */
  readonly amount: number;
}

interface KindRecord {
  readonly tracks: readonly TrackKind[];
  readonly amount?: { readonly usual: number; readonly range: NumberRange };
}

const video: readonly TrackKind[] = ['video'];
const both: readonly TrackKind[] = ['video', 'audio'];
const share: NumberRange = { min: 0, max: 1 };

const kinds = {
  freeze: { tracks: both },
  black: { tracks: video },
  drop: { tracks: both, amount: { usual: 1, range: share } },
  repeat: { tracks: both, amount: { usual: 0.5, range: share } },
  jitter: { tracks: both, amount: { usual: 50, range: { min: 0, max: 1000, unit: 'ms' } } },
  'timestamp-jump': { tracks: both, amount: { usual: 1000, range: { min: 0, max: 3_600_000, unit: 'ms' } } },
  'clock-drift': { tracks: both, amount: { usual: 100, range: { min: -100_000, max: 100_000, unit: 'ppm' } } },
  'resolution-ramp': { tracks: video, amount: { usual: 0.25, range: { above: 0, max: 1 } } },
  'rate-change': { tracks: video, amount: { usual: 10, range: { above: 0, max: 240, unit: 'frames per second' } } },
  silence: { tracks: ['audio'] },
  mute: { tracks: both },
  unplug: { tracks: both },
} as const satisfies Record<string, KindRecord>;

export type FaultKind = keyof typeof kinds;

/** The kinds of track that can have a fault. */
export const tracksWith = (kind: FaultKind): readonly TrackKind[] => kinds[kind].tracks;

/**
 * Checks a description, and adds the defaults.
 *
 * @throws {TypeError | RangeError} for a value that is not accepted.
 */
export function completeFault({ kind, ...given }: FaultDescription): CompleteFault {
  checkOneOf('kind', Object.keys(kinds), kind);
  const record: KindRecord = kinds[kind];
  const { at = 0, every = 0, duration = 1, probability = 1, seed = 0, amount = null } = given;
  checkNumber('at', at, { min: 0, unit: 's' });
  checkNumber('every', every, { min: 0, unit: 's' });
  // An occurrence that has not ended when the next one begins would be two faults in one.
  checkNumber('duration', duration, { min: 0, ...(every > 0 && { max: every }), unit: 's' });
  checkNumber('probability', probability, share);
  checkNumber('seed', seed);
  if (record.amount && amount !== null) checkNumber('amount', amount, record.amount.range);
  checkValue(!!record.amount || amount === null, 'amount', amount, `unset: the kind "${kind}" has none`);
  const strength = record.amount ? (amount ?? record.amount.usual) : Number.NaN;
  return { kind, at, every, duration, probability, seed, amount: strength };
}

/**
 * Checks the descriptions of the faults of a track.
 *
 * @throws {TypeError | RangeError} for a value that is not accepted, and for a kind that such a track does not have.
 */
export const completeFaults = (faults: readonly FaultDescription[], track: TrackKind): readonly CompleteFault[] =>
  faults.map((fault) => {
    const complete = completeFault(fault);
    const accepted = Object.entries<KindRecord>(kinds).flatMap(([kind, { tracks }]) =>
      tracks.includes(track) ? kind : [],
    );
    const isAccepted = accepted.includes(fault.kind);
    checkValue(isAccepted, 'kind', fault.kind, `one of ${accepted.join(', ')}, because the track is ${track}`);
    return complete;
  });

/** One occurrence of a fault: the frames, samples or blocks from `first` to before `end`. */
export interface Occurrence {
  /** From 0. */
  readonly index: number;
  readonly first: number;
  readonly end: number;
}

/**
 * The occurrence that frame `n` is in, or `null`.
 *
 * @param n Number of the frame, or of the sample or block, from the start on.
 * @param rate Frames, samples or blocks per second.
 */
export function occurrenceAt(fault: CompleteFault, n: number, rate: number): Occurrence | null {
  const occurrence = lastOccurrence(fault, n, rate);
  return occurrence && n < occurrence.end && happens(fault, occurrence.index) ? occurrence : null;
}

/** The number, after `n`, at which an occurrence next begins or ends, whether it happens or not; `null` if none does. */
export function nextChange(fault: CompleteFault, n: number, rate: number): number | null {
  const last = lastOccurrence(fault, n, rate);
  if (last && n < last.end) return last.end;
  if (last && fault.every === 0) return null;
  return occurrence(fault, last ? last.index + 1 : 0, rate).first;
}

/** How many frames up to `n`, without it, were in an occurrence. */
export function framesBefore(fault: CompleteFault, n: number, rate: number): number {
  const last = lastOccurrence(fault, n, rate);
  if (!last) return 0;
  const begun = happens(fault, last.index) ? Math.min(n, last.end) - last.first : 0;
  return tallyBefore(fault, last.index, rate).frames + begun;
}

/** How many occurrences have begun at frame `n`. */
export function occurrencesUntil(fault: CompleteFault, n: number, rate: number): number {
  const last = lastOccurrence(fault, n, rate);
  return last ? tallyBefore(fault, last.index + 1, rate).occurrences : 0;
}

/** The occurrences of a fault before one of them that happened, and their frames. */
interface Tally {
  readonly occurrences: number;
  readonly frames: number;
}

interface KnownTallies {
  readonly rate: number;
  /** The tallies before each `TALLY_STEP`th occurrence. */
  readonly tallies: Tally[];
}

/** A sum over all occurrences would take longer with every hour that a track plays. */
const knownTallies = new WeakMap<CompleteFault, KnownTallies>();

const TALLY_STEP = 64;

function tallyBefore(fault: CompleteFault, index: number, rate: number): Tally {
  let known = knownTallies.get(fault);
  if (known?.rate !== rate) {
    known = { rate, tallies: [{ occurrences: 0, frames: 0 }] };
    knownTallies.set(fault, known);
  }
  const { tallies } = known;
  const step = Math.floor(index / TALLY_STEP);
  for (let i = tallies.length; i <= step; i++) {
    tallies.push(addOccurrences(tallies[i - 1] as Tally, fault, (i - 1) * TALLY_STEP, i * TALLY_STEP, rate));
  }
  return addOccurrences(tallies[step] as Tally, fault, step * TALLY_STEP, index, rate);
}

/** A tally with the occurrences from `first` to before `end`, too. */
function addOccurrences(tally: Tally, fault: CompleteFault, first: number, end: number, rate: number): Tally {
  let { occurrences, frames } = tally;
  for (let index = first; index < end; index++) {
    if (!happens(fault, index)) continue;
    const found = occurrence(fault, index, rate);
    occurrences++;
    frames += found.end - found.first;
  }
  return { occurrences, frames };
}

/** Whether chance selects a frame within an occurrence of a fault whose amount is the share of such frames. */
export const isSelected = ({ seed, amount }: CompleteFault, n: number): boolean => draw(seed, 2 * n + 1) < amount;

/** Milliseconds by which chance makes a frame, or an occurrence, late. */
export const delayOf = ({ seed, amount }: CompleteFault, number: number): number => amount * draw(seed, 2 * number + 1);

/** Milliseconds that are added to the timestamp of frame, sample or block `n` of each fault. */
export const timestampShift = (faults: readonly FaultAtFrame[], rate: number): number =>
  faults
    .filter(({ fault }) => fault.kind === 'timestamp-jump')
    .reduce((shift, { fault, n }) => shift + fault.amount * occurrencesUntil(fault, n, rate), 0);

const happens = ({ seed, probability }: CompleteFault, index: number): boolean => draw(seed, 2 * index) < probability;

/** A random number from 0 to below 1. Even numbers are of occurrences, odd ones of frames. */
const draw = (seed: number, number: number): number => random32(seed, number) / 2 ** 32;

/** The last occurrence that has begun at `n`, whether it happens or not. */
function lastOccurrence(fault: CompleteFault, n: number, rate: number): Occurrence | null {
  const seconds = n / rate + ROUNDING_S - fault.at;
  if (seconds < 0) return null;
  return occurrence(fault, fault.every > 0 ? Math.floor(seconds / fault.every) : 0, rate);
}

function occurrence({ at, every, duration }: CompleteFault, index: number, rate: number): Occurrence {
  const begin = at + index * every;
  const first = numberFrom(begin, rate);
  return { index, first, end: Math.max(first + 1, numberFrom(begin + duration, rate)) };
}

/** The number of the first frame that is not before a time in seconds. */
const numberFrom = (seconds: number, rate: number): number => Math.ceil((seconds - ROUNDING_S) * rate);

/** A frame is at a time although the last bits of its quotient are not: a fifth of a sample at 192 kHz. */
const ROUNDING_S = 1e-6;

/** A fault, and the number of a frame from the start of that fault on. */
export interface FaultAtFrame {
  readonly fault: CompleteFault;
  readonly n: number;
}

/** The effects of all faults on one frame of a video track. */
export interface FrameFaults {
  /** The frame is not sent. */
  readonly isDropped: boolean;
  readonly isBlack: boolean;
  /** The track is muted, and black. */
  readonly isMuted: boolean;
  /** The track ends. */
  readonly isUnplugged: boolean;
  /** The frame shows the picture that is this many frames later; below 0 an earlier one, also one from before the start. */
  readonly shift: number;
  /** Milliseconds that are added to its timestamp. */
  readonly timestampShift: number;
  /** Milliseconds by which it is late. */
  readonly delay: number;
  /** Share of the width and of the height, above 0 to 1. */
  readonly scale: number;
}

/** The effects of the faults of a track on one of its frames. */
export function frameFaults(faults: readonly FaultAtFrame[], rate: number): FrameFaults {
  const running = faults.filter(({ fault, n }) => occurrenceAt(fault, n, rate));
  const of = (...names: FaultKind[]) => running.filter(({ fault }) => names.includes(fault.kind));
  const back = framesBack(faults, rate);
  return {
    isDropped: isDropped(faults, rate),
    isBlack: of('black', 'mute').length > 0,
    isMuted: of('mute').length > 0,
    isUnplugged: of('unplug').length > 0,
    shift: driftOf(faults, rate, back) - back,
    timestampShift: timestampShift(faults, rate),
    delay: of('jitter').reduce((delay, { fault, n }) => delay + delayOf(fault, n), 0),
    scale: of('resolution-ramp').reduce((scale, { fault, n }) => scale * rampScale(fault, n, rate), 1),
  };
}

/** By how many frames the clock of the source was ahead some frames back. */
function driftOf(faults: readonly FaultAtFrame[], rate: number, back: number): number {
  const drifts = faults.filter(({ fault }) => fault.kind === 'clock-drift');
  const ahead = drifts.map(({ fault, n }) => (framesBefore(fault, n - back, rate) * fault.amount) / 1e6);
  return Math.floor(ahead.reduce((total, frames) => total + frames, 0) + ROUNDING_FRAMES);
}

const ROUNDING_FRAMES = 1e-6;

function isDropped(faults: readonly FaultAtFrame[], rate: number): boolean {
  return faults.some(({ fault, n }) => {
    const occurrence = occurrenceAt(fault, n, rate);
    if (!occurrence) return false;
    if (fault.kind === 'drop') return isSelected(fault, n);
    if (fault.kind !== 'rate-change' || n === occurrence.first) return false;
    // A frame is due at the lower rate whenever the number of such frames rises.
    const frames = (number: number) =>
      Math.floor(((number - occurrence.first) * fault.amount) / rate + ROUNDING_FRAMES);
    return frames(n) === frames(n - 1);
  });
}

/** How many frames before this one the picture is from, because it is frozen or repeated; also from before the start. */
function framesBack(faults: readonly FaultAtFrame[], rate: number): number {
  let back = 0;
  for (;;) {
    const before = faults.map(({ fault, n }) => ({ fault, n: n - back }));
    // A fault of all frames of an occurrence goes back to the frame before it at once.
    const whole = before.flatMap(({ fault, n }) => {
      const isWhole = fault.kind === 'freeze' || (fault.amount >= 1 && isBackward(fault.kind, back));
      const occurrence = isWhole ? occurrenceAt(fault, n, rate) : null;
      return occurrence ? n - occurrence.first + 1 : [];
    });
    const isRepeated = before.some(
      ({ fault, n }) => fault.kind === 'repeat' && occurrenceAt(fault, n, rate) && isSelected(fault, n),
    );
    const isMissing = back > 0 && isDropped(before, rate);
    const step = Math.max(0, ...whole, isRepeated || isMissing ? 1 : 0);
    if (step === 0) return back;
    back += step;
  }
}

/** Whether the picture of a frame is one from before it. A frame that was never sent cannot be sent again. */
const isBackward = (kind: FaultKind, back: number): boolean => kind === 'repeat' || (kind === 'drop' && back > 0);

/** The size goes down in steps during the first half, and comes back in the second. */
function rampScale(fault: CompleteFault, n: number, rate: number): number {
  const { first, end } = occurrenceAt(fault, n, rate) as Occurrence;
  const position = (n - first + 0.5) / (end - first);
  const depth = Math.ceil((1 - Math.abs(2 * position - 1)) * RAMP_STEPS) / RAMP_STEPS;
  return 1 - depth * (1 - fault.amount);
}

/** A new size makes an encoder begin again, so that not every frame may have one. */
const RAMP_STEPS = 4;
