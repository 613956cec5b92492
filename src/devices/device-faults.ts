import type { TrackFault } from '../engine/composition.js';
import { nextChange, occurrenceAt } from '../engine/fault-timeline.js';
import { RunningFaults } from '../engine/running-faults.js';
import { now } from '../generator/timeline.js';

/** Whether a fault is one of the device, and not of each of its tracks. */
export const isDeviceFault = ({ kind }: TrackFault): boolean => kind === 'mute' || kind === 'unplug';

/** The faults of a device as a whole. Their time counts from the first track that a page opens. */
export class DeviceFaults {
  isMuted = false;
  isUnplugged = false;
  readonly #faults = new RunningFaults();
  readonly #changed: () => void;
  #hasStarted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed Called when the device is muted or unplugged, or no longer is. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** @throws {TypeError | RangeError} for a description that is not accepted. */
  set(faults: readonly TrackFault[]): void {
    this.#faults.set(faults.filter(isDeviceFault), 'video');
    if (this.#hasStarted) this.#update();
  }

  /** A page has opened a track. */
  start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    // The page is first given its track.
    this.#timer = setTimeout(() => this.#update(), 0);
  }

  /** Ends all faults. The next track starts them again. */
  stop(): void {
    this.set([]);
    this.#hasStarted = false;
  }

  #update(): void {
    clearTimeout(this.#timer);
    const faults = this.#faults.at(now() / 1000, STEPS_PER_SECOND);
    const occurs = (kind: string) =>
      faults.some(({ fault, n }) => fault.kind === kind && occurrenceAt(fault, n, STEPS_PER_SECOND));
    const [isMuted, isUnplugged] = [occurs('mute'), occurs('unplug')];
    const isChanged = isMuted !== this.isMuted || isUnplugged !== this.isUnplugged;
    this.isMuted = isMuted;
    this.isUnplugged = isUnplugged;
    const delays = faults.map(
      ({ fault, n }) => (nextChange(fault, n, STEPS_PER_SECOND) ?? Number.POSITIVE_INFINITY) - n,
    );
    const delay = Math.min(...delays);
    if (delay < Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#update(), Math.min(delay, LONGEST_TIMER_MS));
    }
    if (isChanged) this.#changed();
  }
}

/** A device is muted and unplugged to the millisecond. */
const STEPS_PER_SECOND = 1000;

/** Browsers let a timer with a longer delay run at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
