/*
 * Applications with Vite: neither its development server nor its build prints anything about the library, no file is missing,
 * and the elements run. Every version that is in use is tried, with a cold cache.
 */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';

/** The part of a version of Vite that is used here. */
interface Vite {
  readonly version: string;
  createServer(config: object): Promise<{
    listen(): Promise<unknown>;
    close(): Promise<void>;
    readonly moduleGraph: {
      getModuleByUrl(url: string): Promise<object | undefined>;
      onFileChange(file: string): void;
    };
    reloadModule(module: object): Promise<void>;
    readonly resolvedUrls: { readonly local: readonly [string] };
  }>;
  build(config: object): Promise<unknown>;
}

/** Each version, with its module. */
const versions: Record<string, string> = {
  5: '../frameworks/vite-5/node_modules/vite/dist/node/index.js',
  6: '../frameworks/vite-6/node_modules/vite/dist/node/index.js',
  7: '../frameworks/vite-7/node_modules/vite/dist/node/index.js',
  8: 'vite',
};

const folder = join(root, `.cache/vite-${process.pid}`);

/** An application with elements that load workers, parts of them, a worklet and the worker of recordings. */
const page = `<!doctype html>
<html lang="en"><head><title>An application</title><link rel="icon" href="data:,"></head><body>
<video id="screen" autoplay muted playsinline></video>
<pattern-source for="screen" pattern="ball" label="Studio 1" width="64" height="36"></pattern-source>
<track-recorder><tone-source></tone-source></track-recorder>
<rtc-loopback loss="0.01"><pattern-source width="64" height="36"></pattern-source></rtc-loopback>
<canvas id="drawing" width="64" height="36"></canvas>
<canvas-source from="drawing"></canvas-source>
<track-generator kind="video" width="64" height="36"><pattern-source></pattern-source>
<signal-fault kind="freeze" every="1" duration="0.1"></signal-fault></track-generator>
<track-probe><pattern-source mark width="320" height="180"></pattern-source><tone-source mark></tone-source></track-probe>
<signal-scope><pattern-source width="64" height="36"></pattern-source></signal-scope>
<signal-scope id="spectrum" view="spectrum"><tone-source></tone-source></signal-scope>
<level-meter><tone-source></tone-source></level-meter>
<track-monitor figures><pattern-source width="64" height="36"></pattern-source></track-monitor>
<virtual-camera mode="replace"><pattern-source label="Camera"></pattern-source></virtual-camera>
<script type="module" src="./main.js"></script>
</body></html>`;

const script = `
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import 'track-elements/define/rtc-loopback';
import 'track-elements/define/track-recorder';
import 'track-elements/define/canvas-source';
import 'track-elements/define/track-generator';
import 'track-elements/define/signal-fault';
import 'track-elements/define/track-probe';
import 'track-elements/define/signal-scope';
import 'track-elements/define/level-meter';
import 'track-elements/define/track-monitor';
import 'track-elements/define/virtual-camera';
import './part.js';
import './definition.js';
import { VirtualDevices } from 'track-elements/devices';
import { configure } from 'track-elements/configure';
import { TrackGenerator } from 'track-elements/generator';

const element = (name) => document.querySelector(name);
const event = (name, type) => new Promise((resolve) => element(name).addEventListener(type, resolve));
const until = async (name, isTrue) => {
  for (const deadline = performance.now() + 30_000; !isTrue(); ) {
    if (performance.now() > deadline) throw new Error('No ' + name + ' after 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

element('#drawing').getContext('2d').fillRect(0, 0, 64, 36);

/** Waits until each element does its work, and opens a virtual camera and a virtual microphone. */
async function useOthers() {
  await Promise.all([element('canvas-source').ready, element('track-generator').ready]);
  for (const kind of ['video', 'audio']) {
    await until(kind + ' of the probe', () => element('track-probe').report[kind]?.received > 0);
  }
  for (const name of ['signal-scope', '#spectrum']) await until('summary of ' + name, () => element(name).summary !== '');
  await until('levels', () => element('level-meter').levels?.channels.length > 0);
  const badge = () => element('track-monitor').shadowRoot.querySelector('[part~=badge-size]')?.textContent;
  await until('size in the monitor', () => badge() === '64×36');
  const devices = new VirtualDevices({ mode: 'replace' });
  await devices.addMicrophone().show({ waveform: 'sine' });
  devices.install();
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const kinds = stream.getTracks().map(({ kind }) => kind).sort().join(' ');
  for (const track of stream.getTracks()) track.stop();
  devices.close();
  return kinds;
}

async function run() {
  const loopback = event('rtc-loopback', 'addtrack');
  await Promise.all([element('pattern-source').ready, element('tone-source').ready]);
  await loopback;
  const recorder = element('track-recorder');
  const progress = event('track-recorder', 'progress');
  const recorded = event('track-recorder', 'recorded');
  await recorder.start();
  await progress;
  recorder.stop();
  await recorded;
  configure({ backends: { audio: 'worklet' } });
  const written = await new TrackGenerator({ kind: 'audio' }).write(new Float32Array(480));
  const kinds = await useOthers();
  return [element('pattern-source').state, element('tone-source').state, recorder.state, written, kinds].join();
}
globalThis.results = run();
`;

/** The results of the page when everything works. */
const WORKS = 'live,live,stopped,true,audio video';

/** A module that Vite replaces while the page runs. */
const part = `
import 'track-elements/define/pattern-source';
globalThis.runs = (globalThis.runs ?? 0) + 1;
import.meta.hot?.accept();
`;

/** A module that defines a pattern of the page's own. Vite runs it again when the file of the pattern has changed. */
const definition = `
import { definePattern } from 'track-elements/define-signals';
import { url } from './own-gray.js';
definePattern('own-gray', url);
globalThis.definitions = (globalThis.definitions ?? 0) + 1;
import.meta.hot?.accept();
`;

/** A pattern of one luma. Its URL names the time of the change when Vite has replaced it. */
const ownGray = (luma: number) => `
export const url = import.meta.url;
export default {
  prepare({ width, height, colorSpace }) {
    const chroma = () => new Uint8Array((width * height) / 4).fill(128);
    const picture = { width, height, y: new Uint8Array(width * height).fill(${luma}), u: chroma(), v: chroma(), colorSpace };
    return { picture, key: () => 0, render() {} };
  },
};
`;

/** Puts a source of the page's own pattern into the page, and a function that resolves when its picture has a gray. */
const showOwnGray = `(() => {
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true });
  globalThis.own = Object.assign(document.createElement('pattern-source'), { pattern: 'own-gray', width: 64, height: 36 });
  video.srcObject = own.stream;
  document.body.prepend(video, own);
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  globalThis.shows = (gray) => {
    context.drawImage(video, 0, 0, 1, 1);
    return Math.abs(context.getImageData(0, 0, 1, 1).data[0] - gray) < 4;
  };
})()`;

/** Installs the library where npm would, and writes the application. */
async function writeApplication(): Promise<void> {
  const installed = join(folder, 'node_modules/track-elements');
  await mkdir(installed, { recursive: true });
  await cp(join(root, 'package.json'), join(installed, 'package.json'));
  const filter = (path: string) => !/\.(d\.ts|map|tsbuildinfo)$/.test(path);
  await cp(join(root, 'dist'), join(installed, 'dist'), { recursive: true, filter });
  // Without a manifest the application would be part of this package, whose files Vite does not bundle beforehand.
  await writeFile(join(folder, 'package.json'), '{ "name": "application", "private": true }');
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'main.js'), script);
  await writeFile(join(folder, 'part.js'), part);
  await writeFile(join(folder, 'definition.js'), definition);
  await writeFile(join(folder, 'own-gray.js'), ownGray(60));
}

/** The settings that make a version print into a list. Its server also adds the requests that it refuses. */
function configuration(version: string, messages: string[]): object {
  const add = (text: unknown) => messages.push(String(text));
  return {
    root: folder,
    base: './',
    configFile: false,
    cacheDir: join(folder, `cache-${version}`),
    customLogger: { info() {}, warn: add, warnOnce: add, error: add, clearScreen() {}, hasErrorLogged: () => false },
    server: { host: '127.0.0.1', port: 0, watch: null },
    build: { outDir: join(folder, `build-${version}`) },
    plugins: [
      {
        name: 'refused-requests',
        configureServer({ middlewares }: { middlewares: { use(handler: Middleware): void } }) {
          middlewares.use((request, response, next) => {
            response.on('finish', () => {
              if (response.statusCode >= 400) add(`${response.statusCode} ${request.url}`);
            });
            next();
          });
        },
      },
    ],
  };
}

type Middleware = (
  request: { readonly url: string },
  response: { readonly statusCode: number; on(type: 'finish', listener: () => void): void },
  next: () => void,
) => void;

describe('An application with Vite', () => {
  let browser: Browser;

  before(async () => {
    const executablePath = (await chromium.find()) as string;
    [browser] = await Promise.all([puppeteer.launch({ executablePath, args: chromiumArgs }), writeApplication()]);
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /**
   * Opens a page, and adds to the list what goes wrong in it. Resolves to the results of its script, after `use` has used the
   * page.
   */
  async function open(address: string, messages: string[], use?: (page: Page) => Promise<void>): Promise<unknown> {
    const opened = await browser.newPage();
    // All of the page is in sight: a scope out of sight reads nothing.
    await opened.setViewport({ width: 800, height: 4000 });
    opened.on('console', (message) => {
      const isLits = message.text().startsWith('Lit is in dev mode');
      if (/error|warn/.test(message.type()) && !isLits) messages.push(`console: ${message.text()}`);
    });
    opened.on('pageerror', (error) => messages.push(`error: ${error}`));
    opened.on('requestfailed', (request) => messages.push(`failed: ${request.url()}`));
    opened.on('response', (response) => {
      if (response.status() >= 400) messages.push(`${response.status()} ${response.url()}`);
    });
    await opened.goto(address);
    const results = await opened.evaluate('results');
    await use?.(opened);
    await opened.close();
    return results;
  }

  it('keeps the tracks of the elements when a module of the page is replaced', async () => {
    process.env.NODE_ENV = 'development';
    const vite = (await import(versions[8] as string)) as Vite;
    const messages: string[] = [];
    const server = await vite.createServer(configuration('8', messages));
    await server.listen();
    try {
      await open(server.resolvedUrls.local[0], messages, async (opened) => {
        await opened.evaluate("globalThis.track = document.querySelector('pattern-source').track");
        const module = await server.moduleGraph.getModuleByUrl('/part.js');
        assert.isDefined(module);
        await server.reloadModule(module as object);
        await opened.waitForFunction('runs === 2');
        const source = "document.querySelector('pattern-source')";
        assert.deepEqual(
          await opened.evaluate(
            `[track.readyState, ${source}.state, ${source}.track === track, performance.getEntriesByType('navigation')[0].type]`,
          ),
          ['live', 'live', true, 'navigate'],
        );
      });
    } finally {
      await server.close();
    }
    assert.deepEqual(messages, []);
  });

  it('plays the new module of a pattern of the page when its file has changed', async () => {
    process.env.NODE_ENV = 'development';
    const vite = (await import(versions[8] as string)) as Vite;
    const messages: string[] = [];
    const server = await vite.createServer(configuration('8', messages));
    await server.listen();
    try {
      await open(server.resolvedUrls.local[0], messages, async (opened) => {
        await opened.evaluate(showOwnGray);
        // Luma 60 and 180 in limited range.
        await opened.waitForFunction('shows(51)');
        await opened.evaluate('globalThis.track = own.track');
        await writeFile(join(folder, 'own-gray.js'), ownGray(180));
        // As its watcher does, which is off here.
        server.moduleGraph.onFileChange(join(folder, 'own-gray.js'));
        const module = await server.moduleGraph.getModuleByUrl('/own-gray.js');
        assert.isDefined(module);
        await server.reloadModule(module as object);
        await opened.waitForFunction('definitions === 2');
        await opened.waitForFunction('shows(191)');
        assert.isTrue(await opened.evaluate('own.track === track'));
      });
    } finally {
      await server.close();
    }
    assert.deepEqual(messages, []);
  });

  for (const [version, specifier] of Object.entries(versions)) {
    it(`${version} runs by its development server, which misses no file and prints no warning`, async () => {
      process.env.NODE_ENV = 'development';
      const vite = (await import(specifier)) as Vite;
      assert.equal(vite.version.split('.')[0], version);
      const messages: string[] = [];
      const server = await vite.createServer(configuration(version, messages));
      await server.listen();
      try {
        assert.equal(await open(server.resolvedUrls.local[0], messages), WORKS);
      } finally {
        await server.close();
      }
      assert.deepEqual(messages, []);
    });

    it(`${version} runs when it is built, without a warning`, async () => {
      process.env.NODE_ENV = 'production';
      const vite = (await import(specifier)) as Vite;
      const messages: string[] = [];
      await vite.build(configuration(version, messages));
      const { origin, stop } = await serveStatic(join(folder, `build-${version}`));
      try {
        assert.equal(await open(`${origin}/index.html`, messages), WORKS);
      } finally {
        stop();
      }
      assert.deepEqual(messages, []);
    });
  }
});
