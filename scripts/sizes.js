/** `npm run size`: a table of the download size of each import, bundled, minified and compressed with gzip. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { root } from './process.js';

/**
 * One record for each import: its `entry`; the `files` that it loads in any browser; its `limit` in bytes.
 *
 * @typedef {{ entry: string, files?: string[], limit?: number }} Size
 * @type {Size[]}
 */
export const sizes = [
  { entry: 'track-elements/generator', limit: 9_300 },
  {
    entry: 'track-elements/define/pattern-source',
    files: ['dist/workers/track-elements-engine-worker.js'],
    limit: 23_000,
  },
  {
    entry: 'track-elements/define/tone-source',
    files: ['dist/workers/track-elements-engine-worker.js', 'dist/workers/track-elements-audio-part.js'],
  },
  { entry: 'track-elements/define/track-generator', files: ['dist/workers/track-elements-engine-worker.js'] },
  {
    entry: 'track-elements/define/rtc-loopback',
    files: ['dist/workers/track-elements-engine-worker.js', 'dist/workers/track-elements-impairment-part.js'],
  },
  { entry: 'track-elements/define/whip-publisher' },
  { entry: 'track-elements/define/whep-player' },
  {
    entry: 'track-elements/define/track-probe',
    files: ['dist/workers/track-elements-probe-worker.js'],
    limit: 25_000,
  },
  { entry: 'track-elements/define/track-recorder' },
  {
    entry: 'track-elements/define/signal-scope',
    files: ['dist/workers/track-elements-scope-worker.js'],
    limit: 28_000,
  },
  { entry: 'track-elements/define/level-meter', limit: 20_000 },
  { entry: 'track-elements/define/track-monitor', limit: 30_000 },
  { entry: 'track-elements/define/all', files: ['dist/workers/track-elements-engine-worker.js'] },
  { entry: 'track-elements/rtc/whip-client' },
  { entry: 'track-elements/rtc/whep-client' },
  { entry: 'track-elements/processor' },
  { entry: 'track-elements/measure', files: ['dist/workers/track-elements-probe-worker.js'] },
  { entry: 'track-elements/polyfill' },
  { entry: 'track-elements/signals' },
];

const compressed = (contents) => gzipSync(contents, { level: 9 }).length;

/** The entry of a bundle and its static imports. A dynamic import counts where it is needed. */
function staticChunks(metafile) {
  // esbuild lists dynamic imports as entries too.
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint?.endsWith('entry.js'));
  const chunks = new Set([entry]);
  for (const chunk of chunks) {
    for (const { path, kind } of metafile.outputs[chunk].imports) if (kind === 'import-statement') chunks.add(path);
  }
  return [...chunks];
}

async function bundled(entry) {
  const { metafile, outputFiles } = await esbuild.build({
    stdin: { contents: `export * from '${entry}';`, resolveDir: root, sourcefile: 'entry.js' },
    absWorkingDir: root,
    outdir: '.cache/size',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const chunks = staticChunks(metafile).map((path) => join(root, path));
  return outputFiles.filter(({ path }) => chunks.includes(path)).map(({ contents }) => compressed(contents));
}

/**
 * The size of an import and of the files that it loads, in bytes of gzip.
 *
 * @param {Size} size
 */
export async function sizeOf({ entry, files = [] }) {
  const loaded = files.map(async (file) => compressed(await readFile(join(root, file))));
  const parts = [...(await bundled(entry)), ...(await Promise.all(loaded))];
  return parts.reduce((sum, part) => sum + part, 0);
}

async function print() {
  for (const record of sizes) {
    const size = await sizeOf(record).catch(() => undefined);
    const cost = size === undefined ? 'not built' : `${(size / 1000).toFixed(2)} kB`;
    const limit = record.limit ? `at most ${record.limit / 1000} kB` : '';
    const name = [record.entry, ...(record.files ?? [])].join(' + ');
    console.log(`${name.padEnd(64)} ${cost.padStart(9)}  ${limit}`.trimEnd());
    if (size > record.limit) process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await print();
