/*
 * The types of the elements in TypeScript and in frameworks, and the data for editors. Each folder of `test/frameworks` is a project of a user of
 * the package. Its right files use every element with attributes, properties and events; in the wrong ones, each line with
 * an element or an assignment has to be an error.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { catalogue } from '../../dist/signals/index.js';
import { root } from '../../scripts/process.js';
import ts from '../frameworks/oldest-typescript/node_modules/typescript/lib/typescript.js';
import { assert, before, describe, it } from '../support/suite.js';

const projects = join(root, 'test/frameworks');
const execute = promisify(execFile);
const oldestTypeScript = join(projects, 'oldest-typescript/node_modules/typescript');

interface Problem {
  file: string;
  line: number;
  text: string;
}

/** Runs a compiler with Node. Resolves to all that it prints: an error of a type makes it exit with another code than 0. */
async function outputOf(...args: string[]): Promise<string> {
  try {
    return (await execute(process.execPath, args, { cwd: root })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    if (!stdout) throw new Error(stderr);
    return stdout;
  }
}

const problemsIn = (output: string, form: RegExp): Problem[] =>
  [...output.matchAll(form)].map(([text, file = '', line]) => ({ text, file, line: Number(line) }));

/** The errors that `tsc` prints, without its indented details. */
const tscProblems = (output: string) => problemsIn(output, /^([^\s(][^(]*)\((\d+),\d+\): error .*$/gm);

/** The numbers of the lines that have to be wrong. */
const wrongLines = (file: string): number[] =>
  readFileSync(join(projects, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (/^\s*<[a-z]+-[a-z]+ |^source\.| = 'smpte-hdd'/.test(line) ? index + 1 : []));

function assertOnlyWrongLines(problems: readonly Problem[], file: string): void {
  const [folder, name = ''] = file.split('/');
  const found = problems.filter((problem) => problem.file.endsWith(name)).map(({ line }) => line);
  assert.deepEqual([...new Set(found)], wrongLines(file), `${folder}: the lines with errors`);
  assert.isAbove(found.length, 3);
}

/** The tags that `src/define/` registers, each in a file of its own. */
const tags = readdirSync(join(root, 'src/define'))
  .map((name) => name.replace(/\.ts$/, ''))
  .filter((name) => name !== 'all');

describe('The right files', () => {
  const files = ['react', 'preact', 'solid'].map((name) => `jsx/${name}-right.tsx`);
  for (const file of [...files, 'vue/AllElements.vue', 'svelte/Right.svelte', 'typescript/all-elements.ts']) {
    it(`use every element: ${file}`, () => {
      const used = readFileSync(join(projects, file), 'utf8').matchAll(/(?:<|createElement\(')([a-z]+-[a-z]+)/g);
      assert.sameMembers([...new Set([...used].map(([, tag]) => tag))], tags);
    });
  }
});

const without = (problems: readonly Problem[], name: string) =>
  problems.filter(({ file }) => !file.endsWith(name)).map(({ text }) => text);

describe('The types of the package in JSX', () => {
  let problems: Problem[];
  before(async () => {
    problems = tscProblems(
      await outputOf(join(root, 'node_modules/typescript/lib/tsc.js'), '--project', join(projects, 'jsx')),
    );
  });

  it('are without an error in themselves', () => {
    assert.deepEqual(without(problems, '-wrong.tsx'), []);
  });

  for (const name of ['react', 'preact', 'solid']) {
    it(`accept every element in ${name}, and refuse what no element has`, () => {
      assert.deepEqual(
        problems.filter(({ file }) => file.endsWith(`${name}-right.tsx`)),
        [],
      );
      assertOnlyWrongLines(
        problems.filter(({ file }) => file.includes(`/${name}-`)),
        `jsx/${name}-wrong.tsx`,
      );
    });
  }
});

describe('The types of the package in the templates of Vue', () => {
  it('accept every element, and refuse what no element has', async () => {
    // vue-tsc needs a TypeScript that is written in JavaScript.
    const run = `require('vue-tsc').run('${join(oldestTypeScript, 'lib/tsc.js')}')`;
    const problems = tscProblems(await outputOf('--eval', run, '--', 'vue-tsc', '--project', join(projects, 'vue')));
    assert.deepEqual(without(problems, 'WrongElements.vue'), []);
    assertOnlyWrongLines(problems, 'vue/WrongElements.vue');
  });
});

describe('The types of the package in the templates of Svelte', () => {
  it('accept every element, and refuse what no element has', async () => {
    // svelte-check too: in this folder it finds such a TypeScript under the usual name.
    const packages = join(root, '.cache/svelte/node_modules');
    rmSync(packages, { recursive: true, force: true });
    mkdirSync(packages, { recursive: true });
    symlinkSync(oldestTypeScript, join(packages, 'typescript'));
    symlinkSync(join(root, 'node_modules/svelte-check'), join(packages, 'svelte-check'));
    const output = await outputOf(
      '--preserve-symlinks',
      '--preserve-symlinks-main',
      join(packages, 'svelte-check/bin/svelte-check'),
      ...['--workspace', join(projects, 'svelte'), '--tsconfig', './tsconfig.json', '--output', 'machine'],
    );
    assert.match(output, /COMPLETED/);
    const problems = problemsIn(output, /ERROR "([^"]+)" (\d+):\d+ .*$/gm);
    assert.deepEqual(without(problems, 'Wrong.svelte'), []);
    assertOnlyWrongLines(problems, 'svelte/Wrong.svelte');
  });
});

const names = readdirSync(join(projects, 'typescript')).map((name) => join(projects, 'typescript', name));
const strict = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: [] };
const lib = ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];
const resolutions = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  NodeNext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
};

describe(`TypeScript ${ts.version}, the oldest one that is supported`, () => {
  it('is the one that the README states', () => {
    const [stated = ''] = readFileSync(join(root, 'README.md'), 'utf8').match(/TypeScript \d+\.\d+/) ?? [];
    assert.equal(stated, `TypeScript ${ts.versionMajorMinor}`);
  });

  for (const [name, resolution] of Object.entries(resolutions)) {
    it(`finds the types of all tags and entries, without an error in any declaration, with \`${name}\``, () => {
      const program = ts.createProgram(names, { ...strict, lib, ...resolution });
      // All but TypeScript's own, which would be most of the work.
      const files = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
      const diagnostics = [
        ...program.getOptionsDiagnostics(),
        ...program.getGlobalDiagnostics(),
        ...files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
      ];
      const problems = diagnostics.map(({ file, start = 0, messageText }) => ({
        file: file?.fileName ?? '',
        line: file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
        text: `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      }));
      assert.includeMembers(
        files.map(({ fileName }) => fileName),
        [join(root, 'dist/elements/pattern-source-element.d.ts'), join(root, 'dist/rtc/whip-client.d.ts')],
      );
      assert.deepEqual(without(problems, 'wrong.ts'), []);
      assertOnlyWrongLines(problems, 'typescript/wrong.ts');
    });
  }
});

describe('An import that registers elements', () => {
  const file = join(projects, 'typescript/one-import.ts');
  const options = { ...strict, lib, ...resolutions.bundler };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile;
  const parsed = new Map<string, ts.SourceFile | undefined>();

  /** The type of `document.createElement(tag)` in a program that has no other import of the package. */
  function typeOf(tag: string, entry: string): string {
    const text = `import 'track-elements/define/${entry}'; export const element = document.createElement('${tag}');`;
    const program = ts.createProgram([file], options, {
      ...host,
      getSourceFile(name, languageVersion) {
        if (name === file) return ts.createSourceFile(file, text, languageVersion);
        if (!parsed.has(name)) parsed.set(name, fromDisk(name, languageVersion));
        return parsed.get(name);
      },
    });
    const statement = program.getSourceFile(file)?.statements[1] as ts.VariableStatement;
    const checker = program.getTypeChecker();
    return checker.typeToString(checker.getTypeAtLocation(statement.declarationList.declarations[0] as ts.Node));
  }

  const classOf = (tag: string) => `${tag.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase())}Element`;

  for (const tag of tags) {
    it(`gives TypeScript the type of <${tag}>, by itself and by \`define/all\``, () => {
      assert.deepEqual([typeOf(tag, tag), typeOf(tag, 'all')], [classOf(tag), classOf(tag)]);
    });
  }
});

describe('The package', () => {
  it('contains all types for frameworks and the data for editors', async () => {
    const { stdout } = await execute('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    assert.includeMembers(
      files.map(({ path }) => path),
      [
        ...['jsx', 'preact', 'react', 'solid', 'svelte', 'vue'].map((name) => `dist/types/${name}.d.ts`),
        ...['vscode.html-custom-data', 'web-types'].map((name) => `dist/editors/${name}.json`),
      ],
    );
  });
});

describe('The guide to frameworks', () => {
  const guide = readFileSync(join(root, 'docs/guides/frameworks.md'), 'utf8');
  const examples = ['jsx/react-example.tsx', 'jsx/preact-example.tsx', 'jsx/solid-example.tsx'];

  for (const name of [...examples, 'vue/BarsExample.vue', 'svelte/Example.svelte']) {
    it(`shows ${name}, which is compiled above, as it stands`, () => {
      const example = readFileSync(join(projects, name), 'utf8').replace(/^.*@jsxImportSource.*\n/, '');
      assert.include(guide, `\n${example}\`\`\`\n`);
    });
  }
});

describe('An editor', () => {
  const file = join(projects, 'typescript/completions.ts');
  let service: ts.LanguageService;
  let text: string;

  before(() => {
    text = `
      import 'track-elements/define/all';
      import { completePattern, completeTone } from 'track-elements/signals';
      document.createElement('pattern-source').pattern = '/*pattern*/';
      document.createElement('tone-source').waveform = '/*waveform*/';
      completePattern({ width: 640, height: 360, pattern: '/*description*/' });
      completeTone({ waveform: '/*tone*/' });
    `;
    const read = (name: string) => (name === file ? text : ts.sys.readFile(name));
    service = ts.createLanguageService({
      getCompilationSettings: () => ({ ...strict, lib, ...resolutions.bundler }),
      getScriptFileNames: () => [file],
      getScriptVersion: () => '1',
      getScriptSnapshot: (name) => {
        const content = read(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: read,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: ts.sys.realpath,
    });
  });

  const offered = (mark: string): string[] =>
    (service.getCompletionsAtPosition(file, text.indexOf(`/*${mark}*/`), {})?.entries ?? []).map(({ name }) => name);
  const inCatalogue = (kind: string) => catalogue.filter((signal) => signal.kind === kind).map(({ name }) => name);

  for (const [mark, kind] of Object.entries({
    pattern: 'video',
    description: 'video',
    waveform: 'audio',
    tone: 'audio',
  })) {
    it(`offers the names of the catalogue for the ${mark}`, () => {
      assert.sameMembers(offered(mark), inCatalogue(kind));
    });
  }
});

describe('The data for editors', () => {
  const json = (name: string) => JSON.parse(readFileSync(join(root, 'dist/editors', name), 'utf8'));
  const patterns = catalogue.filter(({ kind }) => kind === 'video').map(({ name }) => name);

  interface Named {
    name: string;
    attributes: { name: string; values: { name: string }[]; value: { type: string } }[];
  }
  const patternOf = (elements: Named[]) =>
    elements.find(({ name }) => name === 'pattern-source')?.attributes.find(({ name }) => name === 'pattern');

  it('has every element and the names of the patterns, for VS Code', () => {
    const elements: Named[] = json('vscode.html-custom-data.json').tags;
    assert.sameMembers(
      elements.map(({ name }) => name),
      tags,
    );
    assert.includeMembers(patternOf(elements)?.values.map(({ name }) => name) ?? [], patterns);
  });

  it('has every element and the names of the patterns, for the editors of JetBrains', () => {
    const { html } = json('web-types.json').contributions as { html: { elements: Named[] } };
    assert.sameMembers(
      html.elements.map(({ name }) => name),
      tags,
    );
    for (const name of patterns) assert.include(patternOf(html.elements)?.value.type, `'${name}'`);
  });
});
