/* The files of `src`: how long they are, and how they are named. */
import { basename } from 'node:path';
import { assert, describe, it } from '../support/suite.js';
import { filesIn, read } from './source-files.js';

const MOST_LINES = 420;

/** Names that two or more files have on purpose, with the reason. */
const shared: Record<string, string> = {
  'av-sync.ts': 'a pattern and a waveform that belong together; the files of signals are named after the signal',
  'index.ts': 'the entry of a folder: the package itself, and the signals',
  'messages.ts': 'the messages between a page and its workers, of the engine and of the generator',
  'platform.d.ts': 'types of interfaces that the standard library of TypeScript does not have yet, for one folder each',
};

/** The files that ask for globals of the browser, with the reason. */
const detecting: Record<string, string> = {
  'src/generator/features.ts': 'the one place for the features of backends',
  'src/generator/page/report.ts': 'asks whether there is a browser at all; features.ts would be loaded apart with it',
};

const files = filesIn(['src'], /\.ts$/);

// `define/` mirrors the tags of the elements on purpose.
const named = files.filter((file) => !file.startsWith('src/define/'));

describe('A file of src', () => {
  it(`has at most ${MOST_LINES} lines`, () => {
    const long = files
      .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MOST_LINES);
    assert.deepEqual(long, []);
  });

  it('asks for the globals of the browser only if that is its task', () => {
    const question =
      /typeof [A-Z]\w+ [!=]==|(['"])\w+\1 in (globalThis|window|self)\b|instanceof (VideoFrame|Worker|\w+Stream)\b/;
    const questions = files
      .filter((file) => !(file in detecting))
      .flatMap((file) => {
        const lines = read(file).split('\n');
        return lines.filter((line) => question.test(line)).map((line) => `${file}: ${line.trim()}`);
      });
    assert.deepEqual(questions, []);
  });

  it('has a name that no other file has', () => {
    const names = named.map((file) => basename(file)).filter((name) => !(name in shared));
    const repeated = named.filter((file) => names.filter((name) => name === basename(file)).length > 1);
    assert.deepEqual(repeated, []);
  });
});
