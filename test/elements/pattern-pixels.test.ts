/*
 * The colours that a viewer sees in a <video>: those of SMPTE RP 219-1, SMPTE EG 1 and the EBU bars, coded by BT.601 below
 * 720 lines and by BT.709 from 720 lines on.
 *
 * The bytes are exact (pattern-frames.test.ts), but conversion to RGB in software is not exact in every engine: libyuv's
 * BT.709, in Chromium and Firefox, uses 2 in place of 2.112 for blue, so that 75 % yellow becomes 191 191 9. So a colour
 * must be within three levels of the standard's, or of the engine's own conversion of a flat frame of that colour.
 */
import 'track-elements/define/pattern-source';
import { place, removePlaced } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels, type Ycc, yccAsDrawn, yccToRgb } from '../support/video-pixels.js';
import { eventually } from '../support/waiting.js';

const grey = (y: number): Ycc => [y, 128, 128];
const black = grey(16);

// White, yellow, cyan, green, magenta, red, blue.
const bars = {
  bt601: {
    75: [grey(180), [162, 44, 142], [131, 156, 44], [112, 72, 58], [84, 184, 198], [65, 100, 212], [35, 212, 114]],
    100: [grey(235), [210, 16, 146], [170, 166, 16], [145, 54, 34], [106, 202, 222], [81, 90, 240], [41, 240, 110]],
  },
  bt709: {
    75: [grey(180), [168, 44, 136], [145, 147, 44], [133, 63, 52], [63, 193, 204], [51, 109, 212], [28, 212, 120]],
    100: [grey(235), [219, 16, 138], [188, 154, 16], [173, 42, 26], [78, 214, 230], [63, 102, 240], [32, 240, 118]],
  },
} as const satisfies Record<string, Record<number, readonly Ycc[]>>;

type Matrix = keyof typeof bars;

/** A colour and where to look for it, in shares of the picture. */
type Point = readonly [x: number, y: number, color: Ycc];

/** The centres of fields side by side. */
function across(y: number, fields: readonly (readonly [width: number, color: Ycc | null])[]): Point[] {
  const whole = fields.reduce((sum, [width]) => sum + width, 0);
  let left = 0;
  return fields.flatMap(([width, color]): Point[] => {
    const x = (left + width / 2) / whole;
    left += width;
    return color ? [[x, y, color]] : [];
  });
}

const equal = (colors: readonly Ycc[]) => colors.map((color) => [1, color] as const);

const expected: Record<string, (matrix: Matrix) => Point[]> = {
  'smpte-hd'(matrix) {
    const full = bars[matrix][100];
    const [white, ...rest] = bars[matrix][75].map((color) => [6, color] as const);
    const side = [7, grey(104)] as const;
    const dark = [7, grey(49)] as const;
    // BT.709 has no RGB for the full colours of −I and +Q: the tests of the bars check their codes.
    return [
      ...across(0.3, [side, white, ...rest, side]),
      ...across(7.5 / 12, [
        [7, full[2]],
        [6, null],
        [36, grey(180)],
        [7, full[6]],
      ]),
      ...across(8.5 / 12, [
        [7, full[1]],
        [6, null],
        [30, null],
        [6, grey(235)],
        [7, full[5]],
      ]),
      ...across(0.88, [
        dark,
        [9, black],
        [12, grey(235)],
        [5, black],
        [2, black],
        [2, black],
        [2, grey(20)],
        [2, black],
        [2, grey(25)],
        [6, black],
        dark,
      ]),
    ];
  },
  smpte(matrix) {
    const [white, yellow, cyan, green, magenta, red, blue] = bars[matrix][75];
    return [
      ...across(0.3, equal([white, yellow, cyan, green, magenta, red, blue])),
      ...across(0.71, equal([blue, black, magenta, black, cyan, black, white])),
      ...across(0.88, [
        [15, null],
        [15, grey(235)],
        [15, null],
        [15, black],
        [4, black],
        [4, black],
        [4, grey(25)],
        [12, black],
      ]),
    ];
  },
  'ebu-75'(matrix) {
    return across(0.5, equal([grey(235), ...bars[matrix][75].slice(1), black]));
  },
  gradient: () => [0.1, 0.25, 0.5, 0.75, 0.9].map((x): Point => [x, 0.5, grey(Math.round(235 - 219 * x))]),
};

describe('the picture of a pattern-source in a video', () => {
  for (const [matrix, width, height] of [
    ['bt601', 640, 480],
    ['bt709', 1280, 720],
  ] as const) {
    for (const [pattern, points] of Object.entries(expected)) {
      it(`${pattern} at ${width}x${height} has the colours of ${matrix}`, async () => {
        const video = show(`pattern="${pattern}" width="${width}" height="${height}"`);
        await eventually(() => {
          const picture = readPixels(video);
          assert.deepEqual([picture.width, picture.height], [width, height]);
          for (const [x, y, color] of points(matrix)) {
            const seen = colorAt(picture, x * width, y * height);
            const wanted = [yccToRgb(color, matrix), yccAsDrawn(color, matrix)];
            const nearest = Math.min(...wanted.map((reading) => colorDistance(seen, reading)));
            assert.isAtMost(nearest, 3, `at ${x}, ${y}: ${seen.map(Math.round)}, wanted ${wanted.join(' or ')}`);
          }
        });
      });
    }
  }

  it('solid has its color everywhere', async () => {
    const video = show('pattern="solid" color="rebeccapurple" width="640" height="360"');
    await eventually(() => {
      const picture = readPixels(video);
      for (const [x, y] of [
        [4, 4],
        [320, 180],
        [635, 355],
      ]) {
        assert.isAtMost(
          colorDistance(colorAt(picture, x, y), [102, 51, 153]),
          3,
          `at ${x}, ${y}: ${colorAt(picture, x, y)}`,
        );
      }
    });
  });

  it('checkers has squares of params.size in color and background', async () => {
    const video = show(
      `pattern="checkers" color="#00f" background="yellow" params='{"size":64}' width="640" height="360"`,
    );
    await eventually(() => {
      const picture = readPixels(video);
      for (const [x, y, color] of [
        [32, 32, 'color'],
        [96, 32, 'back'],
        [32, 96, 'back'],
        [96, 96, 'color'],
      ] as const) {
        const wanted = color === 'color' ? ([0, 0, 255] as const) : ([255, 255, 0] as const);
        assert.isAtMost(colorDistance(colorAt(picture, x, y), wanted), 3, `at ${x}, ${y}: ${colorAt(picture, x, y)}`);
      }
    });
  });

  it('snow and ball always move', async () => {
    for (const pattern of ['snow', 'ball']) {
      const video = show(`pattern="${pattern}" width="320" height="240"`);
      const first = await eventually(() => void readPixels(video)).then(() => readPixels(video));
      await eventually(() => assert.notDeepEqual(sum(readPixels(video)), sum(first)));
      removePlaced();
    }
  });
});

function show(attributes: string): HTMLVideoElement {
  return place(
    `<video id="screen" autoplay muted playsinline></video><pattern-source for="screen" ${attributes}></pattern-source>`,
  );
}

/** Something that no two pictures of a moving pattern have in common. */
const sum = ({ data }: ImageData): number[] => {
  const sums = [0, 0];
  data.forEach((value, i) => {
    sums[i % 8 < 4 ? 0 : 1] += value * (i % 1021);
  });
  return sums;
};
