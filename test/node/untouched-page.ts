/*
 * A page that nobody has touched, in a browser with its autoplay policy as users have it: the test runner's own browsers
 * allow autoplay. `Page.evaluate` counts as a gesture, so the page is asked over the protocol.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { startAudio } from '../../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { firefox } from '../../scripts/browsers/firefox.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';

export interface UntouchedPage {
  readonly page: Page;
  /** The value of an expression, without a user gesture. A promise is awaited. */
  inPage<T>(expression: string): Promise<T>;
  stop(): Promise<void>;
}

/** A browser that obeys its autoplay policy, and how its pages are asked without a gesture. */
interface UntouchedBrowser {
  launch(): Promise<Browser>;
  ask(page: Page, expression: string): Promise<string>;
}

/** Puppeteer's connection over WebDriver BiDi, by which it always asks with a gesture itself. */
interface BidiBrowser {
  readonly connection: { send(method: string, params: object): Promise<{ result: BidiResult }> };
}

interface BidiResult {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value: string };
  readonly exceptionDetails?: { readonly text: string };
}

const browsers = {
  chromium: {
    launch: async () =>
      puppeteer.launch({
        executablePath: (await chromium.find()) as string,
        args: chromiumArgs.filter((argument) => !argument.startsWith('--autoplay-policy')),
      }),
    async ask(page, expression) {
      const session = await page.createCDPSession();
      const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', asked);
      await session.detach();
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  },
  firefox: {
    launch: async () =>
      puppeteer.launch({
        browser: 'firefox',
        executablePath: (await firefox.find()) as string,
        // The defaults of Firefox. A page that may use the camera may also play, so that the other preferences are left out.
        extraPrefsFirefox: { 'media.autoplay.default': 1, 'media.autoplay.blocking_policy': 0 },
        env: { ...process.env, ...(await startAudio()) },
      }),
    async ask(page, expression) {
      const { connection } = page.browser() as unknown as BidiBrowser;
      const { _id: context } = page.mainFrame() as unknown as { _id: string };
      const asked = { expression, awaitPromise: true, target: { context }, userActivation: false };
      const { result } = await connection.send('script.evaluate', asked);
      if (result.type === 'exception') throw new Error(result.exceptionDetails?.text);
      return result.result?.value ?? 'null';
    },
  },
} satisfies Record<string, UntouchedBrowser>;

/** Opens a page with a module of the text `script`. `name` is that of a folder for its files. */
export async function openUntouchedPage(
  name: string,
  script: string,
  engine: keyof typeof browsers = 'chromium',
): Promise<UntouchedPage> {
  const folder = join(root, '.cache', `${name}-${engine}`);
  await writePage(folder, script);
  const { origin, stop: stopServer } = await serveStatic(folder);
  const { launch, ask } = browsers[engine];
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${origin}/index.html`);
  await page.waitForNetworkIdle();
  return {
    page,
    async inPage<T>(expression: string): Promise<T> {
      // It may be statements, of which the last one has the value.
      const value = `Promise.resolve((0, eval)(${JSON.stringify(expression)}))`;
      return JSON.parse(await ask(page, `${value}.then((value) => JSON.stringify(value ?? null))`));
    },
    async stop() {
      await browser.close();
      stopServer();
    },
  };
}

/** Writes a page with a bundled module of the text `contents` into a folder. */
export async function writePage(folder: string, contents: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    write: false,
    outdir: folder,
    splitting: true,
  });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { path, contents: text } of outputFiles) await writeFile(path, text);
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><body></body><script type="module" src="stdin.js"></script>',
  );
}
