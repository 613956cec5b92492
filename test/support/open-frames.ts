import { onCleanup } from './cleanup.js';

/** Records every `VideoFrame` and `ImageBitmap` that is created, until the test is over. */
export class OpenFrames {
  readonly #frames: VideoFrame[] = [];
  readonly #bitmaps: ImageBitmap[] = [];

  constructor() {
    const { VideoFrame: NativeFrame, createImageBitmap: createNative } = globalThis;
    const { clone } = NativeFrame.prototype;
    const frames = this.#frames;
    const bitmaps = this.#bitmaps;
    globalThis.VideoFrame = new Proxy(NativeFrame, {
      construct(target, parameters, newTarget) {
        const frame = Reflect.construct(target, parameters, newTarget) as VideoFrame;
        frames.push(frame);
        return frame;
      },
    });
    NativeFrame.prototype.clone = function (this: VideoFrame) {
      const copy = clone.call(this);
      frames.push(copy);
      return copy;
    };
    globalThis.createImageBitmap = (async (...parameters: Parameters<typeof createNative>) => {
      const bitmap = await createNative(...parameters);
      bitmaps.push(bitmap);
      return bitmap;
    }) as typeof createNative;
    onCleanup(() => {
      NativeFrame.prototype.clone = clone;
      globalThis.VideoFrame = NativeFrame;
      globalThis.createImageBitmap = createNative;
    });
  }

  /** How many were created. */
  get made(): number {
    return this.#frames.length + this.#bitmaps.length;
  }

  /** How many are open. */
  get open(): number {
    return (
      this.#frames.filter(({ format }) => format !== null).length +
      this.#bitmaps.filter(({ width }) => width > 0).length
    );
  }
}
