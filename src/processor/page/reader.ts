import type { TrackInput } from '../messages.js';

/** A track that is read for a worker. */
export interface TrackReader {
  readonly input: TrackInput;
  /** The parts of the input that move to the worker. */
  readonly transfer: Transferable[];
  close(): void;
}

/** A track that is handed over by messages. */
export interface PortReader extends TrackReader {
  readonly input: { readonly port: MessagePort };
}
