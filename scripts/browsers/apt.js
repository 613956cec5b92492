/** Debian's and Ubuntu's packages, when this user may install them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { run } from '../process.js';
import { programNamed } from './program.js';

const execute = promisify(execFile);
let updated = false;

/** How this user calls apt-get (`[]`, or `['sudo', '-n']`), or `undefined` where it may not. */
async function privilege() {
  if (!(await programNamed('apt-get'))) return undefined;
  if (process.getuid() === 0) return [];
  return execute('sudo', ['-n', 'true']).then(
    () => ['sudo', '-n'],
    () => undefined,
  );
}

/** Which of these packages are not installed; none on a machine without Debian's package manager. */
export async function missingPackages(names) {
  if (!(await programNamed('dpkg-query'))) return [];
  const query = (name) => execute('dpkg-query', ['--show', `--showformat=$\{db:Status-Status}`, name]);
  const installed = await Promise.all(
    names.map((name) =>
      query(name).then(
        ({ stdout }) => stdout === 'installed',
        () => false,
      ),
    ),
  );
  return names.filter((_, index) => !installed[index]);
}

/** Installs packages. Resolves to whether it could. */
export async function installPackages(names) {
  const prefix = await privilege();
  if (!prefix) return false;
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(command, rest);
  };
  if (!updated) await apt('update');
  updated = true;
  return (await apt('install', '--yes', '--no-install-recommends', ...names)) === 0;
}
