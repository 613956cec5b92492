/* Recordings of one engine play in another. */
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { startAudio } from '../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { firefox, preferences } from '../../scripts/browsers/firefox.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';
import { writePage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';

  /** Records a red picture and a tone of -18 dBFS for about a second. */
  async function record(type) {
    document.body.innerHTML =
      '<track-recorder timeslice="200"><pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>' +
      '<tone-source frequency="500"></tone-source></track-recorder>';
    const recorder = document.querySelector('track-recorder');
    recorder.type = type;
    const recorded = new Promise((resolve, reject) => {
      recorder.addEventListener('recorded', resolve);
      recorder.addEventListener('error', ({ error }) => reject(error));
    });
    recorder.addEventListener('progress', ({ duration }) => {
      if (duration >= 1) recorder.stop();
    });
    await recorder.start();
    const { blob, duration } = await recorded;
    const base64 = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.replace(/^.*,/, ''));
      reader.readAsDataURL(blob);
    });
    return { type: blob.type, base64, duration };
  }

  /** The color in the middle of the file, and the loudest sample of its last half. */
  async function play({ type, base64 }) {
    const blob = await (await fetch('data:' + type.split(';')[0] + ';base64,' + base64)).blob();
    const video = document.createElement('video');
    video.muted = true;
    const ready = new Promise((resolve, reject) => {
      video.oncanplay = resolve;
      video.onerror = () => reject(new Error(video.error.message));
    });
    video.src = URL.createObjectURL(blob);
    await ready;
    const seeked = new Promise((resolve) => (video.onseeked = resolve));
    video.currentTime = video.duration / 2;
    await seeked;
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d');
    const colorNow = () => {
      context.drawImage(video, 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    // On a busy machine the picture may come after the end of the search.
    for (let tries = 0; colorNow().every((value) => value === 0) && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const audio = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await blob.arrayBuffer());
    const samples = audio.getChannelData(0).slice(audio.length / 2);
    return {
      size: [video.videoWidth, video.videoHeight],
      duration: video.duration,
      time: video.currentTime,
      color: colorNow(),
      peak: samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
    };
  }
  Object.assign(globalThis, { record, play });
`;

interface RecordedFile {
  readonly type: string;
  readonly base64: string;
  readonly duration: number;
}

interface Playing {
  readonly size: readonly number[];
  readonly duration: number;
  readonly time: number;
  readonly color: readonly number[];
  readonly peak: number;
}

const paths = { Chromium: await chromium.find(), Firefox: await firefox.find() };
const missing = Object.entries(paths).filter(([, path]) => !path);

if (missing.length > 0) {
  it.skip(`skipped: ${missing.map(([name]) => name).join(' and ')} is not installed`);
} else {
  describe('A recording', () => {
    const browsers: Browser[] = [];
    const pages = new Map<string, Page>();
    let stopServer = () => {};

    before(async () => {
      const folder = join(root, '.cache', 'other-engine');
      await writePage(folder, script);
      const { origin, stop } = await serveStatic(folder);
      stopServer = stop;
      const open = async (name: string, browser: Browser) => {
        browsers.push(browser);
        const page = await browser.newPage();
        await page.goto(`${origin}/index.html`);
        await page.waitForFunction('globalThis.record');
        pages.set(name, page);
      };
      const env = { ...process.env, ...(await startAudio()) };
      await open('Chromium', await puppeteer.launch({ executablePath: paths.Chromium as string, args: chromiumArgs }));
      await open(
        'Firefox',
        await puppeteer.launch({
          browser: 'firefox',
          executablePath: paths.Firefox as string,
          extraPrefsFirefox: preferences,
          env,
        }),
      );
    });

    after(async () => {
      for (const browser of browsers) await browser.close();
      stopServer();
    });

    for (const [first, second] of [
      ['Chromium', 'Firefox'],
      ['Firefox', 'Chromium'],
    ] as const) {
      for (const type of ['video/webm', 'video/mp4']) {
        it(`of ${first} plays in ${second}: ${type}`, async () => {
          const inPage = (name: string, call: string) => (pages.get(name) as Page).evaluate(call);
          const file = (await inPage(first, `record('${type}')`)) as RecordedFile;
          assert.isTrue(file.type.startsWith(type), file.type);
          const playing = (await inPage(second, `play(${JSON.stringify(file)})`)) as Playing;
          assert.deepEqual(playing.size, [320, 240]);
          assert.closeTo(playing.duration, file.duration, 0.1);
          assert.closeTo(playing.time, playing.duration / 2, 0.1);
          // Firefox encodes by BT.601 and does not say so: read by BT.709, the green of red is 24.
          for (const [index, value] of [255, 0, 0].entries()) {
            assert.closeTo(playing.color[index] as number, value, 32, `${playing.color}`);
          }
          // A sine of -18 dBFS, and the noise of Opus.
          assert.closeTo(playing.peak, 10 ** (-18 / 20), 0.03);
        });
      }
    }
  });
}
