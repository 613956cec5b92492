/**
 * Pages that use the library: with an import map, from another origin, and with each bundler. Each page is built into
 * a folder of `.cache` and served; the tests load the pages in frames.
 */
import { execSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Each test runner has its own. */
const folderName = `.cache/consumers-${process.pid}`;
const folder = join(root, folderName);
const entry = join(folder, 'app.js');

const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

const pageWith = (head) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A consumer</title>${head}</head><body></body></html>
`;

const moduleScript = (src) => `<script type="module" src="${src}"></script>`;

async function writePage(name, head) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'index.html'), pageWith(head));
}

/** Copies the library to where npm would install it, without types and source maps. */
async function installLibrary() {
  const installed = join(folder, 'node_modules/track-elements');
  await mkdir(installed, { recursive: true });
  await copyFile(join(root, 'package.json'), join(installed, 'package.json'));
  const filter = (path) => !/\.(d\.ts|map|tsbuildinfo)$/.test(path);
  await cp(join(root, 'dist'), join(installed, 'dist'), { recursive: true, filter });
  await copyFile(join(root, 'test/consumers/app.js'), entry);
  // Without a manifest the application would be part of this package, and bundlers would take the files of `dist`.
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'application', private: true, type: 'module' }));
  await writeFile(join(folder, 'index.html'), pageWith(moduleScript('./app.js')));
}

/** The import map of a page without a bundler, for a library that an origin serves. */
function importMap(origin) {
  const imports = {};
  for (const name of ['configure', 'define/all', 'define-signals', 'generator', 'measure', 'processor']) {
    imports[`track-elements/${name}`] = `${origin}${exports[`./${name}`].slice(1)}`;
  }
  for (const [name, main] of Object.entries({
    lit: 'index.js',
    'lit-html': 'lit-html.js',
    'lit-element': 'index.js',
    '@lit/reactive-element': 'reactive-element.js',
    '@lit/context': 'index.js',
  })) {
    imports[name] = `${origin}/node_modules/${name}/${main}`;
    imports[`${name}/`] = `${origin}/node_modules/${name}/`;
  }
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}

/** Builds each page, by its name. `otherOrigin` serves the library for the page that loads it from elsewhere. */
const builds = {
  plain: () => writePage('plain', `${importMap('')}${moduleScript('../app.js')}`),

  cdn: (otherOrigin) => writePage('cdn', `${importMap(otherOrigin)}${moduleScript('../app.js')}`),

  async vite() {
    const { build } = await import('vite');
    const outDir = join(folder, 'vite');
    await build({
      root: folder,
      base: './',
      logLevel: 'error',
      configFile: false,
      build: { outDir, emptyOutDir: true },
    });
  },

  async webpack() {
    const { default: webpack } = await import('webpack');
    const output = { path: join(folder, 'webpack'), filename: 'main.js' };
    const stats = await new Promise((resolve, reject) => {
      const config = { mode: 'production', context: folder, entry, output, devtool: false, performance: false };
      webpack(config, (error, result) => (error ? reject(error) : resolve(result)));
    });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
    await writePage('webpack', '<script defer src="main.js"></script>');
  },

  async esbuild() {
    await bundle('esbuild', 'esm');
    await writePage('esbuild', moduleScript('main.js'));
  },

  /** A classic script has no `import.meta.url`, so the library cannot find its files by URL. */
  async 'esbuild-script'() {
    await bundle('esbuild-script', 'iife');
    await writePage('esbuild-script', '<script defer src="main.js"></script>');
  },

  /** The server answers every unknown path with the page, as servers of single-page applications do. */
  async 'single-page'() {
    await bundle('single-page', 'esm');
    await writePage('single-page', moduleScript('main.js'));
  },

  /** One file by a script tag, from another origin. */
  async 'script-tag'(otherOrigin) {
    const address = exports['./cdn/track-elements.js'].slice(1);
    const app = (await readFile(entry, 'utf8')).replaceAll(/^import (?:(.*?) from )?'.*';$/gm, (_, names) =>
      names ? `const ${names} = TrackElements;` : '',
    );
    await writePage(
      'script-tag',
      `<script src="${otherOrigin}${address}"></script><script src="app.js" defer></script>`,
    );
    await writeFile(join(folder, 'script-tag', 'app.js'), app);
  },

  /** A page that has files of its own under the names that workers often have, which never say a word. */
  async 'own-workers'() {
    await bundle('own-workers', 'esm');
    await writePage('own-workers', moduleScript('main.js'));
    for (const name of ['worker.js', 'engine-worker.js', 'worker/engine-worker.js']) {
      await mkdir(join(folder, 'own-workers', 'worker'), { recursive: true });
      await writeFile(join(folder, 'own-workers', name), 'postMessage("hello");');
    }
  },

  strict: () => buildWithFiles('strict'),
  trusted: () => buildWithFiles('trusted'),
  untrusted: () => buildWithFiles('untrusted'),
};

/** A page with a content security policy. It serves the files of the worker, for `configure()`, as the README says. */
async function buildWithFiles(name) {
  await bundle(name, 'esm');
  await writePage(name, moduleScript('main.js'));
  await copyFile(join(root, 'test/consumers/own-wave.js'), join(folder, name, 'own-wave.js'));
  const [, commands] = /```sh\n(mkdir [^`]*)```/.exec(await readFile(join(root, 'README.md'), 'utf8'));
  const link = join(folder, name, 'node_modules');
  await symlink(join(folder, 'node_modules'), link);
  execSync(commands, { cwd: join(folder, name), stdio: 'inherit' });
  await rm(link);
}

async function bundle(name, format) {
  const { build } = await import('esbuild');
  const outfile = join(folder, name, 'main.js');
  // esbuild warns that a classic script has no `import.meta.url`. The library has another way to load its files.
  await build({ entryPoints: [entry], bundle: true, format, outfile, logLevel: 'error' });
}

async function startViteServer() {
  const { createServer } = await import('vite');
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    cacheDir: join(folder, 'vite-cache'),
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  server.httpServer.unref();
  return server.resolvedUrls.local[0];
}

/** Builds and serves all pages. Resolves to their addresses by name. */
async function start() {
  await rm(folder, { recursive: true, force: true });
  await installLibrary();
  const [origin, otherOrigin] = [await serve(root), await serve(root)];
  const addresses = Object.keys(builds).map((name) => [name, `${origin}/${folderName}/${name}/index.html`]);
  const [viteServer] = await Promise.all([
    startViteServer(),
    ...Object.values(builds).map((build) => build(otherOrigin)),
  ]);
  return { ...Object.fromEntries(addresses), 'vite-dev': viteServer };
}

// This is a child process, because bundlers set environment variables that other tests must not see.
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
process.send(await start());
