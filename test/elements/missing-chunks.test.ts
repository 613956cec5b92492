/* Code that is loaded for a warning may not load, as without a network: the elements continue, and each rejection is handled. */
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
