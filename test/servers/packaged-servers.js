/** Servers from packages, for a test run: installed if that is allowed, started once for all browsers, ended with this process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { installPackages } from '../../scripts/browsers/apt.js';
import { programNamed } from '../../scripts/browsers/program.js';

const packages = {
  janus: { program: 'janus', module: './janus-child.js' },
  coturn: { program: 'turnserver', module: './coturn-child.js' },
};

const started = {};

async function startProcess(name) {
  const { program, module } = packages[name];
  if (!(await programNamed(program)) && !(await installPackages([name]))) return null;
  // The output is of interest only if the server does not start.
  const child = fork(new URL(module, import.meta.url), { silent: true });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk)).unref();
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${name} did not start: ${Buffer.concat(output)}`);
  });
  const [{ address }] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  child.unref();
  child.channel.unref();
  return address;
}

/** Resolves to `{ address }` of a server, by the name of its package. The address is `null` if there is no such server. */
export async function packagedServer(name) {
  started[name] ??= startProcess(name);
  return { address: await started[name] };
}
