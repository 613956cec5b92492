/**
 * Processor time of all processes of the browser while a track plays in a `<video>`, and the frames that it presents. The
 * video has its natural size, as an element without styles, or 640x360 CSS pixels: then scaling takes most of the time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withChromium } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { processorTime } from '../processor-time.js';
import { interleave, median, ratio } from '../statistics.js';

const formats = [
  { width: 1280, height: 720, rate: 30, targets: { ball: 0.7, 'smpte-hd': 0.55, 'fake camera': 0.95 } },
  { width: 1920, height: 1080, rate: 60, targets: { ball: 0.5, 'smpte-hd': 0.35, 'fake camera': 0.95 } },
].flatMap((format) => [
  { ...format, size: [format.width, format.height] },
  { ...format, size: [640, 360] },
]);

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
    for (const format of formats) {
      const results = await interleave(rounds, cases, (each) => measure(url, { ...format, ...each }, quick));
      report(table, format, results);
    }
  },
};

/** Measures one case in a new browser: processor seconds per second, and frames per second. */
function measure(url, { source, picture, width, height, rate, size }, quick) {
  const use = async ({ browser, call }) => {
    await call('video-players', 'playTracks', source, { picture, width, height, rate }, { size });
    await sleep(2000);
    const [frames, time, start] = [
      await call('video-players', 'presentedFrames'),
      await processorTime(browser),
      performance.now(),
    ];
    await sleep(quick ? 3000 : 5000);
    const [moreFrames, moreTime, end] = [
      await call('video-players', 'presentedFrames'),
      await processorTime(browser),
      performance.now(),
    ];
    return { cores: ((moreTime - time) * 1000) / (end - start), fps: frameRate(frames, moreFrames) };
  };
  return withChromium(url, use, { args: argsFor(source, rate) });
}

function report(table, { width, height, rate, size, targets }, results) {
  const format = `${width}x${height}@${rate} shown at ${size.join('x')}`;
  const of = (source, picture) =>
    results.get(cases.find((each) => each.source === source && (!picture || each.picture === picture)));
  const cores = (rounds) => rounds.map((round) => round.cores);
  for (const [{ source, picture }, rounds] of results) {
    const fps = median(rounds.map((round) => round.fps));
    table.note(`${format} ${source}, ${picture}`, {
      'processor seconds per second': median(cores(rounds)),
      'frames per second': fps,
    });
  }
  for (const picture of ['ball', 'smpte-hd']) {
    const value = ratio(cores(of('library', picture)), cores(of('canvas loop', picture)));
    table.add(`${format} ${picture}: library / canvas loop`, { value, unit: '×', most: targets[picture] });
  }
  const value = ratio(cores(of('library', 'ball')), cores(of('fake camera')));
  table.add(`${format} ball: library / fake camera`, { value, unit: '×', most: targets['fake camera'] });
}
