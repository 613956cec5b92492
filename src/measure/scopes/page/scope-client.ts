import { handsOverCanvases } from '../../../generator/features.js';
import { LatestRun } from '../../../generator/latest-run.js';
import { reviveError } from '../../../generator/messages.js';
import { PortClient } from '../../../generator/page/port-client.js';
import { acquireWorker, type WorkerScript } from '../../../generator/page/worker-pool.js';
import type { TrackReader } from '../../../processor/page/reader.js';
import { openTrackReader } from '../../../processor/page/track-reader.js';
import type { OpenScope, ScopeCommand, ScopeEvent, ScopeFormat } from '../messages.js';
import type { ScopeSettings } from '../scope-settings.js';

/** Receives the reports of a scope. */
export interface ScopeListener {
  formatChanged(format: ScopeFormat): void;
  /** The reading in words has changed. */
  summarized(text: string): void;
  /** The browser does not let audio run before a user gesture. */
  audioBlocked(): void;
  /** The worker has not loaded, or a track cannot be read. */
  failed(error: Error): void;
}

/** The page's end of a scope. All scopes of a page share one worker, which draws on the canvas of each. */
export class ScopeClient {
  readonly #listener: ScopeListener;
  readonly #client: PortClient<object, ScopeCommand, ScopeEvent>;
  readonly #port: MessagePort;
  readonly #canvas: HTMLCanvasElement;
  readonly #closing = new AbortController();
  readonly #opening = new LatestRun();
  #track: MediaStreamTrack | null = null;
  #reader: TrackReader | null = null;

  /** @param canvas A new canvas, which the scope takes over. */
  constructor(canvas: HTMLCanvasElement, listener: ScopeListener) {
    this.#listener = listener;
    this.#canvas = canvas;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#client = new PortClient(port1, (event) => this.#receive(event));
    this.#start(port2).catch((error) => this.#fail(error));
  }

  configure(settings: ScopeSettings): void {
    this.#client.post({ type: 'settings', settings });
  }

  /** Draws this track from now on; `null` draws nothing more, and leaves the last picture. */
  read(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#open(track).catch((error) => this.#fail(error));
  }

  /** Frees everything. */
  close(): void {
    this.#closing.abort();
    this.#opening.cancel();
    this.#reader?.close();
    this.#reader = null;
    this.#client.post({ type: 'close' });
    this.#client.close();
    this.#port.close();
  }

  async #start(port: MessagePort): Promise<void> {
    const { worker, release } = await acquireWorker(scopeWorker);
    const { signal } = this.#closing;
    if (signal.aborted) return release();
    signal.addEventListener('abort', release, { once: true });
    const canvas = handsOverCanvases() ? this.#canvas.transferControlToOffscreen() : null;
    const message: OpenScope = { type: 'open-scope', port, canvas };
    worker.postMessage(message, canvas ? [port, canvas] : [port]);
  }

  async #open(track: MediaStreamTrack | null): Promise<void> {
    const signal = this.#opening.begin();
    let reader: TrackReader | null;
    try {
      reader = track && (await openTrackReader(track, () => this.#tellBlocked(signal), signal));
    } catch (error) {
      // Another track may have taken its place.
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) {
      reader?.close();
      return;
    }
    this.#client.post({ type: 'input', input: reader?.input ?? null }, reader?.transfer ?? []);
    this.#reader?.close();
    this.#reader = reader;
  }

  #tellBlocked(signal: AbortSignal): void {
    if (!signal.aborted) this.#listener.audioBlocked();
  }

  #receive(event: ScopeEvent): void {
    if (event.type === 'format') this.#listener.formatChanged(event);
    else if (event.type === 'summary') this.#listener.summarized(event.text);
    else if (event.type === 'failed') this.#fail(reviveError(event.error));
    else this.#show(event);
  }

  /** Draws a picture here, where the worker has no canvas. */
  #show({ width, bytes }: Extract<ScopeEvent, { type: 'picture' }>): void {
    const height = bytes.length / (4 * width);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
  }

  #fail(error: Error): void {
    if (!this.#closing.signal.aborted) this.#listener.failed(error);
  }
}

const scopeWorker: WorkerScript = {
  file: 'track-elements-scope-worker.js',
  text: () => import('../../../workers/track-elements-scope-worker-text.js'),
};
