/** Where the processor time of a frame goes, by the threads of Chromium, while a `<pattern-source>` plays in a `<video>`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium } from '../browser.js';
import { threadTimes } from '../processor-time.js';

const formats = [
  { width: 1280, height: 720, rate: 30 },
  { width: 1920, height: 1080, rate: 60 },
];

/** The threads that do a part of the work: processes and names by their beginnings. */
const parts = [
  { name: 'worker: timer, painting, copying into the VideoFrame, writing', threads: [/^renderer DedicatedWorker/] },
  { name: 'conversion to RGB', threads: [/^renderer VideoFrameCompo/, /^renderer ThreadPoolForeg/] },
  { name: 'messages between processes', threads: [/Chrome_ChildIOT/, /Chrome_IOThread/] },
  { name: 'showing the picture', threads: [/^gpu-process/] },
  { name: 'main threads and the rest', threads: [/./] },
];

export const shares = {
  name: 'shares',
  title: 'Where the processor time goes, in Chromium',

  async run({ url, quick, table }) {
    for (const picture of ['ball', 'smpte-hd']) {
      for (const format of formats) {
        const { spent, frames } = await measure(url, picture, format, quick ? 2000 : 4000);
        const whole = [...spent.values()].reduce((sum, seconds) => sum + seconds, 0);
        const name = `${picture} ${format.width}x${format.height}@${format.rate}`;
        const column = `\`${picture}\` ${format.height}p${format.rate}`;
        table.add(`${name}: all`, { value: (whole * 1000) / frames, unit: ' ms', part: ['all parts', column] });
        for (const [part, seconds] of spent) {
          table.add(`${name}: ${part}`, { value: (seconds / whole) * 100, unit: ' %', part: [part, column] });
        }
      }
    }
  },
};

/** Processor seconds of each part, and the number of frames. */
function measure(url, picture, format, milliseconds) {
  return withChromium(url, async ({ browser, call }) => {
    const size = [format.width, format.height];
    await call('video-players', 'playTracks', 'library', { picture, ...format }, { size });
    await sleep(2000);
    const count = async () => (await call('video-players', 'presentedFrames'))[0].count;
    const [first, before] = [await count(), await threadTimes(browser)];
    await sleep(milliseconds);
    const [last, after] = [await count(), await threadTimes(browser)];
    const spent = new Map(parts.map(({ name }) => [name, 0]));
    for (const [id, { thread, seconds }] of after) {
      const { name } = parts.find(({ threads }) => threads.some((pattern) => pattern.test(thread)));
      spent.set(name, spent.get(name) + seconds - (before.get(id)?.seconds ?? 0));
    }
    return { spent, frames: last - first };
  });
}
