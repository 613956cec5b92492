import {
  createPatternRenderer,
  createToneRenderer,
  type PatternDescription,
  patterns,
  type ToneDescription,
  waveforms,
} from 'track-elements/signals';
import { nearest } from '../../dist/signals/nearest.js';
import { assert, describe, it } from '../support/suite.js';
import { patternOf, samplesOf, toneOf } from './descriptions.js';

const names = patterns.map(({ name }) => name).join(', ');
const waves = waveforms.map(({ name }) => name).join(', ');
const even = 'must be an even whole number from 2 to 16384';
const nan = Number.NaN;

describe('A pattern that cannot be drawn says why', () => {
  const refused: [Partial<Record<keyof PatternDescription, unknown>>, typeof RangeError | typeof TypeError, string][] =
    [
      [{ pattern: 'smtpe' }, TypeError, `There is no pattern "smtpe". Did you mean "smpte"? Known: ${names}.`],
      [{ pattern: 'Snow' }, TypeError, `There is no pattern "Snow". Did you mean "snow"? Known: ${names}.`],
      [{ pattern: 'rhododendron' }, TypeError, `There is no pattern "rhododendron". Known: ${names}.`],
      [{ pattern: undefined }, TypeError, `There is no pattern undefined. Known: ${names}.`],
      [{ pattern: 'solid', params: { ycbcr: [1] } }, RangeError, 'The length of params.ycbcr must be 3, not 1.'],
      [{ width: 1281 }, RangeError, `Width ${even}, not 1281.`],
      [{ width: 0 }, RangeError, `Width ${even}, not 0.`],
      [{ width: nan }, RangeError, `Width ${even}, not NaN.`],
      [{ height: -720 }, RangeError, `Height ${even}, not -720.`],
      [{ height: 720.5 }, RangeError, `Height ${even}, not 720.5.`],
      [{ height: 16386 }, RangeError, `Height ${even}, not 16386.`],
      [
        { frameRate: { numerator: nan, denominator: 1 } },
        RangeError,
        'Frame rate must be above 0 and at most 1000, not NaN.',
      ],
      [
        { frameRate: { numerator: 0, denominator: 1 } },
        RangeError,
        'Frame rate must be above 0 and at most 1000, not 0.',
      ],
      [{ speed: nan }, RangeError, 'Speed must be a number, not NaN.'],
      [{ seed: Number.POSITIVE_INFINITY }, RangeError, 'Seed must be a number, not Infinity.'],
      [{ scrollX: nan }, RangeError, 'scrollX must be a number, not NaN.'],
      [{ scrollY: Number.NEGATIVE_INFINITY }, RangeError, 'scrollY must be a number, not -Infinity.'],
      [
        { flip: 'vertically' },
        TypeError,
        'There is no flip "vertically". Did you mean "vertical"? Known: none, horizontal, vertical, both.',
      ],
      [
        { timecode: true, dropFrame: true },
        RangeError,
        'The rate of drop-frame time code must be 30000/1001, 60000/1001 or 120000/1001, not 30.',
      ],
      [
        { pattern: 'life', params: { rule: 'S23/B3' } },
        RangeError,
        'params.rule must be one such as "B3/S23": with how many neighbours a cell is born, and with how many it lives on, not "S23/B3".',
      ],
      [
        { pattern: 'ball', params: { motion: 'wave' } },
        TypeError,
        'There is no params.motion "wave". Did you mean "wavy"? Known: bounce, wavy, sweep, hsweep.',
      ],
      [{ color: { r: 256, g: 0, b: 0 } }, RangeError, 'A colour component must be from 0 to 255, not 256.'],
      [{ background: { r: 0, g: nan, b: 0 } }, RangeError, 'A colour component must be from 0 to 255, not NaN.'],
      [
        { colorSpace: 'bt705' },
        TypeError,
        'There is no colour space "bt705". Did you mean "bt709"? Known: bt601, bt709.',
      ],
      [
        { pattern: 'checkers', params: { size: 0 } },
        RangeError,
        'params.size must be a whole number of px from 1 to 16384, not 0.',
      ],
      [
        { pattern: 'checkers', params: { size: 'big' } },
        RangeError,
        'params.size must be a whole number of px from 1 to 16384, not "big".',
      ],
      [
        { pattern: 'ebu-75', params: { size: 8 } },
        TypeError,
        'params must be {}, since there is nothing that only this signal knows, not {"size":8}.',
      ],
      [
        { pattern: 'checkers', params: { sise: 8 } },
        TypeError,
        'There is no parameter of params "sise". Did you mean "size"? Known: size.',
      ],
    ];
  for (const [changes, type, message] of refused) {
    it(message, () =>
      assert.throws(() => createPatternRenderer({ ...patternOf(), ...changes } as PatternDescription), type, message),
    );
  }
});

describe('A tone that cannot be played says why', () => {
  const frequency = 'Frequency must be above 0 and below 24000 Hz, half the sample rate';
  const refused: [Partial<Record<keyof ToneDescription, unknown>>, typeof RangeError | typeof TypeError, string][] = [
    [{ waveform: 'sinus' }, TypeError, `There is no waveform "sinus". Did you mean "sine"? Known: ${waves}.`],
    [
      { waveform: 'pinknoise' },
      TypeError,
      `There is no waveform "pinknoise". Did you mean "pink-noise"? Known: ${waves}.`,
    ],
    [
      { waveform: 'red-nose' },
      TypeError,
      `There is no waveform "red-nose". Did you mean "red-noise"? Known: ${waves}.`,
    ],
    [{ waveform: 'constructor' }, TypeError, `There is no waveform "constructor". Known: ${waves}.`],
    [
      { waveform: 'sweep', params: { to: 24000 } },
      RangeError,
      'params.to must be above 0 and below 24000 Hz, half the sample rate, not 24000.',
    ],
    [
      { waveform: 'multitone', params: { tones: [{ frequency: 1000 }, { frequency: 30000 }] } },
      RangeError,
      'params.tones[1].frequency must be above 0 and below 24000 Hz, half the sample rate, not 30000.',
    ],
    [{ frequency: nan }, RangeError, `${frequency}, not NaN.`],
    [{ frequency: -1000 }, RangeError, `${frequency}, not -1000.`],
    [{ frequency: 0 }, RangeError, `${frequency}, not 0.`],
    [{ frequency: 24000, waveform: 'square' }, RangeError, `${frequency}, not 24000.`],
    [{ level: 0.1 }, RangeError, 'Level must be at most 0 dBFS, not 0.1.'],
    [{ level: nan }, RangeError, 'Level must be at most 0 dBFS, not NaN.'],
    [{ channels: 0 }, RangeError, 'Channels must be a whole number from 1 to 8, not 0.'],
    [{ channels: 9 }, RangeError, 'Channels must be a whole number from 1 to 8, not 9.'],
    [{ channels: 1.5 }, RangeError, 'Channels must be a whole number from 1 to 8, not 1.5.'],
    [{ sampleRate: 2999 }, RangeError, 'Sample rate must be from 3000 to 768000 Hz, not 2999.'],
    [{ sampleRate: nan }, RangeError, 'Sample rate must be from 3000 to 768000 Hz, not NaN.'],
    [{ animation: 'wall' as never }, TypeError, 'There is no animation "wall". Known: timeline, wall-clock.'],
    [{ invert: [2] }, RangeError, 'Invert must be channel 1, not 2.'],
    [
      { waveform: 'ticks', params: { markerFrequency: 0 } },
      RangeError,
      'params.markerFrequency must be a number of Hz from 0.01 to 384000, not 0.',
    ],
    [
      { waveform: 'am', params: { modulator: 4e5 } },
      RangeError,
      'params.modulator must be a number of Hz from 0.001 to 384000, not 400000.',
    ],
    [{ seed: nan }, RangeError, 'Seed must be a number, not NaN.'],
    [{ seed: [1, '7'] as never }, RangeError, 'Seed must be a number, not "7".'],
    [{ seed: [] }, RangeError, 'Seed, one a channel, must be a list of 1 to 8 numbers, not 0.'],
    [{ phase: nan }, RangeError, 'Phase must be a number of turns, not NaN.'],
    [{ ramp: { from: null, start: 0, length: 0 } }, RangeError, 'Ramp length must be above 0 samples, not 0.'],
  ];
  for (const [changes, type, message] of refused) {
    it(message, () =>
      assert.throws(() => createToneRenderer({ ...toneOf(), ...changes } as ToneDescription), type, message),
    );
  }
});

describe('The names of other programs', () => {
  for (const [alias, name] of [
    ['saw', 'sawtooth'],
    ['sine-table', 'sine'],
    ['red-noise', 'brown-noise'],
    ['violet', 'violet-noise'],
  ]) {
    it(`are understood: ${alias} is ${name}`, () =>
      assert.deepEqual(samplesOf({ waveform: alias }, 480), samplesOf({ waveform: name }, 480)));
  }
});

describe('The nearest name', () => {
  it('is the one with the fewest letters changed, and none where all are far', () => {
    const all = ['sine', 'square', 'sawtooth', 'silence'];
    assert.deepEqual(
      ['sin', 'SQUARE', 'saw-tooth', 'silent', '', 'xyzzy'].map((name) => nearest(name, all)),
      ['sine', 'square', 'sawtooth', 'silence', undefined, undefined],
    );
  });
});
