/*
 * SMPTE ST 12-1: drop-frame time code skips the numbers 0 and 1 (0 to 3 at 59.94) of every minute that is not a
 * multiple of ten. So ten minutes have 17982 frames, and a day has 2589408.
 */
import { type Rate, timecodeAt } from 'track-elements/signals';
import { zoneOffset } from '../../dist/signals/video/time-zone.js';
import { frameOfDay } from '../../dist/signals/video/timecode.js';
import { assert, describe, it } from '../support/suite.js';

const ntsc = (whole: number): Rate => ({ numerator: whole * 1000, denominator: 1001 });

/** The number of the frame that has a drop-frame time code: the inverse function. */
function frameOf(text: string, perSecond: number): number {
  const [hours, minutes, seconds, frames] = text.split(/[:;]/).map(Number);
  const all = hours * 60 + minutes;
  const count = (all * 60 + seconds) * perSecond + frames;
  return count - (perSecond / 15) * (all - Math.floor(all / 10));
}

describe('Drop-frame time code', () => {
  for (const [n, text] of [
    [0, '00:00:00;00'],
    [1799, '00:00:59;29'],
    [1800, '00:01:00;02'],
    [3597, '00:01:59;29'],
    [3598, '00:02:00;02'],
    [17981, '00:09:59;29'],
    [17982, '00:10:00;00'],
    [19782, '00:11:00;02'],
    [107892, '01:00:00;00'],
    [2589407, '23:59:59;29'],
    [2589408, '00:00:00;00'],
    [-1, '23:59:59;29'],
  ] as const) {
    it(`of frame ${n} at 29.97 is ${text}`, () => assert.equal(timecodeAt(n, ntsc(30), true), text));
  }

  for (const [n, text] of [
    [3599, '00:00:59;59'],
    [3600, '00:01:00;04'],
    [35964, '00:10:00;00'],
    [215784, '01:00:00;00'],
    [5178816, '00:00:00;00'],
  ] as const) {
    it(`of frame ${n} at 59.94 is ${text}`, () => assert.equal(timecodeAt(n, ntsc(60), true), text));
  }

  it('skips eight numbers at 119.88, which have three digits', () => {
    assert.equal(timecodeAt(7199, ntsc(120), true), '00:00:59;119');
    assert.equal(timecodeAt(7200, ntsc(120), true), '00:01:00;008');
  });

  for (const perSecond of [30, 60]) {
    it(`rises with every frame of an hour at ${perSecond}/1.001, and is reversible`, () => {
      let last = '';
      for (let n = 0; n < (3600 * perSecond) / 1.001; n++) {
        const text = timecodeAt(n, ntsc(perSecond), true);
        if (text <= last || frameOf(text, perSecond) !== n) assert.fail(`${text} of frame ${n} after ${last}`);
        last = text;
      }
    });
  }

  it('differs from the clock by little more than two frames within a day', () => {
    for (let n = 0; n < 2589408; n += 997) {
      const [hours, minutes, seconds, frames] = timecodeAt(n, ntsc(30), true).split(/[:;]/).map(Number);
      const said = hours * 3600 + minutes * 60 + seconds + frames / 30;
      // The remaining error of drop-frame: 2.6 frames per day, and up to two within a minute.
      assert.closeTo(said, (n * 1001) / 30000, 0.16);
    }
  });

  for (const rate of [{ numerator: 25, denominator: 1 }, { numerator: 30, denominator: 1 }, ntsc(24), ntsc(48)]) {
    it(`is rejected at ${rate.numerator}/${rate.denominator}`, () =>
      assert.throws(
        () => timecodeAt(0, rate, true),
        RangeError,
        `frameRate is ${rate.numerator / rate.denominator}; it must be 30000/1001, 60000/1001 or 120000/1001 for drop-frame time code.`,
      ));
  }

  it('accepts a frame rate that is not in lowest terms', () => {
    assert.equal(timecodeAt(1800, { numerator: 60000, denominator: 2002 }, true), '00:01:00;02');
  });
});

describe('The frame number within a day', () => {
  const midnight = Date.UTC(2026, 10, 26);
  for (const [name, rate] of Object.entries({
    '23.976': { numerator: 24000, denominator: 1001 },
    '25': { numerator: 25, denominator: 1 },
    '29.97': { numerator: 30000, denominator: 1001 },
    '59.94': { numerator: 60000, denominator: 1001 },
  })) {
    it(`is counted from the first frame after midnight UTC: ${name}`, () => {
      const perSecond = rate.numerator / rate.denominator;
      for (const hours of [0, 0.001, 1, 12, 23.999]) {
        const n = Math.ceil((midnight / 1000 + hours * 3600) * perSecond);
        assert.closeTo(frameOfDay(n, rate), hours * 3600 * perSecond, 1.01, `${hours} h`);
      }
      const first = Math.ceil((midnight / 1000) * perSecond);
      assert.equal(frameOfDay(first, rate), 0);
      assert.closeTo(frameOfDay(first - 1, rate), 86400 * perSecond, 2.01);
    });
  }

  it('makes a drop-frame time code the time of day, within a few frames per day', () => {
    const rate = { numerator: 30000, denominator: 1001 };
    const noon = Math.ceil(((midnight / 1000 + 43200) * 30000) / 1001);
    assert.match(timecodeAt(frameOfDay(noon, rate), rate, true), /^(11:59:59;2\d|12:00:00;0\d)$/);
  });
});

describe('The time code of a time zone', () => {
  const rate = { numerator: 25, denominator: 1 };
  const frameAt = (date: string) => (Date.parse(date) / 1000) * 25;
  const codeAt = (date: string, timeZone: string) => {
    const n = frameAt(date);
    return timecodeAt(frameOfDay(n, rate, zoneOffset(timeZone)(n / 25)), rate);
  };

  // By the IANA database: the clocks of Berlin were put forward on 29 March 2026 at 01:00 UTC, and back on 25 October.
  for (const [date, timeZone, code] of [
    ['2026-03-29T00:59:59.960Z', 'Europe/Berlin', '01:59:59:24'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Berlin', '03:00:00:00'],
    ['2026-10-25T00:59:59.000Z', 'Europe/Berlin', '02:59:59:00'],
    ['2026-10-25T01:00:00.000Z', 'Europe/Berlin', '02:00:00:00'],
    ['2026-07-01T18:30:00.000Z', 'Asia/Kolkata', '00:00:00:00'],
    ['2026-07-01T18:14:59.960Z', 'Asia/Kathmandu', '23:59:59:24'],
    ['2026-01-01T04:30:00.000Z', 'America/New_York', '23:30:00:00'],
    ['2026-01-01T04:30:00.000Z', 'UTC', '04:30:00:00'],
  ] as const) {
    it(`is ${code} in ${timeZone} at ${date}`, () => assert.equal(codeAt(date, timeZone), code));
  }

  it('is that of the machine with "local"', () => {
    const now = Math.floor(Date.now() / 1000);
    assert.equal(zoneOffset('local')(now), -60 * new Date(now * 1000).getTimezoneOffset());
  });

  it('is refused for a zone that does not exist', () => {
    assert.throws(
      () => zoneOffset('Mars/Olympus'),
      RangeError,
      /timeZone is "Mars\/Olympus"; it must be "UTC", "local" or/,
    );
  });
});
