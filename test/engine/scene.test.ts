/* Composition: layers on a background, in I420. */
import type { VideoComposition } from '../../dist/engine/composition.js';
import { Scene, type SceneContext } from '../../dist/engine/scene.js';
import { createPicture, type Pattern, type PatternDescription, patterns } from '../../dist/signals/index.js';
import { colorAt, patternOf, pictureOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const frameRate = { numerator: 30, denominator: 1 };

function layer(changes: Partial<PatternDescription>, x = 0, y = 0, opacity = 1, id = 1) {
  return { id, signal: patternOf({ pattern: 'solid', ...changes }), x, y, opacity };
}

const sceneOf = (composition: VideoComposition, context: Partial<SceneContext> = {}) =>
  new Scene(composition, { table: patterns, wallOrigin: 0, ...context });

const white = { r: 255, g: 255, b: 255 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

describe('a scene', () => {
  it('of one layer that fills it is that pattern, byte for byte', () => {
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

  it('says whether anything has changed', () => {
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

  it('paints layers in their order, each at its place, on the background', () => {
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

  it('cuts off what lies beyond its edges', () => {
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

  it('has one colour space for all its layers, whatever their sizes', () => {
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

  it('leaves out a layer that cannot be drawn, says why, and draws the others', () => {
    const layers = [layer({ color: red, width: 64, height: 64 }), layer({ pattern: 'nonsense' }, 0, 0, 1, 2)];
    const scene = sceneOf({ width: 64, height: 64, frameRate, layers });
    assert.deepEqual(
      scene.refused.map(({ id, error }) => [id, error.name]),
      [[2, 'TypeError']],
    );
    assert.include(scene.refused[0]?.error.message, 'nonsense');
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('goes on with what a layer was before, where it cannot be drawn any more', () => {
    const size = { width: 64, height: 64 };
    const before = sceneOf({ ...size, frameRate, layers: [layer({ ...size, color: red })] });
    const scene = sceneOf({ ...size, frameRate, layers: [layer({ ...size, pattern: 'nonsense' })] }, { before });
    assert.lengthOf(scene.refused, 1);
    scene.render(0);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('drops a layer that breaks while it is drawn, once, and goes on with the others', () => {
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
    const failures: unknown[] = [];
    scene.onfail = (failure) => failures.push(failure);
    scene.render(1);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [235, 128, 128]);
    scene.render(2);
    scene.render(3);
    assert.deepEqual(failures, [{ id: 7, error: { name: 'RangeError', message: 'no second frame' } }]);
    assert.deepEqual(colorAt(scene.picture, 4, 4), [81, 90, 240]);
  });

  it('numbers frames by the wall clock where a layer wants it', () => {
    const size = { width: 320, height: 180 };
    const wallOrigin = Date.UTC(2026, 10, 26, 12, 0, 0);
    const scene = sceneOf(
      { ...size, frameRate, layers: [layer({ ...size, pattern: 'snow', animation: 'wall-clock' })] },
      { wallOrigin },
    );
    scene.render(5);
    assert.deepEqual(scene.picture, pictureOf({ ...size, pattern: 'snow' }, (wallOrigin / 1000) * 30 + 5));
  });

  it('throws for a size that no picture has', () => {
    assert.throws(() => sceneOf({ width: 63, height: 64, frameRate, layers: [] }), RangeError);
  });
});
