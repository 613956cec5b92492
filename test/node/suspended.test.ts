/*
 * A page that nobody has touched, in Chromium with its autoplay policy as users have it, and audio by the worklet: the
 * test runner's own browsers allow autoplay. `Page.evaluate` counts as a gesture, so the page is asked over the protocol.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';

const folder = join(root, '.cache/suspended');

const script = `
  import 'track-elements/define/all';
  import { configure, TrackGenerator } from 'track-elements/generator';
  configure({ backends: { audio: 'worklet' } });
  document.body.innerHTML = '<tone-source></tone-source><tone-source id="wrong" waveform="sinus"></tone-source><tone-source id="righted" waveform="sinus"></tone-source>';
  Object.assign(globalThis, { tone: document.querySelector('tone-source'), TrackGenerator });
`;

async function writePage(): Promise<void> {
  const stdin = { contents: script, resolveDir: root };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    format: 'esm',
    write: false,
    outdir: folder,
    splitting: true,
  });
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><body></body><script type="module" src="stdin.js"></script>',
  );
}

describe('Audio that waits for a user gesture', () => {
  let page: Page;
  let session: CDPSession;
  let stop = async (): Promise<void> => {};

  async function inPage<T>(expression: string): Promise<T> {
    const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', asked);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  before(async () => {
    await writePage();
    const { origin, stop: stopServer } = await serveStatic(folder);
    const args = chromiumArgs.filter((argument) => !argument.startsWith('--autoplay-policy'));
    const browser = await puppeteer.launch({ executablePath: (await chromium.find()) as string, args });
    stop = async () => {
      await browser.close();
      stopServer();
    };
    page = await browser.newPage();
    session = await page.createCDPSession();
    await page.goto(`${origin}/index.html`);
    await page.waitForNetworkIdle();
  });

  after(() => stop());

  it('has its track, and says that it is suspended', async () => {
    assert.equal(await inPage('tone.ready.then((track) => track.readyState)'), 'live');
    assert.equal(await inPage('tone.state'), 'suspended');
    assert.isTrue(await inPage('tone.matches(":state(suspended)")'));
  });

  it('answers getStats() nevertheless', async () => {
    assert.equal(await inPage('tone.getStats().then(({ produced }) => produced)'), 0);
  });

  it('does not fail for a value that was corrected in the meantime', async () => {
    await inPage('righted.ready.then(() => { righted.waveform = "square"; return righted.updateComplete; })');
    assert.equal(await inPage('righted.state'), 'suspended');
  });

  it('drops what is written, instead of letting it wait', async () => {
    const written = 'globalThis.mine = new TrackGenerator({ kind: "audio" }); ';
    const waited = 'new Promise((resolve) => mine.addEventListener("suspendchange", resolve))';
    assert.isFalse(await inPage(`${written} ${waited}.then(() => mine.write(new Float32Array(480)))`));
    assert.isTrue(await inPage('mine.suspended'));
  });

  it('runs after the next gesture on the page', async () => {
    await page.mouse.click(5, 5);
    const live =
      'new Promise((resolve) => { const look = () => tone.state === "live" ? resolve(true) : setTimeout(look, 20); look(); })';
    assert.isTrue(await inPage(live));
    const counted = 'tone.getStats().then(({ produced }) => produced)';
    const produced = `new Promise((resolve) => { const look = async () => (await ${counted}) > 5 ? resolve(true) : setTimeout(look, 50); look(); })`;
    assert.isTrue(await inPage(produced));
    assert.isFalse(await inPage('mine.suspended'));
    assert.equal(await inPage('righted.state'), 'live');
  });

  it('says from then on what is wrong with the newest change, and nothing of older ones', async () => {
    const change = (waveform: string) => `(tone.waveform = '${waveform}', tone.updateComplete)`;
    const wait = 'new Promise((resolve) => setTimeout(resolve, 300))';
    const collect =
      'globalThis.messages = []; tone.addEventListener("error", ({ message }) => messages.push(message)); ';
    await inPage(`${collect} ${change('sinus')}.then(() => ${change('sine')}).then(() => ${wait})`);
    assert.deepEqual(await inPage('[tone.state, messages.length]'), ['live', 0]);
    await inPage(`${change('sinus')}.then(() => ${wait})`);
    assert.deepEqual(await inPage('[tone.state, messages.length]'), ['failed', 1]);
    await inPage(`${change('sine')}.then(() => ${wait})`);
    assert.equal(await inPage('tone.state'), 'live');
  });
});
