import {
  FrameCopier,
  type FrameSamples,
  isRgb,
  type Rect,
  visibleRectOf,
} from '../../processor/worker/frame-copier.js';
import type { MarkArea } from '../../signals/mark/mark-layout.js';
import { type FoundMark, markIn } from '../../signals/mark/read-mark.js';

/** A picture that was read: its mark, and on request its samples. */
export interface ReadPicture {
  readonly mark: FoundMark | null;
  /** `null` unless they were wanted. They are the caller's. */
  readonly picture: FrameSamples | null;
}

/**
 * Reads the marks of frames. It copies only the part in which the last mark was, if there was one; the whole picture is
 * searched a few times in a second while there is none.
 */
export class PictureReader {
  #area: MarkArea | null = null;
  #size = { width: 0, height: 0 };
  #nextSearch = Number.NEGATIVE_INFINITY;
  readonly #copier = new FrameCopier();
  #luma = new Uint8Array();

  /**
   * @param now Milliseconds of any clock.
   * @param wantsPicture Whether the samples are wanted.
   */
  async read(frame: VideoFrame, now: number, wantsPicture: boolean): Promise<ReadPicture> {
    const rect = visibleRectOf(frame);
    this.#fit(rect.width, rect.height);
    const area = this.#area;
    let mark: FoundMark | null = null;
    let whole: FrameSamples | null = null;
    if (wantsPicture || !area) {
      if (wantsPicture || now >= this.#nextSearch) whole = await this.#copier.copy(frame, rect);
      if (whole && area) mark = this.#find(whole, area, false);
    } else {
      const part = partAround(area, rect);
      const shifted = { ...area, x: area.x - part.x + rect.x, y: area.y - part.y + rect.y };
      mark = this.#find(await this.#copier.copy(frame, part), shifted, false);
      if (mark) {
        const { x, y, width, height } = mark.area;
        mark = { ...mark, area: { x: x + part.x - rect.x, y: y + part.y - rect.y, width, height } };
      }
    }
    if (!mark && now >= this.#nextSearch) {
      whole ??= await this.#copier.copy(frame, rect);
      mark = this.#find(whole, null, true);
      // A search takes several milliseconds: more seldom while there has been no mark.
      this.#nextSearch = now + (area || mark ? MISSED_SEARCH_MS : IDLE_SEARCH_MS);
    }
    if (mark) this.#area = mark.area;
    if (!wantsPicture) return { mark, picture: null };
    this.#copier.giveAway();
    return { mark, picture: whole };
  }

  /** Where the mark is expected in a frame of another size. */
  #fit(width: number, height: number): void {
    const last = this.#size;
    if (last.width === width && last.height === height) return;
    this.#size = { width, height };
    this.#nextSearch = Number.NEGATIVE_INFINITY;
    if (!this.#area) return;
    const [across, down] = [width / last.width, height / last.height];
    const { x, y, width: wide, height: high } = this.#area;
    this.#area = { x: x * across, y: y * down, width: wide * across, height: high * down };
  }

  #find({ bytes, format, planes, width, height }: FrameSamples, area: MarkArea | null, search: boolean) {
    const [{ offset, stride }] = planes as [PlaneLayout];
    if (!isRgb(format)) return markIn({ luma: bytes.subarray(offset), stride, width, height }, { area, search });
    const luma = this.#lumaOf(width * height);
    for (let row = 0, to = 0; row < height; row++) {
      // Green is the second of four bytes in each order.
      for (let from = offset + row * stride + 1, end = to + width; to < end; from += 4) luma[to++] = bytes[from];
    }
    return markIn({ luma, stride: width, width, height }, { area, search });
  }

  #lumaOf(length: number): Uint8Array {
    if (this.#luma.length < length) this.#luma = new Uint8Array(length);
    return this.#luma;
  }
}

/** The part of a frame with a mark and some of its surroundings. Its sides lie between chroma samples. */
function partAround({ x, y, width, height }: MarkArea, rect: Rect): Rect {
  const [across, down] = [width / 8, height / 8];
  const left = rect.x + even(Math.max(0, x - across));
  const top = rect.y + even(Math.max(0, y - down));
  const right = Math.min(rect.x + rect.width, rect.x + even(x + width + across) + 2);
  const bottom = Math.min(rect.y + rect.height, rect.y + even(y + height + down) + 2);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const even = (value: number): number => 2 * Math.floor(value / 2);

const MISSED_SEARCH_MS = 250;
const IDLE_SEARCH_MS = 500;
