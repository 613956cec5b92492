/* A page that is left ends its session: the server is not to wait for consent to run out. */
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import { openPage } from '../support/page.js';
import { hasPeers, noPeers } from '../support/peers.js';
import { publisher, tracks } from '../support/rtc-clients.js';
import { assert, before, it } from '../support/suite.js';
import { eventOf, passing, until } from '../support/until.js';
import { describeWhere } from '../support/where.js';

const TOKEN = 'token-of-a-page';

describeWhere(hasPeers, noPeers, 'A page that publishes', () => {
  let origin: string;

  before(async () => {
    origin = await mediaServer.start();
  });

  async function publishing(path: string): Promise<HTMLIFrameElement> {
    const url = new URL('/test/pages/publisher.html', location.href);
    url.searchParams.set('endpoint', `${origin}/${path}/whip?token=${TOKEN}`);
    url.searchParams.set('token', TOKEN);
    const live = eventOf<MessageEvent<{ state: string }>>(window, 'message', 15);
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
      const ended = await until(
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
    const client = publisher({ endpoint: `${origin}/${path}/whip` });
    await client.start(await tracks());
    const methods = async () => (await requestsOf(path)).map(({ method }) => method).filter((name) => name !== 'PATCH');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(async () => (await methods()).length === 2, 'the DELETE');
    await passing(500);
    assert.deepEqual(await methods(), ['POST', 'DELETE']);
    assert.equal(client.state, 'reconnecting');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(() => client.state === 'live', 'live again');
    assert.deepEqual(await methods(), ['POST', 'DELETE', 'POST']);
  });
});
