import { PNG } from 'pngjs';
import { glyphAdvance, glyphHeight, glyphRow, glyphWidth } from '../dist/signals/video/font.js';

/** A transparent sheet of pictures and lines of text, as a PNG. */
export class ContactSheet {
  #png;

  constructor(width, height) {
    this.#png = new PNG({ width, height });
    this.#png.data.fill(0);
  }

  /**
   * Draws a picture of the library (I420) at half its size. It gets round corners and a thin outline, so that a white
   * picture can be seen on a white page.
   */
  put(picture, left, top, radius, line) {
    const color = colorsOf(picture);
    const [width, height] = [picture.width / 2, picture.height / 2];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = coverage(x - LINE_PX, y - LINE_PX, width - 2 * LINE_PX, height - 2 * LINE_PX, radius - LINE_PX);
        const edge = (1 - inside) / 2;
        const mixed = color(x, y).map((part, i) => Math.round(part * (1 - edge) + line[i] * edge));
        this.#mark(left + x, top + y, mixed, coverage(x, y, width, height, radius));
      }
    }
  }

  /** Writes text in the font of the library; a pixel of the font is `scale` wide and high. */
  write(text, left, top, scale, color) {
    [...text].forEach((character, index) => {
      for (let row = 0; row < glyphHeight * scale; row++) {
        const bits = glyphRow(character, Math.floor(row / scale));
        for (let column = 0; column < glyphWidth * scale; column++) {
          if ((bits >> (glyphWidth - 1 - Math.floor(column / scale))) & 1) {
            this.#mark(left + index * glyphAdvance * scale + column, top + row, color, 1);
          }
        }
      }
    });
  }

  toPng() {
    return PNG.sync.write(this.#png, { deflateLevel: 9 });
  }

  #mark(x, y, color, alpha) {
    this.#png.data.set([...color, Math.round(255 * alpha)], 4 * (y * this.#png.width + x));
  }
}

const LINE_PX = 2;

/** The share of a pixel, 0 to 1, that lies inside a rectangle with round corners. */
function coverage(x, y, width, height, radius) {
  const across = Math.max(radius - x - 0.5, x + 0.5 - (width - radius), 0);
  const down = Math.max(radius - y - 0.5, y + 0.5 - (height - radius), 0);
  return Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(across, down)));
}

/** Converts limited range to full range by the weights of the picture's standard. Four pixels share a pair of chroma samples. */
function colorsOf({ width, y: luma, u, v, colorSpace }) {
  const [kr, kb] = colorSpace === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  return (x, y) => {
    const first = 2 * y * width + 2 * x;
    const chroma = (y * width) / 2 + x;
    const four = luma[first] + luma[first + 1] + luma[first + width] + luma[first + width + 1];
    const level = (four / 4 - 16) / 219;
    const red = level + ((2 - 2 * kr) * (v[chroma] - 128)) / 224;
    const blue = level + ((2 - 2 * kb) * (u[chroma] - 128)) / 224;
    const green = (level - kr * red - kb * blue) / (1 - kr - kb);
    return [red, green, blue].map((part) => Math.round(255 * Math.min(1, Math.max(0, part))));
  };
}
