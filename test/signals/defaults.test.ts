import {
  completePattern,
  completeTone,
  createPatternRenderer,
  createToneRenderer,
  type PatternDescription,
  patternDefaults,
  toneDefaults,
} from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture } from './descriptions.js';

const size = { width: 320, height: 180 };

/** The first picture of a pattern. */
function hashOf(description: Omit<PatternDescription, 'width' | 'height'>): string {
  const renderer = createPatternRenderer({ ...size, ...description });
  renderer.render(0);
  return hashOfPicture(renderer.picture);
}

describe('The defaults of a pattern', () => {
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

  it('replace parameters that are an empty text, unless the parameter is a text', () => {
    assert.equal(hashOf({ pattern: 'checkers', params: { size: '' } }), hashOf({ pattern: 'checkers' }));
    const titled = { pattern: 'philips-circle', params: { title: 'A' } };
    assert.equal(hashOf({ ...titled, params: { title: '' } }), hashOf({ pattern: 'philips-circle' }));
    assert.notEqual(hashOf(titled), hashOf({ pattern: 'philips-circle' }));
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

describe('Numbers as text', () => {
  for (const [name, asText, asNumbers] of [
    [
      'parameters of a pattern',
      { pattern: 'checkers', params: { size: '24' } },
      { pattern: 'checkers', params: { size: 24 } },
    ],
    [
      'parameters with fractions',
      { pattern: 'spokes', params: { spokes: '4', rotation: ' 0.25 ' } },
      { pattern: 'spokes', params: { spokes: 4, rotation: 0.25 } },
    ],
    [
      'entries of a list',
      { pattern: 'multiburst', params: { frequencies: ['1', '2.5'] } },
      { pattern: 'multiburst', params: { frequencies: [1, 2.5] } },
    ],
  ] as const) {
    it(`are the numbers: ${name}`, () => {
      // Loosely typed, as frameworks and data files have them.
      assert.equal(hashOf(asText as never), hashOf(asNumbers as never));
      assert.notEqual(hashOf(asText as never), hashOf({ pattern: asNumbers.pattern }));
    });
  }

  it('are the numbers in tones, also in a list of records', () => {
    const samplesOf = (tone: object) => {
      const samples = new Float32Array(4800);
      createToneRenderer({ waveform: 'sine', ...tone }).render([samples], 0);
      return [...samples];
    };
    const multitone = (frequency: unknown) => ({ waveform: 'multitone', params: { tones: [{ frequency }] } });
    assert.deepEqual(samplesOf(multitone('300')), samplesOf(multitone(300)));
    assert.notDeepEqual(samplesOf(multitone(300)), samplesOf(multitone(500)));
  });

  it('stay text where a text is meant', () => {
    const qr = (text: unknown) => hashOf({ pattern: 'qr', params: { text } } as never);
    assert.notEqual(qr('0123'), qr('123'));
    assert.equal(completePattern({ pattern: 'ball', ...size, label: '0123' }).label, '0123');
  });

  it('are checked as numbers are', () => {
    assert.throws(
      () => hashOf({ pattern: 'checkers', params: { size: '0' } }),
      RangeError,
      'params.size is 0; it must be a whole number from 1 to 16384 px.',
    );
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
