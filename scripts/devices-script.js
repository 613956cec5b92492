/**
 * The script that tests put into pages: virtual devices and all that they load, in one classic script. It is the text of one
 * function. A page calls it without a name; a worker or a worklet is the same text, called with its name. So the code that they
 * share is in the script once.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { root } from './process.js';

/** The flat files that are not in the script, with the reason: 30 kB of gzip for figures that few tests ask for. */
const leftOut = { 'track-elements-reference-part': 'A comparison with the reference is not in this script.' };

/** The modules that are not in the script, with the reason: they load a worker of 100 kB. */
const leftOutModules = {
  './file-content.js': 'A file for show() is not in this script: import track-elements/devices, or use play().',
};

/** An expression for the text of a worker, a worklet or a part, in the code of the script. */
function textOf(name) {
  if (leftOut[name]) return `(() => { throw new Error(${JSON.stringify(leftOut[name])}); })()`;
  const isPart = name.endsWith('-part');
  // The worker that imports a part has all of them: src/testing/script-workers.ts.
  if (isPart) return JSON.stringify(`export const install = trackElementsParts[${JSON.stringify(name)}];`);
  return `'(' + trackElementsScript + ')(${JSON.stringify(name)})'`;
}

/**
 * Replaces the modules that others load later by parts of the same text: `esbuild` would wrap each of them, and all that they
 * import, in a function of its own.
 *
 * @param {Set<string>} loaded Gets the names of the flat files whose texts the modules load.
 */
const inOneText = (loaded) => ({
  name: 'in-one-text',
  setup: (bundling) =>
    bundling.onLoad({ filter: /[/\\]dist[/\\].*\.js$/ }, async ({ path }) => {
      const imports = [];
      const code = await readFile(path, 'utf8');
      const contents = code.replaceAll(/\bimport\('([^']+)'\)/g, (_, specifier) => {
        const [, name] = /(track-elements-[^/]+)-text\.js$/.exec(specifier) ?? [];
        if (name) {
          loaded.add(name);
          return `Promise.resolve({ text: ${textOf(name)} })`;
        }
        if (leftOutModules[specifier]) return `Promise.reject(new Error(${JSON.stringify(leftOutModules[specifier])}))`;
        const namespace = `loadedLater${imports.length}`;
        imports.push(`import * as ${namespace} from '${specifier}';\n`);
        return `Promise.resolve(${namespace})`;
      });
      return { contents: imports.join('') + contents };
    }),
});

/**
 * Writes the script.
 *
 * @param {(name: string) => string} sourceOf The path of a flat file's source in `src`.
 */
export async function writeDevicesScript(sourceOf) {
  const loaded = new Set();
  const { outputFiles, metafile } = await esbuild.build({
    // Without the exports of the module.
    stdin: { contents: "import './dist/testing/devices-script.js';", resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { 'import.meta.url': 'undefined' },
    plugins: [inOneText(loaded)],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const name of loaded) {
    const module = sourceOf(name).slice(join(root, 'src/').length).replace(/\.ts$/, '.js');
    if (name in leftOut || `dist/${module}` in metafile.inputs) continue;
    throw new Error(`The script of the devices loads ${name}.js; add it to src/testing/script-workers.ts.`);
  }
  const text = `(function trackElementsScript(trackElementsWorker) {\n'use strict';\n${outputFiles[0].text}\n})();`;
  const { code } = await minify(text, {
    ecma: 2022,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    // The name by which the function finds its own text.
    keep_fnames: /^trackElementsScript$/,
  });
  await writeFile(join(root, 'dist/cdn/track-elements-devices.js'), `${code}\n`);
}
