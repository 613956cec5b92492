import type { TrackFault } from './composition.js';
import {
  type CompleteFault,
  completeFaults,
  framesBefore,
  isSelected,
  nextChange,
  occurrenceAt,
} from './fault-timeline.js';

/** A fault that runs in a track. */
interface RunningFault {
  readonly id: number;
  readonly fault: CompleteFault;
  /** When its first sample was due, in seconds of the timeline; `null` before that. */
  start: number | null;
}

/** The faults of an audio track. */
export class AudioFaults {
  #faults: readonly RunningFault[] = [];

  /** @throws {TypeError | RangeError} for a description that is not accepted. */
  set(faults: readonly TrackFault[]): void {
    const complete = completeFaults(faults, 'audio');
    this.#faults = faults.map(({ id }, index) => ({
      id,
      fault: complete[index] as CompleteFault,
      start: this.#faults.find((other) => other.id === id)?.start ?? null,
    }));
  }

  /** The place in the signal that is played at sample `n`: by a drifting clock it is between two samples. */
  positionOf(n: number, sampleRate: number): number {
    let position = n;
    for (const running of this.#of('clock-drift')) {
      position +=
        (framesBefore(running.fault, sinceStart(running, n, sampleRate), sampleRate) * running.fault.amount) / 1e6;
    }
    return position;
  }

  /** Whether the track ends within some samples. */
  endsWithin(length: number, n: number, sampleRate: number): boolean {
    return this.#of('unplug').some((running) => {
      const from = sinceStart(running, n, sampleRate);
      return gaps(running.fault, from, from + length, sampleRate).length > 0;
    });
  }

  /** Silences what is silent, muted or lost of the samples from `n` on. */
  silence(planes: readonly Float32Array[], n: number, sampleRate: number): void {
    const length = planes[0]?.length ?? 0;
    for (const running of this.#faults) {
      const from = sinceStart(running, n, sampleRate);
      for (const [first, end] of gaps(running.fault, from, from + length, sampleRate)) {
        for (const plane of planes) plane.fill(0, first - from, end - from);
      }
    }
  }

  #of(kind: CompleteFault['kind']): RunningFault[] {
    return this.#faults.filter(({ fault }) => fault.kind === kind);
  }
}

/** The number of a sample from the start of a fault on. The first sample starts it. */
function sinceStart(running: RunningFault, n: number, sampleRate: number): number {
  running.start ??= n / sampleRate;
  return n - Math.round(running.start * sampleRate);
}

/** The ranges of samples, from `from` to before `end`, in which a fault silences a track. */
function gaps(fault: CompleteFault, from: number, end: number, sampleRate: number): (readonly [number, number])[] {
  if (fault.kind === 'clock-drift') return [];
  if (fault.kind === 'drop') return lostBlocks(fault, from, end, sampleRate);
  const ranges: [number, number][] = [];
  for (let n = from; n < end; ) {
    const occurrence = occurrenceAt(fault, n, sampleRate);
    if (occurrence) ranges.push([n, Math.min(end, occurrence.end)]);
    n = nextChange(fault, n, sampleRate) ?? end;
  }
  return ranges;
}

/** Audio is lost in blocks of 10 ms. */
function lostBlocks(
  fault: CompleteFault,
  from: number,
  end: number,
  sampleRate: number,
): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  const length = sampleRate / BLOCKS_PER_SECOND;
  for (let block = Math.floor(from / length); block * length < end; block++) {
    if (!occurrenceAt(fault, block, BLOCKS_PER_SECOND) || !isSelected(fault, block)) continue;
    ranges.push([Math.max(from, Math.ceil(block * length)), Math.min(end, Math.ceil((block + 1) * length))]);
  }
  return ranges;
}

const BLOCKS_PER_SECOND = 100;
