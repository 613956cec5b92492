/* When a client tries again, and when it gives up. The responses come from a fake fetch. */
import { RtcHttpError } from 'track-elements';
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import type { RtcClient } from '../../dist/rtc/rtc-client.js';
import { stopAfterTest } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { makeTracks } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

interface Init {
  readonly endpoint: string;
  readonly fetch: typeof fetch;
  readonly backoff: { first: number; max: number };
}

type Respond = () => Response | Promise<Response>;

const respondWith =
  (status: number, headers: HeadersInit = {}): Respond =>
  () =>
    new Response(null, { status, headers });

/** A client whose requests all get the same response, and the number of those requests. */
function makeClient<C extends RtcClient>(
  Client: new (init: Init) => C,
  respond: Respond,
  maxWait = 20,
): { client: C; requestCount: () => number } {
  let requestCount = 0;
  const client = new Client({
    endpoint: 'https://media.example/live',
    backoff: { first: maxWait, max: maxWait },
    fetch: async () => {
      requestCount += 1;
      return respond();
    },
  });
  return { client: stopAfterTest(client), requestCount: () => requestCount };
}

describeIf(hasPeers, noPeers, 'A client', () => {
  for (const status of [400, 401, 403, 404, 405, 406, 413, 415, 422, 501, 200, 204, 301]) {
    it(`that publishes fails after ${status}`, async () => {
      const { client, requestCount } = makeClient(WhipClient, respondWith(status));
      const error = await rejectionOf(client.start(await makeTracks()));
      assert.instanceOf(error, RtcHttpError);
      assert.equal((error as RtcHttpError).status, status);
      assert.equal(client.state, 'failed');
      assert.isNull(client.peerConnection);
      await sleep(60);
      assert.equal(requestCount(), 1);
    });
  }

  for (const status of [408, 409, 425, 429, 500, 502, 503, 504]) {
    it(`that publishes tries again after ${status}`, async () => {
      const { client, requestCount } = makeClient(WhipClient, respondWith(status));
      const starting = client.start(await makeTracks());
      await waitFor(() => requestCount() > 3, 'more tries');
      assert.equal(client.state, 'connecting');
      await client.stop();
      assert.equal((await rejectionOf(starting)).name, 'AbortError');
      assert.equal(client.state, 'stopped');
    });
  }

  it('that plays tries again after 404, because somebody may publish later', async () => {
    const { client, requestCount } = makeClient(WhepClient, respondWith(404));
    client.start().catch(() => {});
    await waitFor(() => requestCount() > 3, 'more tries');
    assert.equal(client.state, 'connecting');
  });

  it('tries again if there is no answer, and dispatches a warning', async () => {
    const { client, requestCount } = makeClient(WhepClient, () => Promise.reject(new TypeError('Failed to fetch')));
    const warnings: Error[] = [];
    client.addEventListener('warning', ({ error }) => warnings.push(error as Error));
    client.start().catch(() => {});
    await waitFor(() => requestCount() > 2, 'more tries');
    assert.match(
      warnings[0]?.message ?? '',
      /^POST https:\/\/media\.example\/live got no answer; expected an answer\. Check that the server runs, .* CORS/,
    );
  });

  it('tries again at once when the network is back', async () => {
    const { client, requestCount } = makeClient(WhepClient, respondWith(500), 60_000);
    client.start().catch(() => {});
    await waitFor(() => requestCount() === 1, 'a try');
    await sleep(50);
    dispatchEvent(new Event('online'));
    await waitFor(() => requestCount() === 2, 'another try', { timeoutMs: 1000 });
  });

  it('does not try again early if the server has asked for the wait', async () => {
    const { client, requestCount } = makeClient(WhepClient, respondWith(503, { 'retry-after': '60' }));
    client.start().catch(() => {});
    await waitFor(() => requestCount() === 1, 'a try');
    await sleep(50);
    dispatchEvent(new Event('online'));
    await sleep(100);
    assert.equal(requestCount(), 1);
  });

  it('can start again after it has failed', async () => {
    const { client, requestCount } = makeClient(WhepClient, respondWith(403));
    await rejectionOf(client.start());
    await rejectionOf(client.start());
    assert.equal(requestCount(), 2);
    assert.equal(client.state, 'failed');
  });

  it('dispatches one error event when it fails', async () => {
    const { client } = makeClient(WhepClient, respondWith(403));
    const events: string[] = [];
    for (const type of ['statechange', 'error', 'warning']) {
      client.addEventListener(type, () => events.push(`${type} ${client.state}`));
    }
    await rejectionOf(client.start());
    await sleep(50);
    assert.deepEqual(events, ['statechange connecting', 'statechange failed', 'error failed']);
  });
});
