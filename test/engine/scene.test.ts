/* Composition: layers on a background, in I420. */
import { Scene } from '../../dist/engine/scene.js';
import type { PatternDescription } from '../../dist/signals/index.js';
import { colorAt, patternOf, pictureOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const frameRate = { numerator: 30, denominator: 1 };

function layer(changes: Partial<PatternDescription>, x = 0, y = 0, opacity = 1) {
  return { signal: patternOf({ pattern: 'solid', ...changes }), x, y, opacity };
}

const white = { r: 255, g: 255, b: 255 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

describe('a scene', () => {
  it('of one layer that fills it is that pattern, byte for byte', () => {
    const scene = new Scene({
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
    const still = new Scene({ width: 64, height: 64, frameRate, layers: [layer({ width: 64, height: 64 })] });
    assert.isTrue(still.render(0));
    assert.isFalse(still.render(1));
    const moving = new Scene({
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
    const scene = new Scene({
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
      const scene = new Scene({
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
      const scene = new Scene({
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
    const scene = new Scene({
      width: 1280,
      height: 720,
      frameRate,
      layers: [layer({ width: 64, height: 64, color: red })],
    });
    scene.render(0);
    assert.equal(scene.picture.colorSpace, 'bt709');
    assert.deepEqual(colorAt(scene.picture, 4, 4), [63, 102, 240]);
  });

  it('throws for a layer that cannot be drawn', () => {
    assert.throws(
      () => new Scene({ width: 64, height: 64, frameRate, layers: [layer({ pattern: 'nonsense' })] }),
      TypeError,
      'nonsense',
    );
    assert.throws(() => new Scene({ width: 63, height: 64, frameRate, layers: [] }), RangeError);
  });
});
