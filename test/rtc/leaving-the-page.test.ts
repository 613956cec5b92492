/* When the user leaves a page, its session ends at once; the server need not wait until consent expires. */
import { openPage } from '../support/page.js';
import { makeTracks, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

const TOKEN = 'token-of-a-page';

describeSession('A page that publishes', (session) => {
  /** Opens a page in a frame. Resolves when it is live. */
  async function openPublisher(): Promise<HTMLIFrameElement> {
    const url = new URL('/test/pages/publisher.html', location.href);
    url.searchParams.set('endpoint', session.whipUrl(`?token=${TOKEN}`));
    url.searchParams.set('token', TOKEN);
    const live = nextEvent<MessageEvent<{ state: string }>>(window, 'message', { timeoutMs: 30_000 });
    const frame = await openPage(url);
    assert.equal((await live).data.state, 'live');
    return frame;
  }

  const waysToLeave: Record<string, (frame: HTMLIFrameElement) => void> = {
    'navigates to another page': (frame) => frame.contentWindow?.location.assign('about:blank'),
    'is reloaded': (frame) => frame.contentWindow?.location.reload(),
    'is closed': (frame) => frame.remove(),
  };

  for (const [way, leave] of Object.entries(waysToLeave)) {
    it(`ends its session when it ${way}`, async () => {
      const frame = await openPublisher();
      leave(frame);
      const request = await waitFor(
        async () => (await session.requestsByMethod('DELETE')).find(({ status }) => status > 0),
        'the DELETE',
      );
      frame.remove();
      assert.equal(request.status, 200);
      assert.equal(request.headers.authorization, `Bearer ${TOKEN}`);
      assert.notProperty(request.headers, 'if-match');
    });
  }

  it('publishes again when the browser restores it from its cache', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl() });
    await client.start(await makeTracks());
    const methods = async () =>
      (await session.requests()).map(({ method }) => method).filter((name) => name !== 'PATCH');
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
