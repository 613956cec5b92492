/** One page in a browser of its own, with a fresh profile. */
import puppeteer from 'puppeteer-core';
import { startAudio } from '../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../scripts/browsers/chromium.js';
import { absence } from '../scripts/browsers/engines.js';
import { firefox, preferences } from '../scripts/browsers/firefox.js';
import { webkit } from '../scripts/browsers/webkit.js';
import { openSession } from './webdriver.js';

/** What a page with one way needs of its browser: the fake camera is one of Chromium's switches. */
export const argsFor = (way, rate) =>
  way === 'camera' ? ['--use-fake-ui-for-media-stream', `--use-fake-device-for-media-stream=fps=${rate}`] : [];

/**
 * Opens the bench's page, and closes the browser when `use` is done.
 * `use` gets the `page`, the `browser` and `call(module, name, ...args)`, which calls what a module of `pages/` exports.
 */
export async function withPage(url, use, { args = [], ignoreDefaultArgs = [] } = {}) {
  const executablePath = await chromium.find();
  if (!executablePath) throw new Error(absence(chromium));
  const browser = await puppeteer.launch({
    executablePath,
    args: [...chromiumArgs, ...args],
    ignoreDefaultArgs,
    defaultViewport: { width: 1920, height: 1080 },
    protocolTimeout: 300_000,
  });
  try {
    return await use(await openPage(browser, url));
  } finally {
    await browser.close();
  }
}

/** The same in Firefox. */
export async function withFirefox(url, use) {
  const executablePath = await firefox.find();
  if (!executablePath) throw new Error(absence(firefox));
  sound ??= await startAudio();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: preferences,
    env: { ...process.env, ...sound },
    protocolTimeout: 300_000,
  });
  try {
    return await use(await openPage(browser, url));
  } finally {
    await browser.close();
  }
}

let sound;

/** The same in WebKitGTK, without a `page`. */
export async function withWebKit(url, use) {
  const found = await webkit.find();
  if (!found) throw new Error(absence(webkit));
  driver ??= await webkit.drive(found);
  const session = await openSession(driver);
  try {
    await session.open(url);
    const call = (module, name, ...args) => session.run(inPage, [`/bench/pages/${module}.js`, name, args]);
    return await use({ call });
  } finally {
    await session.close();
  }
}

let driver;

/** A further page of the same browser. */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`In the page: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && console.error(`In the page: ${message.text()}`));
  await page.goto(url);
  const call = (module, name, ...args) => page.evaluate(inPage, `/bench/pages/${module}.js`, name, args);
  return { browser, page, call };
}

/** Runs in the page. */
const inPage = async (specifier, name, args) => (await import(specifier))[name](...args);
