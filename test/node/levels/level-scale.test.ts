/* The scales of the meter, its texts and words, and the movement of its bars. */
import { levelScales, levelText, levelWords } from '../../../dist/elements/level-scale.js';
import { PeakBallistics } from '../../../dist/measure/levels/ballistics.js';
import { assert, describe, it } from '../../support/suite.js';

describe('The scales of a level-meter', () => {
  for (const { unit, min, max, marks, placeOf } of Object.values(levelScales)) {
    it(`rise from 0 to 1, and stay there beyond their ends: ${unit}`, () => {
      assert.deepEqual(
        [Number.NEGATIVE_INFINITY, min - 10, min, max, max + 10, Number.NaN].map(placeOf),
        [0, 0, 0, 1, 1, 0],
      );
      for (let level = min; level < max; level++) assert.isBelow(placeOf(level), placeOf(level + 1));
      for (const { value } of marks) assert.isTrue(value >= min && value <= max);
    });
  }

  it('mark −18 dBFS and −23 LUFS', () => {
    const references = Object.values(levelScales).map(
      ({ marks }) => marks.find(({ isReference }) => isReference)?.value,
    );
    assert.deepEqual(references, [-18, -23]);
  });
});

describe('The texts of levels', () => {
  it('have one decimal place and a real minus', () => {
    assert.deepEqual(
      [-23.04, 0, -0.04, 1.25, Number.NEGATIVE_INFINITY, null].map((level) => levelText(level)),
      ['−23.0', '0.0', '0.0', '1.3', '−∞', '–'],
    );
  });

  it('are words for screen readers', () => {
    assert.deepEqual(
      [-23.04, 3, Number.NEGATIVE_INFINITY, null].map((level) => levelWords(level, 'LUFS')),
      ['minus 23.0 LUFS', '3.0 LUFS', 'silence', 'not known yet'],
    );
  });
});

describe('The bar of a peak', () => {
  it('rises at once, and falls by 20 dB in 1.7 s', () => {
    const peak = new PeakBallistics();
    peak.advance(-10, 0.05, 0);
    assert.equal(peak.shown, -10);
    for (let step = 0; step < 34; step++) peak.advance(Number.NEGATIVE_INFINITY, 0.05, 0);
    assert.closeTo(peak.shown, -30, 1e-6);
    peak.advance(-20, 0.05, 0);
    assert.equal(peak.shown, -20);
  });

  it('keeps its highest level marked for the time that is set, then lets the mark fall', () => {
    const peak = new PeakBallistics();
    peak.advance(-6, 0.05, 1);
    for (let step = 0; step < 19; step++) peak.advance(-40, 0.05, 1);
    assert.equal(peak.held, -6);
    peak.advance(-40, 0.05, 1);
    assert.equal(peak.held, peak.shown);
    assert.isBelow(peak.held, -6);
    peak.advance(-3, 0.05, 1);
    assert.equal(peak.held, -3);
  });

  it('holds nothing with a time of 0', () => {
    const peak = new PeakBallistics();
    peak.advance(-6, 0.05, 0);
    peak.advance(-40, 0.05, 0);
    assert.equal(peak.held, peak.shown);
  });
});
