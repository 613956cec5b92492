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

  /** Collects the errors of an element and of those inside, in place of the console. */
  function collectErrors(element) {
    const errors = [];
    for (const each of [element, ...element.querySelectorAll('*')]) {
      each.addEventListener('error', (event) => {
        event.preventDefault();
        errors.push(event.message);
      });
    }
    return errors;
  }

  /** A stream of a canvas that is painted all the time. */
  function paintedStream() {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    setInterval(() => context.fillRect(0, 0, 64, 48), 50);
    return canvas.captureStream();
  }

  // Thirty frames of a pattern.
  const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1000));

  function place(markup) {
    document.body.innerHTML = markup;
    return document.body.firstElementChild;
  }

  async function failedSource(markup) {
    const source = place(markup);
    const film = document.getElementById('film');
    if (film) film.srcObject = paintedStream();
    const errors = collectErrors(source);
    await state(source, 'failed');
    await aSecond();
    return { errors, hasTrack: source.track !== null };
  }

  async function refusedCamera() {
    const camera = place('<virtual-camera mode="replace"><pattern-source></pattern-source></virtual-camera>');
    const errors = collectErrors(camera);
    await camera.updateComplete;
    const rejection = await navigator.mediaDevices.getUserMedia({ video: true }).then(String, ({ name }) => name);
    await aSecond();
    return { errors, rejection, open: camera.tracks.length };
  }

  async function openedMicrophone() {
    const microphone = place('<virtual-microphone mode="replace"><tone-source></tone-source></virtual-microphone>');
    const errors = collectErrors(microphone);
    await microphone.updateComplete;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    return { errors, states: stream.getTracks().map(({ kind, readyState }) => kind + ' ' + readyState) };
  }

  async function measuredTone(tag) {
    const meter = place('<' + tag + '><tone-source mark></tone-source></' + tag + '>');
    const errors = collectErrors(meter);
    const type = { 'level-meter': 'level', 'track-probe': 'report' }[tag];
    await new Promise((resolve) => meter.addEventListener(type, resolve));
    return errors;
  }

  async function errorOfMeasuring(tag) {
    const element = document.createElement(tag);
    const errors = collectErrors(element);
    element.srcObject = paintedStream();
    document.body.replaceChildren(element);
    await aSecond();
    await aSecond();
    return { errors, state: element.state };
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

  Object.assign(globalThis, { failedSource, refusedCamera, openedMicrophone, measuredTone, errorOfMeasuring, liveTone, refusedWrite, recordedTone, hasFrames: 'VideoFrame' in globalThis });
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
      await page.waitForFunction('globalThis.failedSource');
      assert.isFalse(await page.evaluate('hasFrames'), 'VideoFrame');
    });

    after(async () => {
      await browser?.close();
      stopServer();
    });

    const hidden = /no VideoFrame.*privacy\.resistFingerprinting.*allow the site/;
    const unread = /^This browser has no VideoFrame: pictures cannot be read\./;

    for (const [name, markup, sentence] of [
      ['pattern', '<pattern-source></pattern-source>', hidden],
      ['pattern with a fault', '<pattern-source><signal-fault></signal-fault></pattern-source>', hidden],
      ['canvas', '<canvas-source from="drawing"></canvas-source><canvas id="drawing"></canvas>', unread],
      ['video', '<element-source from="film"></element-source><video id="film" autoplay muted></video>', unread],
    ] as const) {
      it(`a ${name} fails once, with a sentence that says what to do`, async () => {
        const call = `failedSource(${JSON.stringify(markup)})`;
        const { errors, hasTrack } = (await page.evaluate(call)) as { errors: string[]; hasTrack: boolean };
        assert.equal(errors.length, 1, errors.join('; '));
        assert.match(errors[0] as string, sentence);
        assert.isFalse(hasTrack);
      });
    }

    it('a request for a virtual camera is rejected, and the element says why, once', async () => {
      const result = (await page.evaluate('refusedCamera()')) as { errors: string[]; rejection: string; open: number };
      const { errors, rejection, open } = result;
      assert.deepEqual([rejection, open, errors.length], ['NotReadableError', 0, 1], errors.join('; '));
      assert.match(errors[0] as string, hidden);
    });

    it('a virtual microphone plays', async () => {
      assert.deepEqual(await page.evaluate('openedMicrophone()'), { errors: [], states: ['audio live'] });
    });

    for (const tag of ['level-meter', 'track-probe']) {
      it(`audio is measured by a ${tag}`, async () => {
        assert.deepEqual(await page.evaluate(`measuredTone('${tag}')`), []);
      });
    }

    for (const tag of ['track-probe', 'signal-scope']) {
      it(`a ${tag} says once that it cannot read pictures`, async () => {
        const { errors } = (await page.evaluate(`errorOfMeasuring('${tag}')`)) as { errors: string[] };
        assert.equal(errors.length, 1, errors.join('; '));
        assert.match(errors[0] as string, /no VideoFrame/);
      });
    }

    it('a monitor shows a track without an error', async () => {
      assert.deepEqual(await page.evaluate("errorOfMeasuring('track-monitor')"), { errors: [], state: 'measuring' });
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
