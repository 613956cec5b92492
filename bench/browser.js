/** Opens the page of the bench in a browser: each time a new browser with a new profile. */
import puppeteer from 'puppeteer-core';
import { startAudio } from '../scripts/browsers/audio.js';
import { chromium, chromiumArgs } from '../scripts/browsers/chromium.js';
import { absence } from '../scripts/browsers/engines.js';
import { firefox, preferences } from '../scripts/browsers/firefox.js';
import { webkit } from '../scripts/browsers/webkit.js';
import { openSession } from './webdriver.js';

const PROTOCOL_TIMEOUT_MS = 300_000;

/** Arguments that Chromium needs for a track source: its fake camera is switched on by the command line. */
export const argsFor = (source, rate) =>
  source === 'fake camera' ? ['--use-fake-ui-for-media-stream', `--use-fake-device-for-media-stream=fps=${rate}`] : [];

/**
 * Opens the page in Chromium, and closes the browser after `use`.
 *
 * @param use gets the `page`, the `browser` and `call(module, name, ...args)`, which calls a function that a module in
 * `bench/pages` exports, in the page.
 */
export async function withChromium(url, use, { args = [], ignoreDefaultArgs = [] } = {}) {
  const executablePath = await chromium.find();
  if (!executablePath) throw new Error(absence(chromium));
  const browser = await puppeteer.launch({
    executablePath,
    args: [...chromiumArgs, ...args],
    ignoreDefaultArgs,
    defaultViewport: { width: 1920, height: 1080 },
    protocolTimeout: PROTOCOL_TIMEOUT_MS,
  });
  try {
    return await use(await openPage(browser, url));
  } finally {
    await browser.close();
  }
}

/** Opens the page in Firefox, with the same arguments for `use`. */
export async function withFirefox(url, use) {
  const executablePath = await firefox.find();
  if (!executablePath) throw new Error(absence(firefox));
  audioEnvironment ??= await startAudio();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: preferences,
    env: { ...process.env, ...audioEnvironment },
    protocolTimeout: PROTOCOL_TIMEOUT_MS,
  });
  try {
    return await use(await openPage(browser, url));
  } finally {
    await browser.close();
  }
}

/** Environment variables of the sound server that Firefox needs for audio. It is started once. */
let audioEnvironment;

/** Opens the page in WebKitGTK. `use` gets `call` only. */
export async function withWebKit(url, use) {
  const found = await webkit.find();
  if (!found) throw new Error(absence(webkit));
  webkitDriver ??= await webkit.drive(found);
  const session = await openSession(webkitDriver);
  try {
    await session.open(url);
    const call = (module, name, ...args) => session.run(callInPage, [`/bench/pages/${module}.js`, name, args]);
    return await use({ call });
  } finally {
    await session.close();
  }
}

/** The WebDriver server of WebKitGTK. It is started once. */
let webkitDriver;

async function openPage(browser, url) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`In the page: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && console.error(`In the page: ${message.text()}`));
  await page.goto(url);
  const call = (module, name, ...args) => page.evaluate(callInPage, `/bench/pages/${module}.js`, name, args);
  return { browser, page, call };
}

/** Runs in the page. */
const callInPage = async (specifier, name, args) => (await import(specifier))[name](...args);
