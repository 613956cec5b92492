/**
 * `npm run build`: compiles each source file into a module of `dist`, then bundles what runs in a worker or a worklet into
 * self-contained files, because a worklet with imports breaks in several bundlers. Types for frameworks and data for editors
 * are made from the manifest.
 */
import { readFileSync } from 'node:fs';
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { writeFrameworkTypes } from './framework-types.js';
import { root, run } from './process.js';

/**
 * The files that pages serve by themselves, `track-elements/workers/…`: each is bundled over its unbundled twin, and its
 * text stands in a module beside it.
 */
export const flatFiles = Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports)
  .filter(([entry]) => entry.startsWith('./workers/'))
  .map(([, file]) => file.slice('./dist/'.length, -'.js'.length));

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Flat files with a large package in them, by the comment that its licence demands. Terser would take seconds for each. */
const vendored = {
  'recorder/worker/recorder-worker':
    '/*! Contains mediabunny, https://www.npmjs.com/package/mediabunny, under the Mozilla Public License 2.0. */',
};

/** Bundles one flat file and minifies it with terser, whose output is 400 bytes of gzip smaller than esbuild's. */
async function bundle(name) {
  const banner = vendored[name];
  const { outputFiles } = await esbuild.build({
    platform: 'browser',
    ...(banner && { banner: { js: banner }, minifyWhitespace: true, sourcesContent: false }),
    entryPoints: [join(root, `src/${name}.ts`)],
    outfile: join(root, `dist/${name}.js`),
    bundle: true,
    sourcemap: 'external',
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    // terser makes less of the code by itself.
    minifySyntax: true,
    minifyIdentifiers: true,
    write: false,
    logLevel: 'warning',
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
  if (banner) return { code: text('.js').trim(), map: text('.map') };
  return minify(text('.js'), {
    module: true,
    ecma: 2022,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    // These comments make bundlers leave an import as it is.
    format: { comments: /webpackIgnore|@vite-ignore/ },
    sourceMap: { content: text('.map'), filename: `${name.split('/').pop()}.js` },
  });
}

/** Writes `name.js`, and `name-text.js` which exports the very same text. */
async function writeFlat(name) {
  const { code, map } = await bundle(name);
  const file = join(root, `dist/${name}.js`);
  await mkdir(dirname(file), { recursive: true });
  await Promise.all([
    writeFile(`${file}.map`, map),
    writeFile(file, `${code}\n//# sourceMappingURL=${name.split('/').pop()}.js.map\n`),
    writeFile(join(root, `dist/${name}-text.js`), `export const text = ${JSON.stringify(code)};\n`),
  ]);
}

export async function writeFlatFiles() {
  await Promise.all(flatFiles.map(writeFlat));
}

/** Removes output whose source has been deleted: TypeScript leaves it, and imports of it would still work. */
async function prune() {
  const entries = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true });
  const made = new Set(flatFiles.map((name) => `${name}-text`));
  for (const entry of entries.filter((candidate) => candidate.isFile() && /\.(js|ts|map)$/.test(candidate.name))) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (path.startsWith(join(root, 'dist/types/'))) continue;
    const name = path.slice(join(root, 'dist/').length).replace(/(\.d)?\.(js|ts)(\.map)?$/, '');
    if (!made.has(name) && !(await exists(join(root, `src/${name}.ts`)))) await rm(path);
  }
}

export async function build() {
  const compiled = await run('tsc', ['--project', 'tsconfig.build.json']);
  await prune();
  await writeFlatFiles();
  await writeFrameworkTypes();
  return compiled;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await build();
