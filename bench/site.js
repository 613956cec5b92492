/** The built library and the bench's own pages, served on the loopback interface. */
import { writeSync } from 'node:fs';
import { build } from '../scripts/build.js';
import { root } from '../scripts/process.js';
import { serveStatic } from '../scripts/static-server.js';

/** Builds the library and serves it. Resolves to the address of the bench's page and a function that ends serving. */
export async function openSite() {
  if ((await build()) !== 0)
    writeSync(2, 'The build has type errors; what is measured is what it made all the same.\n');
  const { origin, stop } = await serveStatic(root);
  return { url: `${origin}/bench/page.html`, stop };
}
