/**
 * Processor time of all processes of the browser while a track plays in a `<video>`, and the frames that it presents. The
 * video has its natural size, as an element without styles, and then 640x360 CSS pixels: scaling takes most of the time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withChromium } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { processorTime } from '../processor-time.js';
import { interleave, median, ratio } from '../statistics.js';

const formats = [
  {
    format: { width: 1280, height: 720, rate: 30 },
    natural: { ball: 0.47, 'smpte-hd': 0.4, 'fake camera': 0.84 },
    scaled: { ball: 0.6 },
  },
  {
    format: { width: 1920, height: 1080, rate: 60 },
    natural: { ball: 0.27, 'smpte-hd': 0.26, 'fake camera': 0.84 },
    scaled: { ball: 0.44 },
  },
];

const SCALED = [640, 360];

const cases = [
  { source: 'library', picture: 'ball' },
  { source: 'canvas loop', picture: 'ball' },
  { source: 'fake camera', picture: 'its own' },
  { source: 'library', picture: 'smpte-hd' },
  { source: 'canvas loop', picture: 'smpte-hd' },
];

export const cpu = {
  name: 'cpu',
  title: 'Processor time to a <video>, all processes of the browser',

  async run({ url, rounds, quick, table }) {
    for (const { format, ...targets } of formats) {
      const results = await interleave(rounds, cases, (each) => measure(url, { ...format, ...each }, quick));
      for (const size of ['natural', 'scaled']) report(table, format, size, targets[size], results);
    }
  },
};

/** Measures one case in a new browser, at both sizes: processor seconds per second, and frames per second. */
function measure(url, { source, picture, width, height, rate }, quick) {
  const use = async ({ browser, call }) => {
    await call('video-players', 'playTracks', source, { picture, width, height, rate }, { size: [width, height] });
    await sleep(1000);
    const natural = await measureFor(quick ? 1000 : 2500, browser, call);
    await call('video-players', 'resize', SCALED);
    await sleep(500);
    return { natural, scaled: await measureFor(quick ? 1000 : 2500, browser, call) };
  };
  return withChromium(url, use, { args: argsFor(source, rate) });
}

async function measureFor(milliseconds, browser, call) {
  const look = async () => [
    await call('video-players', 'presentedFrames'),
    await processorTime(browser),
    performance.now(),
  ];
  const [frames, time, start] = await look();
  await sleep(milliseconds);
  const [moreFrames, moreTime, end] = await look();
  return { cores: ((moreTime - time) * 1000) / (end - start), fps: frameRate(frames, moreFrames) };
}

function report(table, { width, height, rate }, size, targets, results) {
  const [acrossPx, downPx] = size === 'scaled' ? SCALED : [width, height];
  const format = `${width}x${height}@${rate} shown at ${acrossPx}x${downPx}`;
  const cores = (source, picture) => {
    const found = cases.find((each) => each.source === source && (!picture || each.picture === picture));
    return results.get(found).map((round) => round[size].cores);
  };
  for (const [{ source, picture }, rounds] of results) {
    table.note(`${format} ${source}, ${picture}`, {
      'processor seconds per second': median(rounds.map((round) => round[size].cores)),
      'frames per second': median(rounds.map((round) => round[size].fps)),
    });
  }
  const add = (name, other, picture) => {
    const value = ratio(cores('library', name), cores(other, picture));
    const most = targets[other === 'fake camera' ? other : name];
    table.add(`${format} ${name}: library / ${other}`, {
      value,
      unit: '×',
      most,
      row: [name, other, size, `${height}p${rate}`],
    });
  };
  add('ball', 'canvas loop', 'ball');
  add('smpte-hd', 'canvas loop', 'smpte-hd');
  add('ball', 'fake camera');
}
