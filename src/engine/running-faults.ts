import type { TrackKind } from '../signals/track-kind.js';
import type { TrackFault } from './composition.js';
import { type CompleteFault, completeFaults, type FaultAtFrame } from './fault-timeline.js';

/** A fault, and when it began. */
interface RunningFault {
  readonly id: number;
  readonly fault: CompleteFault;
  /** Seconds of the timeline; `null` before the first frame or sample that was due with it. */
  start: number | null;
}

/** The faults that run in a track, or in a device. A fault counts from the first time at which it is asked for. */
export class RunningFaults {
  #faults: readonly RunningFault[] = [];

  /**
   * Runs these faults from now on. One that runs already, by its id, keeps its start.
   *
   * @throws {TypeError | RangeError} for a description that is not accepted.
   */
  set(faults: readonly TrackFault[], kind: TrackKind): void {
    const complete = completeFaults(faults, kind);
    this.#faults = faults.map(({ id }, index) => ({
      id,
      fault: complete[index] as CompleteFault,
      start: this.#faults.find((other) => other.id === id)?.start ?? null,
    }));
  }

  /** The faults, each with the number of the frame, sample or block at a time, counted from the start of that fault. */
  at(seconds: number, rate: number): FaultAtFrame[] {
    return this.#faults.map((running) => {
      running.start ??= seconds;
      return { fault: running.fault, n: Math.round((seconds - running.start) * rate) };
    });
  }
}
