/** The frames and samples that a peer receives while the page is hidden behind another tab. */
import { setTimeout as sleep } from 'node:timers/promises';
import { throttlingArgs } from '../../scripts/browsers/chromium.js';
import { withChromium, withFirefox } from '../browser.js';

const options = { width: 1280, height: 720, rate: 30 };

const browsers = {
  Chromium: (url, use) => withChromium(url, use, { ignoreDefaultArgs: throttlingArgs }),
  Firefox: withFirefox,
};

export const hidden = {
  name: 'hidden',
  title: 'A page hidden behind another tab for 30 seconds, 1280x720@30 and a tone to a peer',

  async run({ url, quick, table }) {
    for (const [name, open] of Object.entries(browsers)) {
      try {
        const { share, concealed } = await open(url, (page) => measure(page, quick ? 8000 : 30_000));
        table.add(`hidden: frames decoded, ${name}`, { value: share, unit: ' %', least: 95 });
        table.add(`hidden: samples concealed, ${name}`, { value: concealed, most: 0 });
      } catch (error) {
        table.skip(`hidden: ${name}`, error.message);
      }
    }
  },
};

async function measure({ browser, call }, milliseconds) {
  await call('peer-connection', 'connect', options);
  await sleep(5000);
  const cover = await browser.newPage();
  await cover.bringToFront();
  await sleep(1000);
  const before = await call('peer-connection', 'receiverCounts');
  if (before.visibility !== 'hidden') throw new Error(`the page is ${before.visibility} behind another tab`);
  await sleep(milliseconds);
  const after = await call('peer-connection', 'receiverCounts');
  const fps = ((after.frames - before.frames) * 1000) / (after.time - before.time);
  return { share: (fps / options.rate) * 100, concealed: after.concealed - before.concealed };
}
