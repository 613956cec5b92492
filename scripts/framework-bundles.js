/**
 * Serves `test/frameworks/rendering/<name>.bundle.js` to the pages of tests: the module of that name in one file, because browsers load
 * neither CommonJS, as React is, nor the components of Svelte.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';
import { compile } from 'svelte/compiler';
import { root } from './process.js';

const svelteComponents = {
  name: 'svelte-components',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, generate: 'client' });
      return { contents: js.code, loader: 'js' };
    });
  },
};

async function bundle(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, 'test/frameworks/rendering', name)],
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    conditions: ['browser'],
    resolveExtensions: ['.jsx', '.js'],
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [svelteComponents],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** Once for all browsers. */
const bundles = new Map();

export const frameworkBundles = {
  name: 'framework-bundles',
  async serve({ path }) {
    if (!/^\/test\/frameworks\/rendering\/\w+\.bundle\.js$/.test(path)) return undefined;
    const name = basename(path, '.bundle.js');
    if (!bundles.has(name)) bundles.set(name, bundle(name));
    return { body: await bundles.get(name), type: 'js' };
  },
};
