/** The engines the tests run in, and how each is had: found, else installed, else skipped with a reason. */

import { end } from '../process.js';
import { installPackages, missingPackages } from './apt.js';
import { chromium } from './chromium.js';
import { download } from './download.js';
import { firefox } from './firefox.js';
import { webkit } from './webkit.js';

/**
 * One record an engine: its `name`; `find()`, which resolves to what `launcher()` takes, or to `undefined`; the Debian
 * `packages` it needs; its name for `@puppeteer/browsers`, where it has one; the environment `variable` that names it.
 */
export const engines = { chromium, firefox, webkit };

/** The engines asked for, by `ENGINES=chromium,firefox`; all of them by default. */
export function chosenEngines() {
  const names = (process.env.ENGINES || Object.keys(engines).join()).split(',').map((name) => name.trim());
  for (const name of names) {
    if (!(name in engines)) throw new Error(`ENGINES names "${name}"; expected some of ${Object.keys(engines)}`);
  }
  return names.map((name) => engines[name]);
}

/** Resolves to what the engine's launcher takes, after installing the engine when it is missing, or to `undefined`. */
export async function obtain(engine) {
  const found = await engine.find();
  const given = engine.variable.split(' and ').some((variable) => process.env[variable]);
  const missing = given ? [] : await missingPackages(engine.packages);
  if (found && missing.length === 0) return found;

  console.log(`${engine.name}: installing ${missing.join(' ') || engine.name}`);
  if (missing.length > 0 && (await installPackages(missing))) {
    const installed = await engine.find();
    if (installed) return installed;
  }
  if (!found && engine.download) {
    await download(engine.download).catch((error) => console.warn(`${engine.name}: no download: ${error.message}`));
  }
  return engine.find();
}

/** Says why an engine is not there, and what to do about it. */
export function absence(engine) {
  const packages = engine.packages.join(' ');
  return `${engine.name} was not found and could not be installed: set ${engine.variable}, or apt install ${packages}`;
}

/** Starts what the engine needs around it. Resolves to a test runner's launcher that carries the engine's name. */
export async function launch(engine, found) {
  const launcher = await engine.launcher(found);
  Object.defineProperty(launcher, 'name', { get: () => engine.name, set: () => {} });
  // Of several browsers, puppeteer ends only every other one when this process is told to leave.
  process.once('exit', () => {
    const child = launcher.browser?.process();
    if (child?.exitCode === null) end(child, 'SIGKILL');
  });
  // A browser that has crashed would be waited for, file after file. One that has done its part is stopped.
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
  return launcher;
}
