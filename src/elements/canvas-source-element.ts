import { CapturedElementController } from '../controllers/captured-element-controller.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { object, text } from './converters.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';

/**
 * The pictures of a `<canvas>` as a live video track.
 *
 * ```html
 * <canvas id="drawing" width="640" height="360"></canvas>
 * <canvas-source from="drawing" for="screen"></canvas-source>
 * ```
 *
 * @summary The pictures of a canvas as a live video track.
 * @tag canvas-source
 */
export class CanvasSourceElement extends InputSourceElement {
  /**
   * The id of the canvas, or of an element around it, in the same document or shadow tree. The canvas may be added later. If
   * another canvas takes the id, the track shows that one.
   */
  @property({ type: text, reflect: true, configures: true })
  from = '';

  /** The canvas, instead of the one that `from` names. It may be in any document or shadow tree. */
  @property({ type: object<HTMLCanvasElement | null>(), attribute: false, configures: true })
  canvas: HTMLCanvasElement | null = null;

  /** The kind of the track: `video`. */
  override get kind(): 'video' {
    return 'video';
  }

  readonly #canvas = new CapturedElementController<HTMLCanvasElement>(this, {
    tags: () => ['canvas'],
    property: 'canvas',
    given: () => this.canvas,
    changed: () => this.recapture(),
  });

  protected override captureKey(): readonly unknown[] {
    return this.#canvas.key;
  }

  protected override async capture(signal: AbortSignal): Promise<CapturedTrack> {
    const canvas = await this.#canvas.find(signal);
    const track = captureTrack(canvas);
    const timer = setTimeout(() => this.#warnIfEmpty(canvas), SIZE_WAIT_MS);
    const { width, height } = canvas;
    // A captured canvas delivers a picture when it is painted: in Chromium also no first one.
    const firstFrame = () => new VideoFrame(canvas, { timestamp: 0 });
    const stopWatching = this.#watchOrigin(canvas);
    const close = () => {
      clearTimeout(timer);
      stopWatching();
      track.stop();
    };
    return { track, width, height, firstFrame, close };
  }

  #warnIfEmpty({ width, height }: HTMLCanvasElement): void {
    if (width > 0 && height > 0) return;
    const message = `The canvas is ${width} × ${height} px, and so has no picture; set its width and its height.`;
    this.states.warn(new DOMException(message, 'InvalidStateError'));
  }

  /** From the first picture of another origin on, browsers deliver nothing, or black, and fire no event. */
  #watchOrigin(canvas: HTMLCanvasElement): () => void {
    const timer = setInterval(() => {
      try {
        new VideoFrame(canvas, { timestamp: 0 }).close();
      } catch (error) {
        if ((error as Error).name !== 'SecurityError') return;
        clearInterval(timer);
        this.states.warn(otherOriginError());
      }
    }, WATCH_INTERVAL_MS);
    return () => clearInterval(timer);
  }
}

/** How often a canvas that is captured is looked at. */
const WATCH_INTERVAL_MS = 2000;

/** A canvas may get its size after it was made. */
const SIZE_WAIT_MS = 2000;

/** Every picture that is painted is captured, so that the frame rate of the source is the only one. */
function captureTrack(canvas: HTMLCanvasElement): MediaStreamTrack {
  try {
    const [track] = canvas.captureStream().getVideoTracks();
    return track as MediaStreamTrack;
  } catch (error) {
    if ((error as Error).name === 'SecurityError') throw otherOriginError();
    throw new DOMException(
      `The canvas cannot be captured (${(error as Error).message}): call its getContext() before. This browser captures none ` +
        'that was handed over to a worker.',
      'InvalidStateError',
    );
  }
}

const otherOriginError = (): DOMException =>
  new DOMException(
    'The canvas shows pictures of another origin, so it cannot be captured: load them with the attribute crossorigin, from a ' +
      'server that allows it by CORS.',
    'SecurityError',
  );

declare global {
  interface HTMLElementTagNameMap {
    'canvas-source': CanvasSourceElement;
  }
}
