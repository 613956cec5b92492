import { isReadable, type ScopePicture, ScopePictureReader } from '../scope-picture.js';

/** Reads the planes of frames, one at a time, and keeps the memory that this takes. */
export class FrameReader {
  readonly #pictures = new ScopePictureReader();
  #bytes = new Uint8Array(0);
  #isBusy = false;

  /** Whether a frame is being read. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /**
   * Reads a frame, and closes it. The picture is valid until the next call.
   *
   * @throws {DOMException} if the browser does not give its pixels.
   */
  async read(frame: VideoFrame): Promise<ScopePicture> {
    this.#isBusy = true;
    try {
      const { format, colorSpace, codedWidth, codedHeight, visibleRect } = frame;
      const { width = codedWidth, height = codedHeight } = visibleRect ?? {};
      // Formats of more than 8 bits, and those that the browser does not tell, are converted by it.
      const options: VideoFrameCopyToOptions = isReadable(format) ? {} : { format: 'RGBA', colorSpace: 'srgb' };
      const size = frame.allocationSize(options);
      if (this.#bytes.length < size) this.#bytes = new Uint8Array(size);
      const planes = await frame.copyTo(this.#bytes, options);
      const { matrix = null, fullRange = null } = colorSpace;
      const layout = { format: isReadable(format) ? format : 'RGBA', width, height, planes, matrix, fullRange };
      return this.#pictures.read(this.#bytes, layout);
    } finally {
      frame.close();
      this.#isBusy = false;
    }
  }
}
