import { valueError } from '../checks.js';
import { black, toLevels, white } from './color.js';
import { layPicture } from './lay-picture.js';
import { createLine, type Field, type Line, paintLines, stillRenderer } from './lines.js';
import type { Pattern } from './pattern.js';
import { encodeQrCode } from './qr-code.js';

const params = {
  text: { type: 'text', default: 'track-elements' },
  level: { type: 'choice', default: 'M', options: ['L', 'M', 'Q', 'H'] },
} as const;

/** Modules of the light margin on each side. */
const QUIET_ZONE = 4;

/**
 * A QR code of `params.text`, in `color` (black) on `background` (white): as large as whole pixels for each module allow,
 * in the middle, at even pixels.
 */
export const qr: Pattern<typeof params> = {
  name: 'qr',
  params,
  *prepare(description, { text, level }) {
    const { width, height, colorSpace, color = black, background = white } = description;
    const tooLong = (accepted: string) => valueError('params.text', text, `${accepted} for level ${level}`);
    const { size, modules } = yield* encodeQrCode(text, level, tooLong);
    const side = size + 2 * QUIET_ZONE;
    const scale = Math.floor(Math.min(width, height) / side);
    // The default text is not what somebody wants to read: a picture that is too small for it is empty.
    if (scale === 0 && description.params.text !== undefined) {
      const accepted = `shorter for a picture of ${width}x${height}, since its code needs ${side}x${side} px at level ${level}`;
      throw valueError('params.text', text, accepted);
    }
    const picture = yield* layPicture(width, height, colorSpace);
    const [ink, paper] = [toLevels(color), toLevels(background)];
    const [left, top] = [width, height].map((length) => 2 * Math.floor((length - size * scale) / 4));
    const at = [0, ...Array.from({ length: size + 1 }, (_, i) => left + i * scale), width];
    const blank = createLine([[1, paper]], width, picture.colorSpace);
    const lines: Line[] = [];
    for (let y = 0; y < size && scale > 0; y++) {
      const row = modules.subarray(y * size, (y + 1) * size);
      const fields = [0, ...row, 0].map((module): Field => [1, module ? ink : paper]);
      lines.push(createLine(fields, width, picture.colorSpace, at));
      yield;
    }
    paintLines(picture, (row) => lines[Math.floor((row - top) / scale)] ?? blank);
    return stillRenderer(picture);
  },
};
