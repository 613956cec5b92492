/**
 * `npm start`: builds, serves the desk at http://localhost:8000 with a media server beside it, and builds again when a
 * source changes.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { startDevServer } from '@web/dev-server';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { MediaServer } from '../test/servers/media-server.js';
import { build } from './build.js';
import { root } from './process.js';

const port = Number(process.env.PORT || 8000);

function redirectToDesk(context, next) {
  if (context.path === '/') return context.redirect('/demo/');
  return next();
}

/** Tells pages where the media server is: `<meta name="media-server">`. */
const tellMediaServer = (origin) => ({
  name: 'media-server',
  transform({ body, response }) {
    if (!response.is('html')) return undefined;
    return body.replace('</head>', `<meta name="media-server" content="${origin}" />\n</head>`);
  },
});

/** Builds after a change, once for changes that come together, and never twice at a time. */
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
    nodeResolve: true,
    middleware: [redirectToDesk],
    plugins: [
      esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') }),
      tellMediaServer(mediaServer),
    ],
  },
});
console.log(`The desk is at http://localhost:${port}`);
