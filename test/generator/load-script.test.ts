import { configure } from 'track-elements/configure';
import { loadOnce } from '../../dist/generator/page/load-once.js';
import { loadScript } from '../../dist/generator/page/load-script.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';

const script = { file: 'track-elements-some-part.js', text: async () => ({ text: 'export const answer = 42;' }) };
const refuse = () => Promise.reject(new TypeError('refused'));
const ownFile = new URL('/dist/workers/track-elements-some-part.js', location.href).href;

/** The tests are in an order: a page's settings cannot be taken back. */
describe('loadScript()', () => {
  it('loads the file beside the library, and does not try the text then', async () => {
    assert.equal(`${await loadScript(script, async (url) => url)}`, ownFile);
  });

  it('loads the text as a blob: URL if the file does not load, and revokes the URL', async () => {
    const urls: string[] = [];
    const load = async (url: string) => {
      urls.push(`${url}`);
      if (urls.length === 1) throw new Error('refused');
      return (await (await fetch(url)).text()).trim();
    };
    assert.equal(await loadScript(script, load), 'export const answer = 42;');
    assert.equal(urls[0], ownFile);
    assert.match(urls[1] ?? '', /^blob:/);
    await rejectionOf(fetch(urls[1] as string));
  });

  it('says which files to serve if neither loads', async () => {
    const error = await rejectionOf(loadScript(script, refuse));
    assert.equal(error.name, 'NetworkError');
    assert.equal(
      error.message,
      'track-elements-some-part.js did not load from a blob: URL (refused). If a content security policy forbids that, ' +
        'serve the files of track-elements/workers/ and call configure({ baseUrl }).',
    );
  });

  for (const baseUrl of ['/files', '/files/', new URL('/files/', location.href)]) {
    it(`loads from the folder of configure() alone: ${baseUrl}`, async () => {
      configure({ baseUrl });
      const urls: string[] = [];
      const error = await rejectionOf(
        loadScript(script, (url) => {
          urls.push(`${url}`);
          return refuse();
        }),
      );
      assert.deepEqual(urls, [new URL('/files/track-elements-some-part.js', location.href).href]);
      assert.equal(
        error.message,
        `track-elements-some-part.js did not load from ${location.origin}/files/ (refused). ` +
          'Serve the files of track-elements/workers/ there.',
      );
    });
  }
});

describe('loadOnce()', () => {
  const target = new EventTarget() as Worker;

  it('loads a key once for all callers', async () => {
    let loads = 0;
    const load = async () => void loads++;
    await Promise.all([loadOnce(target, 'a', load), loadOnce(target, 'a', load)]);
    await loadOnce(target, 'a', load);
    await loadOnce(target, 'b', load);
    assert.equal(loads, 2);
  });

  it('tries again after a failure', async () => {
    await rejectionOf(loadOnce(target, 'c', refuse));
    await loadOnce(target, 'c', async () => {});
  });
});
