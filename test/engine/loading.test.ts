/*
 * The worker and the worklet load in every page, however it gets the library. The pages are built in test/consumers; each
 * writes audio, starts a pattern and a tone, and posts the results.
 */
import { executeServerCommand } from '@web/test-runner-commands';
import { loadManifest } from '../support/manifest.js';
import { hasPeers, isNative, skip } from '../support/skipping.js';
import { assert, before, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

interface Results {
  /** The result of written audio, by the generator's own worker or worklet. */
  readonly written: string;
  readonly pattern: string;
  readonly tone: string;
  /** With `?all`: a waveform of the page's own, a loopback with faults, a publisher, a recording, a scope, a meter, a probe, a monitor, a player, sources of other elements, devices and a file, virtual devices, and the classes without elements. */
  readonly waveform?: string;
  readonly layers?: string;
  readonly tones?: string;
  readonly processor?: string;
  readonly probeClass?: string;
  readonly player?: string;
  readonly loopback?: string;
  readonly publisher?: string;
  readonly recording?: string;
  readonly scope?: string;
  readonly faults?: string;
  readonly sources?: string;
  readonly file?: string;
  readonly devices?: string;
  readonly meter?: string;
  readonly probe?: string;
  readonly monitor?: string;
  /** Everything that the policy has forbidden. */
  readonly violations?: string;
  /** The names of the elements that the page has used. */
  readonly tags?: string;
}

const consumers = {
  plain: 'a plain script and an import map',
  cdn: "another origin's server and an import map",
  vite: "Vite's build",
  'vite-dev': "Vite's development server",
  webpack: 'webpack 5',
  esbuild: 'esbuild without plugins',
  'esbuild-script': 'esbuild, as a classic script',
  'single-page': 'esbuild, on a server that answers what it lacks with a page',
  'own-workers': 'esbuild, beside workers of the page with the usual names',
  'script-tag': 'a script tag, from another origin',
};

/** The folder with the files of the worker, in a page that serves them. */
const base = 'base=public/assets/track-elements/';

/** The results of each page, by its name and query. Several pages are open at a time, since they mostly wait. */
const reports = new Map<string, Promise<Results>>();
const AT_A_TIME = 4;
/** A busy machine needs seconds for each page. */
const REPORT_TIMEOUT_MS = 110_000;

/** Opens a page in a frame until it has posted its results. */
async function open(address: string): Promise<Results> {
  const frame = document.createElement('iframe');
  Object.assign(frame, { allow: 'autoplay; camera; microphone; display-capture', src: address });
  const listening = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      setTimeout(
        () => reject(new Error(`${address} reported nothing within ${REPORT_TIMEOUT_MS} ms`)),
        REPORT_TIMEOUT_MS,
      );
      const listen = ({ source, data }: MessageEvent<{ results?: Results }>) => {
        if (source === frame.contentWindow && data.results) resolve(data.results);
      };
      addEventListener('message', listen, listening);
      document.body.append(frame);
    });
  } finally {
    listening.abort();
    frame.remove();
  }
}

/** Opens pages one after the other, next to other rows of pages. */
function openAll(addresses: Readonly<Record<string, string>>, pages: readonly string[]): void {
  const rows: Promise<unknown>[] = Array.from({ length: AT_A_TIME }, () => Promise.resolve());
  pages.forEach((page, index) => {
    const [name = '', query] = page.split('?');
    const opened = (rows[index % AT_A_TIME] as Promise<unknown>).then(() =>
      open(`${addresses[name]}${query ? `?${query}` : ''}`),
    );
    rows[index % AT_A_TIME] = opened.catch(() => {});
    reports.set(page, opened);
  });
}

const page = (name: string): Promise<Results> => reports.get(name) as Promise<Results>;

before(async function () {
  this.timeout(120_000);
  const pages = [...Object.keys(consumers), 'strict', `strict?${base}&all`, `trusted?${base}&all`, `untrusted?${base}`];
  if (isNative) {
    pages.push(...Object.keys(consumers).map((name) => `${name}?audio=worklet`));
    pages.push('strict?audio=worklet', `strict?${base}&audio=worklet`);
  }
  const build = () => executeServerCommand<unknown, Record<string, string> | false>('consumers');
  openAll(await waitFor(build, 'the pages', { timeoutMs: 100_000 }), pages);
});

function assertRunning({ written, pattern, tone }: Results, audio = isNative ? 'native' : 'worklet'): void {
  assert.equal(written, `true by ${audio}`);
  assert.match(pattern, /^live by (native|worker|canvas)$/);
  assert.equal(tone, `live by ${audio}`);
}

describe('A page that gets the library from', () => {
  for (const [name, description] of Object.entries(consumers)) {
    it(`${description} plays patterns, tones and written audio`, async () => {
      assertRunning(await page(name));
    });

    if (isNative) {
      it(`${description} plays audio by the worklet`, async () => {
        assertRunning(await page(`${name}?audio=worklet`), 'worklet');
      });
    }
  }
});

/** The name of every element that the package registers. */
const tags = (await loadManifest()).map(({ tagName }) => tagName).sort();

/** Every element works, with all files that any of them loads. */
function assertAllRunning(results: Results): void {
  assertRunning(results);
  const { layers = '', tones = '', processor, probeClass, player } = results;
  assert.match(layers, /^live by/);
  assert.match(results.faults ?? '', /^live by/);
  assert.match(tones, /^live by/);
  assert.equal(processor, 'VideoFrame,AudioData');
  assert.equal(probeClass, 'marks');
  assert.equal(player, 'live');
  const { waveform = '', loopback, publisher, recording, scope = '', meter, probe, monitor, violations } = results;
  assert.match(waveform, /^live by/);
  assert.equal(loopback, 'live');
  assert.equal(publisher, 'live');
  assert.equal(recording, 'stopped, with a recording');
  assert.match(scope, /^Luma from/);
  assert.equal(meter, '2 channels');
  assert.equal(probe, 'marks');
  assert.equal(monitor, '64×36');
  assert.equal(results.sources, 'live,live,live,live');
  assert.match(results.file ?? '', /^live by/);
  assert.equal(results.devices, 'camera,microphone,screen');
  assert.equal(violations, '');
  // Without peer connections there is nothing to try of the elements that need them.
  if (hasPeers) assert.equal(results.tags, tags.join());
}

describe('A page with a content security policy', () => {
  it("of default-src 'self' gets errors that say which files to serve and how to call configure()", async () => {
    const { written, pattern, tone } = await page('strict');
    for (const message of [written, pattern, tone]) {
      assert.match(
        message,
        /^NetworkError: track-elements-(engine|generator)-(worker|worklet)\.js did not load from a blob:/,
      );
      assert.match(message, /content security policy/);
      assert.match(message, /serve the files of track-elements\/workers\/ and call configure\(\{ baseUrl \}\)/);
    }
  });

  it("of default-src 'self' runs every element after configure() with the folder of the files", async function () {
    this.timeout(130_000);
    assertAllRunning(await page(`strict?${base}&all`));
  });

  it('that requires trusted types runs every element if it allows the policy track-elements', async function () {
    this.timeout(130_000);
    assertAllRunning(await page(`trusted?${base}&all`));
  });

  it('that requires trusted types and allows others gets an error that names the policy', async function () {
    if (!('trustedTypes' in globalThis)) skip(this, 'this engine has no trusted types');
    const { pattern } = await page(`untrusted?${base}`);
    assert.match(pattern, /^NetworkError: track-elements-engine-worker\.js did not load from/);
    assert.match(
      pattern,
      /let the policy allow trusted-types track-elements, with two copies of the library also 'allow-duplicates'\.$/,
    );
  });

  if (isNative) {
    it('plays audio by the worklet after configure() with the folder, and gets an error before', async () => {
      assertRunning(await page(`strict?${base}&audio=worklet`), 'worklet');
      const { tone, written } = await page('strict?audio=worklet');
      for (const message of [tone, written]) assert.match(message, /configure\(\{ baseUrl \}\)/);
    });
  }
});
