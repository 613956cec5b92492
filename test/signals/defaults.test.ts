import {
  completePattern,
  completeTone,
  createPatternRenderer,
  createToneRenderer,
  patternDefaults,
  toneDefaults,
} from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture } from './descriptions.js';

describe('The defaults of a pattern', () => {
  const size = { width: 320, height: 180 };

  it('draw a description of a name and a size as one with every field', () => {
    const [short, full] = [
      { pattern: 'card', ...size },
      { ...patternDefaults, pattern: 'card', ...size },
    ].map((description) => {
      const renderer = createPatternRenderer(description);
      renderer.render(7);
      return hashOfPicture(renderer.picture);
    });
    assert.equal(short, full);
  });

  it('replace fields that are undefined, and no others', () => {
    const description = { pattern: 'ball', ...size, speed: 0, label: undefined, seed: undefined };
    assert.deepEqual(completePattern(description), { ...patternDefaults, pattern: 'ball', ...size, speed: 0 });
  });

  it('replace parameters that are undefined or null, as frameworks and JSON have them', () => {
    const hashes = [{}, { size: null }, { size: undefined }].map((params) => {
      const renderer = createPatternRenderer({ pattern: 'checkers', ...size, params });
      renderer.render(0);
      return hashOfPicture(renderer.picture);
    });
    assert.lengthOf(new Set(hashes), 1);
  });

  it('are 30 frames per second at normal speed, without decorations', () => {
    assert.deepEqual(patternDefaults, {
      kind: 'video',
      frameRate: { numerator: 30, denominator: 1 },
      speed: 1,
      label: '',
      timecode: false,
      timeZone: 'UTC',
      dropFrame: false,
      frameCounter: false,
      flip: 'none',
      scrollX: 0,
      scrollY: 0,
      animation: 'timeline',
      mark: false,
      markPlace: 'top-left',
      markSize: 7.9,
      markSource: 0,
      seed: 0,
      params: {},
    });
  });
});

describe('The defaults of a tone', () => {
  it('are 1 kHz at −18 dBFS', () => {
    const samples = new Float32Array(48);
    createToneRenderer({ waveform: 'sine' }).render([samples], 0);
    const amplitude = 10 ** (-18 / 20);
    samples.forEach((sample, i) => {
      assert.closeTo(sample, amplitude * Math.sin((2 * Math.PI * i) / 48), 1e-7);
    });
  });

  it('replace fields that are undefined, and no others', () => {
    const description = { waveform: 'pulse', level: -6, frequency: undefined, invert: [1] };
    assert.deepEqual(completeTone(description), { ...toneDefaults, waveform: 'pulse', level: -6, invert: [1] });
  });
});
