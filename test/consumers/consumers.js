/**
 * Pages that get the library in all the ways people do: each is built into `.cache/consumers` and served from an origin
 * of its own. The tests' pages load them in frames.
 */
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache/consumers');
const entry = join(folder, 'app.js');

const page = (head) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A consumer</title>${head}</head><body></body></html>
`;

async function writePage(name, head) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'index.html'), page(head));
}

/** The library as npm installs it, without what nobody loads. */
async function install() {
  const installed = join(folder, 'node_modules/track-elements');
  await mkdir(installed, { recursive: true });
  await copyFile(join(root, 'package.json'), join(installed, 'package.json'));
  const filter = (path) => !/\.(d\.ts|map|tsbuildinfo)$/.test(path);
  await cp(join(root, 'dist'), join(installed, 'dist'), { recursive: true, filter });
  await copyFile(join(root, 'test/consumers/app.js'), entry);
  await writeFile(join(folder, 'index.html'), page('<script type="module" src="./app.js"></script>'));
}

/** Where a page without a bundler finds its modules. */
async function importMap(origin) {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const imports = { 'track-elements/define/': `${origin}/dist/define/` };
  for (const element of ['pattern-source', 'tone-source']) {
    imports[`track-elements/define/${element}`] = `${origin}/dist/define/${element}.js`;
  }
  for (const name of ['configure', 'generator']) {
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

const moduleScript = (src) => `<script type="module" src="${src}"></script>`;

/** One record a way: what it builds, given the origin of the library's other home. */
const ways = {
  async plain() {
    await writePage('plain', `${await importMap('')}${moduleScript('../app.js')}`);
  },
  async cdn(origin) {
    await writePage('cdn', `${await importMap(origin)}${moduleScript('../app.js')}`);
  },
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
  /** Without modules there is no `import.meta.url` to find a file by. */
  async 'esbuild-script'() {
    await bundle('esbuild-script', 'iife');
    await writePage('esbuild-script', '<script defer src="main.js"></script>');
  },
  /** A server that answers what it does not have with its page, as those of single-page apps do. */
  async 'single-page'() {
    await bundle('single-page', 'esm');
    await writePage('single-page', moduleScript('main.js'));
  },
  strict: () => guarded('strict'),
  trusted: () => guarded('trusted'),
};

/** A bundle with the worker and the worklet where only `configure()` finds them, for pages with a policy. */
async function guarded(name) {
  await bundle(name, 'esm');
  await writePage(name, moduleScript('main.js'));
  await mkdir(join(folder, name, 'files'));
  for (const file of ['worker.js', 'sound.js', 'more-patterns.js', 'dressing.js', 'worklet.js']) {
    await copyFile(join(root, 'dist/engine', file), join(folder, name, 'files', file));
  }
}

async function bundle(name, format) {
  const { build } = await import('esbuild');
  const outfile = join(folder, name, 'main.js');
  // Without modules esbuild warns that nothing will find the files; the library knows.
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

async function start() {
  await rm(folder, { recursive: true, force: true });
  await install();
  const [origin, other] = [await serve(root), await serve(root)];
  const addresses = Object.keys(ways).map((name) => [name, `${origin}/.cache/consumers/${name}/index.html`]);
  const [dev] = await Promise.all([startViteServer(), ...Object.values(ways).map((build) => build(other))]);
  return { ...Object.fromEntries(addresses), 'vite-dev': dev };
}

// As a child process: what bundlers set in their environment is theirs.
process.on('disconnect', () => process.exit());
process.send(await start());
