import { plainError } from '../../generator/messages.js';
import { FrameCopier } from '../../processor/worker/frame-copier.js';
import type { InputEvent, TimedFrame, TimedMessage } from '../messages.js';
import { InputPicture, type PictureInput } from './frame-input.js';

/** Pictures that come before they are due, like those of a file. They are copied when they come, and shown when they are due. */
export class TimedPictures implements PictureInput {
  readonly #port: MessagePort;
  readonly #timed: MessagePort;
  /** In the order in which they are due. */
  #pictures: TimedPicture[] = [];
  /** The picture on show. */
  #shown: TimedPicture | null = null;
  #waiting: TimedFrame[] = [];
  #isCopying = false;
  #isOpen = true;
  /** The number of `clear` messages so far: a picture whose copying began before the last one is not due any more. */
  #clears = 0;
  readonly #freeCopiers: FrameCopier[] = [];

  /**
   * @param port Of the page, which closes the input.
   * @param timed Of the sender.
   */
  constructor(port: MessagePort, timed: MessagePort) {
    this.#port = port;
    this.#timed = timed;
    timed.onmessage = ({ data }: MessageEvent<TimedMessage>) => this.#receive(data);
  }

  pictureAt(seconds: number): InputPicture | null {
    const shown = this.#pictures.findLastIndex(({ due }) => due <= seconds + ROUNDING_S);
    if (shown < 0) return this.#shown?.picture ?? null;
    this.#shown = this.#pictures[shown] as TimedPicture;
    // A player with another rate may ask for the previous picture.
    for (const { copier } of this.#pictures.splice(0, shown - 1)) this.#freeCopiers.push(copier);
    return this.#shown.picture;
  }

  take(frame: VideoFrame): void {
    this.#receive({ frame, due: Number.NEGATIVE_INFINITY });
  }

  close(): void {
    this.#isOpen = false;
    this.#closeWaiting();
    this.#timed.close();
    this.#port.close();
  }

  #receive(message: TimedMessage): void {
    if (message === 'clear') this.#clear();
    else if ('frame' in message) {
      this.#waiting.push(message);
      // A closed port may still deliver what has arrived.
      if (!this.#isOpen) this.#closeWaiting();
      else if (!this.#isCopying) void this.#copyWaiting();
    }
  }

  #clear(): void {
    this.#clears++;
    this.#closeWaiting();
    const after = this.#shown ? this.#pictures.indexOf(this.#shown) + 1 : 0;
    for (const { copier } of this.#pictures.splice(after)) this.#freeCopiers.push(copier);
  }

  #closeWaiting(): void {
    for (const { frame } of this.#waiting) frame.close();
    this.#waiting = [];
  }

  async #copyWaiting(): Promise<void> {
    this.#isCopying = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await this.#copy(next);
      } catch (error) {
        this.#post({ type: 'failed', error: plainError(error) });
      } finally {
        next.frame.close();
      }
    }
    this.#isCopying = false;
  }

  async #copy({ frame, due }: TimedFrame): Promise<void> {
    const clears = this.#clears;
    const copier = this.#freeCopiers.pop() ?? new FrameCopier();
    const picture = await InputPicture.copy(frame, copier);
    if (clears !== this.#clears) {
      this.#freeCopiers.push(copier);
      return;
    }
    // While no player shows the input, they are forgotten only here.
    const kept = this.#pictures.findIndex((older) => older.due >= due - KEPT_S);
    for (const old of this.#pictures.splice(0, kept)) this.#freeCopiers.push(old.copier);
    const before = this.#pictures.at(-1)?.picture;
    this.#pictures.push({ picture, due, copier });
    if (before && picture.hasSizeOf(before)) return;
    this.#post({ type: 'resized', width: picture.displayWidth, height: picture.displayHeight });
  }

  #post(event: InputEvent): void {
    if (this.#isOpen) this.#port.postMessage(event);
  }
}

/** Files have rounded times: in WebM they are whole milliseconds. */
const ROUNDING_S = 0.001;

const KEPT_S = 1;

interface TimedPicture {
  readonly picture: InputPicture;
  /** Seconds of the page's timeline. */
  readonly due: number;
  /** Holds the picture's memory. */
  readonly copier: FrameCopier;
}
