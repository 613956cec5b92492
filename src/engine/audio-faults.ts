import { interpolate } from '../generator/sample-source.js';
import type { TrackFault } from './composition.js';
import {
  delayOf,
  type FaultAtFrame,
  framesBefore,
  isSelected,
  nextChange,
  type Occurrence,
  occurrenceAt,
  timestampShift,
} from './fault-timeline.js';
import { RunningFaults } from './running-faults.js';

/** The faults of an audio track. */
export class AudioFaults {
  readonly #faults = new RunningFaults();
  readonly #played = new PlayedBlock();
  readonly #late = new LateSamples();

  /** @throws {TypeError | RangeError} for a description that is not accepted. */
  set(faults: readonly TrackFault[]): void {
    this.#faults.set(faults, 'audio');
  }

  /** The place in the signal that is played at sample `n`: by a drifting clock it is between two samples. */
  positionOf(n: number, sampleRate: number): number {
    const drifts = this.#at(n, sampleRate).filter(({ fault }) => fault.kind === 'clock-drift');
    const ahead = drifts.map(({ fault, n: from }) => (framesBefore(fault, from, sampleRate) * fault.amount) / 1e6);
    return ahead.reduce((position, samples) => position + samples, n);
  }

  /** Whether the track ends within some samples. */
  endsWithin(length: number, n: number, sampleRate: number): boolean {
    return this.#at(n, sampleRate).some(
      ({ fault, n: from }) =>
        fault.kind === 'unplug' && occurrencesIn(fault, from, from + length, sampleRate).length > 0,
    );
  }

  /** Whether the track is muted at sample `n`. */
  isMutedAt(n: number, sampleRate: number): boolean {
    return this.#at(n, sampleRate).some(
      ({ fault, n: from }) => fault.kind === 'mute' && occurrenceAt(fault, from, sampleRate),
    );
  }

  /** Milliseconds that are added to the timestamp of sample `n`. */
  timestampShift(n: number, sampleRate: number): number {
    return timestampShift(this.#at(n, sampleRate), sampleRate) + this.#faults.keptShift;
  }

  /**
   * Fills the planes with samples between those of the signal, by a curve through the four that are nearest.
   *
   * @param position The position of the first sample; each further sample is `step` later.
   * @param mix Renders the signal from a sample on.
   */
  playBetween(
    planes: readonly Float32Array[],
    position: number,
    step: number,
    mix: (mixed: Float32Array[], first: number) => void,
  ): void {
    const length = planes[0]?.length ?? 0;
    const first = Math.floor(position) - 1;
    const mixed = planes.map(() => new Float32Array(Math.ceil(position - first + step * length) + 3));
    mix(mixed, first);
    for (const [channel, plane] of planes.entries()) {
      const sampleAt = (index: number) => mixed[channel]?.[index] as number;
      for (let i = 0; i < length; i++) plane[i] = interpolate(sampleAt, position - first + i * step);
    }
  }

  /** Changes the samples from `n` on: some are late, those that are lost are silent, and others are played again. */
  apply(planes: readonly Float32Array[], n: number, sampleRate: number): void {
    const length = planes[0]?.length ?? 0;
    const faults = this.#at(n, sampleRate);
    const rangesOf = (kinds: readonly string[]) =>
      faults.filter(({ fault }) => kinds.includes(fault.kind)).flatMap((each) => rangesIn(each, length, sampleRate));
    const late = faults.filter(({ fault }) => fault.kind === 'jitter');
    if (late.length > 0) this.#late.play(planes, delaysIn(late, length, sampleRate), longestDelay(late, sampleRate));
    if (faults.some(({ fault }) => repeating.includes(fault.kind))) {
      this.#played.repeat(planes, rangesOf(repeating), Math.round(sampleRate / BLOCKS_PER_SECOND));
    }
    for (const [first, end] of rangesOf(silencing)) for (const plane of planes) plane.fill(0, first, end);
  }

  #at(n: number, sampleRate: number): readonly FaultAtFrame[] {
    return this.#faults.at(n / sampleRate, sampleRate);
  }
}

/** The kinds that play the block before again, and those that play nothing. */
const repeating: readonly string[] = ['freeze', 'repeat'];
const silencing: readonly string[] = ['silence', 'mute', 'unplug', 'drop'];

/** Samples of a block, from the first to before the end. */
type SampleRange = readonly [first: number, end: number];

/** The samples of a block that a fault changes. */
function rangesIn({ fault, n }: FaultAtFrame, length: number, sampleRate: number): SampleRange[] {
  const ranges =
    fault.kind === 'drop' || fault.kind === 'repeat'
      ? selectedBlocks(fault, n, n + length, sampleRate)
      : occurrencesIn(fault, n, n + length, sampleRate);
  return ranges.map(([first, end]) => [first - n, end - n]);
}

/** The parts of all occurrences from `from` to before `end`. */
function occurrencesIn(fault: FaultAtFrame['fault'], from: number, end: number, sampleRate: number): SampleRange[] {
  const ranges: SampleRange[] = [];
  for (let n = from; n < end; ) {
    const occurrence = occurrenceAt(fault, n, sampleRate);
    if (occurrence) ranges.push([n, Math.min(end, occurrence.end)]);
    n = nextChange(fault, n, sampleRate) ?? end;
  }
  return ranges;
}

/** Chance selects blocks of 10 ms. */
function selectedBlocks(fault: FaultAtFrame['fault'], from: number, end: number, sampleRate: number): SampleRange[] {
  const ranges: SampleRange[] = [];
  const length = sampleRate / BLOCKS_PER_SECOND;
  for (let block = Math.floor(from / length); block * length < end; block++) {
    if (!occurrenceAt(fault, block, BLOCKS_PER_SECOND) || !isSelected(fault, block)) continue;
    ranges.push([Math.max(from, Math.ceil(block * length)), Math.min(end, Math.ceil((block + 1) * length))]);
  }
  return ranges;
}

const BLOCKS_PER_SECOND = 100;

/**
 * The samples by which each one of a block is late; infinite where none is played yet. An occurrence as a whole is late. A
 * receiver plays samples one after the other: to it, a late sample is a gap, and everything after this gap is late by the same
 * time.
 */
function delaysIn(faults: readonly FaultAtFrame[], length: number, sampleRate: number): Float64Array {
  const delays = new Float64Array(length);
  const begins = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  for (const { fault, n } of faults) {
    for (const [from, end] of occurrencesIn(fault, n, n + length, sampleRate)) {
      const { index, first } = occurrenceAt(fault, from, sampleRate) as Occurrence;
      const delay = Math.round((delayOf(fault, index) / 1000) * sampleRate);
      for (let i = from - n; i < end - n; i++) {
        delays[i] = (delays[i] as number) + delay;
        begins[i] = Math.max(begins[i] as number, first - n);
      }
    }
  }
  return delays.map((delay, i) => (i - delay < (begins[i] as number) ? Number.POSITIVE_INFINITY : delay));
}

/** In samples. */
const longestDelay = (faults: readonly FaultAtFrame[], sampleRate: number): number =>
  faults.reduce((longest, { fault }) => longest + Math.ceil((fault.amount / 1000) * sampleRate), 0);

/** The samples that were to be played last, in a ring. */
class LateSamples {
  #planes: readonly Float32Array[] = [];
  #next = 0;

  /** Plays each sample later, by a number of samples that is at most `longest`; silence where that is infinite. */
  play(planes: readonly Float32Array[], delays: Float64Array, longest: number): void {
    if (this.#planes.length !== planes.length || (this.#planes[0]?.length ?? 0) <= longest) {
      this.#planes = planes.map(() => new Float32Array(longest + 1));
      this.#next = 0;
    }
    const size = this.#planes[0]?.length ?? 0;
    for (const [i, delay] of delays.entries()) {
      const at = (this.#next - delay + size) % size;
      for (const [channel, ring] of this.#planes.entries()) {
        const plane = planes[channel] as Float32Array;
        ring[this.#next] = plane[i] as number;
        plane[i] = Number.isFinite(delay) ? (ring[at] as number) : 0;
      }
      this.#next = (this.#next + 1) % size;
    }
  }
}

/** The last 10 ms that were played. */
class PlayedBlock {
  #planes: readonly Float32Array[] = [];
  /** The place of the oldest sample. */
  #oldest = 0;

  /** Plays them in place of the samples in some ranges, again and again until the end of a range. */
  repeat(planes: readonly Float32Array[], ranges: readonly SampleRange[], length: number): void {
    if (this.#planes.length !== planes.length || this.#planes[0]?.length !== length) {
      this.#planes = planes.map(() => new Float32Array(length));
      this.#oldest = 0;
    }
    const count = planes[0]?.length ?? 0;
    for (let i = 0; i < count; i++) {
      const isRepeated = ranges.some(([first, end]) => i >= first && i < end);
      for (const [channel, played] of this.#planes.entries()) {
        const plane = planes[channel] as Float32Array;
        if (isRepeated) plane[i] = played[this.#oldest] as number;
        else played[this.#oldest] = plane[i] as number;
      }
      this.#oldest = (this.#oldest + 1) % length;
    }
  }
}
