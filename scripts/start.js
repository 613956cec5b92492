/**
 * `npm start`: builds the library, serves the demo at http://localhost:8000 together with a media server, and builds after
 * each change of a source.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { startDevServer } from '@web/dev-server';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { MediaServer } from '../test/servers/media-server.js';
import { build } from './build.js';
import { root } from './process.js';

const port = Number(process.env.PORT || 8000);

function redirectToDemo(context, next) {
  if (context.path === '/') return context.redirect('/demo/');
  return next();
}

/** Adds the address of the media server to pages: `<meta name="media-server">`. */
const tellMediaServer = (origin) => ({
  name: 'media-server',
  transform({ body, response }) {
    if (!response.is('html')) return undefined;
    return body.replace('</head>', `<meta name="media-server" content="${origin}" />\n</head>`);
  },
});

/** Builds after a change: once for several changes within 100 ms, and one build at a time. */
function buildOnChange() {
  let timer;
  let building = Promise.resolve();
  watch(join(root, 'src'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(build).catch(console.error);
    }, 100);
  });
}

await build();
buildOnChange();
const mediaServer = await new MediaServer({ everywhere: true }).listen();
await startDevServer({
  readCliArgs: false,
  readFileConfig: false,
  logStartMessage: false,
  config: {
    rootDir: root,
    port,
    watch: true,
    // Without Lit's warning on the console of the page.
    nodeResolve: { exportConditions: ['production'] },
    middleware: [redirectToDemo],
    plugins: [
      esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') }),
      tellMediaServer(mediaServer),
    ],
  },
});
console.log(`The demo is at http://localhost:${port}`);
