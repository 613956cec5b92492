/**
 * `npm run build`: TypeScript's own output, one module a source file, and over it the flat files: what runs in a worker
 * or a worklet, self-contained, because a worklet with imports breaks in several bundlers.
 */
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { root, run } from './process.js';

/** The entries that are bundled over their unbundled twins, each with its text as a module of its own. */
export const flatFiles = [
  'engine/worker/engine-worker',
  'engine/worker/audio-part',
  'engine/worker/extra-patterns-part',
  'engine/worker/decorations-part',
  'engine/worklet/engine-worklet',
  'rtc/worker/impairment-part',
  'generator/worker/generator-worker',
  'generator/worklet/generator-worklet',
];

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Bundles one flat file, and makes it as small as it gets: terser's takes four hundred bytes less on the wire than esbuild's. */
async function bundle(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, `src/${name}.ts`)],
    outfile: join(root, `dist/${name}.js`),
    bundle: true,
    sourcemap: 'external',
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
  return minify(text('.js'), {
    module: true,
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    // What tells bundlers to leave an import alone.
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

/** Removes output whose source is gone: TypeScript leaves it, and an `import` of it would go on working. */
async function prune() {
  const entries = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true });
  const made = new Set(flatFiles.map((name) => `${name}-text`));
  for (const entry of entries.filter((candidate) => candidate.isFile() && /\.(js|ts|map)$/.test(candidate.name))) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = path.slice(join(root, 'dist/').length).replace(/(\.d)?\.(js|ts)(\.map)?$/, '');
    if (!made.has(name) && !(await exists(join(root, `src/${name}.ts`)))) await rm(path);
  }
}

export async function build() {
  const compiled = await run('tsc', ['--project', 'tsconfig.build.json']);
  await prune();
  await writeFlatFiles();
  return compiled;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await build();
