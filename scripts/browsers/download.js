/** Browsers from their makers, by `@puppeteer/browsers`, in the project's cache. */
import { join } from 'node:path';
import { detectBrowserPlatform, getInstalledBrowsers, install, resolveBuildId } from '@puppeteer/browsers';
import { root } from '../process.js';

const cacheDir = join(root, '.cache/browsers');

/** An earlier download's executable, or `undefined`. */
export async function downloaded(browser) {
  const installed = await getInstalledBrowsers({ cacheDir }).catch(() => []);
  return installed.find((candidate) => candidate.browser === browser)?.executablePath;
}

export async function download(browser) {
  const platform = detectBrowserPlatform();
  if (!platform) throw new Error(`there is no download of ${browser} for this machine`);
  const buildId = await resolveBuildId(browser, platform, 'stable');
  // Chrome's own libraries come with apt, which only root may call.
  const installDeps = browser === 'chrome' && process.platform === 'linux' && process.getuid() === 0;
  await install({ browser, buildId, cacheDir, installDeps });
}
