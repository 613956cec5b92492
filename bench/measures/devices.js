/**
 * A virtual camera, compared with the fake camera of Chromium and with a camera of another package: the time until
 * `getUserMedia()` is answered, the processor time while the track plays in a `<video>`, and the frames that are shown while
 * the page is busy.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withChromium } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { processorTime } from '../processor-time.js';
import { interleave, median, ratio } from '../statistics.js';
import { presentedShare } from './blocked.js';

const FORMAT = { width: 1280, height: 720, rate: 30 };
const PICTURE = 'ball';
const cases = ['virtual camera', 'fake camera', 'mocked camera'];

/** A request takes some ten milliseconds, so that single ones tell little. */
const LEAST_ROUNDS = 15;

export const devices = {
  name: 'devices',
  title: 'A virtual camera beside the fake camera of Chromium, 1280x720@30',

  async run({ url, rounds, quick, table }) {
    const inBrowser = (measure) => (source) =>
      withChromium(url, (browser) => measure(source, browser, quick), { args: argsFor(source, FORMAT.rate) });
    const times = await interleave(quick ? rounds : Math.max(rounds, LEAST_ROUNDS), cases, inBrowser(timeRequests));
    report(
      table,
      'getUserMedia(), first of the page',
      'milliseconds',
      1.5,
      of(times, ({ first }) => first),
    );
    report(
      table,
      'getUserMedia(), later ones',
      'milliseconds',
      1.5,
      of(times, ({ later }) => later),
    );
    const loads = await interleave(rounds, cases, inBrowser(measureLoad));
    for (const [source, results] of loads) {
      table.note(`devices: frames per second, ${source}`, { median: median(results.map(({ fps }) => fps)) });
    }
    report(
      table,
      'processor time',
      'processor seconds per second',
      0.95,
      of(loads, ({ cores }) => cores),
    );
    const shares = await interleave(rounds, cases, inBrowser(measureBusyPage));
    for (const [source, results] of shares) {
      const target = source === 'virtual camera' ? { least: 99 } : {};
      table.add(`devices: frames of a busy page, ${source}`, { value: median(results), unit: ' %', ...target });
    }
  },
};

/** The percentage of frames that are shown while the page is blocked for 200 ms in every second. */
const measureBusyPage = (source, page, quick) =>
  presentedShare(page, source, { picture: PICTURE, ...FORMAT }, quick ? 3000 : 8000);

async function timeRequests(source, { call }) {
  await call('cameras', 'installCamera', source, PICTURE, FORMAT);
  const first = await call('cameras', 'timeRequest', FORMAT);
  const later = [];
  for (let i = 0; i < 5; i++) {
    await sleep(100);
    later.push(await call('cameras', 'timeRequest', FORMAT));
  }
  return { first, later: median(later) };
}

async function measureLoad(source, { browser, call }, quick) {
  await call('video-players', 'playTracks', source, { picture: PICTURE, ...FORMAT }, { size: [1280, 720] });
  await sleep(1000);
  const look = async () => [
    await call('video-players', 'presentedFrames'),
    await processorTime(browser),
    performance.now(),
  ];
  const [frames, time, start] = await look();
  await sleep(quick ? 1000 : 5000);
  const [moreFrames, moreTime, end] = await look();
  return { cores: ((moreTime - time) * 1000) / (end - start), fps: frameRate(frames, moreFrames) };
}

/** One value of each round, for each case. */
const of = (results, value) => cases.map((source) => results.get(source).map(value));

function report(table, what, unit, most, [library, browser, mock]) {
  const medians = { virtual: median(library), fake: median(browser), mocked: median(mock) };
  table.note(`devices: ${what}, ${unit}`, medians);
  table.add(`devices: ${what}: virtual / fake`, { value: ratio(library, browser), most });
  table.add(`devices: ${what}: virtual / mocked`, { value: ratio(library, mock) });
}
