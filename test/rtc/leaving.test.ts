/* A page that is left ends its session: the server is not to wait for consent to run out. */
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import { openPage } from '../support/page.js';
import { makeTracks, makeWhipClient } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, before, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

const TOKEN = 'token-of-a-page';

describeIf(hasPeers, noPeers, 'A page that publishes', () => {
  let origin: string;

  before(async () => {
    origin = await mediaServer.start();
  });

  async function publishing(path: string): Promise<HTMLIFrameElement> {
    const url = new URL('/test/pages/publisher.html', location.href);
    url.searchParams.set('endpoint', `${origin}/${path}/whip?token=${TOKEN}`);
    url.searchParams.set('token', TOKEN);
    const live = nextEvent<MessageEvent<{ state: string }>>(window, 'message', { timeoutMs: 15_000 });
    const frame = await openPage(url);
    assert.equal((await live).data.state, 'live');
    return frame;
  }

  const ways: Record<string, (frame: HTMLIFrameElement) => void> = {
    'goes to another page': (frame) => frame.contentWindow?.location.assign('about:blank'),
    'is loaded again': (frame) => frame.contentWindow?.location.reload(),
    'is closed': (frame) => frame.remove(),
  };

  for (const [way, leave] of Object.entries(ways)) {
    it(`ends its session when it ${way}`, async () => {
      const path = freshPath();
      const frame = await publishing(path);
      leave(frame);
      const ended = await waitFor(
        async () => (await requestsOf(path)).find(({ method, status }) => method === 'DELETE' && status > 0),
        'the DELETE',
      );
      frame.remove();
      assert.equal(ended.status, 200);
      assert.equal(ended.headers.authorization, `Bearer ${TOKEN}`);
      assert.notProperty(ended.headers, 'if-match');
    });
  }

  it('publishes again when it comes back from the cache', async () => {
    const path = freshPath();
    const client = makeWhipClient({ endpoint: `${origin}/${path}/whip` });
    await client.start(await makeTracks());
    const methods = async () => (await requestsOf(path)).map(({ method }) => method).filter((name) => name !== 'PATCH');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await waitFor(async () => (await methods()).length === 2, 'the DELETE');
    await sleep(500);
    assert.deepEqual(await methods(), ['POST', 'DELETE']);
    assert.equal(client.state, 'reconnecting');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitFor(() => client.state === 'live', 'live again');
    assert.deepEqual(await methods(), ['POST', 'DELETE', 'POST']);
  });
});
