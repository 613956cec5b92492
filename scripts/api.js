/**
 * `npm run api` writes `api/*.api.md`: the public API of each entry of the package, so that a diff shows every change of it.
 * With `--check` it writes nothing, and fails when a report differs from the build.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from './process.js';

const folder = join(root, 'api');
const draft = join(root, '.cache/api');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// The classes of `elements/…` are all in the main entry; the other entries that are left out export nothing.
const entries = Object.entries(exports).filter(
  ([entry, file]) =>
    file.endsWith('.js') &&
    !/^\.\/dist\/cdn\//.test(file) &&
    !/^\.\/(define|elements|workers)\/|^\.\/polyfill$/.test(entry),
);

const reportName = (entry) => (entry === '.' ? 'index' : entry.slice(2).replaceAll('/', '-'));

/** The declarations are compiled as they are in the package: with the types of browsers, without those of Node. */
const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
    strict: true,
    skipLibCheck: true,
  },
};

const silent = { default: { logLevel: ExtractorLogLevel.None } };

/** Writes the report of one entry into the folder of drafts. Resolves to its name. */
function extract([entry, file]) {
  const name = `${reportName(entry)}.api.md`;
  const declarations = join(root, file.replace(/\.js$/, '.d.ts'));
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      compiler: { overrideTsconfig: { ...tsconfig, files: [declarations] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: name,
        reportFolder: draft,
        reportTempFolder: join(draft, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: {
          ...silent,
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
        tsdocMessageReporting: silent,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  // It announces the version of TypeScript that it brings along.
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  return name;
}

const namesIn = (path) => readdirSync(path).filter((name) => name.endsWith('.api.md'));

rmSync(draft, { recursive: true, force: true });
mkdirSync(draft, { recursive: true });
mkdirSync(folder, { recursive: true });
const names = entries.map(extract);
const textOf = (path, name) => readFileSync(join(path, name), 'utf8');
// The lines of the sources change more often than the API.
const draftOf = (name) => textOf(draft, name).replace(/^\/\/ \S+:\d+:\d+ - /gm, '// ');

if (process.argv.includes('--check')) {
  const known = namesIn(folder);
  const stale = names.filter((name) => !known.includes(name) || textOf(folder, name) !== draftOf(name));
  stale.push(...known.filter((name) => !names.includes(name)));
  if (stale.length > 0) {
    console.error(`The public API has changed (${stale.map((name) => `api/${basename(name)}`).join(', ')}).`);
    console.error('If that is intended, run `npm run api` and commit the reports.');
    process.exitCode = 1;
  }
} else {
  for (const name of namesIn(folder)) rmSync(join(folder, name));
  for (const name of names) writeFileSync(join(folder, name), draftOf(name));
}
