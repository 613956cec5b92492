/**
 * Commands for the tests, beyond those of the test runner:
 *
 *     await executeServerCommand('page-hidden', true);
 *
 * One record for each command: its name, and a function of the test's session and the command's payload.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { mediaServer } from '../test/servers/media-servers.js';
import { packagedServer } from '../test/servers/packaged-servers.js';
import { makeMarkedFilm } from './marked-film.js';
import { inspectMediaFile } from './media-file.js';

const covers = new WeakMap();

let consumers;

/** Builds and serves the consumers once for all browsers. They end with this process. */
async function startConsumers() {
  const child = fork(new URL('../test/consumers/consumers.js', import.meta.url));
  const failed = once(child, 'exit').then(() => {
    throw new Error('the consumers were not built: see above');
  });
  const [addresses] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  child.unref();
  child.channel.unref();
  return addresses;
}

/** The page in puppeteer. Browsers that WebDriver drives have none. */
function puppeteerPage({ browser, id }) {
  if (browser.type !== 'puppeteer') throw new Error(`${browser.name} does not support this command`);
  return browser.getPage(id);
}

const table = {
  /**
   * Pages that load the library by a bundler, an import map and so on. Resolves to their addresses by name, or to `false` when
   * they are not built yet: a command may take 20 s at most.
   */
  async consumers() {
    consumers ??= startConsumers();
    return Promise.race([consumers, sleep(10_000, false, { ref: false })]);
  },

  /** A WHIP and WHEP server for this browser: `{ call: 'start' }` resolves to its origin; see test/servers. */
  async 'media-server'({ browser }, payload) {
    return (await mediaServer(browser.name, payload)) ?? true;
  },

  /**
   * An independent server, `janus` for WHIP and WHEP or `coturn` for TURN: resolves to `{ address }`, which is `null` where it
   * cannot be installed.
   */
  'packaged-server'(_, name) {
    return packagedServer(name);
  },

  /** A media file as FFmpeg reads it, `{ base64 }`: see media-file.js. */
  'media-file'(_, file) {
    return inspectMediaFile(file);
  },

  /** A film with the marks of its frames, in base64; `null` without FFmpeg: see marked-film.js. */
  'marked-film'(_, film) {
    return makeMarkedFilm(film);
  },

  /** Hides the page behind another tab (`true`), or brings it back (`false`). */
  async 'page-hidden'(session, hidden) {
    const page = puppeteerPage(session);
    if (hidden) {
      const cover = await page.browserContext().newPage();
      await cover.bringToFront();
      covers.set(page, cover);
    } else {
      await covers.get(page)?.close();
      covers.delete(page);
      await page.bringToFront();
    }
    return true;
  },
};

export const commands = Object.entries(table).map(([name, execute]) => ({
  name: `command-${name}`,
  executeCommand({ command, payload, session }) {
    return command === name ? execute(session, payload) : undefined;
  },
}));
