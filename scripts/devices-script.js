/**
 * The script that tests put into pages: virtual devices and all that they load, in one classic script. It is the text of one
 * function. A page calls it without a name; a worker or a worklet is the same text, called with its name. So the code that they
 * share is in the script once.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { root } from './process.js';

/** The flat files that are not in the script, with the reason: 30 kB of gzip for figures that few tests ask for, and one that none asks for. */
const leftOut = {
  'track-elements-reference-part': 'A comparison with the reference is not in this script.',
  'track-elements-generator-worker': 'Written tracks are not in this script.',
};

/** The modules that are not in the script, with the reason. */
const leftOutModules = { '../stages.js': 'A probe of this script has no peer connections.' };

/** The flat files that a driver hands over when a test asks for them: see `textOf()` in `src/testing/devices-script.ts`. */
const handedOver = ['track-elements-file-worker'];

/** Modules in whose place the script has others: nothing in it leads to their code, or it has another way. */
const replaced = {
  'audio-faults.js': 'no-audio-faults.js',
  'custom-signals.js': 'no-custom-signals.js',
  'load-script.js': 'script-loader.js',
};

/** An expression for the text of a worker or a worklet in the code of the script. A part has none: its worker has it already. */
function textOf(name) {
  if (leftOut[name]) return `(() => { throw new Error(${JSON.stringify(leftOut[name])}); })()`;
  if (name.endsWith('-part')) return "''";
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
  setup(bundling) {
    bundling.onResolve({ filter: new RegExp(`/(${Object.keys(replaced).join('|')})$`) }, ({ path }) => ({
      path: join(root, 'dist/testing', replaced[basename(path)]),
    }));
    bundling.onLoad({ filter: /[/\\]dist[/\\].*\.js$/ }, async ({ path }) => {
      const imports = [];
      const code = await readFile(path, 'utf8');
      const contents = code.replaceAll(/\bimport\('([^']+)'\)/g, (_, specifier) => {
        const [, name] = /(track-elements-[^/]+)-text\.js$/.exec(specifier) ?? [];
        if (handedOver.includes(name)) return `trackElementsDevices.textOf(${JSON.stringify(name)})`;
        if (name) {
          loaded.add(name);
          return `Promise.resolve({ text: ${textOf(name)} })`;
        }
        if (leftOutModules[specifier]) return `Promise.reject(new Error(${JSON.stringify(leftOutModules[specifier])}))`;
        const namespace = `loadedLater${imports.length}`;
        imports.push(`import * as ${namespace} from '${specifier}';\n`);
        return `Promise.resolve(${namespace})`;
      });
      // A worker imports a part by the name of its file.
      const inWorker = contents.replace(
        /\bimport\(\s*\/\* webpackIgnore[^)]* url\)/,
        'Promise.resolve({ install: trackElementsParts[url] })',
      );
      return { contents: imports.join('') + inWorker };
    });
  },
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
    compress: {
      passes: 4,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      // Shorter with gzip, by 100 bytes: code that is more alike.
      sequences: false,
      lhs_constants: false,
    },
    // The name by which the function finds its own text.
    keep_fnames: /^trackElementsScript$/,
  });
  await writeFile(join(root, 'dist/cdn/track-elements-devices.js'), `${code}\n`);
}
