/** Running other programs: the project's own tools by name, and long-lived ones that are ended as a group. */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const environment = (extra) => ({
  ...process.env,
  ...extra,
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
});

/** Runs a program in the project's root, with this terminal. Resolves to its exit code. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(env), stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The same without the terminal: what the program printed is shown when it fails. */
export function runQuietly(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

const groups = new Set();

/** Ends a child and what it started: everything in the process group that it leads. */
export function end(child, signal = 'SIGTERM') {
  groups.delete(child);
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

process.once('exit', () => {
  for (const child of groups) end(child);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
}

/**
 * Starts a program that stays, as the leader of its own process group, so that what it starts ends with it.
 * Returns the child and a function that ends the group; leaving this process does so too.
 */
export function start(command, args, { env = {}, stdio = 'ignore' } = {}) {
  const child = spawn(command, args, { cwd: root, env: environment(env), stdio, detached: true });
  groups.add(child);
  child.once('exit', () => groups.delete(child));
  return { child, stop: () => end(child) };
}
