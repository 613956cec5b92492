/** The browser engines of the tests: each is found, else installed, else skipped with a reason. */
import { setTimeout as sleep } from 'node:timers/promises';
import { end } from '../process.js';
import { installPackages, missingPackages } from './apt.js';
import { chromium } from './chromium.js';
import { download } from './download.js';
import { firefox } from './firefox.js';
import { webkit } from './webkit.js';

/**
 * One record for each engine: its `name`; `find()`, which resolves to the argument of `launcher()`, or to `undefined`; the
 * Debian `packages` that it needs; its name in `@puppeteer/browsers`, `download`; the environment `variable` with its path.
 */
export const engines = { chromium, firefox, webkit };

/** The engines of the environment variable `ENGINES`, such as `chromium,firefox`; all of them by default. */
export function chosenEngines() {
  const names = (process.env.ENGINES || Object.keys(engines).join()).split(',').map((name) => name.trim());
  for (const name of names) {
    if (!(name in engines))
      throw new Error(`ENGINES names "${name}"; it must name some of ${Object.keys(engines).join(', ')}.`);
  }
  return names.map((name) => engines[name]);
}

/** The Debian packages of an engine: none if the environment gives its path. */
export function packagesFor({ variable, packages }) {
  const isGiven = variable.split(' and ').some((name) => process.env[name]);
  return isGiven ? [] : packages;
}

/** Finds an engine; installs it if it is missing. Resolves to the argument of its launcher, or to `undefined`. */
export async function obtain(engine) {
  const found = await engine.find();
  const missing = await missingPackages(packagesFor(engine));
  if (found && missing.length === 0) return found;

  if (missing.length > 0 && (await installPackages(missing))) {
    const installed = await engine.find();
    if (installed) return installed;
  }
  if (!found && engine.download) {
    console.log(`Downloading ${engine.name} to .cache/browsers`);
    await download(engine.download).catch((error) =>
      console.warn(`${engine.name} was not downloaded: ${error.message}`),
    );
  }
  return engine.find();
}

/** The sentence that says that an engine is missing, and what to do about it. */
export function absence(engine) {
  const packages = engine.packages.join(' ');
  return `${engine.name} was not found and could not be installed: set ${engine.variable}, or apt install ${packages}`;
}

/** Starts an engine for the test runner. Resolves to a launcher that has the engine's name. */
export async function launch(engine, found) {
  const launcher = await engine.launcher(found);
  Object.defineProperty(launcher, 'name', { get: () => engine.name, set: () => {} });
  // When this process is asked to end, puppeteer ends only every other one of several browsers.
  process.once('exit', () => {
    const child = launcher.browser?.process();
    if (child?.exitCode === null) end(child, 'SIGKILL');
  });
  // The test runner would wait for a crashed browser in each file. One that was stopped has not crashed.
  let isStopped = false;
  const { stop } = launcher;
  launcher.stop = () => {
    isStopped = true;
    return stop?.call(launcher);
  };
  const watch = setInterval(() => {
    if (isStopped || launcher.browser?.connected !== false) return;
    process.stderr.write(`${engine.name} has crashed.\n`);
    process.exit(1);
  }, 1000);
  watch.unref();
  const { stopSession } = launcher;
  launcher.stopSession = (id) => withinTime(stopSession.call(launcher, id));
  return launcher;
}

/** A page that has crashed does not answer, and the test runner would wait for it as long as for a whole file. */
async function withinTime(stopping) {
  const timeout = new AbortController();
  const isLate = sleep(STOP_TIMEOUT_MS, true, { signal: timeout.signal, ref: false }).catch(() => {});
  try {
    if ((await Promise.race([stopping, isLate])) === true) throw new Error('Timed out stopping the browser page');
    return await stopping;
  } finally {
    timeout.abort();
  }
}

const STOP_TIMEOUT_MS = 30_000;
