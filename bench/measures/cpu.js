/**
 * Processor time from a source to a `<video>`, and the frames presented: at the video's natural size, as an element
 * without a style has it, and scaled to 640x360 CSS pixels, where the browser's scaling takes most of the time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withPage } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { processorTime } from '../processor-time.js';
import { interleave, median, ratio } from '../statistics.js';

const formats = [
  { width: 1280, height: 720, rate: 30, targets: { ball: 0.7, 'smpte-hd': 0.55, camera: 0.95 } },
  { width: 1920, height: 1080, rate: 60, targets: { ball: 0.5, 'smpte-hd': 0.35, camera: 0.95 } },
].flatMap((format) => [
  { ...format, size: [format.width, format.height] },
  { ...format, size: [640, 360] },
]);

const cases = [
  { way: 'ours', picture: 'ball' },
  { way: 'loop', picture: 'ball' },
  { way: 'camera', picture: 'its own' },
  { way: 'ours', picture: 'smpte-hd' },
  { way: 'loop', picture: 'smpte-hd' },
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

/** Core-seconds a second and frames a second of one case in a browser of its own. */
function measure(url, { way, picture, width, height, rate, size }, quick) {
  const use = async ({ browser, call }) => {
    await call('screen', 'show', way, { picture, width, height, rate }, { size });
    await sleep(2000);
    const [frames, time, start] = [await call('screen', 'presented'), await processorTime(browser), performance.now()];
    await sleep(quick ? 3000 : 5000);
    const [moreFrames, moreTime, end] = [
      await call('screen', 'presented'),
      await processorTime(browser),
      performance.now(),
    ];
    return { cores: ((moreTime - time) * 1000) / (end - start), fps: frameRate(frames, moreFrames) };
  };
  return withPage(url, use, { args: argsFor(way, rate) });
}

function report(table, { width, height, rate, size, targets }, results) {
  const format = `${width}x${height}@${rate} shown at ${size.join('x')}`;
  const of = (way, picture) =>
    results.get(cases.find((each) => each.way === way && (!picture || each.picture === picture)));
  const cores = (rounds) => rounds.map((round) => round.cores);
  for (const [{ way, picture }, rounds] of results) {
    const fps = median(rounds.map((round) => round.fps));
    table.note(`${format} ${way}, ${picture}`, {
      'core-seconds a second': median(cores(rounds)),
      'frames a second': fps,
    });
  }
  for (const picture of ['ball', 'smpte-hd']) {
    const value = ratio(cores(of('ours', picture)), cores(of('loop', picture)));
    table.add(`${format} ${picture}: ours / loop`, { value, unit: '×', most: targets[picture] });
  }
  const value = ratio(cores(of('ours', 'ball')), cores(of('camera')));
  table.add(`${format} ball: ours / fake camera`, { value, unit: '×', most: targets.camera });
}
