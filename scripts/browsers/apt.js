/** Packages of Debian and Ubuntu, where this user may install them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { run } from '../process.js';
import { programNamed } from './program.js';

const execute = promisify(execFile);
let updated = false;

/** The words before `apt-get`: none for root, `sudo -n` for a user who may; `undefined` for one who may not. */
async function privilege() {
  if (!(await programNamed('apt-get'))) return undefined;
  if (process.getuid() === 0) return [];
  return execute('sudo', ['-n', 'true']).then(
    () => ['sudo', '-n'],
    () => undefined,
  );
}

/** Resolves to the packages that are not installed; to none on a machine without Debian's package manager. */
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

/** Installs packages, after a line that names them. Resolves to whether all of them are installed. */
export async function installPackages(names) {
  const prefix = await privilege();
  if (!prefix) return false;
  console.log(`Installing with apt-get: ${names.join(' ')}`);
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(command, rest);
  };
  if (!updated) await apt('update');
  updated = true;
  return (await apt('install', '--yes', '--no-install-recommends', ...names)) === 0;
}
