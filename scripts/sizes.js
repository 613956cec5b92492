/** `npm run size`: a table of the download size of each import, bundled, minified and compressed with gzip. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { root } from './process.js';

const ENGINE_WORKER = 'dist/workers/track-elements-engine-worker.js';
const AUDIO_PART = 'dist/workers/track-elements-audio-part.js';
const INPUT_PART = 'dist/workers/track-elements-input-part.js';

/**
 * One record for each import: its `entry`; the `files` that it loads in any browser; its `limit` in bytes. For a classic
 * `script`, which is not imported, it is the size of that file.
 *
 * @typedef {{ entry: string, files?: string[], limit?: number, script?: string }} Size
 * @type {Size[]}
 */
export const sizes = [
  { entry: 'track-elements' },
  { entry: 'track-elements/generator', limit: 9_300 },
  { entry: 'track-elements/generator/open' },
  { entry: 'track-elements/define/pattern-source', files: [ENGINE_WORKER], limit: 23_200 },
  { entry: 'track-elements/define/tone-source', files: [ENGINE_WORKER, AUDIO_PART] },
  { entry: 'track-elements/define/track-generator', files: [ENGINE_WORKER] },
  { entry: 'track-elements/define/canvas-source', files: [ENGINE_WORKER, INPUT_PART] },
  { entry: 'track-elements/define/element-source', files: [ENGINE_WORKER, INPUT_PART] },
  { entry: 'track-elements/define/camera-source', files: [ENGINE_WORKER, INPUT_PART] },
  { entry: 'track-elements/define/screen-source', files: [ENGINE_WORKER, INPUT_PART] },
  { entry: 'track-elements/define/file-source', files: [ENGINE_WORKER, INPUT_PART] },
  { entry: 'track-elements/define/signal-fault', files: ['dist/workers/track-elements-faults-part.js'] },
  { entry: 'track-elements/define/virtual-camera', files: [ENGINE_WORKER] },
  { entry: 'track-elements/define/virtual-microphone', files: [ENGINE_WORKER, AUDIO_PART] },
  { entry: 'track-elements/define/virtual-screen', files: [ENGINE_WORKER] },
  {
    entry: 'track-elements/define/rtc-loopback',
    files: [ENGINE_WORKER, 'dist/workers/track-elements-impairment-part.js'],
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
  { entry: 'track-elements/define/all', files: [ENGINE_WORKER] },
  { entry: 'track-elements/rtc/whip-client' },
  { entry: 'track-elements/rtc/whep-client' },
  { entry: 'track-elements/processor' },
  { entry: 'track-elements/measure', files: ['dist/workers/track-elements-probe-worker.js'] },
  { entry: 'track-elements/devices', files: [ENGINE_WORKER] },
  { entry: 'track-elements/devices/script', script: 'dist/cdn/track-elements-devices.js' },
  { entry: 'track-elements/testing' },
  { entry: 'track-elements/configure' },
  { entry: 'track-elements/define-signals' },
  { entry: 'track-elements/polyfill' },
  { entry: 'track-elements/signals' },
  { entry: 'track-elements/cdn/track-elements.js', script: 'dist/cdn/track-elements.js' },
];

/** The parts of the engine's worker, as `docs/performance.md` names them. */
export const parts = {
  'labels, time codes, flip and scroll': 'decorations-part',
  'all patterns but bars and solid colours': 'extra-patterns-part',
  audio: 'audio-part',
  'pictures of other tracks': 'input-part',
  'faults of a track': 'faults-part',
  'pictures without `VideoFrame`': 'rgb-frames-part',
  'faults of a loopback': 'impairment-part',
  'pictures for VP8': 'bt601-part',
};

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
    // One entry runs in Node.
    external: ['node:*'],
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
export async function sizeOf({ entry, files = [], script }) {
  if (script) return fileSize(script);
  const loaded = [...(await bundled(entry)), ...(await Promise.all(files.map(fileSize)))];
  return loaded.reduce((sum, size) => sum + size, 0);
}

/** The size of a part of the worker, in bytes of gzip. */
export const partSize = (part) => fileSize(`dist/workers/track-elements-${part}.js`);

const fileSize = async (file) => compressed(await readFile(join(root, file)));

async function print() {
  for (const record of sizes) {
    const size = await sizeOf(record).catch(() => undefined);
    const cost = size === undefined ? 'not built' : `${(size / 1000).toFixed(2)} kB`;
    const limit = record.limit ? `at most ${record.limit / 1000} kB` : '';
    const name = [record.entry, ...(record.files ?? [])].join(' + ');
    console.log(`${name.padEnd(64)} ${cost.padStart(9)}  ${limit}`.trimEnd());
    if (size > record.limit) process.exitCode = 1;
  }
  for (const [name, part] of Object.entries(parts)) {
    console.log(`${name.padEnd(64)} ${((await partSize(part)) / 1000).toFixed(2).padStart(6)} kB`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await print();
