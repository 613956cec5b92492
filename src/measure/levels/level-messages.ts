/* The messages between a page and the worker that measures levels. */
import type { ReadFailure, TrackInput } from '../../processor/messages.js';
import type { AudioLevels } from './audio-meter.js';

/** Page to worker: measure this track. All later messages use the port, on which the worker posts each {@link MeterEvent}. */
export interface OpenMeter {
  readonly type: 'open-meter';
  readonly input: TrackInput;
  readonly port: MessagePort;
}

/** Page to the meter of one track. */
export type MeterCommand = 'reset' | 'close';

/** A meter to the page. */
export type MeterEvent = AudioLevels | ReadFailure;
