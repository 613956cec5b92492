/** Janus for a test run: installed if that is allowed, started once for all browsers, ended with this process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { installPackages } from '../../scripts/browsers/apt.js';
import { programNamed } from '../../scripts/browsers/program.js';

let origin;

async function startProcess() {
  if (!(await programNamed('janus')) && !(await installPackages(['janus']))) return null;
  // Janode's output is of interest only if it does not start.
  const child = fork(new URL('./janus-child.js', import.meta.url), { silent: true });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk)).unref();
  const failed = once(child, 'exit').then(() => {
    throw new Error(`Janus did not start: ${Buffer.concat(output)}`);
  });
  const [message] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  child.unref();
  child.channel.unref();
  return message.origin;
}

/** Resolves to `{ origin }`. The origin is `null` if there is no Janus. */
export async function janus() {
  origin ??= startProcess();
  return { origin: await origin };
}
