import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, assert, before, describe, it } from '../support/suite.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

// From the top of the house to its ground. `rtc` and `measure` stand side by side.
const floors = ['define', 'elements', 'controllers', 'rtc', 'measure', 'engine', 'generator', 'signals'];

/** Imports that each of these floors must not have, besides those of the floors above it. */
const others = [
  { floor: 'rtc', specifier: '../measure/probe.js' },
  { floor: 'signals', specifier: '../../engine/messages.js' },
  { floor: 'generator', specifier: 'lit' },
  { floor: 'engine', specifier: '@lit/context' },
  { floor: 'elements', specifier: 'track-elements/generator' },
];

const forbidden = [
  ...floors.flatMap((floor, index) =>
    floors.slice(0, index).map((above) => ({ floor, specifier: `../${above}/noun.js` })),
  ),
  ...others,
];

const allowed = [
  ...floors.flatMap((floor, index) =>
    floors
      .slice(index)
      .filter((below) => !(floor === 'rtc' && below === 'measure'))
      .map((below) => ({ floor, specifier: below === floor ? './noun.js' : `../${below}/noun.js` })),
  ),
  { floor: 'elements', specifier: '@lit/reactive-element' },
];

const fileOf = ({ floor, specifier }: { floor: string; specifier: string }) =>
  `src/${floor}/${specifier.replace(/\W+/g, '-')}.ts`;

describe('The floors of the house', () => {
  let folder: string;
  let complaints: string[];

  /** Lints one file an import, all in one run, and keeps the names of those that break the rule. */
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'track-elements-floors-'));
    await cp(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const rule of [...forbidden, ...allowed]) {
      const file = join(folder, fileOf(rule));
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, `export type { Noun } from '${rule.specifier}';\n`);
    }
    await writeFile(join(folder, 'src/signals/default.ts'), 'export default 1;\n');
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, [biome, ...args], { cwd: folder }, (_, stdout) => resolve(stdout));
    });
    complaints = [...output.matchAll(/title=lint\/style\/(?:noRestrictedImports|noDefaultExport),file=([^,]+)/g)].map(
      ([, file]) => relative(folder, resolve(folder, String(file))),
    );
  });

  after(() => rm(folder, { recursive: true }));

  for (const rule of forbidden) {
    it(`src/${rule.floor} must not import ${rule.specifier}`, () => assert.isTrue(complaints.includes(fileOf(rule))));
  }

  for (const rule of allowed) {
    it(`src/${rule.floor} may import ${rule.specifier}`, () => assert.isFalse(complaints.includes(fileOf(rule))));
  }

  it('nothing is a default export', () => assert.isTrue(complaints.includes('src/signals/default.ts')));
});
