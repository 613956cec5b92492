/** Paths of programs. */
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const runs = (path) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The first of these paths that is an executable file, or `undefined`. */
export async function firstProgram(paths) {
  for (const path of paths) if (path && (await runs(path))) return path;
  return undefined;
}

/** A program by its name on `PATH`, or `undefined`. */
export function programNamed(name) {
  return firstProgram((process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));
}

/** `path` in each folder of `parent`: Debian has one folder of libraries for each architecture. */
export async function inEachFolder(parent, path) {
  const names = await readdir(parent).catch(() => []);
  return names.map((name) => join(parent, name, path));
}
