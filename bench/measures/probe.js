/** The probe's own cost in Chromium, and its figures of a peer connection on this machine in Chromium and Firefox. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium, withFirefox } from '../browser.js';
import { threadTimes } from '../processor-time.js';
import { interleave, median } from '../statistics.js';

/** Percent of one core. */
const MOST_SHARE = 8;
const MOST_MS_PER_PICTURE = 1;
/** Milliseconds by which audio may be early or late. */
const MOST_OFFSET_MS = 45;

const browsers = [
  { name: 'Chromium', open: withChromium },
  { name: 'Firefox', open: withFirefox },
];

export const probe = {
  name: 'probe',
  title:
    'A probe of 1280x720@30: processor time of its worker, and its figures of ten seconds through a peer connection',

  async run({ url, rounds, quick, table }) {
    const [costs] = (await interleave(rounds, ['cost'], () => measureCost(url, quick ? 3000 : 10_000))).values();
    const cost = (name) => median(costs.map((each) => each[name]));
    table.add('probe: worker', { value: cost('share'), unit: ' % of a core', most: MOST_SHARE });
    table.add('probe: worker, for a picture', { value: cost('perPicture'), unit: ' ms', most: MOST_MS_PER_PICTURE });
    table.note('probe: pictures per second', { 'that were read': cost('rate') });
    for (const { name, open } of browsers) {
      const measured = await open(url, async ({ call }) => {
        await call('probe', 'playSources');
        return call('probe', 'measureLoopback', quick ? 3 : 10);
      }).catch((error) => table.skip(`probe: ${name}`, error.message));
      if (measured) addLoopback(table, name, measured);
    }
  },
};

function addLoopback(table, name, { video, audio, offset, freezes, stages, unsupported }) {
  table.add(`probe: lost pictures, ${name}`, { value: video.lost, most: 0 });
  if (offset.median === null)
    table.skip(
      `probe: offset, ${name}`,
      unsupported.find((text) => /^offset/.test(text)),
    );
  else {
    const size = Math.abs(offset.median);
    table.add(`probe: size of the offset, ${name}`, { value: size, unit: ' ms', most: MOST_OFFSET_MS });
  }
  if (freezes === null) table.skip(`probe: freezes, ${name}`, 'this browser does not count them');
  else {
    const difference = Math.abs(video.freezes.count - freezes);
    table.add(`probe: freezes that getStats() does not have, or the reverse, ${name}`, { value: difference, most: 0 });
  }
  table.note(`probe: ${name}`, {
    'received pictures': video.received,
    'lost audio frames': audio.lost,
    'offset, ms': offset.median,
    'its uncertainty, ms': offset.uncertainty,
    'latency, ms': video.latency.median,
    'PSNR, dB': video.psnr,
    freezes: video.freezes.count,
    'encode, ms': stages.encode,
    'jitter buffer, ms': stages.jitterBuffer,
    'decode, ms': stages.decode,
  });
}

/** The share of a core that the probe's worker needs, in percent, and its milliseconds for a picture. */
function measureCost(url, milliseconds) {
  return withChromium(url, async ({ browser, call }) => {
    await call('probe', 'playSources');
    const others = await threadTimes(browser);
    await call('probe', 'probePictures');
    await sleep(1000);
    await call('probe', 'takeReceived');
    const before = await threadTimes(browser);
    await sleep(milliseconds);
    const after = await threadTimes(browser);
    const { received } = await call('probe', 'takeReceived');
    let seconds = 0;
    for (const [id, { thread, seconds: spent }] of after) {
      if (/DedicatedWorker/.test(thread) && !others.has(id)) seconds += spent - (before.get(id)?.seconds ?? 0);
    }
    return {
      share: (100_000 * seconds) / milliseconds,
      perPicture: (1000 * seconds) / received,
      rate: (1000 * received) / milliseconds,
    };
  });
}
