/** The documents that are generated: pages as text, pictures as bytes, by their paths from the project's root. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from 'track-elements/signals';
import { root } from '../process.js';
import { elementPage, elementsIn } from './element-page.js';
import { pictureOf } from './pictures.js';
import { pictureFile, signalsPage } from './signals-page.js';

const read = (path) => readFile(join(root, path), 'utf8');

/** Every generated page: a map from path to text. */
export async function generatedPages() {
  const manifest = JSON.parse(await read('custom-elements.json'));
  const pages = new Map();
  for (const declaration of elementsIn(manifest)) {
    const { tagName } = declaration;
    const prose = await read(`scripts/docs/elements/${tagName}.md`);
    pages.set(`docs/elements/${tagName}.md`, elementPage(declaration, prose));
  }
  pages.set('docs/signals.md', signalsPage(catalogue, await read('scripts/docs/signals.md')));
  return pages;
}

/** A picture of every pattern: a map from path to PNG. */
export function generatedPictures() {
  const patterns = catalogue.filter(({ kind }) => kind === 'video');
  return new Map(patterns.map(({ name }) => [`docs/${pictureFile(name)}`, pictureOf(name)]));
}
