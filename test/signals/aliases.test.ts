import { patternAliases as aliases, catalogue, patterns, waveformAliases, waveforms } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture, pictureOf, samplesOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const rgb = (r: number, g: number, b: number) => ({ r, g, b });
const [red, green, blue, yellow] = [rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255), rgb(255, 255, 0)];

const hashOf = (changes: Parameters<typeof pictureOf>[0]) => hashOfPicture(pictureOf({ ...small, ...changes }, 7));

describe('An alias', () => {
  const same: Record<string, Parameters<typeof pictureOf>[0]> = {
    'smpte-rp-219': { pattern: 'smpte-hd', params: { subBlack: true, superWhite: true } },
    smpte75: { pattern: 'full-field-75' },
    smpte100: { pattern: 'full-field-100' },
    smptebars: { pattern: 'smpte' },
    smptehdbars: { pattern: 'smpte-hd' },
    pal75bars: { pattern: 'ebu-75' },
    pal100bars: { pattern: 'ebu-100' },
    rgbtestsrc: { pattern: 'rgb-test' },
    yuvtestsrc: { pattern: 'yuv-test' },
    color: { pattern: 'solid' },
    'solid-color': { pattern: 'white' },
    red: { pattern: 'solid', color: red },
    green: { pattern: 'solid', color: green },
    blue: { pattern: 'solid', color: blue },
    'checkers-1': { pattern: 'checkers', color: red, background: green, params: { size: 1 } },
    'checkers-8': { pattern: 'checkers', color: red, background: green, params: { size: 8 } },
    allrgb: { pattern: 'colors', params: { form: 'rgb' } },
    allyuv: { pattern: 'colors' },
    colorchart: { pattern: 'color-chart' },
    gradients: { pattern: 'gradient' },
  };
  for (const [pattern, description] of Object.entries(same)) {
    it(`draws the pattern that it names: ${pattern}`, () => assert.equal(hashOf({ pattern }), hashOf(description)));
  }

  it('replaces the defaults of the alias by given values', () => {
    assert.equal(hashOf({ pattern: 'red', color: blue }), hashOf({ pattern: 'solid', color: blue }));
    assert.equal(
      hashOf({ pattern: 'checkers-4', params: { size: 10 }, color: yellow }),
      hashOf({ pattern: 'checkers', params: { size: 10 }, color: yellow, background: green }),
    );
    assert.equal(
      hashOf({ pattern: 'smpte-rp-219', params: { subBlack: false, superWhite: false } }),
      hashOf({ pattern: 'smpte-hd' }),
    );
  });

  it('accepts the parameters of its pattern and no others', () => {
    assert.throws(
      () => hashOf({ pattern: 'checkers-4', params: { side: 10 } }),
      TypeError,
      'a name in params is "side"; it must be one of size. Did you mean "size"?',
    );
  });

  it('has the hues in their order as `colorspectrum`', () => {
    const { y } = pictureOf({ pattern: 'colorspectrum', width: 1200, height: 720 });
    // BT.709, 100 %: red, yellow, green, cyan, blue, magenta, red.
    const hues = [63, 219, 173, 188, 32, 78, 63];
    for (const [i, luma] of hues.entries()) assert.closeTo(y[Math.round((i * 1199) / 6)], luma, 1);
  });
});

describe('The aliases', () => {
  const real = patterns.map(({ name }) => name);

  it('have names that no pattern has', () => {
    const names = [...real, ...aliases.map(({ name }) => name)];
    assert.equal(new Set(names).size, names.length);
  });

  it('name existing patterns', () => {
    for (const { name, alias } of aliases) assert.include(real, alias, name);
  });

  it('are suggested in errors, but not listed', () => {
    assert.throws(
      () => hashOf({ pattern: 'smtpehdbars' }),
      TypeError,
      `pattern is "smtpehdbars"; it must be one of ${real.join(', ')}. Did you mean "smptehdbars"?`,
    );
  });

  it('are listed with their pattern in the catalogue', () => {
    const named = (pattern: string) => catalogue.find(({ name }) => name === pattern)?.aliases;
    assert.deepEqual(named('smpte-hd'), ['smpte-rp-219', 'smptehdbars']);
    assert.deepEqual(named('ebu-100'), ['pal100bars']);
    assert.deepEqual(named('ball'), []);
    const all = catalogue.flatMap((record) => record.aliases);
    assert.deepEqual(all.sort(), [...aliases, ...waveformAliases].map(({ name }) => name).sort());
  });
});

describe('The aliases of waveforms', () => {
  it('make the same samples as their waveforms, and no waveform has their name', () => {
    const real = waveforms.map(({ name }) => name);
    for (const { name, alias } of waveformAliases) {
      assert.notInclude(real, name);
      assert.deepEqual(samplesOf({ waveform: name }, 480), samplesOf({ waveform: alias }, 480));
    }
  });

  it('are suggested in errors, but not listed', () => {
    const known = waveforms.map(({ name }) => name).join(', ');
    assert.throws(
      () => samplesOf({ waveform: 'sine-tabel' }, 1),
      TypeError,
      `waveform is "sine-tabel"; it must be one of ${known}. Did you mean "sine-table"?`,
    );
  });
});
