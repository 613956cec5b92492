/* The entries of the package: each resolves, exports what its documentation names, and changes nothing when imported. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { root } from '../../scripts/process.js';
import { assert, before, describe, it } from '../support/suite.js';

const execute = promisify(execFile);
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, string> };
const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
  modules: { declarations?: { name: string; tagName?: string }[] }[];
};

/** The class of each element, by its tag. */
const classes = new Map(
  modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap(({ name, tagName }) => (tagName ? [[tagName, name] as const] : [])),
);

/** Entries that are neither an element nor a file to serve, with all that they export at run time. */
const others: Record<string, string[]> = {
  './configure': ['configure'],
  './define-signals': ['definePattern', 'defineWaveform'],
  './generator': ['TrackGenerator', 'configure'],
  './generator/open': ['openTrackGenerator'],
  './measure': ['ReportEvent', 'TrackProbe', 'VerificationError', 'answerClock', 'measureClock'],
  './polyfill': [],
  './processor': ['TrackProcessor'],
  './rtc/whep-client': ['RtcHttpError', 'WhepClient'],
  './rtc/whip-client': ['RtcHttpError', 'WhipClient'],
  './signals': [
    'AUDIO_MARK_FRAMES',
    'AudioMarkReader',
    'catalogue',
    'completePattern',
    'completeTone',
    'continueTone',
    'createPatternRenderer',
    'createPicture',
    'createToneRenderer',
    'decibelsToAmplitude',
    'defaultColorSpace',
    'PICTURE_MARK_FRAMES',
    'paintMark',
    'parseRate',
    'patternAliases',
    'patternDefaults',
    'patterns',
    'rateValue',
    'readMark',
    'renderMark',
    'rgbToYcc',
    'timecodeAt',
    'toneDefaults',
    'turnsAt',
    'waveformAliases',
    'waveforms',
  ],
};

/** Globals that Lit itself adds in Node. */
const isLits = (name: string) => /^(lit[A-Z]|reactiveElementVersions$|customElements$)/.test(name);

const isModule = (entry: string) => exports[entry]?.endsWith('.js') && !/^\.\/(workers|cdn)\//.test(entry);
const specifierOf = (entry: string) => `track-elements${entry.slice(1)}`;

/** Runs a module in a separate Node process, without a loader. Resolves to the JSON that it prints. */
async function evaluate<T>(module: string): Promise<T> {
  const args = ['--input-type=module', '--eval', module];
  return JSON.parse((await execute(process.execPath, args, { cwd: root })).stdout) as T;
}

/** Imports an entry. Resolves to the names of its exports and of the globals that were added. */
const imported = (entry: string): Promise<{ names: string[]; globals: string[] }> =>
  evaluate(`
    const before = new Set(Reflect.ownKeys(globalThis));
    const names = Object.keys(await import('${specifierOf(entry)}'));
    const globals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
    console.log(JSON.stringify({ names, globals }));
  `);

/** Imports an entry where `customElements` records what is defined. Resolves to the tags. */
const registered = (entry: string): Promise<string[]> =>
  evaluate(`
    const tags = [];
    globalThis.customElements = { define: (tag) => tags.push(tag), get: () => undefined };
    await import('${specifierOf(entry)}');
    console.log(JSON.stringify(tags));
  `);

describe('The entries of the package', () => {
  it('contain no wildcard', () => {
    assert.deepEqual(
      Object.keys(exports).filter((entry) => entry.includes('*')),
      [],
    );
  });

  it('all lead to a file that exists', () => {
    const missing = Object.entries(exports).filter(([, file]) => !existsSync(join(root, file)));
    assert.deepEqual(missing, []);
  });

  it('with workers have the version of the package, by which the page knows its own', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.equal((await import('../../dist/generator/version.js')).VERSION, version);
  });

  it('has one file for a script tag, from which no specifier leads', async () => {
    const file = exports['./cdn/track-elements.js'] ?? '';
    const { unpkg, jsdelivr } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
    assert.deepEqual([unpkg, jsdelivr], [file, file]);
    const { metafile } = await build({ entryPoints: [join(root, file)], bundle: true, write: false, metafile: true });
    assert.lengthOf(Object.keys(metafile.inputs), 1);
  });

  it('are one `define` and one `elements` for each element of the manifest, and no other', () => {
    const tags = (folder: string) =>
      Object.keys(exports)
        .filter((entry) => entry.startsWith(`./${folder}/`))
        .map((entry) => entry.slice(folder.length + 3))
        .sort();
    assert.deepEqual(tags('elements'), [...classes.keys()].sort());
    assert.deepEqual(tags('define'), ['all', ...classes.keys()].sort());
  });
});

describe('A script of a page that a server runs to render it', () => {
  it('may set the folder of the workers and define signals, and wrong ones are reported', async () => {
    const message = await evaluate<string>(`
      const { configure, definePattern, defineWaveform } = await import('track-elements');
      await import('track-elements/define/all');
      configure({ baseUrl: '/assets/track-elements/' });
      definePattern('my-bars', '/my-bars.js');
      defineWaveform('my-wave', 'my-wave.js');
      try {
        configure({ baseUrl: 'http://' });
      } catch ({ message }) {
        console.log(JSON.stringify(message));
      }
    `);
    assert.match(message, /^baseUrl is "http:\/\/"; it must be the URL of a folder/);
  });
});

for (const entry of Object.keys(exports).filter(isModule)) {
  describe(`${specifierOf(entry)}, imported in Node`, () => {
    let names: string[];
    let globals: string[];
    before(async () => {
      ({ names, globals } = await imported(entry));
    });

    it('adds no global', () => {
      const ours = entry in others ? globals : globals.filter((name) => !isLits(name));
      assert.deepEqual(ours, []);
    });

    const [, folder, tag = ''] = entry.split('/');
    if (folder === 'define') {
      it('registers its elements', async () => {
        const expected = tag === 'all' ? [...classes.keys()] : [tag];
        assert.deepEqual((await registered(entry)).sort(), expected.sort());
      });
    } else {
      it('registers nothing', async () => assert.deepEqual(await registered(entry), []));
    }

    if (folder === 'elements') {
      it('exports the class of its element', () => assert.include(names, classes.get(tag)));
    }

    if (entry in others) {
      it('exports what is documented', () => assert.deepEqual([...names].sort(), [...(others[entry] ?? [])].sort()));
    }

    if (entry === '.') {
      it('exports every element class', () => assert.includeMembers(names, [...classes.values()]));

      it('exports everything that the entries below it export', () => {
        assert.includeMembers(names, Object.values(others).flat());
      });
    }
  });
}
