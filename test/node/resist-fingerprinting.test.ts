/* Firefox with `privacy.resistFingerprinting`: it has no WebCodecs, and canvases give noise in place of their pictures. */
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { startAudio } from '../../scripts/browsers/audio.js';
import { firefox, preferences } from '../../scripts/browsers/firefox.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';
import { writePage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';
  import { TrackGenerator } from 'track-elements/generator';

  const state = (element, wanted) =>
    new Promise((resolve) => {
      const look = () => element.state === wanted && resolve();
      element.addEventListener('statechange', look);
      look();
    });

  async function failedPattern() {
    const source = document.createElement('pattern-source');
    const errors = [];
    source.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push(event.message);
    });
    document.body.append(source);
    await state(source, 'failed');
    // Thirty frames of the pattern.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { errors, hasTrack: source.track !== null };
  }

  async function liveTone() {
    const source = document.createElement('tone-source');
    document.body.append(source);
    await state(source, 'live');
    return [source.backend, source.track.kind];
  }

  async function refusedWrite() {
    const generator = new TrackGenerator({ kind: 'video' });
    const canvas = document.createElement('canvas');
    canvas.getContext('2d').fillRect(0, 0, 9, 9);
    return generator.write(canvas).then(String, ({ name }) => name);
  }

  async function recordedTone() {
    document.body.innerHTML = '<track-recorder><tone-source></tone-source></track-recorder>';
    const recorder = document.querySelector('track-recorder');
    await recorder.start();
    recorder.stop();
    await state(recorder, 'stopped');
    return recorder.blob.type;
  }

  Object.assign(globalThis, { failedPattern, liveTone, refusedWrite, recordedTone, hasFrames: 'VideoFrame' in globalThis });
`;

const path = await firefox.find();

if (!path) {
  it.skip('skipped: Firefox is not installed');
} else {
  describe('In Firefox with privacy.resistFingerprinting', () => {
    let browser: Browser;
    let page: Page;
    let stopServer = () => {};

    before(async () => {
      const folder = join(root, '.cache', 'resist-fingerprinting');
      await writePage(folder, script);
      const { origin, stop } = await serveStatic(folder);
      stopServer = stop;
      browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath: path,
        extraPrefsFirefox: { ...preferences, 'privacy.resistFingerprinting': true },
        env: { ...process.env, ...(await startAudio()) },
      });
      page = await browser.newPage();
      await page.goto(`${origin}/index.html`);
      await page.waitForFunction('globalThis.failedPattern');
      assert.isFalse(await page.evaluate('hasFrames'), 'VideoFrame');
    });

    after(async () => {
      await browser?.close();
      stopServer();
    });

    it('a pattern fails once, with a sentence that says what to do', async () => {
      const { errors, hasTrack } = (await page.evaluate('failedPattern()')) as { errors: string[]; hasTrack: boolean };
      assert.equal(errors.length, 1, errors.join('; '));
      assert.match(errors[0] as string, /no VideoFrame.*privacy\.resistFingerprinting.*allow the site/);
      assert.isFalse(hasTrack);
    });

    it('a written picture is refused in the same way', async () => {
      assert.equal(await page.evaluate('refusedWrite()'), 'NotSupportedError');
    });

    it('a tone is live', async () => {
      assert.deepEqual(await page.evaluate('liveTone()'), ['worklet', 'audio']);
    });

    it('a tone is recorded, by the MediaRecorder', async () => {
      assert.match((await page.evaluate('recordedTone()')) as string, /^audio\/webm/);
    });
  });
}
