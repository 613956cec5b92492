/*
 * The layers of the code: each file of `src` imports only from its own layer and from lower ones, code for the page and
 * code for workers stay apart, and no imports form a circle. docs/architecture.md describes the layers.
 */
import { assert, describe, it } from '../support/suite.js';
import { type Import, readImports } from './source-files.js';

interface Layer {
  /** Folders of `src` of one rank. They do not import one another. */
  folders: string[];
  /** The only packages it imports, with everything below them. */
  packages?: string[];
}

/** From the lowest to the highest. */
const layers: Layer[] = [
  { folders: ['signals'] },
  { folders: ['generator'] },
  { folders: ['processor'] },
  { folders: ['engine'] },
  // Its worker contains the package.
  { folders: ['media-files'], packages: ['mediabunny'] },
  // So does the worker of the recorder.
  { folders: ['measure', 'rtc', 'recorder', 'devices'], packages: ['mediabunny'] },
  // It joins the devices with the probe.
  { folders: ['testing'] },
  { folders: ['sinks'], packages: ['@lit/context'] },
  { folders: ['controllers'], packages: ['lit', '@lit/context', '@lit/reactive-element'] },
  { folders: ['elements'], packages: ['lit', '@lit/context', '@lit/reactive-element'] },
  { folders: ['define'] },
];

/** The files at the root of `src`, with the highest layer that each imports from. */
const rootFiles: Record<string, string> = {
  'src/index.ts': 'elements',
  'src/configure.ts': 'generator',
  'src/define-signals.ts': 'engine',
  'src/polyfill.ts': 'processor',
  'src/flat-files.d.ts': 'signals',
};

/** Imports that break a rule and are known, as `importing file → specifier`, with the reason. */
const exceptions: Record<string, string> = {};

const imports = readImports();
const folderOf = (file: string) => file.split('/')[1] ?? '';
const rankOf = (folder: string) => layers.findIndex(({ folders }) => folders.includes(folder));
const isRootFile = (file: string) => file.split('/').length === 2;

/** Where a file runs, if its folder says so. */
const realmOf = (file: string) =>
  file
    .split('/')
    .slice(2, -1)
    .find((name) => /^(page|worker|worklet)$/.test(name));
const isPage = (file: string) => realmOf(file) === 'page';
const isWorker = (file: string) => realmOf(file) === 'worker' || realmOf(file) === 'worklet';

/** All imports that break a rule, as `importing file → specifier`. */
function violations(breaks: (file: string, imported: Import) => boolean): string[] {
  return [...imports]
    .flatMap(([file, list]) => list.filter((one) => breaks(file, one)).map(({ specifier }) => `${file} → ${specifier}`))
    .filter((violation) => !(violation in exceptions));
}

/** The shortest chain of imports that exist at run time from a file to one that `matches`. */
function chainTo(start: string, matches: (file: string) => boolean): string[] | undefined {
  const chains = [[start]];
  const seen = new Set([start]);
  for (const chain of chains) {
    for (const { file, isType } of imports.get(chain.at(-1) ?? '') ?? []) {
      if (!file || isType || seen.has(file)) continue;
      if (matches(file)) return [...chain, file];
      seen.add(file);
      chains.push([...chain, file]);
    }
  }
  return undefined;
}

/** Every circle of imports, types included: the files that are reachable from themselves, grouped. */
function circles(): string[][] {
  const reachable = new Map<string, Set<string>>();
  for (const file of imports.keys()) {
    const found = new Set<string>();
    const queue = [file];
    for (const next of queue) {
      for (const { file: imported } of imports.get(next) ?? []) {
        if (!imported || found.has(imported)) continue;
        found.add(imported);
        queue.push(imported);
      }
    }
    reachable.set(file, found);
  }
  const inCircle = [...imports.keys()].filter((file) => reachable.get(file)?.has(file));
  const groups = inCircle.map((file) =>
    inCircle.filter((other) => reachable.get(file)?.has(other) && reachable.get(other)?.has(file)),
  );
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

describe('The layers of src', () => {
  it('have a place for every file', () => {
    const homeless = [...imports.keys()].filter((file) =>
      isRootFile(file) ? !(file in rootFiles) : rankOf(folderOf(file)) < 0,
    );
    assert.deepEqual(homeless, []);
  });

  it('import only files that exist', () => {
    assert.deepEqual(
      violations((_, { file }) => file !== undefined && !imports.has(file)),
      [],
    );
  });

  it('import only from their own layer and lower ones', () => {
    const breaks = (file: string, { file: imported }: Import) => {
      if (!imported || isRootFile(imported)) return imported !== undefined;
      const from = isRootFile(file) ? (rootFiles[file] ?? '') : folderOf(file);
      const [rank, other] = [rankOf(from), rankOf(folderOf(imported))];
      return other > rank || (other === rank && from !== folderOf(imported));
    };
    assert.deepEqual(violations(breaks), []);
  });

  it('import no package but those of the layer', () => {
    const breaks = (file: string, { specifier, file: imported }: Import) => {
      if (imported) return false;
      const packages = (!isRootFile(file) && layers[rankOf(folderOf(file))]?.packages) || [];
      return !packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    };
    assert.deepEqual(violations(breaks), []);
  });
});

describe('Code for the page and code for workers', () => {
  it('do not import each other', () => {
    const breaks = (file: string, { file: imported = '' }: Import) =>
      (isPage(file) && isWorker(imported)) || (isWorker(file) && isPage(imported));
    assert.deepEqual(violations(breaks), []);
  });

  it('do not reach each other through files that both use', () => {
    const chains = [...imports.keys()].flatMap((file) => {
      const chain = isPage(file) ? chainTo(file, isWorker) : isWorker(file) ? chainTo(file, isPage) : undefined;
      return chain ? [chain.join(' → ')] : [];
    });
    assert.deepEqual(chains, []);
  });
});

describe('The imports of src', () => {
  it('form no circle, type imports included', () => assert.deepEqual(circles(), []));
});
