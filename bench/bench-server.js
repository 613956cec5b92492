/** Serves the built library and the pages of the bench to browsers on this machine. */
import { writeSync } from 'node:fs';
import { build } from '../scripts/build.js';
import { root } from '../scripts/process.js';
import { serveStatic } from '../scripts/static-server.js';

/** Builds the library and starts the server. Resolves to the address of the page and a function that stops the server. */
export async function startBenchServer() {
  if ((await build()) !== 0) writeSync(2, 'The build has type errors. The bench measures its output anyway.\n');
  const { origin, stop } = await serveStatic(root);
  return { url: `${origin}/bench/page.html`, stop };
}
