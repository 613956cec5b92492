/* Virtual devices in the browsers of a driver: an application that knows nothing of them makes a call. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import puppeteer, { type Browser } from 'puppeteer-core';
import {
  type DrivenPage,
  devicesScript,
  expectMedia,
  installDevices,
  type MediaExpectation,
  virtualDevices,
} from 'track-elements/testing';
import { startAudio } from '../../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { firefox, preferences } from '../../../scripts/browsers/firefox.js';
import { makeMarkedFilm } from '../../../scripts/marked-film.js';
import { decibels, measureSine } from '../../support/audio-analysis.js';
import { rejectionOf } from '../../support/rejections.js';
import { after, assert, before, describe, it } from '../../support/suite.js';
import { waitFor } from '../../support/waiting.js';
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
    for (const track of stream.getTracks()) globalThis.sender = near.addTrack(track, stream);
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

/** The number of the source in the marks of films that tests make. */
const FILM_SOURCE = 5;

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
    let navigate = async (): Promise<void> => {};
    const call = (constraints: MediaStreamConstraints) => evaluate(`call(${JSON.stringify(constraints)})`);

    before(async () => {
      server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(app));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const opened = await open(url);
      assert.isNotNull(opened, 'The browser is not installed.');
      ({ page, close } = opened as NonNullable<typeof opened>);
      navigate = async () => void (await (page as unknown as { goto(url: string): Promise<unknown> }).goto(url));
    });

    after(async () => {
      await close();
      server.closeAllConnections();
      server.close();
    });

    it('content that is wrong is reported before a page opens a track', async () => {
      const devices = virtualDevices(page);
      const messageOf = async (shown: Promise<void>) => (await rejectionOf(shown)).message;
      const camera = devices.camera('front');
      assert.match(
        await messageOf(camera.show({ pattern: 'crad' as 'card' })),
        /pattern is "crad".* Did you mean "card"\?/s,
      );
      assert.match(await messageOf(camera.show({ pattern: 'qr', params: { txt: 'a' } })), /a name in params is "txt"/);
      assert.match(await messageOf(camera.show({ pattern: 'solid', color: 'redd' })), /color is "redd"/);
      assert.match(await messageOf(camera.show({ waveform: 'sine' } as never)), /A camera was given a tone/);
      assert.match(await messageOf(devices.microphone().show({ waveform: 'sin' as 'sine' })), /Did you mean "sine"\?/);
      assert.match(await messageOf(devices.microphone().show({ pattern: 'card' } as never)), /was given a picture/);
      assert.match(await messageOf(camera.show('film.mp4' as never)), /content is "film\.mp4".* a file: \{ file: /);
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

    it('a mark of another camera is reported', async () => {
      const error = await rejectionOf(expectMedia(page, 'video#remote', { mark: 'front', frames: 5, timeout: 2000 }));
      assert.match(error.message, /#remote shows "Back camera"; it must show "front"/);
    });

    it('a mark that comes later is waited for: in another picture, in another stream, and beside audio that came first', async () => {
      const awaited = () => expectMedia(page, 'video#remote', { mark: 'front', frames: 10 });
      const back = { facingMode: { exact: 'environment' }, width: 640, height: 360 } as const;
      const showsBack = () => expectMedia(page, 'video#remote', { mark: 'back', frames: 2 });
      await showsBack();
      const inAnotherStream = awaited();
      await call({ video: { width: 640, height: 360 } });
      const { video } = await inAnotherStream;
      assert.deepEqual(video?.sources, [1]);
      await call({ video: back });
      await showsBack();
      // The cameras change in the track that is sent.
      const inAnotherPicture = awaited();
      await evaluate(`(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
        await sender.replaceTrack(stream.getTracks()[0]);
      })()`);
      assert.deepEqual((await inAnotherPicture).video?.sources, [1]);
      await evaluate('remote.srcObject = new MediaStream()');
      await evaluate(
        'navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => { remote.srcObject = stream; })',
      );
      const besideAudio = awaited();
      await evaluate(`navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } })
        .then((stream) => remote.srcObject.addTrack(stream.getTracks()[0]))`);
      assert.deepEqual((await besideAudio).video?.sources, [1]);
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

    it('files are played one after the other, and a file that does not wait ends the previous one', async () => {
      const microphone = virtualDevices(page).microphone();
      const clip = new Uint8Array(makeWaveFile(620, { seconds: 0.3 }));
      for (const each of [clip, clip]) await microphone.play(each);
      const replaced = rejectionOf(microphone.play(new Uint8Array(makeWaveFile(620, { seconds: 60 }))));
      await microphone.show({ waveform: 'silence' });
      assert.match((await replaced).message, /The microphone plays something else/);
      assert.match((await rejectionOf(microphone.play(new Uint8Array(8)))).message, /decode/i);
    });

    it('a media file is shown by its path, and by its bytes after a navigation', async () => {
      const film = await makeMarkedFilm({ format: 'webm', seconds: 2 });
      assert.isNotNull(film, 'FFmpeg is not installed.');
      const bytes = Buffer.from(film as string, 'base64');
      const folder = await mkdtemp(join(tmpdir(), 'film-'));
      const file = join(folder, 'film.webm');
      await writeFile(file, bytes);
      const showsFilm = async () => {
        const { video } = await expectMedia(page, 'video#remote', { frames: 10 });
        return video?.sources.at(-1) === FILM_SOURCE;
      };
      await call({ video: { width: 640, height: 360 } });
      await virtualDevices(page).camera('front').show({ file });
      await rm(folder, { recursive: true });
      await waitFor(showsFilm, 'the film');
      await navigate();
      await virtualDevices(page).camera('front').show({ file: bytes });
      await call({ video: { width: 320, height: 180 } });
      await waitFor(showsFilm, 'the film in the next document');
      const wrong = await rejectionOf(
        virtualDevices(page)
          .camera('front')
          .show({ file: Buffer.from('no film') }),
      );
      assert.match(wrong.message, /file is a Blob; it must be a media file: /);
    });

    it('the permission of screens is denied and given back', async () => {
      const request = () =>
        evaluate(`navigator.mediaDevices.getDisplayMedia({ video: true }).then(
          (stream) => stream.getTracks().map((track) => (track.stop(), track.label)), ({ name }) => name)`);
      await virtualDevices(page).deny('screen');
      assert.equal(await request(), 'NotAllowedError');
      await virtualDevices(page).allow('screen');
      assert.deepEqual(await request(), ['Screen']);
    });

    it('a screen has audio from the first that it plays', async () => {
      const request = () =>
        evaluate(`navigator.mediaDevices.getDisplayMedia({ video: true, audio: true }).then(
          (stream) => stream.getTracks().map((track) => (track.stop(), track.kind)).sort())`);
      assert.deepEqual(await request(), ['video']);
      const screen = virtualDevices(page).screen();
      await screen.play({ waveform: 'sine', frequency: 440 });
      assert.deepEqual(await request(), ['audio', 'video']);
      await screen.play(new Uint8Array(makeWaveFile(620, { seconds: 0.2 })));
    });

    it('an expectation that is wrong, or does not come true in time, is reported', async () => {
      await call({ video: { width: 320, height: 180 } });
      const messageOf = async (selector: string, expected: MediaExpectation) =>
        (await rejectionOf(expectMedia(page, selector, expected))).message;
      const unknown = await messageOf('video#remote', { mark: 'side' });
      assert.match(
        unknown,
        /camera "side" does not exist; there is "front", "back"\. .*screen "side".* "Screen", "Window"/s,
      );
      assert.match(await messageOf('video#far', { timeout: 200 }), /video#far is not on the page/);
      assert.match(await messageOf('title', { timeout: 200 }), /title plays nothing/);
      const late = await messageOf('video#remote', { frames: 100_000, timeout: 3000 });
      assert.match(late, /The timeout of 3000 ms is over\. frames is \d+; it must be at least 100000\./);
      assert.match(await messageOf('video#remote', { lots: 0 } as never), /lots/);
    });

    it('media is found in shadow roots', async () => {
      await evaluate(`{
        const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
        const video = Object.assign(document.createElement('video'), { id: 'inside', srcObject: remote.srcObject });
        root.append(video);
      }`);
      const report = await expectMedia(page, 'video#inside', { frames: 5 });
      assert.isAtLeast(report.video?.received ?? 0, 5);
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
