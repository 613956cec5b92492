/* Code that is loaded for a warning may not load, as without a network: the elements continue, and no promise rejects unhandled. */
import { onDemand } from '../../dist/generator/page/on-demand.js';
import { openPage } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

type Page = Window & { readonly rejections: readonly string[] };
type PatternSource = HTMLElementTagNameMap['pattern-source'];

describe('A page in which the code of warnings does not load', () => {
  it('has its tracks, and no unhandled rejection', async () => {
    const frame = await openPage('/test/pages/missing-chunks.html');
    const page = frame.contentWindow as Page;
    const source = page.document.querySelector('pattern-source') as PatternSource;
    await waitFor(() => source.state === 'live', 'live');
    // The last of the warnings is that of a missing sink, after two seconds.
    const isAsked = () =>
      page.performance.getEntriesByType('resource').filter(({ name }) => name.includes('not-there.js')).length > 0;
    await waitFor(isAsked, 'a request for the code');
    await sleep(2500);
    assert.deepEqual(page.rejections, []);
    assert.equal(source.state, 'live');
  });
});

describe('onDemand()', () => {
  it('loads once, and uses the code in the order of the calls', async () => {
    let loads = 0;
    const used: string[] = [];
    const withCode = onDemand(async () => {
      loads += 1;
      return used;
    });
    assert.equal(loads, 0);
    withCode((module) => module.push('first'));
    withCode((module) => module.push('second'));
    await waitFor(() => used.length === 2, 'both');
    assert.deepEqual([loads, used], [1, ['first', 'second']]);
  });

  it('tries again at the next call after the code did not load', async () => {
    let loads = 0;
    const used: number[] = [];
    const withCode = onDemand(async () => {
      loads += 1;
      if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return loads;
    });
    withCode((module) => used.push(module));
    await waitFor(() => loads === 1, 'the first try');
    await waitFor(() => {
      withCode((module) => used.push(module));
      return used.length > 0;
    }, 'the second one');
    assert.isTrue(used.every((module) => module === 2));
  });
});
