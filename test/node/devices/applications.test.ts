/* Libraries of video calls, recording and scanning, unmodified, with virtual devices: test/applications. */
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { expectMedia, installDevices, virtualDevices } from 'track-elements/testing';
import { startAudio } from '../../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { firefox, preferences } from '../../../scripts/browsers/firefox.js';
import { type ServedPages, servePages } from '../../support/served-pages.js';
import { after, afterEach, assert, before, beforeEach, describe, it } from '../../support/suite.js';
import { waitFor } from '../../support/waiting.js';

const html = `<!doctype html><title>Libraries</title>
<video id="local" autoplay muted playsinline></video>
<video id="remote" autoplay muted playsinline></video>
<div id="root"></div><div id="scanner" style="width: 640px"></div>
<script src="libraries.js"></script>`;

async function bundle(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL('../../applications/libraries.jsx', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

interface Engine {
  readonly name: string;
  open(): Promise<Browser>;
}

const engines: readonly Engine[] = [
  {
    name: 'Chromium',
    async open() {
      return puppeteer.launch({ executablePath: (await chromium.find()) ?? '', args: chromiumArgs });
    },
  },
  {
    name: 'Firefox',
    async open() {
      const executablePath = (await firefox.find()) ?? '';
      const env = { ...process.env, ...(await startAudio()) };
      return puppeteer.launch({ browser: 'firefox', executablePath, extraPrefsFirefox: preferences, env });
    },
  },
];

for (const { name, open } of engines) {
  describe(`With virtual devices, in ${name},`, () => {
    let pages: ServedPages;
    let browser: Browser;
    let page: Page;
    const run = (library: string) => page.evaluate(`run(${JSON.stringify(library)})`);

    before(async () => {
      pages = await servePages({ '/': html, '/libraries.js': await bundle() });
      browser = await open();
    });

    after(async () => {
      await browser?.close();
      pages?.close();
    });

    beforeEach(async () => {
      page = await browser.newPage();
      await installDevices(page);
      await page.goto(pages.urlOf('/'));
    });

    afterEach(() => page.close());

    it('livekit-client lists the devices, opens them and changes the camera', async () => {
      const devices = await virtualDevices(page).list();
      assert.deepEqual(await run('livekit'), {
        listed: ['Front camera', 'Back camera'],
        labels: ['Back camera', 'Front camera', 'Microphone'],
        deviceId: devices[0]?.deviceId,
      });
      await expectMedia(page, '#local', { mark: 'front', frames: 10 });
      const report = await expectMedia(page, '#remote', { mark: 'front', frames: 10 });
      assert.isNotNull(report.audio);
    });

    it('simple-peer sends the camera and the microphone, and the mark is read at the other end', async () => {
      assert.deepEqual(await run('simple-peer'), ['Front camera', 'Microphone']);
      const report = await expectMedia(page, '#remote', { mark: 'front', frames: 20 });
      assert.isAtLeast(report.video?.received ?? 0, 20);
      assert.isNotNull(report.audio);
    });

    it('mediasoup-client produces the track, and the mark is read at the other end', async () => {
      assert.deepEqual(await run('mediasoup'), { kind: 'video', label: 'Front camera', codec: 'video/VP8' });
      const report = await expectMedia(page, '#remote', { mark: 'front', frames: 20 });
      assert.isAtLeast(report.video?.received ?? 0, 20);
    });

    it('react-webcam shows the camera that faces the environment', async () => {
      assert.deepEqual(await run('react-webcam'), ['Back camera', 'Microphone']);
      await expectMedia(page, '#webcam', { mark: 'back', frames: 10 });
    });

    it('recordrtc records a file that plays, with the mark in its pictures', async () => {
      assert.deepEqual(await run('recordrtc'), [320, 180]);
      await expectMedia(page, '#remote', { mark: 'front', frames: 10 });
    });

    it('html5-qrcode reads a code, and another one that is shown while it scans', async () => {
      const camera = virtualDevices(page).camera('front');
      await camera.show({ pattern: 'qr', params: { text: 'first' } });
      assert.deepEqual(await run('html5-qrcode'), ['Front camera', 'Back camera']);
      const hasRead = (text: string) => page.evaluate(`scanned.at(-1) === ${JSON.stringify(text)}`);
      await waitFor(() => hasRead('first'), 'the first code');
      await camera.show({ pattern: 'qr', params: { text: 'second' } });
      await waitFor(() => hasRead('second'), 'the second code');
      await page.evaluate('stopScanner()');
    });

    it('html5-qrcode finds the zoom and the torch of a camera, and sets them', async () => {
      await page.close();
      page = await browser.newPage();
      const controls = { torch: true, zoom: { min: 1, max: 4, step: 0.5 } } as const;
      const show = { pattern: 'qr', params: { text: 'torch' } };
      await installDevices(page, { cameras: [{ label: 'Camera with a torch', controls, show }] });
      await page.goto(pages.urlOf('/'));
      await run('html5-qrcode');
      const range = await page.evaluate(`(() => {
        const zoom = capabilitiesOfScanner().zoomFeature();
        return [zoom.isSupported(), zoom.min(), zoom.max(), zoom.step(), zoom.value()];
      })()`);
      assert.deepEqual(range, [true, 1, 4, 0.5, 1]);
      const read = async () => (await virtualDevices(page).list())[0]?.settings[0];
      await page.evaluate('capabilitiesOfScanner().zoomFeature().apply(2.5)');
      assert.deepInclude(await read(), { zoom: 2.5, torch: false });
      await page.evaluate('capabilitiesOfScanner().torchFeature().apply(true)');
      assert.deepInclude(await read(), { zoom: 1, torch: true });
      assert.isTrue(await page.evaluate('capabilitiesOfScanner().torchFeature().value()'));
      await page.evaluate('stopScanner()');
    });
  });
}
