/**
 * `npm run stories`: builds Storybook, plays every story in Chromium with a media server, and checks its accessibility
 * with axe.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { MediaServer } from '../test/servers/media-server.js';
import { chromium, chromiumArgs } from './browsers/chromium.js';
import { absence } from './browsers/engines.js';
import { root, runQuietly } from './process.js';
import { serveStatic } from './static-server.js';
import { openStoryPage } from './story-page.js';
import { writeCounts } from './test-counts.js';

const folder = join(root, 'storybook-static');

async function playAll(browser, origin) {
  const { entries } = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const play = await openStoryPage(browser, origin);
  let titleBefore = null;
  for (const { id, type, title } of Object.values(entries)) {
    if (type !== 'story') continue;
    // Loading Storybook takes as long as most stories, so the stories of an element share a page.
    let errors = await play(id, title === titleBefore);
    titleBefore = title;
    // On a busy machine a story may be late, and Storybook may keep the elements of the previous story. So a story that fails
    // is played once more, in its own page.
    if (errors.length > 0) {
      console.log([`✖ ${id}, once more`, ...errors.map((error) => error.slice(0, 300))].join('\n    '));
      errors = await play(id);
    }
    counts[errors.length === 0 ? 'passed' : 'failed'] += 1;
    console.log([`${errors.length === 0 ? '✔' : '✖'} ${id}`, ...errors].join('\n    '));
  }
  return counts;
}

async function inBrowser(executablePath) {
  const server = await serveStatic(folder);
  const browser = await puppeteer.launch({ executablePath, args: chromiumArgs });
  try {
    return await playAll(browser, server.origin);
  } finally {
    await browser.close();
    server.stop();
  }
}

async function stories() {
  const executablePath = await chromium.find();
  if (!executablePath) throw new Error(absence(chromium));
  const mediaServer = new MediaServer();
  try {
    const env = { STORYBOOK_MEDIA_SERVER: await mediaServer.listen() };
    const built = await runQuietly('storybook', ['build', '--output-dir', folder], env);
    if (built !== 0) return { passed: 0, failed: 1, skipped: 0 };
    return await inBrowser(executablePath);
  } finally {
    mediaServer.close();
  }
}

const counts = await stories();
writeCounts(counts);
process.exitCode = counts.failed > 0 ? 1 : 0;
