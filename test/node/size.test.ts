import { sizeOf, sizes } from '../../scripts/sizes.js';
import { assert, describe, it } from '../support/suite.js';

describe('The size of an import', () => {
  for (const { limit, ...record } of sizes) {
    if (limit)
      it(`${record.entry} is at most ${limit} bytes`, async () => assert.isAtMost(await sizeOf(record), limit));
  }
});
