import { checkValue } from '../checks.js';
import { smoothstep } from '../maths.js';
import { checkFrequency } from './channels.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const params = {
  digits: { type: 'text', default: '1234567890*#ABCD' },
  length: { type: 'number', default: 0.1, min: 0.01, max: 60, unit: 's' },
  gap: { type: 'number', default: 0.1, min: 0, max: 60, unit: 's' },
  repeat: { type: 'boolean', default: true },
} as const;

const KEYS = '123A456B789C*0#D';
/** By rows of the keypad. */
const LOW_HZ = [697, 770, 852, 941];
/** By columns of the keypad. */
const HIGH_HZ = [1209, 1336, 1477, 1633];

/** The digits of a telephone, ITU-T Q.23: two sines each, at half the amplitude of the tone. */
export const dtmf: Waveform<typeof params> = {
  name: 'dtmf',
  params,
  prepare({ sampleRate, since = 0 }, { digits, length, gap, repeat }) {
    const keys = [...digits.toUpperCase()].map((digit) => KEYS.indexOf(digit));
    const areKnown = keys.length > 0 && keys.every((key) => key >= 0);
    checkValue(areKnown, 'params.digits', digits, 'a text of the digits 0 1 2 3 4 5 6 7 8 9 * # A B C D');
    for (const key of keys) checkFrequency(`the high tone of digit "${KEYS[key]}"`, HIGH_HZ[key & 3], sampleRate);
    const voices = Array.from(KEYS, (_, key) =>
      sumOfSines(
        [LOW_HZ[key >> 2], HIGH_HZ[key & 3]].map((frequency) => ({
          step: frequency / sampleRate,
          phase: 0,
          amplitude: 0.5,
        })),
      ),
    );
    const sounding = length * sampleRate;
    const period = (length + gap) * sampleRate;
    const fade = sampleRate * FADE_S;
    return {
      render(samples, n) {
        for (let i = 0; i < samples.length; ) {
          const m = repeat ? n + i : n + i - since;
          const number = Math.floor(m / period);
          const into = m - number * period;
          const over = !repeat && (number < 0 || number >= keys.length);
          const silent = into >= sounding || over;
          const count = Math.max(1, Math.ceil((silent ? period : sounding) - into));
          const part = samples.subarray(i, i + count);
          if (silent) part.fill(0);
          else {
            voices[keys[number % keys.length]](part, n + i);
            for (let j = 0; j < part.length; j++)
              part[j] *= smoothstep((into + j) / fade) * smoothstep((sounding - into - j) / fade);
          }
          i += count;
        }
      },
    };
  },
};

/** A digit fades in and out within its length. */
const FADE_S = 0.002;
