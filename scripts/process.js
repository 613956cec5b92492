/** Runs other programs: the tools of the project by name, and servers that end as a process group. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const environment = (extra) => ({
  ...process.env,
  ...extra,
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
});

/** Runs a program in the root of the project, with this terminal. Resolves to its exit code. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment(env), stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Resolves to the exit code of a child and to all output. */
function collect(child) {
  return new Promise((resolve, reject) => {
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output) }));
  });
}

/** Like `run()`, without the terminal. Resolves to the exit code and to all output. */
const runCollected = (command, args, env) =>
  collect(spawn(command, args, { cwd: root, env: environment(env), stdio: collected }));

const collected = ['ignore', 'pipe', 'pipe'];

/** Like `run()`. The output is printed only if the program fails. */
export async function runQuietly(command, args, env = {}) {
  const { code, output } = await runCollected(command, args, env);
  if (code !== 0) process.stderr.write(output);
  return code;
}

/** Like `run()`, for a program beside others: its output is printed in one piece when it has ended. */
export async function runBeside(command, args, env = {}) {
  const { code, output } = await runCollected(command, args, env);
  process.stdout.write(output);
  return code;
}

const groups = new Set();

/** Ends a child and all programs that it started: the process group that it leads. */
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
 * Starts a program that keeps running, as the leader of a process group. Returns the child and a function that ends the
 * group. The group also ends with this process.
 */
export function start(command, args, { env = {}, stdio = 'ignore' } = {}) {
  const child = spawn(command, args, { cwd: root, env: environment(env), stdio, detached: true });
  groups.add(child);
  child.once('exit', () => groups.delete(child));
  return { child, stop: () => end(child) };
}

/**
 * Like `runBeside()`, for a program that does not measure time: it gets the processor time that the others leave, so that it
 * makes none of them late.
 */
export async function runBehind(command, args, env = {}) {
  const isPosix = process.platform !== 'win32';
  const { child } = isPosix
    ? start('nice', ['-n', LOW_PRIORITY, command, ...args], { env, stdio: collected })
    : start(command, args, { env, stdio: collected });
  try {
    // Linux may share processor time between sessions first. `start()` made one, and `nice` counts only within it.
    writeFileSync(`/proc/${child.pid}/autogroup`, LOW_PRIORITY);
  } catch {
    // This system has no such groups.
  }
  const { code, output } = await collect(child);
  process.stdout.write(output);
  return code;
}

const LOW_PRIORITY = '10';
