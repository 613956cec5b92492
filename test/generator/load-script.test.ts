import { loadOnce, loadScript } from '../../dist/generator/page/load-script.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';

const script = { file: 'some-part.js', text: async () => ({ text: 'export const answer = 42;' }) };
const serve = 'some-part.js beside engine-worker.js';
const refuse = () => Promise.reject(new TypeError('refused'));

describe('loadScript()', () => {
  it('loads the file, and does not try the text then', async () => {
    assert.equal(await loadScript(script, { fromFile: async () => 'file', fromUrl: refuse, serve }), 'file');
  });

  it('loads the text as a blob: URL if the file does not load', async () => {
    const urls: string[] = [];
    const fromUrl = async (url: string | URL) => {
      urls.push(`${url}`);
      return (await (await fetch(url)).text()).trim();
    };
    assert.equal(await loadScript(script, { fromFile: refuse, fromUrl, serve }), 'export const answer = 42;');
    assert.match(urls[0] ?? '', /^blob:/);
    await rejectionOf(fetch(urls[0] as string));
  });

  it('says which file to serve if neither loads', async () => {
    const error = await rejectionOf(loadScript(script, { fromFile: refuse, fromUrl: refuse, serve }));
    assert.equal(error.name, 'NetworkError');
    assert.equal(
      error.message,
      'some-part.js did not load from its file or a blob: URL: if a content security policy forbids these, ' +
        'serve track-elements/workers/some-part.js beside engine-worker.js.',
    );
  });
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
