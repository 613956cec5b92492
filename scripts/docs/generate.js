/** `npm run docs`: writes the pages of the elements and of the signals, and the pictures of the patterns. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../process.js';
import { generatedPages, generatedPictures } from './pages.js';

// Pages of elements and pictures of patterns that are gone go too.
for (const folder of ['docs/elements', 'docs/signals']) {
  await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, folder), { recursive: true });
}
const files = [...(await generatedPages()), ...generatedPictures()];
for (const [path, contents] of files) await writeFile(join(root, path), contents);
console.log(`${files.length} files under docs/ are up to date.`);
