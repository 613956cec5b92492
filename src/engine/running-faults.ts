import type { TrackKind } from '../signals/track-kind.js';
import type { TrackFault } from './composition.js';
import { type CompleteFault, completeFaults, type FaultAtFrame, timestampShift } from './fault-timeline.js';

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
  /** When it was asked last. */
  #seconds = 0;
  #rate = 1;
  #keptShift = 0;

  /**
   * Milliseconds that removed or changed faults still add to timestamps, in addition to those of the running faults. Timestamps
   * never fall, or encoders would leave out frames until they have risen again.
   */
  get keptShift(): number {
    return this.#keptShift;
  }

  /**
   * Runs these faults from now on. One that runs already, by its id, keeps its start.
   *
   * @throws {TypeError | RangeError} for a description that is not accepted.
   */
  set(faults: readonly TrackFault[], kind: TrackKind): void {
    const complete = completeFaults(faults, kind);
    const shift = this.#shift();
    this.#faults = faults.map(({ id }, index) => ({
      id,
      fault: complete[index] as CompleteFault,
      start: this.#faults.find((other) => other.id === id)?.start ?? null,
    }));
    this.#keptShift += shift - this.#shift();
  }

  /** The faults, each with the number of the frame, sample or block at a time, counted from the start of that fault. */
  at(seconds: number, rate: number): FaultAtFrame[] {
    this.#seconds = seconds;
    this.#rate = rate;
    return this.#faults.map((running) => {
      running.start ??= seconds;
      return { fault: running.fault, n: Math.round((seconds - running.start) * rate) };
    });
  }

  /** Milliseconds that the faults add to timestamps. A fault that was not asked for yet has not begun. */
  #shift(): number {
    const begun = this.#faults.flatMap(({ fault, start }) =>
      start === null ? [] : { fault, n: Math.round((this.#seconds - start) * this.#rate) },
    );
    return timestampShift(begun, this.#rate);
  }
}
