import {
  createPatternRenderer,
  createToneRenderer,
  type PatternDescription,
  patterns,
  type ToneDescription,
  waveforms,
} from 'track-elements/signals';
import { nearestName } from '../../dist/signals/nearest-name.js';
import { assert, describe, it } from '../support/suite.js';
import { patternOf, samplesOf, toneOf } from './descriptions.js';

const names = patterns.map(({ name }) => name).join(', ');
const waves = waveforms.map(({ name }) => name).join(', ');
const even = 'it must be an even whole number from 2 to 16384';
const nan = Number.NaN;

describe('A pattern that cannot be drawn', () => {
  const refused: [Partial<Record<keyof PatternDescription, unknown>>, typeof RangeError | typeof TypeError, string][] =
    [
      [{ pattern: 'smtpe' }, TypeError, `pattern is "smtpe"; it must be one of ${names}. Did you mean "smpte"?`],
      [{ pattern: 'Snow' }, TypeError, `pattern is "Snow"; it must be one of ${names}. Did you mean "snow"?`],
      [{ pattern: 'rhododendron' }, TypeError, `pattern is "rhododendron"; it must be one of ${names}.`],
      [{ pattern: undefined }, TypeError, `pattern is undefined; it must be one of ${names}.`],
      [{ pattern: 'solid', params: { ycbcr: [1] } }, RangeError, 'params.ycbcr.length is 1; it must be 3.'],
      [{ width: 1281 }, RangeError, `width is 1281; ${even}.`],
      [{ width: 0 }, RangeError, `width is 0; ${even}.`],
      [{ width: nan }, RangeError, `width is NaN; ${even}.`],
      [{ height: -720 }, RangeError, `height is -720; ${even}.`],
      [{ height: 720.5 }, RangeError, `height is 720.5; ${even}.`],
      [{ height: 16386 }, RangeError, `height is 16386; ${even}.`],
      [
        { frameRate: { numerator: nan, denominator: 1 } },
        RangeError,
        'frameRate is NaN; it must be a number above 0 and at most 1000.',
      ],
      [
        { frameRate: { numerator: 0, denominator: 1 } },
        RangeError,
        'frameRate is 0; it must be a number above 0 and at most 1000.',
      ],
      [{ speed: nan }, RangeError, 'speed is NaN; it must be a number.'],
      [{ seed: Number.POSITIVE_INFINITY }, RangeError, 'seed is Infinity; it must be a number.'],
      [{ scrollX: nan }, RangeError, 'scrollX is NaN; it must be a number.'],
      [{ scrollY: Number.NEGATIVE_INFINITY }, RangeError, 'scrollY is -Infinity; it must be a number.'],
      [
        { flip: 'vertically' },
        TypeError,
        'flip is "vertically"; it must be one of none, horizontal, vertical, both. Did you mean "vertical"?',
      ],
      [
        { timecode: true, dropFrame: true },
        RangeError,
        'frameRate is 30; it must be 30000/1001, 60000/1001 or 120000/1001 for drop-frame time code.',
      ],
      [
        { pattern: 'life', params: { rule: 'S23/B3' } },
        RangeError,
        'params.rule is "S23/B3"; it must be a rule such as "B3/S23": a cell is born with 3 neighbours and survives with 2 or 3.',
      ],
      [
        { pattern: 'ball', params: { motion: 'wave' } },
        TypeError,
        'params.motion is "wave"; it must be one of bounce, wavy, sweep, hsweep. Did you mean "wavy"?',
      ],
      [{ color: { r: 256, g: 0, b: 0 } }, RangeError, 'color.r is 256; it must be a number from 0 to 255.'],
      [{ background: { r: 0, g: nan, b: 0 } }, RangeError, 'background.g is NaN; it must be a number from 0 to 255.'],
      [
        { colorSpace: 'bt705' },
        TypeError,
        'colorSpace is "bt705"; it must be one of bt601, bt709. Did you mean "bt709"?',
      ],
      [
        { pattern: 'checkers', params: { size: 0 } },
        RangeError,
        'params.size is 0; it must be a whole number from 1 to 16384 px.',
      ],
      [
        { pattern: 'checkers', params: { size: 'big' } },
        RangeError,
        'params.size is "big"; it must be a whole number from 1 to 16384 px.',
      ],
      [
        { pattern: 'ebu-75', params: { size: 8 } },
        TypeError,
        'params.size is 8; it must be left out, since this signal has no parameters.',
      ],
      [
        { pattern: 'checkers', params: { sise: 8 } },
        TypeError,
        'a name in params is "sise"; it must be one of size. Did you mean "size"?',
      ],
    ];
  for (const [changes, type, message] of refused) {
    it(message, () =>
      assert.throws(() => createPatternRenderer({ ...patternOf(), ...changes } as PatternDescription), type, message),
    );
  }
});

describe('A tone that cannot be played', () => {
  const accepted = 'it must be a number above 0 and below 24000 Hz, half the sample rate';
  const refused: [Partial<Record<keyof ToneDescription, unknown>>, typeof RangeError | typeof TypeError, string][] = [
    [{ waveform: 'sinus' }, TypeError, `waveform is "sinus"; it must be one of ${waves}. Did you mean "sine"?`],
    [
      { waveform: 'pinknoise' },
      TypeError,
      `waveform is "pinknoise"; it must be one of ${waves}. Did you mean "pink-noise"?`,
    ],
    [
      { waveform: 'red-nose' },
      TypeError,
      `waveform is "red-nose"; it must be one of ${waves}. Did you mean "red-noise"?`,
    ],
    [{ waveform: 'constructor' }, TypeError, `waveform is "constructor"; it must be one of ${waves}.`],
    [
      { waveform: 'sweep', params: { to: 24000 } },
      RangeError,
      'params.to is 24000; it must be a number above 0 and below 24000 Hz, half the sample rate.',
    ],
    [
      { waveform: 'multitone', params: { tones: [{ frequency: 1000 }, { frequency: 30000 }] } },
      RangeError,
      'params.tones[1].frequency is 30000; it must be a number above 0 and below 24000 Hz, half the sample rate.',
    ],
    [{ frequency: nan }, RangeError, `frequency is NaN; ${accepted}.`],
    [{ frequency: -1000 }, RangeError, `frequency is -1000; ${accepted}.`],
    [{ frequency: 0 }, RangeError, `frequency is 0; ${accepted}.`],
    [{ frequency: 24000, waveform: 'square' }, RangeError, `frequency is 24000; ${accepted}.`],
    [{ level: 0.1 }, RangeError, 'level is 0.1; it must be a number of at most 0 dBFS.'],
    [{ level: nan }, RangeError, 'level is NaN; it must be a number of at most 0 dBFS.'],
    [{ channels: 0 }, RangeError, 'channels is 0; it must be a whole number from 1 to 8.'],
    [{ channels: 9 }, RangeError, 'channels is 9; it must be a whole number from 1 to 8.'],
    [{ channels: 1.5 }, RangeError, 'channels is 1.5; it must be a whole number from 1 to 8.'],
    [{ sampleRate: 2999 }, RangeError, 'sampleRate is 2999; it must be a number from 3000 to 384000 Hz.'],
    [{ sampleRate: nan }, RangeError, 'sampleRate is NaN; it must be a number from 3000 to 384000 Hz.'],
    [{ animation: 'wall' as never }, TypeError, 'animation is "wall"; it must be one of timeline, wall-clock.'],
    [{ invert: [2] }, RangeError, 'invert[0] is 2; it must be 1, the only channel.'],
    [
      { waveform: 'ticks', params: { markerFrequency: 0 } },
      RangeError,
      'params.markerFrequency is 0; it must be a number from 0.01 to 384000 Hz.',
    ],
    [
      { waveform: 'am', params: { modulator: 4e5 } },
      RangeError,
      'params.modulator is 400000; it must be a number from 0.001 to 384000 Hz.',
    ],
    [{ seed: nan }, RangeError, 'seed is NaN; it must be a number.'],
    [{ seed: [1, '7'] as never }, RangeError, 'seed is "7"; it must be a number.'],
    [{ seed: [] }, RangeError, 'seed.length is 0; it must be a whole number from 1 to 8, one value per channel.'],
    [{ phase: nan }, RangeError, 'phase is NaN; it must be a number in turns.'],
    [
      { ramp: { from: null, start: 0, length: 0 } },
      RangeError,
      'ramp.length is 0; it must be a number above 0 samples.',
    ],
  ];
  for (const [changes, type, message] of refused) {
    it(message, () =>
      assert.throws(() => createToneRenderer({ ...toneOf(), ...changes } as ToneDescription), type, message),
    );
  }
});

describe('The names of GStreamer and FFmpeg', () => {
  for (const [alias, name] of [
    ['saw', 'sawtooth'],
    ['sine-table', 'sine'],
    ['red-noise', 'brown-noise'],
    ['violet', 'violet-noise'],
  ]) {
    it(`are accepted: ${alias} is ${name}`, () =>
      assert.deepEqual(samplesOf({ waveform: alias }, 480), samplesOf({ waveform: name }, 480)));
  }
});

describe('The nearest name', () => {
  it('is the one with the fewest changed letters, or none if all are far', () => {
    const all = ['sine', 'square', 'sawtooth', 'silence'];
    assert.deepEqual(
      ['sin', 'SQUARE', 'saw-tooth', 'silent', '', 'xyzzy'].map((name) => nearestName(name, all)),
      ['sine', 'square', 'sawtooth', 'silence', undefined, undefined],
    );
  });
});
