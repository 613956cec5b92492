import { LOWEST_LEVEL_DBFS, placeOfFrequency, SPECTROGRAM_S } from './audio-scope.js';
import { across, down, emptyGraticule, type Graticule, type GraticuleLabel, type GraticuleLine } from './graticule.js';

/** @param timeSpan Milliseconds over the width. */
export function oscilloscopeGraticule(channels: number, timeSpan: number, gain: number): Graticule {
  const lanes = Array.from({ length: channels }, (_, channel) => (channel + 0.5) / channels);
  const times = Array.from({ length: DIVISIONS + 1 }, (_, index) => index / DIVISIONS);
  const names = channels === 2 ? ['L', 'R'] : lanes.map((_, channel) => (channels === 1 ? '' : `${channel + 1}`));
  const top = Number((1 / gain).toPrecision(2));
  return {
    ...emptyGraticule,
    lines: [
      ...lanes.flatMap((middle) => [
        across(middle, 'limit'),
        across(middle - 0.25 / channels),
        across(middle + 0.25 / channels),
      ]),
      ...lanes.slice(1).map((middle) => across(middle - 0.5 / channels, 'limit')),
      ...times.slice(1, -1).map((x) => down(x)),
    ],
    labels: [
      ...lanes.flatMap((y, channel): GraticuleLabel[] => [
        { text: names[channel] || '0', x: 0, y, place: 'left' },
        { text: `${top}`, x: 0, y: y - 0.5 / channels, place: 'left' },
      ]),
      { text: `−${top}`, x: 0, y: 1, place: 'left' },
      ...times.map((x, index): GraticuleLabel => {
        const time = `${Number((x * timeSpan).toPrecision(3))}`;
        return { text: index === DIVISIONS ? `${time} ms` : time, x, y: 1, place: 'below' };
      }),
    ],
  };
}

const DIVISIONS = 5;

/** In Hz. */
const frequencies = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

const frequencyText = (frequency: number): string => (frequency < 1000 ? `${frequency}` : `${frequency / 1000}k`);

const frequencyWeight = (frequency: number): GraticuleLine['weight'] =>
  [100, 1000, 10_000].includes(frequency) ? 'limit' : 'line';

export function spectrumGraticule(): Graticule {
  const levels = [0, -20, -40, -60, -80, -100, LOWEST_LEVEL_DBFS];
  return {
    ...emptyGraticule,
    lines: [
      ...levels.slice(1, -1).map((level) => across(level / LOWEST_LEVEL_DBFS)),
      ...frequencies.slice(1, -1).map((each) => down(placeOfFrequency(each), frequencyWeight(each))),
    ],
    labels: [
      ...levels.map((level): GraticuleLabel => {
        const text = level === 0 ? '0 dB' : `${level}`.replace('-', '−');
        return { text, x: 0, y: level / LOWEST_LEVEL_DBFS, place: 'left' };
      }),
      ...frequencies.map((each): GraticuleLabel => {
        const text = each === 20_000 ? '20k Hz' : frequencyText(each);
        return { text, x: placeOfFrequency(each), y: 1, place: 'below' };
      }),
    ],
  };
}

export function spectrogramGraticule(): Graticule {
  const seconds = [10, 8, 6, 4, 2, 0];
  return {
    ...emptyGraticule,
    lines: frequencies.slice(1, -1).map((each) => across(1 - placeOfFrequency(each), frequencyWeight(each))),
    labels: [
      ...frequencies.map((each): GraticuleLabel => {
        return { text: frequencyText(each), x: 0, y: 1 - placeOfFrequency(each), place: 'left' };
      }),
      ...seconds.map((each): GraticuleLabel => {
        return { text: each === 0 ? 'now' : `−${each} s`, x: 1 - each / SPECTROGRAM_S, y: 1, place: 'below' };
      }),
    ],
  };
}

/** The corners of the diamond are mono and opposite phases at full scale. */
export function goniometerGraticule(): Graticule {
  const side = (x1: number, y1: number, x2: number, y2: number): GraticuleLine => ({ x1, y1, x2, y2, weight: 'line' });
  return {
    ...emptyGraticule,
    lines: [
      across(0.5),
      down(0.5, 'limit'),
      side(0.25, 0.25, 0.75, 0.75),
      side(0.75, 0.25, 0.25, 0.75),
      side(0.5, 0, 1, 0.5),
      side(1, 0.5, 0.5, 1),
      side(0.5, 1, 0, 0.5),
      side(0, 0.5, 0.5, 0),
    ],
    labels: [
      { text: 'L', x: 0.22, y: 0.22, place: 'inside' },
      { text: 'R', x: 0.78, y: 0.22, place: 'inside' },
      { text: 'mono', x: 0.53, y: 0.05, place: 'inside', anchor: 'start' },
      { text: 'opposite', x: 0.99, y: 0.46, place: 'inside', anchor: 'end' },
    ],
  };
}
