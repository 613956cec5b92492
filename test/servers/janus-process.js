/** Janus for a test run: installed where that is allowed, started once for all browsers, ended with this process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { installPackages } from '../../scripts/browsers/apt.js';
import { programNamed } from '../../scripts/browsers/program.js';

let origin;

async function startProcess() {
  if (!(await programNamed('janus')) && !(await installPackages(['janus']))) return null;
  // What Janode tells of its work is of interest only when it does not start.
  const child = fork(new URL('./janus.js', import.meta.url), { silent: true });
  const told = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => told.push(chunk)).unref();
  const failed = once(child, 'exit').then(() => {
    throw new Error(`Janus did not start: ${Buffer.concat(told)}`);
  });
  const [message] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  child.unref();
  child.channel.unref();
  return message.origin;
}

/** Resolves to `{ origin }`; `null` where there is no Janus. */
export async function janus() {
  origin ??= startProcess();
  return { origin: await origin };
}
