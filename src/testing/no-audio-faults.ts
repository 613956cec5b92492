/*
 * Replaces src/engine/audio-faults.ts in the script of virtual devices: faults at set times are described by elements, and the
 * script has no elements.
 */
import type { AudioFaults as EngineFaults } from '../engine/audio-faults.js';

/** A track without faults. */
export class AudioFaults implements Pick<EngineFaults, keyof EngineFaults> {
  set(): void {}

  positionOf(n: number): number {
    return n;
  }

  endsWithin(): boolean {
    return false;
  }

  isMutedAt(): boolean {
    return false;
  }

  timestampShift(): number {
    return 0;
  }

  playBetween(): void {}

  apply(): void {}
}
