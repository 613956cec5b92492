/*
 * Scopes of pictures: exact bars land in their boxes and on their lines. The numbers are those of the standards, which are in
 * fields.ts: SMPTE RP 219-1, and the tables of 75 % and 100 % colours in ITU-R BT.601 and BT.709.
 */
import { type ColorSpace, createPatternRenderer, createPicture, type Picture } from 'track-elements/signals';
import type { GraticuleBox } from '../../dist/measure/scopes/graticule.js';
import { HistogramScope } from '../../dist/measure/scopes/histogram-scope.js';
import { ParadeScope } from '../../dist/measure/scopes/parade-scope.js';
import { type FrameLayout, ScopePictureReader } from '../../dist/measure/scopes/scope-picture.js';
import type { ScopeSettings } from '../../dist/measure/scopes/scope-settings.js';
import type { Trace } from '../../dist/measure/scopes/trace.js';
import { Vectorscope } from '../../dist/measure/scopes/vectorscope.js';
import {
  chromaOf,
  columnOfLevel,
  histogramGraticule,
  rowOfLevel,
  vectorscopeGraticule,
  waveformGraticule,
} from '../../dist/measure/scopes/video-graticules.js';
import type { VideoScope } from '../../dist/measure/scopes/video-scope.js';
import { WaveformScope } from '../../dist/measure/scopes/waveform-scope.js';
import { patternOf } from '../signals/descriptions.js';
import { colors } from '../signals/fields.js';
import { assert, describe, it } from '../support/suite.js';

const settings: ScopeSettings = {
  view: 'waveform',
  components: 'rgb',
  intensity: 1,
  gain: 1,
  timeSpan: 20,
  refreshRate: 15,
  color: [140, 240, 170],
  width: 640,
  height: 360,
};

function barsOf(pattern: string, colorSpace: ColorSpace): Picture {
  const renderer = createPatternRenderer(patternOf({ pattern, width: 640, height: 360, colorSpace }));
  renderer.render(0);
  return renderer.picture;
}

type Format = 'I420' | 'NV12' | 'BGRA' | 'I444';

/** The bytes of a picture in a format, as `VideoFrame.copyTo()` gives them, with rows that are longer than the picture. */
function frameOf({ width, height, y, u, v, colorSpace }: Picture, format: Format): [Uint8Array, FrameLayout] {
  const matrix = colorSpace === 'bt601' ? 'smpte170m' : 'bt709';
  const stride = width + 16;
  const layout = (planes: FrameLayout['planes']) => ({ format, width, height, planes, matrix, fullRange: false });
  if (format === 'BGRA') {
    const bytes = new Uint8Array(4 * stride * height);
    const [kr, kb] = colorSpace === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
    for (let i = 0; i < width * height; i++) {
      const [row, column] = [Math.floor(i / width), i % width];
      const chroma = (row >> 1) * (width / 2) + (column >> 1);
      const [luma, cb, cr] = [(y[i] - 16) / 219, (u[chroma] - 128) / 224, (v[chroma] - 128) / 224];
      const red = luma + 2 * (1 - kr) * cr;
      const blue = luma + 2 * (1 - kb) * cb;
      const green = (luma - kr * red - kb * blue) / (1 - kr - kb);
      for (const [index, value] of [blue, green, red, 1].entries()) {
        bytes[4 * (row * stride + column) + index] = Math.max(0, Math.min(255, Math.round(255 * value)));
      }
    }
    return [bytes, layout([{ offset: 0, stride: 4 * stride }])];
  }
  const full = format === 'I444';
  const [chromaWidth, chromaHeight] = full ? [width, height] : [width / 2, height / 2];
  const step = format === 'NV12' ? 2 : 1;
  const chromaStride = step * chromaWidth + 8;
  const cbStart = stride * height;
  const crStart = format === 'NV12' ? cbStart + 1 : cbStart + chromaStride * chromaHeight;
  const bytes = new Uint8Array(cbStart + 2 * chromaStride * chromaHeight);
  for (let row = 0; row < height; row++) bytes.set(y.subarray(row * width, (row + 1) * width), row * stride);
  for (let row = 0; row < chromaHeight; row++) {
    for (let column = 0; column < chromaWidth; column++) {
      const from = full ? (row >> 1) * (width / 2) + (column >> 1) : row * chromaWidth + column;
      bytes[cbStart + row * chromaStride + step * column] = u[from];
      bytes[crStart + row * chromaStride + step * column] = v[from];
    }
  }
  const planes = [
    { offset: 0, stride },
    { offset: cbStart, stride: chromaStride },
    ...(format === 'NV12' ? [] : [{ offset: crStart, stride: chromaStride }]),
  ];
  return [bytes, layout(planes)];
}

/** Draws a picture, and returns the trace. */
function draw(scope: VideoScope, picture: Picture, format: Format = 'I420'): Trace {
  scope.draw(new ScopePictureReader().read(...frameOf(picture, format)));
  return scope.trace;
}

/** The pixels that are brighter than this, from 0 to 1: their column and row. */
function litPixels({ width, pixels }: Trace, opacity = 0): [number, number][] {
  const lit: [number, number][] = [];
  for (const [i, pixel] of pixels.entries()) {
    if (pixel >>> 24 > 255 * opacity) lit.push([i % width, Math.floor(i / width)]);
  }
  return lit;
}

/** The levels that a column of a waveform shows: the places that are brighter than this and than those beside them. */
const levelsAt = ({ width, pixels }: Trace, share: number, opacity = 0.3): number[] => {
  const column = Math.floor(share * width);
  const alphas = Array.from({ length: 256 }, (_, level) => pixels[(255 - level) * width + column] >>> 24);
  const isLevel = (level: number) =>
    alphas[level] > 255 * opacity && alphas[level] > 2 * Math.max(alphas[level - 1] ?? 0, alphas[level + 1] ?? 0);
  return [...alphas.keys()].reverse().filter(isLevel);
};

const isIn = ({ x, y, width, height }: GraticuleBox, [column, row]: [number, number]): boolean => {
  const [at, down] = [(column + 0.5) / 256, (row + 0.5) / 256];
  return at > x && at < x + width && down > y && down < y + height;
};

describe('The boxes of a vectorscope', () => {
  for (const space of ['bt601', 'bt709'] as const) {
    for (const targets of [75, 100] as const) {
      it(`have the colours of the ${space} table at ${targets} % in their middle`, () => {
        const { boxes } = vectorscopeGraticule('percent', targets, space, 1);
        assert.lengthOf(boxes, 6);
        // White is the first of the table; of the boxes red is the first.
        const [, yellow, cyan, green, magenta, red, blue] = colors[space][targets];
        for (const [index, [, cb, cr]] of [red, yellow, green, cyan, blue, magenta].entries()) {
          const { x, y, width, height } = boxes[index] as GraticuleBox;
          assert.closeTo(x + width / 2, (cb + 0.5) / 256, 0.51 / 256);
          assert.closeTo(y + height / 2, (255.5 - cr) / 256, 0.51 / 256);
        }
      });
    }
  }

  it('are at the Cb and Cr of BT.2020-2, table 4, for its matrix', () => {
    // Cb = (B′ − Y′) / 1.8814 and Cr = (R′ − Y′) / 1.4746, with 0.2627, 0.6780 and 0.0593 for luma.
    const [cb, cr] = chromaOf([1, 0, 0], 'bt2020');
    assert.closeTo(cb, (224 * -0.2627) / 1.8814, 0.01);
    assert.closeTo(cr, (224 * (1 - 0.2627)) / 1.4746, 0.01);
  });
});

const formats = ['I420', 'NV12', 'I444', 'BGRA'] as const;

describe('A vectorscope', () => {
  for (const [pattern, targets] of [
    ['ebu-75', 75],
    ['ebu-100', 100],
  ] as const) {
    for (const space of ['bt601', 'bt709'] as const) {
      for (const format of formats) {
        it(`has every bar of ${pattern} in its own box, in ${space} as ${format}`, () => {
          const trace = draw(new Vectorscope(settings), barsOf(pattern, space), format);
          const bright = litPixels(trace, 0.9);
          const { boxes } = vectorscopeGraticule('percent', targets, space, 1);
          for (const box of boxes)
            assert.lengthOf(
              bright.filter((pixel) => isIn(box, pixel)),
              1,
            );
          // White and black are in the middle, and nothing else is bright.
          assert.lengthOf(bright, 7);
          assert.deepInclude(bright, [128, 127]);
          assert.isFalse(boxes.some((box) => isIn(box, [128, 127])));
        });
      }
    }
  }

  it('has no bar of 75 % in a box for 100 %', () => {
    const bright = litPixels(draw(new Vectorscope(settings), barsOf('ebu-75', 'bt709')), 0.9);
    const { boxes } = vectorscopeGraticule('percent', 100, 'bt709', 1);
    assert.isFalse(boxes.some((box) => bright.some((pixel) => isIn(box, pixel))));
  });

  it('shows bars of a wrong matrix beside their boxes', () => {
    const picture = { ...barsOf('ebu-75', 'bt601'), colorSpace: 'bt709' as const };
    const bright = litPixels(draw(new Vectorscope(settings), picture), 0.9);
    const { boxes } = vectorscopeGraticule('percent', 75, 'bt709', 1);
    assert.isAtMost(boxes.filter((box) => bright.some((pixel) => isIn(box, pixel))).length, 2);
  });

  for (const [pattern, space, minusI, plusQ] of [
    // 10 bits: 244/612/395 and 141/697/606 in RP 219-1, 64/633/380 and 64/698/598 in EG 1.
    ['smpte-hd', 'bt709', [612, 395], [697, 606]],
    ['smpte', 'bt601', [633, 380], [698, 598]],
  ] as const) {
    it(`has the fields −I and +Q of ${pattern} on their lines`, () => {
      const lit = litPixels(draw(new Vectorscope(settings), barsOf(pattern, space)), 0.6);
      const { lines, labels } = vectorscopeGraticule('percent', 75, space, 1);
      for (const [index, [cb, cr]] of [minusI, plusQ].entries()) {
        const [column, row] = [cb / 4, 255 - cr / 4];
        assert.isTrue(
          lit.some(([x, y]) => Math.hypot(x - column, y - row) < 1),
          `${cb}/${cr}`,
        );
        const { x1, y1, x2, y2 } = lines[2 + index];
        const turn = Math.atan2(y2 - y1, x2 - x1) - Math.atan2(row - 127, column - 128);
        assert.closeTo(turn, 0, 0.01);
      }
      assert.includeMembers(
        labels.map(({ text }) => text),
        ['−I', '+Q'],
      );
    });
  }

  it('magnifies around the middle by its gain, trace and boxes alike', () => {
    const gain = 1.5;
    const bright = litPixels(draw(new Vectorscope({ ...settings, gain }), barsOf('ebu-75', 'bt709')), 0.9);
    const { boxes } = vectorscopeGraticule('percent', 75, 'bt709', gain);
    assert.lengthOf(boxes, 6);
    for (const box of boxes) assert.isTrue(bright.some((pixel) => isIn(box, pixel)));
  });

  it('reads the amplitude of 75 % bars', () => {
    const scope = new Vectorscope(settings);
    draw(scope, barsOf('ebu-75', 'bt709'));
    // Magenta and green are the farthest: 65 and 76 levels from the middle.
    assert.equal(scope.summary, `Chroma amplitude up to ${Math.round((100 * Math.hypot(65, 76)) / 112)} %`);
  });
});

describe('A waveform', () => {
  for (const format of formats) {
    it(`has the luma of each bar of ebu-75 at its level, as ${format}`, () => {
      const trace = draw(new WaveformScope(settings), barsOf('ebu-75', 'bt709'), format);
      const expected = [235, ...colors.bt709[75].slice(1).map(([y]) => y), 16];
      for (const [index, level] of expected.entries()) {
        const [found = 0, ...others] = levelsAt(trace, (index + 0.5) / 8);
        assert.closeTo(found, level, format === 'BGRA' ? 1 : 0);
        assert.deepEqual(others, []);
      }
    });
  }

  it('has the black, white and 75 % levels of smpte-hd at their lines, and PLUGE below black', () => {
    const trace = draw(new WaveformScope(settings), barsOf('smpte-hd', 'bt709'));
    const { lines } = waveformGraticule('percent');
    const limits = lines.filter(({ weight }) => weight === 'limit').map(({ y1 }) => Math.round(255.5 - 256 * y1));
    assert.deepEqual(limits, [16, 235]);
    // The white of the lowest row, and the black beside it.
    assert.include(levelsAt(trace, 0.45), 235);
    assert.include(levelsAt(trace, 0.64), 16);
    // −2 %: 16 − 4.38.
    const pluge = levelsAt(trace, 1165 / 1920).at(-1) ?? 0;
    assert.equal(pluge, 12);
  });

  it('counts each sample once: a column of one level is the brightest', () => {
    const picture = createPicture(64, 36);
    picture.y.fill(100);
    const trace = draw(new WaveformScope(settings), picture);
    assert.equal(trace.width, 64);
    const lit = litPixels(trace, 0.5);
    assert.lengthOf(lit, 64);
    for (const [x, y] of lit) {
      assert.equal(y, 155);
      assert.equal(trace.pixels[155 * 64 + x] >>> 24, 255);
    }
  });

  it('reads full range on the scale of limited range', () => {
    const picture = createPicture(64, 36);
    picture.y.fill(255);
    const [bytes, layout] = frameOf(picture, 'I420');
    const scope = new WaveformScope(settings);
    scope.draw(new ScopePictureReader().read(bytes, { ...layout, fullRange: true }));
    assert.deepEqual(levelsAt(scope.trace, 0.5), [235]);
    assert.equal(scope.summary, 'Luma from 100 % to 100 %');
  });

  it('reads every row of a large picture, one after the other', () => {
    const picture = createPicture(64, 1440);
    picture.y.fill(200, 64 * 1001, 64 * 1002);
    const reader = new ScopePictureReader();
    const scope = new WaveformScope(settings);
    const [bytes, layout] = frameOf(picture, 'I420');
    let seen = 0;
    for (let turn = 0; turn < 4; turn++) {
      scope.draw(reader.read(bytes, layout));
      if (levelsAt(scope.trace, 0.5, 0).includes(200)) seen++;
    }
    assert.equal(seen, 1);
  });
});

describe('The lines of a waveform', () => {
  for (const [scale, texts] of [
    ['percent', { 16: '0%', 235: '100%' }],
    ['ire', { 16: '0', 235: '100' }],
    ['8-bit', { 16: '16', 235: '235' }],
    ['10-bit', { 16: '64', 235: '940' }],
  ] as const) {
    it(`name black and white on the scale ${scale}`, () => {
      const { labels } = waveformGraticule(scale);
      for (const [level, text] of Object.entries(texts)) {
        const label = labels.find(({ y }) => Math.abs(y - rowOfLevel(Number(level))) < 1e-9);
        assert.equal(label?.text, text);
      }
    });
  }

  it('are none without a graticule', () => {
    const { lines, labels } = waveformGraticule('none');
    assert.deepEqual([lines.length, labels.length], [0, 0]);
  });
});

describe('A parade', () => {
  const expected = {
    'ebu-75': 16 + 0.75 * 219,
    'ebu-100': 235,
  };
  // Red, green and blue of the eight bars, from white to black.
  const on = ['wyMr', 'wycg', 'wcmb'];
  const bars = ['w', 'y', 'c', 'g', 'm', 'r', 'b', 'k'];

  for (const [pattern, level] of Object.entries(expected)) {
    for (const format of ['I420', 'BGRA'] as const) {
      it(`has red, green and blue of ${pattern} at 0 % and at its level, as ${format}`, () => {
        const trace = draw(new ParadeScope(settings), barsOf(pattern, 'bt709'), format);
        for (const [component, names] of on.entries()) {
          for (const [index, bar] of bars.entries()) {
            const lit = levelsAt(trace, (component + (index + 0.5) / 8) / 3);
            const isOn = names.toLowerCase().includes(bar);
            const wanted = bar === 'w' ? 235 : isOn ? level : 16;
            assert.isNotEmpty(lit);
            // The nearest 8-bit Y′CbCr is up to half a step off in each component.
            for (const found of lit) assert.closeTo(found, wanted, 2, `component ${component}, bar ${bar}`);
          }
        }
      });
    }
  }

  it('has Y′, Cb and Cr of the table with components="ycbcr"', () => {
    const trace = draw(new ParadeScope({ ...settings, components: 'ycbcr' }), barsOf('ebu-100', 'bt601'));
    for (const [index, color] of [...colors.bt601[100], [16, 128, 128]].entries()) {
      for (const [component, level] of color.entries()) {
        assert.deepEqual(levelsAt(trace, (component + (index + 0.5) / 8) / 3), [level]);
      }
    }
  });
});

describe('A histogram', () => {
  it('has the levels of ebu-100, and each share as high as its square root', () => {
    const scope = new HistogramScope(settings);
    const trace = draw(scope, barsOf('ebu-100', 'bt709'));
    const heights = Array.from({ length: 256 }, (_, x) => {
      let height = 0;
      for (let y = 0; y < trace.height; y++) if (trace.pixels[y * 256 + x] >>> 24) height++;
      return height;
    });
    // Of red, green and blue, half of the bars have 100 %, the others 0 %: nearest to 235 and 16.
    const near = (level: number) => Math.max(...heights.slice(level - 2, level + 3));
    assert.isAbove(near(235), 0.9 * trace.height);
    assert.isAbove(near(16), 0.9 * trace.height);
    // Luma of yellow is 1/8 of the picture, and the area of 16 and 235 has 1/2, in two or three levels.
    assert.isAbove(heights[219], 0.3 * trace.height);
    assert.equal(heights[100], 0);
    assert.equal(scope.summary.split(',')[1], ' 0.0 % of the picture below black');
  });

  it('has lines at 16 and 235', () => {
    const limits = histogramGraticule('8-bit').lines.filter(({ weight }) => weight === 'limit');
    assert.deepEqual(
      limits.map(({ x1 }) => x1),
      [columnOfLevel(16), columnOfLevel(235)],
    );
  });

  it('tells how much of the picture is below black and above white', () => {
    const picture = createPicture(64, 32);
    picture.y.fill(126);
    picture.y.fill(10, 0, 64 * 8);
    picture.y.fill(250, 64 * 8, 64 * 12);
    const scope = new HistogramScope(settings);
    draw(scope, picture);
    assert.match(scope.summary, /25\.0 % of the picture below black, 12\.5 % above white$/);
  });
});
