/** Chromium, or Chrome: the engine that the tests require. */
import { chromeLauncher } from '@web/test-runner-chrome';
import { downloaded } from './download.js';
import { firstProgram } from './program.js';

export const chromiumArgs = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Arguments with which puppeteer starts Chromium, and which tests of hidden pages leave out: users do not have them. */
export const throttlingArgs = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export const chromium = {
  name: 'Chromium',
  required: true,
  variable: 'CHROMIUM_PATH',
  packages: ['chromium'],
  download: 'chrome',

  async find() {
    return firstProgram([
      process.env.CHROMIUM_PATH,
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome-stable',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:/Program Files/Google/Chrome/Application/chrome.exe',
      await downloaded('chrome'),
    ]);
  },

  launcher(executablePath) {
    return chromeLauncher({
      concurrency: 1,
      launchOptions: {
        executablePath,
        args: chromiumArgs,
        ignoreDefaultArgs: throttlingArgs,
        // As in Firefox: otherwise puppeteer would get a message for every request.
        networkEnabled: false,
      },
    });
  },
};
