/*
 * Values that frameworks and scripts set by mistake, for every property of the manifest, in elements that run: each is an `error`
 * event with a sentence that names the property, never an unhandled rejection or an error of the language. A property that is
 * reset brings the element back.
 */
import { loadManifest } from '../support/manifest.js';
import { assert, describe, it } from '../support/suite.js';
import { setups, tryWrongValues } from '../support/wrong-values.js';

const manifest = await loadManifest();

describe('The elements with wrong values', () => {
  it('are all elements of the manifest', () => {
    const tried = new Set(Object.values(setups).map(({ tag }) => tag));
    assert.sameMembers(
      [...tried],
      manifest.map(({ tagName }) => tagName),
    );
  });
});

tryWrongValues(({ tag }) => /^(pattern|tone|track|signal|level)-/.test(tag));
