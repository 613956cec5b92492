import type { TrackFault } from './composition.js';
import { type FaultAtFrame, framesBefore, isSelected, nextChange, occurrenceAt } from './fault-timeline.js';
import { RunningFaults } from './running-faults.js';

/** The faults of an audio track. */
export class AudioFaults {
  readonly #faults = new RunningFaults();
  readonly #played = new PlayedBlock();

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

  /** Changes the samples from `n` on: those that are lost are silent, and others are played again. */
  apply(planes: readonly Float32Array[], n: number, sampleRate: number): void {
    const length = planes[0]?.length ?? 0;
    const faults = this.#at(n, sampleRate);
    const rangesOf = (kinds: readonly string[]) =>
      faults.filter(({ fault }) => kinds.includes(fault.kind)).flatMap((each) => rangesIn(each, length, sampleRate));
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
