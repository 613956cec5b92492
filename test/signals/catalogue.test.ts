import { catalogue, patterns, waveforms } from '../../dist/signals/index.js';
import { assert, describe, it } from '../support/suite.js';

describe('The catalogue', () => {
  it('has every pattern and every waveform, in the order of their tables', () => {
    const names = (kind: string) => catalogue.filter((record) => record.kind === kind).map(({ name }) => name);
    assert.deepEqual(
      names('video'),
      patterns.map(({ name }) => name),
    );
    assert.deepEqual(
      names('audio'),
      waveforms.map(({ name }) => name),
    );
  });

  for (const { name, title, summary } of catalogue) {
    it(`has a title and a sentence: ${name}`, () => {
      assert.match(title, /^[A-Z].*[^.]$/);
      assert.match(summary, /^[A-Z].*\.$/);
    });
  }
});
