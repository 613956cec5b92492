/* The files of the project as text, and the imports of `src` as a graph. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../../scripts/process.js';

/** Paths of the files in some folders, relative to the project, whose names match. */
export function filesIn(folders: readonly string[], name: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
      .filter((path) => name.test(path) && !path.includes('/node_modules/')),
  );
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Import {
  specifier: string;
  /** The imported file, relative to the project; `undefined` for a package and for what only the build writes. */
  file?: string;
  /** Erased by the compiler: `import type`, `export type`, or `import('…')` as a type. */
  isType: boolean;
}

const statement = /^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<specifier>[^']+)'/gm;
const call =
  /(?<await>await\s+|\bloads?\s*[:=]\s*\(\)\s*=>\s*|\(\)\s*=>\s*|return\s+)?\bimport\(\s*'(?<specifier>[^']+)'/g;

function importsOf(path: string): Import[] {
  const text = read(path);
  const statements = [...text.matchAll(statement)].map(({ groups }) => ({ ...groups, isType: Boolean(groups?.type) }));
  const calls = [...text.matchAll(call)].map(({ groups }) => ({ ...groups, isType: !groups?.await }));
  return ([...statements, ...calls] as { specifier: string; isType: boolean }[]).map(({ specifier, isType }) => ({
    specifier,
    isType,
    ...(specifier.startsWith('.') && {
      file: posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'),
    }),
  }));
}

/** The imports of each file of `src`. Relative imports of what the build writes, `*-text.js`, are left out. */
export function readImports(): Map<string, Import[]> {
  const files = filesIn(['src'], /\.ts$/);
  return new Map(
    files.map((file) => [file, importsOf(file).filter(({ specifier }) => !specifier.endsWith('-text.js'))]),
  );
}
