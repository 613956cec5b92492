/* Two copies of the library on a page that requires trusted types: each has a policy, of the same name. */
import { openPage } from '../support/page.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

/** The result of each copy: `works`, or its error. */
async function resultsWith(trustedTypes: string): Promise<readonly string[]> {
  const policy = `script-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types ${trustedTypes}`;
  const headers = JSON.stringify({ 'content-security-policy': policy });
  const results = new Promise<readonly string[]>((resolve) => {
    const receive = ({ data }: MessageEvent) => {
      if (data?.type !== 'two-copies') return;
      removeEventListener('message', receive);
      resolve(data.results);
    };
    addEventListener('message', receive);
  });
  await openPage(`/test/pages/two-copies.html?headers=${encodeURIComponent(headers)}`);
  return results;
}

describe('On a page that requires trusted types, of two copies of the library', () => {
  it("both work if the policy has 'allow-duplicates'", async () => {
    assert.deepEqual(await resultsWith("track-elements lit-html 'allow-duplicates'"), ['works', 'works']);
  });

  it("the second one says that it needs 'allow-duplicates', if the policy lacks that", async function () {
    if (!('trustedTypes' in globalThis)) skip(this, 'this engine has no trusted types');
    const [first, second] = await resultsWith('track-elements lit-html');
    assert.equal(first, 'works');
    assert.match(
      second as string,
      /^track-elements-.* let the policy allow .* with two copies of the library also 'allow-duplicates'\.$/,
    );
  });
});
