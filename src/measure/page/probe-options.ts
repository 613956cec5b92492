import { checkNumber, checkValue, valueError } from '../../signals/checks.js';
import type { ClockOffset } from '../clock-offset.js';
import type { Reference } from '../messages.js';

/** A marked source of this page, whose clock is that of the page. */
export interface LocalSource {
  /** The pattern that it plays; `null` if that is not known. */
  readonly reference: Reference | null;
}

/** The options of a probe. */
export interface TrackProbeInit {
  /** The clock of the source: see `clock` of `TrackProbe`. */
  readonly clock?: number | ClockOffset | null;
  /** The pattern with which pictures are compared: see `reference` of `TrackProbe`. */
  readonly reference?: Reference | null;
  /** Frames per second of marks in audio, from 10 to 120, while no picture tells it. Default 30. */
  readonly frameRate?: number | string;
  /** Each picture of so many is compared with the reference. Default 30. */
  readonly compareEvery?: number;
  /** Peer connections whose statistics tell the stages. */
  readonly peerConnections?: readonly RTCPeerConnection[];
  /** Finds the source of this page whose marks have a number; `null` if it is none of this page. */
  readonly findSource?: (id: number) => LocalSource | null;
}

/** @throws {TypeError | RangeError} for anything but an offset. */
export function checkedClock(clock: number | ClockOffset | null): number | ClockOffset | null {
  if (clock === null || clock === undefined) return null;
  if (typeof clock === 'number') checkNumber('clock', clock, { unit: 'ms' });
  else {
    const { offset, uncertainty } = Object(clock) as Partial<ClockOffset>;
    const isOffset = Number.isFinite(offset) && Number.isFinite(uncertainty) && (uncertainty as number) >= 0;
    checkValue(isOffset, 'clock', clock, 'a number in ms, or an object { offset, uncertainty }');
  }
  return clock;
}

/** @throws {TypeError} for anything but a description of a pattern. */
export function checkedReference(reference: Reference | null): Reference | null {
  if (reference === null || reference === undefined) return null;
  try {
    // As it is sent to the worker.
    if (typeof JSON.parse(JSON.stringify(reference)).pattern.pattern === 'string') return reference;
  } catch {}
  const accepted = 'an object such as { pattern: { pattern: "ball", width: 1280, height: 720 } }';
  throw valueError('reference', reference, accepted, TypeError);
}
