/** Firefox. Its `AudioContext` never runs on a machine without an audio device, so Linux gets a silent one. */
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { startAudio } from './audio.js';
import { downloaded } from './download.js';
import { firstProgram } from './program.js';

export const preferences = {
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false,
  // The media servers of the tests listen on the loopback interface alone, which Firefox ignores by default.
  'media.peerconnection.ice.loopback': true,
  'permissions.default.camera': 1,
  'permissions.default.microphone': 1,
};

export const firefox = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  packages: ['firefox-esr', 'pulseaudio'],
  download: 'firefox',

  async find() {
    return firstProgram([
      process.env.FIREFOX_PATH,
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:/Program Files/Mozilla Firefox/firefox.exe',
      await downloaded('firefox'),
    ]);
  },

  async launcher(executablePath) {
    const launcher = puppeteerLauncher({
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        // Firefox would tell puppeteer of every request, which is a third of its processor time. The tests do not ask for them.
        networkEnabled: false,
        executablePath,
        extraPrefsFirefox: preferences,
        env: { ...process.env, ...(await startAudio()) },
      },
    });
    return launcher;
  },
};
