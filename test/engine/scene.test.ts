/* Composition: layers on a background, in I420. */

import { createPicture, type Pattern, type PatternDescription, patterns, readMark } from 'track-elements/signals';
import type { VideoComposition } from '../../dist/engine/composition.js';
import { Scene, type SceneContext } from '../../dist/engine/worker/scene.js';
import { decorate } from '../../dist/signals/video/decorations.js';
import { finish } from '../../dist/signals/video/slices.js';
import { colorAt, patternOf, pictureOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const frameRate = { numerator: 30, denominator: 1 };

function layer(changes: Partial<PatternDescription>, x = 0, y = 0, opacity = 1, id = 1) {
  return { id, signal: patternOf({ pattern: 'solid', ...changes }), x, y, opacity };
}

const sceneOf = (
  composition: VideoComposition,
  { table = patterns, ...context }: Partial<SceneContext> & { table?: readonly Pattern[] } = {},
) => finish(Scene.preparing(composition, { resources: { table, decorate }, ...context }));

const white = { r: 255, g: 255, b: 255 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

describe('a scene', () => {
  it('of one layer that covers it is that pattern, byte for byte', () => {
    const scene = sceneOf({
      width: 320,
      height: 240,
      frameRate,
      layers: [layer({ pattern: 'ball', width: 320, height: 240 })],
    });
    for (const n of [0, 7, 3]) {
      scene.render(n);
      assert.deepEqual(scene.picture, pictureOf({ pattern: 'ball', width: 320, height: 240 }, n));
    }
  });

  it('tells whether the picture has changed', () => {
    const still = sceneOf({ width: 64, height: 64, frameRate, layers: [layer({ width: 64, height: 64 })] });
    assert.isTrue(still.render(0));
    assert.isFalse(still.render(1));
    const moving = sceneOf({
      width: 64,
      height: 64,
      frameRate,
      layers: [layer({ width: 64, height: 64 }), layer({ pattern: 'snow', width: 16, height: 16 })],
    });
    assert.isTrue(moving.render(0));
    assert.isTrue(moving.render(1));
    assert.isFalse(moving.render(1));
  });

  describe('with a mark', () => {
    const size = { width: 320, height: 180 };
    const mark = { ...size, mark: true, markSource: 9 };
    const timeOf = (n: number) => 1_795_991_104_000 + n * 40;
    const markOf = (scene: Scene) => {
      const found = readMark(scene.picture.y, scene.picture.width, scene.picture.width, scene.picture.height);
      return found && [found.frame, found.time, found.source];
    };

    it('has a new picture for each frame, also of a still pattern', () => {
      const scene = sceneOf({ ...size, frameRate, layers: [layer(mark)] });
      for (const n of [0, 1, 5]) {
        assert.isTrue(scene.render(n, timeOf));
        assert.deepEqual(markOf(scene), [n, timeOf(n), 9]);
      }
      assert.isFalse(scene.render(5, timeOf));
    });

    it('shows the input of a paused layer without a change', () => {
      const held = { ...layer(mark), heldAt: 3 };
      const scene = sceneOf({ ...size, frameRate, layers: [held] });
      for (const n of [8, 9]) {
        scene.render(n, timeOf);
        assert.deepEqual(markOf(scene), [3, timeOf(3), 9]);
      }
    });

    it('shows that of a layer which is smaller than the picture', () => {
      const scene = sceneOf({ width: 640, height: 480, frameRate, layers: [layer(mark, 100, 200)] });
      scene.render(4, timeOf);
      assert.deepEqual(markOf(scene), [4, timeOf(4), 9]);
    });

    it('numbers the frames of a layer from the start of the page, beside one that follows the wall clock', () => {
      const clock = layer({ width: 16, height: 16, animation: 'wall-clock' }, 0, 0, 1, 2);
      const scene = sceneOf({ ...size, frameRate, layers: [clock, layer(mark)] }, { pageStart: 1000 });
      scene.render(1004, timeOf);
      assert.deepEqual(markOf(scene), [4, timeOf(1004), 9]);
    });

    it('has none in a layer that is muted', () => {
      const scene = sceneOf({ ...size, frameRate, layers: [{ ...layer(mark), muted: true }] });
      scene.render(1, timeOf);
      assert.isNull(markOf(scene));
    });

    it('rejects a layer that is too small for it', () => {
      const scene = sceneOf({ ...size, frameRate, layers: [layer({ ...mark, width: 20 })] });
      assert.match(scene.rejected[0]?.error.message ?? '', /20x180.* at least 40x32/);
    });
  });

  it('paints layers in order, each at its position, on the background', () => {
    const scene = sceneOf({
      width: 64,
      height: 48,
      frameRate,
      background: white,
      layers: [
        layer({ width: 32, height: 24, color: red }, 8, 8),
        layer({ width: 32, height: 24, color: blue }, 24, 16),
      ],
    });
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 2, 2), [235, 128, 128]);
    assert.deepEqual(colorAt(scene.picture, 10, 10), [81, 90, 240]);
    assert.deepEqual(colorAt(scene.picture, 30, 20), [41, 240, 110]);
    // The last pixel of each, and the first beyond.
    assert.deepEqual(colorAt(scene.picture, 55, 39), [41, 240, 110]);
    assert.deepEqual(colorAt(scene.picture, 56, 39), [235, 128, 128]);
    assert.deepEqual(colorAt(scene.picture, 55, 40), [235, 128, 128]);
  });

  it('mixes by opacity, to the nearest level', () => {
    for (const opacity of [0, 0.25, 0.5, 0.75, 1]) {
      const scene = sceneOf({
        width: 16,
        height: 16,
        frameRate,
        layers: [layer({ width: 16, height: 16, color: white }, 0, 0, opacity)],
      });
      scene.render(0);
      assert.deepEqual(colorAt(scene.picture, 8, 8), [Math.round(16 + 219 * opacity), 128, 128], `opacity ${opacity}`);
    }
  });

  it('shows black of the same place in place of a muted layer, and the layer again afterwards', () => {
    const back = layer({ color: white, width: 64, height: 64 });
    const front = layer({ color: red, width: 32, height: 32 }, 16, 16, 1, 2);
    const compose = (muted: boolean, before?: Scene) =>
      sceneOf({ width: 64, height: 64, frameRate, layers: [back, { ...front, muted }] }, { before });
    const shown = compose(false);
    shown.render(0);
    const color = colorAt(shown.picture, 20, 20);
    const muted = compose(true, shown);
    assert.isTrue(muted.render(1));
    assert.deepEqual(colorAt(muted.picture, 20, 20), [16, 128, 128]);
    assert.deepEqual(colorAt(muted.picture, 2, 2), colorAt(shown.picture, 2, 2));
    const again = compose(false, muted);
    assert.isTrue(again.render(2));
    assert.deepEqual(colorAt(again.picture, 20, 20), color);
  });

  it('clips layers at its edges', () => {
    for (const [x, y] of [
      [-8, -8],
      [24, 24],
      [-100, 0],
      [0, 100],
    ]) {
      const scene = sceneOf({
        width: 32,
        height: 32,
        frameRate,
        layers: [layer({ width: 16, height: 16, color: white }, x, y)],
      });
      scene.render(0);
      let inside = 0;
      for (const luma of scene.picture.y) inside += luma === 235 ? 1 : 0;
      assert.equal(
        inside,
        Math.max(0, Math.min(32, x + 16) - Math.max(0, x)) * Math.max(0, Math.min(32, y + 16) - Math.max(0, y)),
      );
    }
  });

  it('has one colour space for layers of all sizes', () => {
    const scene = sceneOf({
      width: 1280,
      height: 720,
      frameRate,
      layers: [layer({ width: 64, height: 64, color: red })],
    });
    scene.render(0);
    assert.equal(scene.picture.colorSpace, 'bt709');
    assert.deepEqual(colorAt(scene.picture, 4, 4), [63, 102, 240]);
  });

  it('omits a layer that cannot be drawn, reports its error, and draws the others', () => {
    const layers = [layer({ color: red, width: 64, height: 64 }), layer({ pattern: 'nonsense' }, 0, 0, 1, 2)];
    const scene = sceneOf({ width: 64, height: 64, frameRate, layers });
    assert.deepEqual(
      scene.rejected.map(({ id, error }) => [id, error.name]),
      [[2, 'TypeError']],
    );
    assert.include(scene.rejected[0]?.error.message, 'nonsense');
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('keeps the layer of before if the new one cannot be drawn', () => {
    const size = { width: 64, height: 64 };
    const before = sceneOf({ ...size, frameRate, layers: [layer({ ...size, color: red })] });
    const scene = sceneOf({ ...size, frameRate, layers: [layer({ ...size, pattern: 'nonsense' })] }, { before });
    assert.lengthOf(scene.rejected, 1);
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('drops a layer that breaks, reports it once, and draws the others', () => {
    const breaking: Pattern = {
      name: 'breaking',
      prepare: ({ width, height }) => {
        const picture = createPicture(width, height, 'bt601');
        picture.y.fill(235);
        return {
          picture,
          key: (n) => n,
          render(n) {
            if (n === 2) throw new RangeError('no second frame');
          },
        };
      },
    };
    const size = { width: 64, height: 64 };
    const layers = [
      layer({ ...size, color: red }),
      layer({ width: 32, height: 32, pattern: 'breaking', color: white }, 0, 0, 1, 7),
    ];
    const scene = sceneOf({ ...size, frameRate, layers }, { table: [...patterns, breaking] });
    scene.render(1);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [235, 128, 128]);
    scene.render(2);
    scene.render(3);
    assert.deepEqual(scene.rejected, [{ id: 7, error: { name: 'RangeError', message: 'no second frame' } }]);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('keeps the renderers of layers that only move, and of layers beside a changed one', () => {
    let made = 0;
    const counting: Pattern = {
      name: 'counting',
      prepare: ({ width, height, colorSpace }) => {
        made++;
        return { picture: createPicture(width, height, colorSpace), key: () => 0, render() {} };
      },
    };
    const size = { width: 64, height: 64 };
    const table = [...patterns, counting];
    const of = (x: number, label: string) => ({
      ...size,
      frameRate,
      layers: [layer({ ...size, pattern: 'counting' }, x), layer({ ...size, label }, 0, 0, 0.5, 2)],
    });
    let before = sceneOf(of(0, 'a'), { table });
    for (const [x, label] of [
      [2, 'a'],
      [2, 'b'],
      [4, 'c'],
    ] as const)
      before = sceneOf(of(x, label), { table, before });
    assert.equal(made, 1);
    sceneOf({ ...size, frameRate, layers: [layer({ ...size, pattern: 'counting', seed: 1 })] }, { table, before });
    assert.equal(made, 2);
  });

  it('numbers the frames of a layer from the frame at which its pattern began', () => {
    const seen: (number | undefined)[] = [];
    const since: Pattern = {
      name: 'since',
      prepare: (description) => {
        seen.push(description.since);
        return {
          picture: createPicture(description.width, description.height, description.colorSpace),
          key: () => 0,
          render() {},
        };
      },
    };
    const size = { width: 64, height: 64 };
    const table = [...patterns, since];
    const of = (label: string) => ({ ...size, frameRate, layers: [layer({ ...size, pattern: 'since', label })] });
    const before = sceneOf(of('a'), { table, number: 40 });
    sceneOf(of('b'), { table, number: 90, before });
    sceneOf(of('b'), { table, number: 90 });
    assert.deepEqual(seen, [40, 40, 90]);
  });

  const wrong: Record<string, (width: number, height: number) => unknown> = {
    'nothing at all': () => undefined,
    'a promise': async () => {},
    'no key': (width, height) => ({ picture: createPicture(width, height), render() {} }),
    'another size': () => ({ picture: createPicture(8, 8), key: () => 0, render() {} }),
    'another colour space': (width, height) => ({
      picture: createPicture(width, height, 'bt709'),
      key: () => 0,
      render() {},
    }),
    'planes that are too short': (width, height) => ({
      picture: { ...createPicture(width, height), u: new Uint8Array(3) },
      key: () => 0,
      render() {},
    }),
    'plain lists': (width, height) => ({
      picture: { ...createPicture(width, height), y: Array.from({ length: width * height }, () => 16) },
      key: () => 0,
      render() {},
    }),
  };
  for (const [what, prepare] of Object.entries(wrong)) {
    it(`rejects a pattern whose prepare() returns ${what}, with one form of error`, () => {
      const bad = {
        name: 'bad',
        prepare: ({ width, height }: PatternDescription) => prepare(width, height),
      } as Pattern;
      const size = { width: 64, height: 64 };
      const layers = [layer({ ...size, color: red }), layer({ ...size, pattern: 'bad' }, 0, 0, 1, 2)];
      const scene = sceneOf({ ...size, frameRate, layers }, { table: [...patterns, bad] });
      assert.lengthOf(scene.rejected, 1);
      assert.match(
        scene.rejected[0]?.error.message ?? '',
        /^(the result of prepare\(\)|picture|picture\.\w) is .+; it must be .+\.$/s,
      );
      scene.render(0);
      assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
    });
  }

  it('drops a layer whose render() returns a promise', () => {
    const late: Pattern = {
      name: 'late',
      prepare: ({ width, height, colorSpace }) => ({
        picture: createPicture(width, height, colorSpace),
        key: (n) => n,
        async render() {},
      }),
    };
    const size = { width: 64, height: 64 };
    const scene = sceneOf({ ...size, frameRate, layers: [layer({ ...size, pattern: 'late' })] }, { table: [late] });
    scene.render(0);
    assert.match(scene.rejected[0]?.error.message ?? '', /the result of render\(\) is Promise; it must be undefined/);
  });

  it('has the colour space of its composition, not of its layers, and rejects an unknown one', () => {
    const size = { width: 64, height: 64 };
    const layers = [layer({ ...size, color: red }), layer({ ...size, colorSpace: 'bt2020' as 'bt709' }, 0, 0, 1, 2)];
    const scene = sceneOf({ ...size, frameRate, colorSpace: 'bt709', layers });
    assert.deepEqual(
      scene.rejected.map(({ id }) => id),
      [2],
    );
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [63, 102, 240]);
    assert.throws(() => sceneOf({ ...size, frameRate, colorSpace: 'bt2020' as 'bt709', layers: [] }), TypeError);
  });

  it('rejects an opacity out of range', () => {
    for (const opacity of [-0.1, 1.1, Number.NaN]) {
      const scene = sceneOf({ width: 64, height: 64, frameRate, layers: [layer({}, 0, 0, opacity)] });
      assert.include(scene.rejected[0]?.error.message, 'it must be a number from 0 to 1');
    }
  });

  it('numbers the frames of each layer by the machine’s clock or by the page', () => {
    const size = { width: 320, height: 180 };
    const snow = (animation: 'timeline' | 'wall-clock', id: number) =>
      layer({ ...size, pattern: 'snow', animation }, 0, 0, 1, id);
    for (const [animation, number] of [
      ['wall-clock', 53_000_000_005],
      ['timeline', 5],
    ] as const) {
      const scene = sceneOf({ ...size, frameRate, layers: [snow(animation, 1)] }, { pageStart: 53_000_000_000 });
      scene.render(53_000_000_005);
      assert.deepEqual(scene.picture, pictureOf({ ...size, pattern: 'snow' }, number));
    }
  });

  it('throws for an invalid size', () => {
    assert.throws(() => sceneOf({ width: 63, height: 64, frameRate, layers: [] }), RangeError);
  });
});
