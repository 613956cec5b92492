/* A part of the engine's worker: recodes the frames of tracks from the matrix of BT.709 to that of BT.601. */
import type { WorkerScope } from '../../engine/worker/worker-scope.js';
import { type PlainError, plainError } from '../../generator/messages.js';
import { recodingOf } from '../../signals/video/recoding.js';

/** Page to worker: recodes all frames of one stream into another, until one of them ends. */
export interface RecodeToBt601 {
  readonly type: 'recode-to-bt601';
  readonly readable: ReadableStream<VideoFrame>;
  readonly writable: WritableStream<VideoFrame>;
  /** Receives the event. */
  readonly port: MessagePort;
}

/** Worker to page: a frame could not be recoded. This frame and all later ones are sent without a change. */
export interface Bt601Event {
  readonly type: 'failed';
  readonly error: PlainError;
}

export function install(scope: WorkerScope): void {
  scope.handlers['recode-to-bt601'] = ({ readable, writable, port }: RecodeToBt601) => {
    const writer = writable.getWriter();
    let hasFailed = false;
    const recodeIfPossible = async (frame: VideoFrame): Promise<VideoFrame> => {
      if (hasFailed) return frame;
      try {
        return await recode(frame);
      } catch (error) {
        // A picture in wrong colours is better than one that stands still.
        hasFailed = true;
        port.postMessage({ type: 'failed', error: plainError(error) } satisfies Bt601Event);
        return frame;
      }
    };
    const write = async (frame: VideoFrame): Promise<void> => {
      const recoded = await recodeIfPossible(frame);
      try {
        await writer.write(recoded);
      } catch (error) {
        recoded.close();
        throw error;
      }
    };
    // It ends when a track ends: the source's stream closes, or the other's refuses the next frame.
    void readable
      .pipeTo(new WritableStream({ write, close: () => writer.close() }))
      .catch(() => {})
      .finally(() => port.close());
  };
}

/** Luma pixels for each chroma pixel, across and down. */
const SUBSAMPLING: Readonly<Record<string, readonly [number, number]>> = {
  I420: [2, 2],
  NV12: [2, 2],
  I422: [2, 1],
  I444: [1, 1],
};

/** The frame in BT.601. A frame that is not coded in BT.709, or whose bytes cannot be read, is not changed. */
async function recode(frame: VideoFrame): Promise<VideoFrame> {
  const { format, visibleRect, displayWidth, displayHeight, timestamp, duration } = frame;
  const colorSpace = frame.colorSpace.toJSON();
  if (colorSpace.matrix !== 'bt709' || !format || !(format in SUBSAMPLING) || !visibleRect) return frame;
  const { width, height } = visibleRect;
  const bytes = new Uint8ClampedArray(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  recodePlanes(bytes, layout, { format, width, height, fullRange: Boolean(colorSpace.fullRange) });
  const recoded = new VideoFrame(bytes, {
    format,
    codedWidth: width,
    codedHeight: height,
    displayWidth,
    displayHeight,
    layout,
    timestamp,
    duration: duration ?? undefined,
    colorSpace: { ...colorSpace, matrix: 'smpte170m' },
  });
  frame.close();
  return recoded;
}

interface PictureFormat {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly fullRange: boolean;
}

/** Recodes the planes of a picture in place. Clamped arrays round and clip what is written. */
export function recodePlanes(
  bytes: Uint8ClampedArray,
  layout: readonly PlaneLayout[],
  { format, width, height, fullRange }: PictureFormat,
): void {
  const [across, down] = SUBSAMPLING[format] ?? [1, 1];
  const [luma, blue, red] = layout as [PlaneLayout, PlaneLayout, PlaneLayout?];
  const step = red ? 1 : 2;
  const lumaScale = fullRange ? 1 : 219 / 224;
  for (let row = 0; row * down < height; row++) {
    const blueStart = blue.offset + row * blue.stride;
    const redStart = red ? red.offset + row * red.stride : blueStart + 1;
    const lumaStart = luma.offset + row * down * luma.stride;
    // The second line of luma, if the chroma row has one.
    const nextLine = down === 2 && row * 2 + 1 < height ? luma.stride : 0;
    let previousCb = 0;
    let previousCr = 0;
    let difference = 0;
    let newCb = 128;
    let newCr = 128;
    for (let x = 0, at = 0; x < width; x += across, at += step) {
      const cb = (bytes[blueStart + at] as number) - 128;
      const cr = (bytes[redStart + at] as number) - 128;
      // Test pictures have long runs of one colour.
      if (cb !== previousCb || cr !== previousCr) {
        previousCb = cb;
        previousCr = cr;
        newCb = 128 + CHROMA_BLUE[0] * cb + CHROMA_BLUE[1] * cr;
        newCr = 128 + CHROMA_RED[0] * cb + CHROMA_RED[1] * cr;
        difference = Math.round(lumaScale * (LUMA[0] * cb + LUMA[1] * cr));
      }
      if (cb === 0 && cr === 0) continue;
      bytes[blueStart + at] = newCb;
      bytes[redStart + at] = newCr;
      if (difference === 0) continue;
      const left = lumaStart + x;
      bytes[left] = (bytes[left] as number) + difference;
      if (nextLine) bytes[left + nextLine] = (bytes[left + nextLine] as number) + difference;
      if (across === 1 || x + 1 >= width) continue;
      bytes[left + 1] = (bytes[left + 1] as number) + difference;
      if (nextLine) bytes[left + nextLine + 1] = (bytes[left + nextLine + 1] as number) + difference;
    }
  }
}

const { luma: LUMA, blue: CHROMA_BLUE, red: CHROMA_RED } = recodingOf('bt709', 'bt601');
