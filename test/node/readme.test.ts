import { readFileSync } from 'node:fs';
import { catalogue } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('The names of the catalogue', () => {
  it('are all in the README, and no others in its table of signals', () => {
    const section = read('README.md').split('\n## Signals\n')[1]?.split('\n## ')[0] ?? '';
    const table = section.split('\n').filter((line) => line.startsWith('| '));
    const named = table.flatMap((line) => line.split('|')[2]?.match(/`[^`]+`/g) ?? []).map((name) => name.slice(1, -1));
    assert.deepEqual(named.sort(), catalogue.map(({ name }) => name).sort());
  });
});
