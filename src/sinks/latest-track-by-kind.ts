/**
 * Which of the sources that give tracks of a kind holds the kind's one place: the one that came last; when it leaves,
 * the one before gets the place back.
 */
export class LatestTrackByKind {
  /** In the order in which the sources came. */
  readonly #entries: Entry[] = [];
  readonly #changed: (kind: string) => void;

  /** @param changed Called when another track may hold the place of a kind. */
  constructor(changed: (kind: string) => void) {
    this.#changed = changed;
  }

  /** The track that holds the place of a kind. */
  holder(kind: string): MediaStreamTrack | undefined {
    return this.#entries.findLast((entry) => entry.kind === kind && entry.track)?.track ?? undefined;
  }

  add(track: MediaStreamTrack, source: HTMLElement): void {
    const entry = this.#entries.find((each) => each.source === source && each.kind === track.kind);
    if (entry) entry.track = track;
    else this.#entries.push({ source, kind: track.kind, track });
    this.#changed(track.kind);
  }

  remove(track: MediaStreamTrack): void {
    const entry = this.#entries.find((each) => each.track === track);
    if (!entry) return;
    // A source that changes its track gives the new one in the same task, and keeps its place.
    entry.track = null;
    queueMicrotask(() => {
      if (entry.track || !this.#entries.includes(entry)) return;
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#changed(entry.kind);
    });
  }
}

interface Entry {
  readonly source: HTMLElement;
  readonly kind: string;
  /** `null` between the old track and the new. */
  track: MediaStreamTrack | null;
}
