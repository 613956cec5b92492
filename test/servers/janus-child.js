/**
 * An independent server, as a child process: Debian's Janus, with npm's `janus-whep-server` for WHEP. No package has WHIP
 * for Janus, so this file exchanges offers and answers with its video room. The WebRTC implementation is Janus's.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { programNamed } from '../../scripts/browsers/program.js';
import { freePort, listening } from '../../scripts/free-port.js';
import { start } from '../../scripts/process.js';

// Janode also has a transport by Unix sockets, whose native code would have to be compiled. Only WebSockets are used here.
const { resolve, cache } = createRequire(import.meta.url);
const unixSockets = resolve('unix-dgram');
cache[unixSockets] = { id: unixSockets, filename: unixSockets, loaded: true, exports: {}, children: [], paths: [] };
const [{ default: Janode }, { default: VideoRoom }, { JanusWhepServer }] = await Promise.all([
  import('janode'),
  import('janode/plugins/videoroom'),
  import('janus-whep-server'),
]);

/** Each test runner has its own. */
const folder = fileURLToPath(new URL(`../../.cache/janus-${process.pid}`, import.meta.url));
const ROOM = 1;

/** The folder of the plugins. It depends on the system, and the configuration of the package names it. */
async function pluginsFolder() {
  const text = await readFile('/etc/janus/janus.jcfg', 'utf8').catch(() => '');
  return /^\s*plugins_folder\s*=\s*"([^"]+)"/m.exec(text)?.[1];
}

/** Writes the configuration of Janus. */
async function configure(port) {
  const plugins = await pluginsFolder();
  if (!plugins) throw new Error('/etc/janus/janus.jcfg has no plugins_folder.');
  await mkdir(folder, { recursive: true });
  const files = {
    'janus.jcfg': `general: {
  configs_folder = "${folder}"
  plugins_folder = "${plugins}"
  transports_folder = "${join(dirname(plugins), 'transports')}"
  events_folder = "${join(dirname(plugins), 'events')}"
  loggers_folder = "${join(dirname(plugins), 'loggers')}"
  admin_secret = "unused"
}
media: { ipv6 = false }
nat: { ice_enforce_list = "127.0.0.1" }
plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
`,
    'janus.transport.websockets.jcfg': `general: { ws = true, ws_port = ${port}, ws_ip = "127.0.0.1", wss = false }
admin: { admin_ws = false, admin_wss = false }
`,
    'janus.plugin.videoroom.jcfg': 'general: {}\n',
    'janus.plugin.streaming.jcfg': 'general: {}\n',
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}

/** Starts Janus. Resolves to the address of its API, and a session there. */
async function startJanus(program) {
  const port = await freePort();
  await configure(port);
  start(program, ['--configs-folder', folder, '--debug-level', '2', '--disable-colors'], { stdio: 'ignore' });
  const url = `ws://127.0.0.1:${port}`;
  await listening(port);
  const connection = await Janode.connect({ is_admin: false, address: { url } });
  return { url, session: await connection.create() };
}

/** Adds the routes of WHIP for a room of Janus: `/whip/<feed>`. */
function addWhipRoutes(app, session) {
  const publishers = new Map();
  const allow = (request, response, next) => {
    response.set({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, PATCH, DELETE',
      'access-control-allow-headers': 'authorization, content-type, if-match',
      'access-control-expose-headers': 'location, etag',
    });
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  };
  app.use('/whip', allow, express.text({ type: '*/*' }));
  app.post('/whip/:feed', async (request, response) => {
    const handle = await session.attach(VideoRoom);
    const feed = Number(request.params.feed);
    const jsep = { type: 'offer', sdp: request.body };
    const joined = await handle.joinConfigurePublisher({ room: ROOM, feed, audio: true, video: true, jsep });
    publishers.set(request.params.feed, handle);
    response.set({ location: `/whip/session/${feed}`, 'content-type': 'application/sdp' });
    response.status(201).send(joined.jsep.sdp);
  });
  app.patch('/whip/session/:feed', async (request, response) => {
    const candidates = [...request.body.matchAll(/^a=(candidate:.*?)\r?$/gm)].map(([, candidate]) => ({
      candidate,
      sdpMLineIndex: 0,
    }));
    const handle = publishers.get(request.params.feed);
    await handle?.trickle([...candidates, { completed: true }]).catch(() => {});
    response.sendStatus(handle ? 204 : 404);
  });
  app.delete('/whip/session/:feed', async (request, response) => {
    const handle = publishers.get(request.params.feed);
    publishers.delete(request.params.feed);
    await handle?.detach().catch(() => {});
    response.sendStatus(handle ? 200 : 404);
  });
}

/** Starts everything. Resolves to the origin of the HTTP server. */
async function serve(program) {
  const { url, session } = await startJanus(program);
  const rooms = await session.attach(VideoRoom);
  await rooms.create({ room: ROOM, max_publishers: 4, videocodec: 'vp8', audiocodec: 'opus' });
  const app = express();
  addWhipRoutes(app, session);
  const whep = new JanusWhepServer({ janus: { address: url }, rest: { app, basePath: '/whep' }, debug: 'err' });
  await whep.start();
  for (const feed of [1, 2]) whep.createEndpoint({ id: String(feed), plugin: 'videoroom', room: ROOM, feed });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}

process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
const program = await programNamed('janus');
process.send({ address: program ? await serve(program) : null });
