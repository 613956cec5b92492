/** Browsers that `@puppeteer/browsers` downloads from their makers to `.cache/browsers`. */
import { join } from 'node:path';
import { detectBrowserPlatform, getInstalledBrowsers, install, resolveBuildId } from '@puppeteer/browsers';
import { root } from '../process.js';

const cacheDir = join(root, '.cache/browsers');

/** The executable of an earlier download, or `undefined`. */
export async function downloaded(browser) {
  const installed = await getInstalledBrowsers({ cacheDir }).catch(() => []);
  return installed.find((candidate) => candidate.browser === browser)?.executablePath;
}

export async function download(browser) {
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error(`${browser} has no download for this machine`);
  const buildId = await resolveBuildId(browser, platform, 'stable');
  // The libraries that Chrome needs are installed with apt, which only root may call.
  const installDeps = browser === 'chrome' && process.platform === 'linux' && process.getuid() === 0;
  await install({ browser, buildId, cacheDir, installDeps });
}
