/* A page that is a file of the disk, with the library by a script tag from another origin, as one tries it by copy and paste. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer-core';
import { startAudio } from '../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { firefox, preferences } from '../../scripts/browsers/firefox.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';

/** One element for each file that the engine loads, and for other workers. */
const elements = {
  'a pattern': '<pattern-source width="64" height="36"></pattern-source>',
  'a pattern of another part, with a label':
    '<pattern-source pattern="mandelbrot" label="A" width="64" height="36"></pattern-source>',
  'a tone': '<tone-source></tone-source>',
  'a fault': '<pattern-source width="64" height="36"><signal-fault duration="0.1"></signal-fault></pattern-source>',
  layers: '<track-generator kind="video" width="64" height="36"><pattern-source></pattern-source></track-generator>',
  'written audio': '<track-generator kind="audio"></track-generator>',
};

const page = (origin: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A file</title><script src="${origin}/dist/cdn/track-elements.js"></script></head>
<body><script>
async function stateOf(markup) {
  document.body.innerHTML = markup;
  const [element] = document.body.children;
  const failed = new Promise((resolve) => element.addEventListener('error', ({ message }) => resolve(message)));
  return Promise.race([failed, element.ready.then(() => element.state)]);
}
async function hasMarks() {
  document.body.innerHTML = '<track-probe><pattern-source mark width="320" height="180"></pattern-source></track-probe>';
  const [probe] = document.body.children;
  return new Promise((resolve) => {
    probe.addEventListener('error', ({ message }) => resolve(message));
    probe.addEventListener('report', ({ report }) => report.video?.received > 0 && resolve('marks'));
  });
}
</script></body></html>`;

const engines = {
  Chromium: async () => puppeteer.launch({ executablePath: (await chromium.find()) as string, args: chromiumArgs }),
  Firefox: async () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: (await firefox.find()) as string,
      extraPrefsFirefox: preferences,
      env: { ...process.env, ...(await startAudio()) },
    }),
};

for (const [name, launch] of Object.entries(engines)) {
  describe(`A page of the disk in ${name}`, () => {
    const folder = join(root, `.cache/page-of-a-disk-${name}`);
    let server: Awaited<ReturnType<typeof serveStatic>>;
    let browser: Browser;

    /** The result of a function of the page, in a tab of its own. */
    async function ask(expression: string): Promise<unknown> {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(join(folder, 'index.html')).href);
      const result = await tab.evaluate(expression);
      await tab.close();
      return result;
    }

    before(async () => {
      server = await serveStatic(root);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'index.html'), page(server.origin));
      browser = await launch();
    });

    after(async () => {
      await browser.close();
      server.stop();
      await rm(folder, { recursive: true });
    });

    for (const [title, markup] of Object.entries(elements)) {
      it(`plays ${title}`, async () => {
        assert.equal(await ask(`stateOf(${JSON.stringify(markup)})`), 'live');
      });
    }

    it('reads the marks of a picture', async () => {
      assert.equal(await ask('hasMarks()'), 'marks');
    });
  });
}
