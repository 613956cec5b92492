import type { Pictures, SinkLinksHost } from './sink-links.js';
import { SinkLinks } from './sink-links.js';

/** An element that exposes tracks. */
export interface TrackOutputHost extends SinkLinksHost {
  readonly contentHint: string;
}

/** What makes an element a source: its tracks, the stream that holds them, its sinks, and the events that tell of them. */
export class TrackOutputController {
  readonly #host: TrackOutputHost;
  readonly #links: SinkLinks;
  #tracks: readonly MediaStreamTrack[] = [];
  #stream: MediaStream | null = null;

  constructor(host: TrackOutputHost, pictures: Pictures) {
    this.#host = host;
    this.#links = new SinkLinks(host, pictures);
  }

  get tracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }

  /** The same object for the element's life. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([...this.#tracks]);
    return this.#stream;
  }

  /** The element has these tracks from now on. */
  set(tracks: readonly MediaStreamTrack[]): void {
    const previous = this.#tracks;
    this.#tracks = tracks;
    const gone = previous.filter((track) => !tracks.includes(track));
    const come = tracks.filter((track) => !previous.includes(track));
    for (const track of gone) this.#stream?.removeTrack(track);
    for (const track of come) this.#stream?.addTrack(track);
    this.hint();
    this.update();
    this.#tell('removetrack', gone);
    this.#tell('addtrack', come);
  }

  /** The sinks may have changed, or who may have which track. */
  update(): void {
    this.#links.update();
  }

  /** The content hint may have changed. */
  hint(): void {
    for (const track of this.#tracks) if ('contentHint' in track) track.contentHint = this.#host.contentHint;
  }

  /** Keeps `moveBefore()` from disconnecting the element. */
  moved(): void {
    // It may have left the sink that it stood in.
    this.#links.hostDisconnected();
    this.#links.hostConnected();
  }

  #tell(type: 'addtrack' | 'removetrack', tracks: readonly MediaStreamTrack[]): void {
    for (const track of tracks) this.#host.dispatchEvent(new MediaStreamTrackEvent(type, { track }));
  }
}
