import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedPages, generatedPictures } from '../../../scripts/docs/pages.js';
import { haveSamePixels } from '../../../scripts/docs/pictures.js';
import { partSize, parts, sizeOf, sizes } from '../../../scripts/sizes.js';
import {
  anchorsOf,
  examplePages,
  fencesOf,
  filePath,
  isExternal,
  linksOf,
  reasonNotToRun,
} from '../../docs/examples.js';
import { assert, describe, it } from '../../support/suite.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every Markdown file of the project that is not ignored, also before it is committed. */
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(root, path)));
// Parts of generated pages: their links are those of the pages.
const pages = documents.filter((path) => !path.startsWith('scripts/docs/'));
const userPages = pages.filter((path) => path === 'README.md' || /^docs\/(?!api\/)/.test(path));

describe('The README', () => {
  it('has at most 200 lines', () => {
    assert.isAtMost(read('README.md').split('\n').length - 1, 200);
  });
});

describe('Generated documents', () => {
  it('are what `npm run docs` writes', async () => {
    for (const [path, text] of await generatedPages()) {
      assert.equal(read(path), text, `${path} is stale: \`npm run docs\` renews it`);
    }
  });

  it('are all of the pages of elements', async () => {
    const elements = userPages.filter((path) => path.startsWith('docs/elements/'));
    const generated = [...(await generatedPages()).keys()].filter((path) => path.startsWith('docs/elements/'));
    assert.sameMembers(elements, generated);
  });

  it('have a picture of every pattern as it is drawn', () => {
    for (const [path, png] of generatedPictures()) {
      const isCurrent = haveSamePixels(png, readFileSync(join(root, path)));
      assert.isTrue(isCurrent, `${path} is stale: \`npm run docs\` renews it`);
    }
  });
});

describe('A link', () => {
  for (const path of pages) {
    it(`of ${path} leads to a file or a heading`, () => {
      for (const address of linksOf(read(path)).filter((link) => !isExternal(link))) {
        const [file = '', anchor] = address.split('#');
        const target = file ? relative(root, resolve(root, dirname(path), file)) : path;
        assert.isTrue(existsSync(join(root, target)), `${address} leads nowhere`);
        if (anchor) assert.include([...anchorsOf(read(target))], anchor, `${address} leads to no heading`);
      }
    });
  }

  it('leads to every document for users', () => {
    const reached = ['README.md'];
    for (const path of reached) {
      for (const address of linksOf(read(path)).filter((link) => !isExternal(link) && !link.startsWith('#'))) {
        const target = relative(root, resolve(root, dirname(path), address.split('#')[0] ?? ''));
        if (target.endsWith('.md') && !reached.includes(target)) reached.push(target);
      }
    }
    assert.includeMembers(reached, userPages);
  });
});

describe('An example', () => {
  const fences = userPages.flatMap((path) => fencesOf(read(path)).map((fence) => ({ path, ...fence })));
  const place = ({ path, line }: { path: string; line: number }) => `${path}:${line}`;

  it('is of a known language', () => {
    for (const fence of fences)
      assert.include(['html', 'js', 'ts', 'tsx', 'vue', 'svelte', 'sh', 'json', 'text'], fence.language, place(fence));
  });

  it('runs, or gives its reason', () => {
    for (const fence of fences.filter(({ info }) => info)) {
      assert.isNotNull(reasonNotToRun(fence) ?? filePath(fence), `${place(fence)}: ${fence.info}`);
    }
  });

  it('promises something that can be checked', () => {
    for (const path of userPages) {
      for (const { line, html, scripts } of examplePages(fencesOf(read(path)))) {
        const isChecked =
          /<[a-z]+-[a-z]/.test(html?.code ?? '') || scripts.some(({ check, code }) => check || /\bit\(/.test(code));
        assert.isTrue(isChecked, `${path}:${line} has neither an element nor a check`);
      }
    }
  });
});

describe('A name in the documents', () => {
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, string> };

  /** The file that an import of the package leads to. */
  const fileOf = (specifier: string): string | undefined => {
    const name = specifier.replace('track-elements', '.');
    for (const [key, file] of Object.entries(exports)) {
      const [start = '', end = ''] = key.split('*');
      if (key === name) return file;
      if (!key.includes('*') || !name.startsWith(start) || !name.endsWith(end)) continue;
      return file.replace('*', name.slice(start.length, name.length - end.length || undefined));
    }
    return undefined;
  };

  for (const path of userPages) {
    it(`of an entry point exists: ${path}`, () => {
      const names = new Set(read(path).match(/(?<=[`'])track-elements(?:\/[\w./-]+\w)?(?=[`'])/g));
      for (const name of names) {
        assert.isTrue(existsSync(join(root, fileOf(name) ?? 'missing')), `${name} is no entry point`);
      }
    });
  }

  it('of a test file exists', () => {
    for (const name of read('docs/testing.md').match(/\btest\/[\w/-]+\.test\.ts/g) ?? []) {
      assert.isTrue(existsSync(join(root, name)), name);
    }
  });
});

describe('The import map of the guide', () => {
  const guide = read('docs/guides/strict-policies-and-cdns.md');
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(guide)?.[1] ?? '{}';
  const { imports } = JSON.parse(map) as { imports: Record<string, string> };

  /** The file that a page without a bundler loads for an import, by the map alone. */
  function fileOf(specifier: string, importer: string): string {
    if (specifier.startsWith('.')) return join(dirname(importer), specifier);
    const key = imports[specifier]
      ? specifier
      : Object.keys(imports).find((prefix) => prefix.endsWith('/') && specifier.startsWith(prefix));
    assert.isDefined(key, `${specifier}, which ${importer} imports, is not in the map`);
    const address = `${imports[key as string]}${specifier.slice((key as string).length)}`;
    return address.replace('/node_modules/track-elements/', '').replace(/^\//, '');
  }

  it('has everything that the elements import', () => {
    const files = [fileOf('track-elements/define/all', '')];
    for (const file of files) {
      const code = read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      const specifiers = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([\w@./-]+)["']/g);
      for (const [, specifier = ''] of specifiers) {
        const target = fileOf(specifier, file);
        if (!files.includes(target)) files.push(target);
      }
    }
    assert.isAbove(files.length, 50);
  });
});

describe('A size in the documents', () => {
  const TOLERANCE = 0.1;

  /** The rows of tables whose first cell is an import and whose last one is a number. */
  const sizesIn = (path: string) => [...read(path).matchAll(/^\| `(track-elements[\w./-]*)` .*\| ([\d.]+) *\|$/gm)];

  for (const record of sizes) {
    it(`of ${record.entry} is right within ${100 * TOLERANCE} %`, async () => {
      const size = (await sizeOf(record)) / 1000;
      for (const path of ['README.md', 'docs/performance.md']) {
        for (const [, , stated] of sizesIn(path).filter(([, entry]) => entry === record.entry)) {
          assert.closeTo(Number(stated), size, TOLERANCE * size, path);
        }
      }
    });
  }

  for (const [name, part] of Object.entries(parts)) {
    it(`of the part "${name}" is right within ${100 * TOLERANCE} %`, async () => {
      const [, stated] = read('docs/performance.md').match(new RegExp(`^\\| ${name} *\\| ([\\d.]+) *\\|$`, 'm')) ?? [];
      const size = (await partSize(part)) / 1000;
      assert.closeTo(Number(stated), size, TOLERANCE * size);
    });
  }

  it('stands in the table of all of them', () => {
    const stated = sizesIn('docs/performance.md').map(([, entry]) => entry);
    assert.sameMembers(
      stated,
      sizes.map(({ entry }) => entry),
    );
  });

  it('is known for every entry that brings code into a page, and for every part of the worker', () => {
    const { exports } = JSON.parse(read('package.json')) as { exports: object };
    const entries = Object.keys(exports).filter((name) => !/^\.\/(elements|workers|types)\/|\.json$/.test(name));
    assert.sameMembers(
      entries.map((name) => name.replace('.', 'track-elements')),
      sizes.map(({ entry }) => entry),
    );
    const others = /reference|probe-audio/;
    const files = Object.keys(exports).flatMap(
      (name) => /workers\/track-elements-(.+-part)\.js$/.exec(name)?.[1] ?? [],
    );
    assert.sameMembers(
      files.filter((name) => !others.test(name)),
      Object.values(parts),
    );
  });
});
