import { catalogue, patterns, waveforms } from 'track-elements/signals';
import { barDocs } from '../../dist/signals/catalogue/bars-docs.js';
import { assert, describe, it } from '../support/suite.js';

describe('The catalogue', () => {
  it('lists every pattern and every waveform once', () => {
    const names = (kind: string) => catalogue.filter((record) => record.kind === kind).map(({ name }) => name);
    const sorted = (table: readonly { name: string }[]) => table.map(({ name }) => name).sort();
    assert.deepEqual(names('video').sort(), sorted(patterns));
    assert.deepEqual(names('audio').sort(), sorted(waveforms));
  });

  it('keeps the order of a group', () => {
    const group = catalogue.filter((record) => record.group === 'Bars').map(({ name }) => name);
    assert.deepEqual(
      group,
      barDocs.map(({ name }) => name),
    );
  });

  for (const { name, title, summary, parameters } of catalogue) {
    it(`has a title and a sentence for it and for each parameter: ${name}`, () => {
      assert.match(title, /^[A-Z\d].*[^.]$/);
      assert.match(summary, /^[A-Z\d].*\.$/);
      for (const parameter of parameters) assert.match(parameter.summary, /^[A-Z\d].*\.$/, parameter.name);
    });
  }
});
