/** Every example of the documents runs in Chromium as written. */
import { mediaServer } from '../support/media-server.js';
import { describe, it } from '../support/suite.js';
import { type Exports, runExample } from './example-page.js';
import { examplePages, fencesOf, filePath, isExternal, linksOf } from './examples.js';

const read = async (path: string): Promise<string> => (await fetch(path)).text();

/** Every document that links lead to, from the README on. */
async function documents(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const paths = ['/README.md'];
  for (const path of paths) {
    const text = await read(path);
    found.set(path, text);
    for (const address of linksOf(text).filter((link) => !isExternal(link))) {
      const { pathname } = new URL(address, new URL(path, location.href));
      if (pathname.endsWith('.md') && !paths.includes(pathname)) paths.push(pathname);
    }
  }
  return found;
}

/** Starts jobs in their order, a few at a time: most of an example's time is waiting. */
function queue(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (job: () => Promise<void>): Promise<void> => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      await job();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

// The examples are written for every browser; this says that they are right, and the other tests that browsers agree.
const isChromium = 'MediaStreamTrackGenerator' in window;

describe('Every example of', () => {
  it(isChromium ? 'the documents has a page' : 'the documents is run in Chromium only', () => {});
});

if (isChromium) {
  const { exports } = JSON.parse(await read('/package.json')) as { exports: Exports };
  const server = await mediaServer.start();
  const inTurn = queue(4);
  for (const [path, text] of await documents()) {
    const fences = fencesOf(text);
    const files = fences.filter(filePath);
    const pages = examplePages(fences);
    if (pages.length === 0) continue;
    describe(`The examples of ${path.slice(1)} run:`, () => {
      for (const page of pages) {
        const result = inTurn(() => runExample(page, { exports, mediaServer: server, files }));
        result.catch(() => {});
        it(`line ${page.line}`, () => result);
      }
    });
  }
}
