/**
 * `npm run build`: compiles each source file into a module of `dist`, then bundles what runs in a worker or a worklet into
 * self-contained files, because a worklet with imports breaks in several bundlers. Types for frameworks and data for editors
 * are made from the manifest.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { writeDevicesScript } from './devices-script.js';
import { writeFrameworkTypes } from './framework-types.js';
import { root, run } from './process.js';

/**
 * The files that pages can serve by themselves, `track-elements/workers/…`: their names without ending, such as
 * `track-elements-engine-worker`. Each is bundled from the source that is called `engine-worker.ts`, and a module beside it
 * contains its text.
 */
export const flatFiles = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports)
  .filter((entry) => entry.startsWith('./workers/'))
  .map((entry) => entry.slice('./workers/'.length, -'.js'.length));

const sources = readdirSync(join(root, 'src'), { recursive: true });

/** The path of a flat file's source. */
function sourceOf(name) {
  const file = `${name.replace(/^track-elements-/, '')}.ts`;
  const source = sources.find((path) => basename(path) === file);
  if (!source) throw new Error(`package.json exports ./workers/${name}.js, and there is no ${file} in src.`);
  return join(root, 'src', source);
}

/** A worker and a worklet export `start()`, so that importing them does nothing. A part exports `install()`, which its worker calls. */
function entryOf(name) {
  const source = JSON.stringify(sourceOf(name));
  return name.endsWith('-part') ? `export { install } from ${source};` : `import { start } from ${source}; start();`;
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Flat files with a large package in them, by the comment that its licence demands. Terser would take seconds for each. */
const mediabunny =
  '/*! Contains mediabunny, https://www.npmjs.com/package/mediabunny, under the Mozilla Public License 2.0. */';
const vendored = { 'track-elements-recorder-worker': mediabunny, 'track-elements-file-worker': mediabunny };

/** Bundles one flat file and minifies it with terser, whose output is 400 bytes of gzip smaller than esbuild's. */
async function bundle(name) {
  const banner = vendored[name];
  const { outputFiles } = await esbuild.build({
    platform: 'browser',
    ...(banner && { banner: { js: banner }, minifyWhitespace: true, sourcesContent: false }),
    stdin: { contents: entryOf(name), resolveDir: root },
    outfile: join(root, `dist/workers/${name}.js`),
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
    // These comments tell bundlers not to change an import.
    format: { comments: /webpackIgnore|@vite-ignore/ },
    sourceMap: { content: text('.map'), filename: `${name}.js` },
  });
}

/** Writes `name.js`, and `name-text.js` which exports the very same text. */
async function writeFlat(name) {
  const { code, map } = await bundle(name);
  const file = join(root, `dist/workers/${name}.js`);
  await mkdir(dirname(file), { recursive: true });
  await Promise.all([
    writeFile(`${file}.map`, map),
    writeFile(file, `${code}\n//# sourceMappingURL=${name}.js.map\n`),
    writeFile(join(root, `dist/workers/${name}-text.js`), `export const text = ${JSON.stringify(code)};\n`),
  ]);
}

export async function writeFlatFiles() {
  await Promise.all(flatFiles.map(writeFlat));
}

/**
 * Writes the file for a script tag: all elements and all that they load, in one classic script. The global
 * `TrackElements` has all that `track-elements` exports.
 */
async function writeCdnFile() {
  await esbuild.build({
    stdin: { contents: "import './define/all.js'; export * from './index.js';", resolveDir: join(root, 'dist') },
    outfile: join(root, 'dist/cdn/track-elements.js'),
    bundle: true,
    format: 'iife',
    globalName: 'TrackElements',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    banner: { js: mediabunny },
    // A classic script has none. The library then loads its workers from their texts.
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'warning',
  });
}

/** Removes output whose source has been deleted: TypeScript leaves it, and imports of it would still work. */
async function prune() {
  const entries = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true });
  const flat = flatFiles.flatMap((name) => [`workers/${name}`, `workers/${name}-text`]);
  const made = new Set(['cdn/track-elements', 'cdn/track-elements-devices', ...flat]);
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
  await Promise.all([writeCdnFile(), writeDevicesScript(sourceOf), writeFrameworkTypes()]);
  return compiled;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await build();
