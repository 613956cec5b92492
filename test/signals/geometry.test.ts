/*
 * Geometry, measured in the pictures: pitches, centres, radii, angles and frequencies, each compared with its
 * definition.
 */
import { createPatternRenderer } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, patternOf, pictureOf } from './descriptions.js';

type Changes = Parameters<typeof pictureOf>[0];

/** Luma as a share of white, 0 to 1. */
function sharesOf(changes: Changes, n = 0) {
  const { y, width, height } = pictureOf({ width: 320, height: 180, ...changes }, n);
  return { width, height, at: (column: number, row: number) => (y[row * width + column] - 16) / 219 };
}

/**
 * The middles and the lengths, in pixels, of the light runs of a line. A pixel counts by its share of white.
 */
function runsOf(line: readonly number[]): { middle: number; length: number }[] {
  const runs: { middle: number; length: number }[] = [];
  let [sum, moment] = [0, 0];
  [...line, 0].forEach((share, i) => {
    if (share > 0.02) [sum, moment] = [sum + share, moment + share * (i + 0.5)];
    else if (sum) {
      runs.push({ middle: moment / sum, length: sum });
      [sum, moment] = [0, 0];
    }
  });
  return runs;
}

const rowOf = ({ width, at }: ReturnType<typeof sharesOf>, row: number) =>
  Array.from({ length: width }, (_, column) => at(column, row));
const columnOf = ({ height, at }: ReturnType<typeof sharesOf>, column: number) =>
  Array.from({ length: height }, (_, row) => at(column, row));

/** The amplitude of a frequency, in cycles per pixel, in a line. */
function strengthOf(line: readonly number[], frequency: number): number {
  let [re, im] = [0, 0];
  line.forEach((value, x) => {
    const window = 1 - Math.cos((2 * Math.PI * (x + 0.5)) / line.length);
    re += (value - 0.5) * window * Math.cos(2 * Math.PI * frequency * x);
    im += (value - 0.5) * window * Math.sin(2 * Math.PI * frequency * x);
  });
  return (2 * Math.hypot(re, im)) / line.length;
}

/** The strongest frequency near a given one. */
function peakNear(line: readonly number[], frequency: number): number {
  let [best, most] = [0, -1];
  for (let f = frequency * 0.97; f < frequency * 1.03; f += frequency / 20_000) {
    const strength = strengthOf(line, f);
    if (strength > most) [best, most] = [f, strength];
  }
  return best;
}

describe('crosshatch', () => {
  for (const [width, height, pitch] of [
    [1280, 720, 40],
    [1920, 1080, 60],
    [720, 576, 32],
    [360, 640, 20],
  ]) {
    it(`has squares of an eighteenth of the shorter side, and a crossing in the middle, at ${width}x${height}`, () => {
      const shares = sharesOf({ pattern: 'crosshatch', width, height });
      const between = Math.floor(pitch / 2);
      for (const [line, middle] of [
        [rowOf(shares, height / 2 + between), width / 2],
        [columnOf(shares, width / 2 + between), height / 2],
      ] as const) {
        const runs = runsOf(line).filter((run) => run.length === 2);
        assert.isTrue(runs.some((run) => run.middle === middle));
        for (const run of runs) assert.equal((run.middle - middle) % pitch, 0);
        assert.isAtLeast(runs.length, Math.floor(line.length / pitch) - 1);
      }
    });
  }

  it('is symmetric', () => {
    const { width, height, at } = sharesOf({ pattern: 'crosshatch', params: { pitch: 30, width: 4 } });
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        assert.equal(at(column, row), at(width - 1 - column, row));
        assert.equal(at(column, row), at(column, height - 1 - row));
      }
    }
  });

  it('has lines of the given width and colours', () => {
    const changes = { pattern: 'crosshatch', params: { pitch: 30, width: 6 } };
    assert.isTrue(runsOf(rowOf(sharesOf(changes), 100)).some((run) => run.length === 6));
    const colored = {
      ...changes,
      width: 320,
      height: 180,
      color: { r: 0, g: 0, b: 255 },
      background: { r: 255, g: 0, b: 0 },
    };
    const picture = pictureOf(colored);
    // The table of 100 % colours in BT.601.
    assert.deepEqual(colorAt(picture, 160, 90), [41, 240, 110]);
    assert.deepEqual(colorAt(picture, 174, 104), [81, 90, 240]);
  });
});

describe('dots', () => {
  it('has round dots around the crossings of the crosshatch', () => {
    const { at } = sharesOf({ pattern: 'dots', params: { pitch: 40, size: 10 } });
    let [area, x, y, xx, yy] = [0, 0, 0, 0, 0];
    for (let row = 70; row < 110; row++) {
      for (let column = 140; column < 180; column++) {
        const share = at(column, row);
        area += share;
        x += share * (column + 0.5 - 160);
        y += share * (row + 0.5 - 90);
        xx += share * (column + 0.5 - 160) ** 2;
        yy += share * (row + 0.5 - 90) ** 2;
      }
    }
    assert.closeTo(area, Math.PI * 25, 1);
    assert.closeTo(x, 0, 1e-9);
    assert.closeTo(y, 0, 1e-9);
    assert.closeTo(xx, yy, 1e-9);
  });
});

describe('circles', () => {
  it('has equal rings, round within a tenth of a pixel', () => {
    const shares = sharesOf({ pattern: 'circles', width: 640, height: 640, params: { pitch: 42, width: 10 } });
    // Half a pixel off the axes, since the middle of the picture is between two rows.
    for (const line of [rowOf(shares, 320), columnOf(shares, 320)]) {
      const runs = runsOf(line);
      assert.lengthOf(runs, 15);
      runs.forEach(({ middle, length }, i) => {
        assert.closeTo(middle - 320, (i - 7) * 42, 0.1);
        assert.closeTo(length, 10, 0.1);
      });
    }
    // Along the diagonal, the step from pixel to pixel is √2.
    const diagonal = Array.from({ length: 640 }, (_, i) => shares.at(i, i));
    runsOf(diagonal).forEach(({ middle }, i, { length }) => {
      assert.closeTo((middle - 320) * Math.SQRT2, (i - (length - 1) / 2) * 42, 0.2);
    });
  });
});

describe('zone-plate', () => {
  const all = { k0: 11, kx: 3.5, ky: -2, kt: 7, kxt: 0.25, kyt: -0.5, kxy: 30, kx2: 90, ky2: -60, kt2: 3 };
  const phaseOf = (k: Partial<typeof all>, w: number, h: number, x: number, y: number, t: number) => {
    const { k0 = 0, kx = 0, ky = 0, kt = 0, kxt = 0, kyt = 0, kxy = 0, kx2 = 0, ky2 = 0, kt2 = 0 } = k;
    return (
      k0 +
      kx * x +
      ky * y +
      kt * t +
      kxt * x * t +
      kyt * y * t +
      (kxy * x * y) / (w / 2) +
      (kx2 * x * x) / w +
      (ky2 * y * y) / h +
      (kt2 * t * t) / 2
    );
  };

  for (const [name, value] of [...Object.entries(all), ['all of them', 0]] as const) {
    it(`follows the formula, with ${name}`, () => {
      const params = name === 'all of them' ? all : { kx2: 1, [name]: value };
      for (const [width, height] of [
        [1920, 1080],
        [322, 182],
      ]) {
        for (const n of [0, 1, 57, 1001]) {
          const { y } = pictureOf({ pattern: 'zone-plate', width, height, params }, n);
          for (let i = 0; i < y.length; i += 991) {
            const phase = phaseOf(
              params,
              width,
              height,
              (i % width) - width / 2,
              Math.floor(i / width) - height / 2,
              n,
            );
            const expected = 16 + 219 * (0.5 + 0.5 * Math.sin((2 * Math.PI * phase) / 256));
            assert.closeTo(y[i], expected, 1, `${width}x${height}, frame ${n}, pixel ${i}`);
          }
        }
      }
    });
  }

  it('has circles by default that reach half a cycle per pixel at the far sides', () => {
    for (const [width, height] of [
      [1280, 720],
      [360, 640],
    ]) {
      const { y } = pictureOf({ pattern: 'zone-plate', width, height });
      const far = Math.max(width, height);
      for (let i = 0; i < y.length; i += 887) {
        const [dx, dy] = [(i % width) - width / 2, Math.floor(i / width) - height / 2];
        // Half a cycle per pixel at r = far/2: the phase is r²/(2·far) turns.
        const expected = 16 + 219 * (0.5 + 0.5 * Math.sin((2 * Math.PI * (dx * dx + dy * dy)) / (2 * far)));
        assert.closeTo(y[i], expected, 1);
      }
    }
  });

  it('moves by its coefficients of time, at the given speed', () => {
    const keys = (params: Record<string, number>, speed = 1) => {
      const renderer = createPatternRenderer(patternOf({ pattern: 'zone-plate', params, speed }));
      return new Set([0, 1, 2].map((n) => renderer.key(n))).size;
    };
    assert.deepEqual(
      [keys({}), keys({ kt: 1 }), keys({ kxt: 1 }), keys({ kt2: 1 }), keys({ kt: 1 }, 0)],
      [1, 3, 3, 3, 1],
    );
    const at = (n: number, speed: number) =>
      sharesOf({ pattern: 'zone-plate', params: { kt: 5 }, speed }, n).at(100, 100);
    assert.equal(at(2, 2), at(4, 1));
    assert.equal(at(-4, -1), at(4, 1));
  });

  it('has the given colours at its crests and troughs', () => {
    const color = { r: 255, g: 0, b: 0 };
    const background = { r: 0, g: 0, b: 255 };
    const colored = (k0: number) =>
      colorAt(
        pictureOf({ pattern: 'zone-plate', width: 64, height: 64, color, background, params: { k0, ky2: 0 } }),
        9,
        9,
      );
    assert.deepEqual(colored(64), [81, 90, 240]);
    assert.deepEqual(colored(192), [41, 240, 110]);
  });
});

describe('chroma-zone-plate', () => {
  it('is only in the colour differences, and reaches half a cycle per chroma sample at the far sides', () => {
    const { y, u, v, width, height } = pictureOf({ pattern: 'chroma-zone-plate', width: 640, height: 360 });
    assert.isTrue(y.every((luma) => luma === 126));
    assert.deepEqual(u, v);
    for (let i = 0; i < u.length; i += 97) {
      const [dx, dy] = [(i % (width / 2)) + 0.5 - width / 4, Math.floor(i / (width / 2)) + 0.5 - height / 4];
      const expected = 128 + 60 * Math.sin((2 * Math.PI * (dx * dx + dy * dy)) / width);
      assert.closeTo(u[i], expected, 1);
    }
  });

  it('stays within the colours of RGB', () => {
    for (const colorSpace of ['bt601', 'bt709'] as const) {
      const picture = pictureOf({ pattern: 'chroma-zone-plate', width: 320, height: 180, colorSpace });
      const [kr, kb] = colorSpace === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
      for (let column = 0; column < 320; column += 2) {
        const [luma, cb, cr] = colorAt(picture, column, 90);
        const y = (luma - 16) / 219;
        const red = y + (2 * (1 - kr) * (cr - 128)) / 224;
        const blue = y + (2 * (1 - kb) * (cb - 128)) / 224;
        const green = (y - kr * red - kb * blue) / (1 - kr - kb);
        for (const level of [red, green, blue]) assert.isTrue(level >= 0 && level <= 1, `${level} at ${column}`);
      }
    }
  });
});

describe('pinwheel and spokes', () => {
  /** The shares on a circle around the middle, `count` of them. */
  const around = (shares: ReturnType<typeof sharesOf>, radius: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count;
      const [x, y] = [shares.width / 2 + radius * Math.cos(angle), shares.height / 2 + radius * Math.sin(angle)];
      return shares.at(Math.floor(x), Math.floor(y));
    });
  const edgesOf = (ring: readonly number[]) =>
    ring.filter((share, i) => share > 0.5 !== ring[(i + 1) % ring.length] > 0.5).length;

  for (const [pattern, param] of [
    ['pinwheel', 'blades'],
    ['spokes', 'spokes'],
  ]) {
    it(`has the given number of sectors, as wide as the gaps: ${pattern}`, () => {
      for (const count of [5, 12, 36]) {
        const ring = around(sharesOf({ pattern, width: 720, height: 720, params: { [param]: count } }), 300, 7200);
        assert.equal(edgesOf(ring), 2 * count);
        assert.closeTo(ring.reduce((sum, share) => sum + share, 0) / ring.length, 0.5, 0.01);
      }
    });

    it(`is symmetric: ${pattern}`, () => {
      const { width, height, at } = sharesOf({ pattern, params: { [param]: 24 } });
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          assert.closeTo(at(column, row), at(width - 1 - column, row), 0.03, `${column}, ${row}`);
          assert.closeTo(at(column, row), at(column, height - 1 - row), 0.03, `${column}, ${row}`);
        }
      }
    });

    it(`turns clockwise at the given speed at every frame rate: ${pattern}`, () => {
      const params = { [param]: 4, rotation: 0.25 };
      const turned = (n: number, fps: number) =>
        around(sharesOf({ pattern, params, frameRate: { numerator: fps, denominator: 1 } }, n), 60, 360);
      // A quarter of a second is 1/16 turn: a quarter of the distance of four blades, one of which is at 0.
      const [before, after] = [turned(0, 60), turned(15, 60)];
      assert.isAbove(before[0], 0.9);
      assert.isAbove(after[22], 0.9);
      assert.isBelow(after[340], 0.1);
      assert.deepEqual(turned(15, 60), turned(6, 24));
    });
  }

  it('are grey in the middle, where spokes are finer than pixels', () => {
    for (const pattern of ['pinwheel', 'spokes']) assert.closeTo(sharesOf({ pattern }).at(160, 90), 0.5, 0.01);
  });

  it('spokes fill a circle of 95 % of the height, round within half a pixel', () => {
    const { at } = sharesOf({ pattern: 'spokes', width: 800, height: 600, params: { spokes: 4 } });
    // A spoke lies along each axis: its lit part from a radius of 100 on.
    const reach = (share: (i: number) => number) =>
      Array.from({ length: 200 }, (_, i) => share(100 + i)).reduce((sum, lit) => sum + lit, 100);
    for (const share of [
      (i: number) => at(400 + i, 300),
      (i: number) => at(399 - i, 300),
      (i: number) => at(400, 300 + i),
      (i: number) => at(400, 299 - i),
    ]) {
      assert.closeTo(reach(share), 285, 0.5);
    }
  });
});

describe('multiburst', () => {
  const sizes = [
    [1920, 1080, 74.25, [5, 10, 15, 20, 25, 30]],
    [1280, 720, 74.25, [5, 10, 15, 20, 25, 30]],
    [720, 576, 13.5, [0.5, 1, 2, 4, 4.8, 5.8]],
    [720, 480, 13.5, [0.5, 1, 2, 3, 3.58, 4.2]],
  ] as const;
  for (const [width, height, sampling, frequencies] of sizes) {
    it(`has its frequencies within 0.1 %, with amplitudes from black to white, at ${width}x${height}`, () => {
      const line = rowOf(sharesOf({ pattern: 'multiburst', width, height }), 100);
      frequencies.forEach((frequency, i) => {
        const zone = width / 7;
        const burst = line.slice(Math.ceil((i + 1 + 1 / 12) * zone + 1), Math.floor((i + 2 - 1 / 12) * zone - 1));
        const cycles = frequency / sampling;
        // The frequency of a burst of few cycles cannot be measured well, so its sine is compared instead.
        if (cycles * burst.length > 8) assert.closeTo(peakNear(burst, cycles) / cycles, 1, 0.001, `${frequency} MHz`);
        assert.closeTo(strengthOf(burst, cycles), 0.5, 0.02, `${frequency} MHz`);
      });
    });
  }

  it('begins with white and black, and has grey between the bursts', () => {
    const line = rowOf(sharesOf({ pattern: 'multiburst', width: 1680, height: 720 }), 100);
    assert.deepEqual([line[0], line[119], line[120], line[239]], [1, 1, 0, 0]);
    for (const column of [240, 259, 460, 499, 1679]) assert.closeTo(line[column], 0.5, 0.003);
  });

  it('shows its frequencies in a grey stripe through the bursts', () => {
    const shares = sharesOf({ pattern: 'multiburst', width: 1680, height: 720 });
    // Two thirds down, each zone has text in its middle and no burst.
    const stripe = Array.from({ length: 60 }, (_, i) => rowOf(shares, 484 + i));
    for (let zone = 1; zone < 7; zone++) {
      const lumas = stripe.flatMap((line) => line.slice(zone * 240 + 1, (zone + 1) * 240 - 1));
      const light = lumas.filter((share) => share > 0.9).length / lumas.length;
      assert.isTrue(light > 0.01 && light < 0.1, `zone ${zone}: ${light}`);
      assert.closeTo(Math.min(...lumas), 0.5, 0.003);
    }
  });

  it('accepts any frequencies and amplitude; with the width as sampling rate, frequencies are cycles per width', () => {
    const params = { frequencies: [160, 200], sampling: 960, amplitude: 60 };
    const line = rowOf(sharesOf({ pattern: 'multiburst', width: 960, height: 100, params }), 50);
    const burst = line.slice(660, 940);
    assert.closeTo(peakNear(burst, 200 / 960) * 960, 200, 0.2);
    assert.closeTo(Math.max(...burst), 0.8, 0.01);
    assert.closeTo(Math.min(...burst), 0.2, 0.01);
  });

  it('rejects frequencies above half of its sampling rate', () => {
    const description = patternOf({ pattern: 'multiburst', params: { frequencies: [40] } });
    assert.throws(
      () => createPatternRenderer(description),
      RangeError,
      'params.frequencies[0] is 40; it must be a number of at most 37.125 MHz, half of params.sampling.',
    );
  });
});

describe('resolution-wedge', () => {
  it('has as many lines at each label as it says, horizontally and vertically', () => {
    const [width, height] = [1280, 720];
    const shares = sharesOf({ pattern: 'resolution-wedge', width, height });
    // The wedges go from a quarter of the height to all of it, over 42 % of the size.
    for (const number of [200, 240, 300, 360]) {
      const part = (number - 180) / 540;
      const row = Math.round(height * (0.03 + 0.42 * part));
      const across = rowOf(shares, row).slice(560, 720);
      const column = Math.round(width * 0.03 + part * (width * 0.47 - height / 5));
      const down = columnOf(shares, column).slice(270, 450);
      for (const line of [across, down]) {
        const runs = runsOf(line);
        const first = runs[0].middle;
        const last = runs[runs.length - 1].middle;
        const pitch = (last - first) / (runs.length - 1);
        assert.closeTo((2 * height) / pitch, number, number * 0.02, `${number}`);
      }
    }
  });

  it('rejects a fine end that is not finer', () => {
    const description = patternOf({ pattern: 'resolution-wedge', params: { from: 500, to: 400 } });
    assert.throws(
      () => createPatternRenderer(description),
      RangeError,
      'params.from is 500; it must be a number below params.to, 400.',
    );
  });
});

describe('moire', () => {
  it('is lit where the rings of exactly one centre are', () => {
    const { at } = sharesOf({ pattern: 'moire', width: 320, height: 180, params: { pitch: 20, distance: 60 } });
    const lit = (column: number, row: number, x: number) => {
      const r = Math.hypot(column + 0.5 - x, row + 0.5 - 90) / 20;
      return { light: Math.abs(r - Math.round(r)) > 0.25, edge: Math.abs(Math.abs(r - Math.round(r)) - 0.25) < 0.05 };
    };
    for (let row = 0; row < 180; row += 3) {
      for (let column = 0; column < 320; column++) {
        const [one, other] = [lit(column, row, 130), lit(column, row, 190)];
        if (!one.edge && !other.edge)
          assert.equal(at(column, row), one.light === other.light ? 0 : 1, `${column}, ${row}`);
      }
    }
  });
});
