import { QueuedSource } from './queued-source.js';
import { ShownPictures } from './shown-pictures.js';
import type { ChunkTypes, TrackSourceInit } from './track-source.js';

/** Reads video by an element that shows it: in a page that is not hidden. */
export class ElementSource extends QueuedSource<VideoFrame> {
  readonly backend = 'element';
  readonly #pictures: ShownPictures;

  constructor(init: TrackSourceInit) {
    super(init, (frame) => frame.close());
    this.#pictures = new ShownPictures(init.track, (shownAt) => this.#read(shownAt));
  }

  #read(shownAt: number): void {
    if (!this.#pictures.hasPicture) return;
    try {
      this.chunks.push(this.#pictures.read(shownAt));
    } catch {
      // The next picture follows.
    }
  }

  protected convert<Form extends keyof ChunkTypes>(frame: VideoFrame, _form: Form): ChunkTypes[Form];
  protected convert(frame: VideoFrame): VideoFrame {
    return frame;
  }

  protected free(): void {
    this.#pictures.close();
  }
}
