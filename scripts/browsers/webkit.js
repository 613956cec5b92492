/** WebKitGTK's MiniBrowser, driven by WebDriver, with a virtual display and a private message bus. */
import { once } from 'node:events';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { freePort } from '../free-port.js';
import { start } from '../process.js';
import { retry } from '../retry.js';
import { firstProgram, inEachFolder, programNamed } from './program.js';

// MiniBrowser does not start if it does not know a feature.
const features = ['+MediaStreamTrackProcessing', '+CommandAttributes'];

const environment = {
  // Without these two, capturing a canvas crashes where there is no GPU.
  LIBGL_ALWAYS_SOFTWARE: '1',
  WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1',
  NO_AT_BRIDGE: '1',
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
};

/** Starts a virtual display. Resolves to its name, such as `:3`. */
async function startDisplay() {
  const { child } = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(child.stdio[3], 'data', { signal: AbortSignal.timeout(15_000) });
  // It ends with this process, and does not keep it from ending; nor does the driver.
  child.stdio[3].unref();
  child.unref();
  return `:${String(number).trim()}`;
}

/**
 * Without this right, which root has, a web process cannot give its threads a real-time priority: its main thread and its audio
 * worklets would take a processor from all other browsers for as long as they like.
 */
const withoutRealTime = ['--bounding-set=-sys_nice', '--inh-caps=-sys_nice'];

/** Starts the driver. Resolves to the port on which it listens. */
async function startDriver(driver) {
  const port = await freePort();
  const env = { ...environment, DISPLAY: await startDisplay() };
  const command = ['dbus-run-session', '--', driver, `--port=${port}`];
  if (process.getuid?.() === 0 && (await programNamed('setpriv'))) command.unshift('setpriv', ...withoutRealTime);
  const [program, ...args] = command;
  const { child } = start(program, args, { env });
  child.unref();
  await retry(() => fetch(`http://127.0.0.1:${port}/status`), 'WebKitWebDriver');
  return port;
}

export const webkit = {
  name: 'WebKitGTK',
  variable: 'WEBKIT_DRIVER_PATH and WEBKIT_BROWSER_PATH',
  packages: [
    'webkit2gtk-driver',
    'libwebkit2gtk-4.1-0',
    'gstreamer1.0-plugins-base',
    'gstreamer1.0-plugins-good',
    'gstreamer1.0-plugins-bad',
    'gstreamer1.0-libav',
    'gstreamer1.0-gl',
    'libgl1-mesa-dri',
    'libegl1',
    'dbus-x11',
    'xvfb',
  ],

  async find() {
    const driver = (await firstProgram([process.env.WEBKIT_DRIVER_PATH])) ?? (await programNamed('WebKitWebDriver'));
    const browser = await firstProgram([
      process.env.WEBKIT_BROWSER_PATH,
      ...(await inEachFolder('/usr/lib', 'webkit2gtk-4.1/MiniBrowser')),
    ]);
    const helpers = (await programNamed('Xvfb')) && (await programNamed('dbus-run-session'));
    return driver && browser && helpers ? { driver, browser } : undefined;
  },

  /** Starts a driver, which has one session at a time. Resolves to its port and to the capabilities of the session. */
  async drive({ driver, browser }) {
    const port = await startDriver(driver);
    const args = ['--automation', `--features=${features.join(',')}`, '--autoplay-policy=allow'];
    return {
      port,
      capabilities: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args } },
    };
  },

  async launcher(found) {
    const { port, capabilities } = await this.drive(found);
    return webdriverLauncher({
      hostname: '127.0.0.1',
      port,
      capabilities: { 'wdio:enforceWebDriverClassic': true, ...capabilities },
    });
  },
};
