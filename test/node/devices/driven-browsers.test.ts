/* Virtual devices in the browsers of a driver: an application that knows nothing of them makes a call. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import puppeteer, { type Browser } from 'puppeteer-core';
import { type DrivenPage, devicesScript, expectMedia, installDevices, virtualDevices } from 'track-elements/testing';
import { startAudio } from '../../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { firefox, preferences } from '../../../scripts/browsers/firefox.js';
import { decibels, measureSine } from '../../support/audio-analysis.js';
import { rejectionOf } from '../../support/rejections.js';
import { after, assert, before, describe, it } from '../../support/suite.js';
import { makeWaveFile } from '../../support/wave-file.js';

/** A call of an application with itself. */
const app = `<!doctype html><title>Call</title>
<video id="local" autoplay muted playsinline></video>
<video id="remote" autoplay muted playsinline></video>
<script type="module">
  const open = async (constraints) => {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    local.srcObject = stream;
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
    near.onicecandidate = ({ candidate }) => far.addIceCandidate(candidate);
    far.onicecandidate = ({ candidate }) => near.addIceCandidate(candidate);
    remote.srcObject = new MediaStream();
    far.ontrack = ({ track }) => remote.srcObject.addTrack(track);
    for (const track of stream.getTracks()) near.addTrack(track, stream);
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription);
    return stream.getTracks().map(({ label }) => label).sort();
  };
  // The samples that a context hears of the microphone, when all are louder than the usual tone. On a busy machine a context leaves out
  // what comes late, a quantum of 128 samples at least: then it listens again.
  globalThis.listen = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const context = new AudioContext({ sampleRate: 48000 });
    const analyser = new AnalyserNode(context, { fftSize: 16384 });
    context.createMediaStreamSource(stream).connect(analyser);
    globalThis.heard = new Promise((resolve) => {
      const samples = new Float32Array(16384);
      let interrupted = 0;
      const timer = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const isLoud = (from) => samples.slice(from, from + 100).some((sample) => Math.abs(sample) > 0.2);
        if (!isLoud(0) || !isLoud(16284)) return;
        const starts = Array.from({ length: 326 }, (_, index) => 50 * index);
        if (!starts.every(isLoud) && ++interrupted < 40) return;
        clearInterval(timer);
        stream.getTracks()[0].stop();
        resolve([...samples]);
      }, 50);
    });
  };
  globalThis.call = (constraints) => open(constraints).catch(({ name }) => name);
  globalThis.isReady = true;
</script>`;

interface Driver {
  readonly name: string;
  /** Opens a browser with the script in it. `null` without the browser. */
  open(url: string): Promise<{ readonly page: DrivenPage; close(): Promise<void> } | null>;
}

async function openPuppeteer(browser: Browser, url: string) {
  const page = await browser.newPage();
  await installDevices(page);
  await page.goto(url);
  return { page, close: () => browser.close() };
}

const drivers: readonly Driver[] = [
  {
    name: 'Playwright with Chromium',
    async open(url) {
      const executablePath = await chromium.find();
      if (!executablePath) return null;
      const browser = await playwright.launch({ executablePath, args: chromiumArgs });
      const context = await browser.newContext();
      await installDevices(context);
      const page = await context.newPage();
      await page.goto(url);
      return { page, close: () => browser.close() };
    },
  },
  {
    name: 'Puppeteer with Chromium',
    async open(url) {
      const executablePath = await chromium.find();
      if (!executablePath) return null;
      return openPuppeteer(await puppeteer.launch({ executablePath, args: chromiumArgs }), url);
    },
  },
  {
    name: 'Puppeteer with Firefox',
    async open(url) {
      const executablePath = await firefox.find();
      if (!executablePath) return null;
      const env = { ...process.env, ...(await startAudio()) };
      const init = { browser: 'firefox', executablePath, extraPrefsFirefox: preferences, env } as const;
      return openPuppeteer(await puppeteer.launch(init), url);
    },
  },
];

for (const { name, open } of drivers) {
  describe(`Virtual devices in ${name}`, () => {
    let server: Server;
    let page: DrivenPage;
    let close = async (): Promise<void> => {};
    const evaluate = (expression: string) =>
      (page as { evaluate(text: string): Promise<unknown> }).evaluate(expression);
    const call = (constraints: MediaStreamConstraints) => evaluate(`call(${JSON.stringify(constraints)})`);

    before(async () => {
      server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(app));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const opened = await open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      assert.isNotNull(opened, 'The browser is not installed.');
      ({ page, close } = opened as NonNullable<typeof opened>);
    });

    after(async () => {
      await close();
      server.closeAllConnections();
      server.close();
    });

    it('an application calls with them, and the probe reads the mark at the other end', async () => {
      assert.deepEqual(await call({ video: { width: 640, height: 360 }, audio: true }), ['Front camera', 'Microphone']);
      const report = await expectMedia(page, 'video#remote', { mark: 'front', frames: 20, within: 3000 });
      assert.isAtLeast(report.video?.received ?? 0, 20);
    });

    it('a test changes them while the application runs', async () => {
      const devices = virtualDevices(page);
      await devices.camera('front').show({ pattern: 'ball', mark: true });
      const wrong = await rejectionOf(devices.camera('front').show({ pattern: 'no-such-pattern' as 'card' }));
      assert.match(wrong.message, /no-such-pattern/);
      await devices.camera('back').fail('busy');
      assert.equal(await call({ video: { facingMode: { exact: 'environment' } } }), 'NotReadableError');
      await devices.camera('back').recover();
      assert.deepEqual(await call({ video: { facingMode: { exact: 'environment' } } }), ['Back camera']);
    });

    it('a mark of another camera is told', async () => {
      const error = await rejectionOf(expectMedia(page, 'video#remote', { mark: 'front', frames: 5 }));
      assert.match(error.message, /#remote shows "Back camera"; it must show "front"/);
    });

    it('the permission is denied and given back', async () => {
      const devices = virtualDevices(page);
      await devices.deny('camera');
      assert.equal(await call({ video: true }), 'NotAllowedError');
      const cameras = (await devices.list()).filter(({ kind }) => kind === 'videoinput');
      assert.deepEqual(
        cameras.map(({ openTracks }) => openTracks),
        [0, 0],
      );
      await devices.allow('camera');
      assert.deepEqual(await call({ video: true }), ['Front camera']);
    });

    it('a file of audio is heard when a test plays it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'clip-'));
      const file = join(folder, 'question.wav');
      await writeFile(file, new Uint8Array(makeWaveFile(620, { seconds: 5, level: -12 })));
      await evaluate('listen()');
      await virtualDevices(page).microphone().play(file);
      await rm(folder, { recursive: true });
      const samples = Float32Array.from((await evaluate('heard')) as number[]);
      // By the median of the periods: a context has gaps while the machine is busy.
      const { frequency, peak } = measureSine(samples, 48000);
      assert.closeTo(frequency, 620, 1);
      assert.closeTo(decibels(peak), -12, 0.5);
      const missing = await rejectionOf(virtualDevices(page).microphone().play('no-such-file.wav'));
      assert.match(missing.message, /ENOENT.*no-such-file\.wav/);
    });

    it('a device that does not exist is named, with those that do', async () => {
      const error = await rejectionOf(virtualDevices(page).camera('side').unplug());
      assert.match(error.message, /camera "side" does not exist; there is "front", "back"/);
    });
  });
}

describe('The script of virtual devices', () => {
  it('carries its description, and imports nothing', async () => {
    const script = await devicesScript({ cameras: [{ name: 'one', label: 'One' }] });
    assert.match(script, /"label":"One"/);
    assert.notMatch(script, /^\s*import\b/m);
  });

  it('a page without it says what to do', async () => {
    const page = async (expression: string) => new Function(`return ${expression}`)();
    assert.match((await rejectionOf(virtualDevices(page).list())).message, /devices\/script/);
  });
});
