import type { TrackKind } from '../signals/track-kind.js';

/**
 * One track of each kind out of those that sources give: the most recently added source wins. When it leaves, the
 * previous one is used again.
 */
export class LatestTrackByKind {
  /** In the order in which the sources were added. */
  readonly #entries: Entry[] = [];
  readonly #onChange: (kind: TrackKind) => void;

  /** @param onChange Called when the current track of a kind may be another one. */
  constructor(onChange: (kind: TrackKind) => void) {
    this.#onChange = onChange;
  }

  current(kind: TrackKind): MediaStreamTrack | null {
    return this.#entries.findLast((entry) => entry.kind === kind && entry.track)?.track ?? null;
  }

  add(track: MediaStreamTrack, source: object): void {
    const kind = track.kind as TrackKind;
    const entry = this.#entries.find((each) => each.source === source && each.kind === kind);
    if (entry) entry.track = track;
    else this.#entries.push({ source, kind, track });
    this.#onChange(kind);
  }

  remove(track: MediaStreamTrack): void {
    const entry = this.#entries.find((each) => each.track === track);
    if (!entry) return;
    entry.track = null;
    // A source that exchanges its track adds the new one in the same task, and keeps its place.
    queueMicrotask(() => {
      if (entry.track || !this.#entries.includes(entry)) return;
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#onChange(entry.kind);
    });
  }
}

interface Entry {
  readonly source: object;
  readonly kind: TrackKind;
  /** `null` between the old track and the new one. */
  track: MediaStreamTrack | null;
}
