/*
 * A page that nobody has touched, in Chromium with its autoplay policy as users have it: the test runner's own browsers
 * allow autoplay. `Page.evaluate` counts as a gesture, so the page is asked over the protocol.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer, { type Page } from 'puppeteer-core';
import { chromium, chromiumArgs } from '../../scripts/browsers/chromium.js';
import { root } from '../../scripts/process.js';
import { serveStatic } from '../../scripts/static-server.js';

export interface UntouchedPage {
  readonly page: Page;
  /** The value of an expression, without a user gesture. A promise is awaited. */
  inPage<T>(expression: string): Promise<T>;
  stop(): Promise<void>;
}

/** Opens a page with a module of the text `script`. `name` is that of a folder for its files. */
export async function openUntouchedPage(name: string, script: string): Promise<UntouchedPage> {
  const folder = join(root, '.cache', name);
  await writePage(folder, script);
  const { origin, stop: stopServer } = await serveStatic(folder);
  const args = chromiumArgs.filter((argument) => !argument.startsWith('--autoplay-policy'));
  const browser = await puppeteer.launch({ executablePath: (await chromium.find()) as string, args });
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await page.goto(`${origin}/index.html`);
  await page.waitForNetworkIdle();
  return {
    page,
    async inPage<T>(expression: string): Promise<T> {
      const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', asked);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T;
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
