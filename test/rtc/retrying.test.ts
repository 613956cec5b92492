/* When a client tries again, and when it gives up: told by statuses alone, without a server. */

import { RtcHttpError } from 'track-elements';
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import type { RtcClient } from '../../dist/rtc/rtc-client.js';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { makeTracks } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

describeIf(hasPeers, noPeers, 'A client', () => {
  /** A client whose server gives these answers, then the last one again and again. */
  function client<C extends RtcClient>(
    Client: new (init: { endpoint: string; fetch: typeof fetch; backoff: { first: number; most: number } }) => C,
    answers: readonly (() => Response | Promise<Response>)[],
    most = 20,
  ): { client: C; asked: () => number } {
    let asked = 0;
    const made = new Client({
      endpoint: 'https://media.example/live',
      backoff: { first: most, most },
      fetch: async () => {
        asked += 1;
        return (answers[asked - 1] ?? answers.at(-1) ?? Response.error)();
      },
    });
    onCleanup(() => made.stop());
    return { client: made, asked: () => asked };
  }

  const status =
    (code: number, headers: HeadersInit = {}) =>
    () =>
      new Response(null, { status: code, headers });

  for (const code of [400, 401, 403, 404, 405, 406, 413, 415, 422, 501, 200, 204, 301]) {
    it(`that publishes gives up after ${code}`, async () => {
      const { client: whip, asked } = client(WhipClient, [status(code)]);
      const error = await rejectionOf(whip.start(await makeTracks()));
      assert.instanceOf(error, RtcHttpError);
      assert.equal((error as RtcHttpError).status, code);
      assert.equal(whip.state, 'failed');
      assert.isNull(whip.peerConnection);
      await sleep(60);
      assert.equal(asked(), 1);
    });
  }

  for (const code of [408, 409, 425, 429, 500, 502, 503, 504]) {
    it(`that publishes tries again after ${code}`, async () => {
      const { client: whip, asked } = client(WhipClient, [status(code)]);
      const starting = whip.start(await makeTracks());
      await waitFor(() => asked() > 3, 'more tries');
      assert.equal(whip.state, 'connecting');
      await whip.stop();
      assert.equal((await rejectionOf(starting)).name, 'AbortError');
      assert.equal(whip.state, 'stopped');
    });
  }

  it('that plays waits for what is not found yet', async () => {
    const { client: whep, asked } = client(WhepClient, [status(404)]);
    whep.start().catch(() => {});
    await waitFor(() => asked() > 3, 'more tries');
    assert.equal(whep.state, 'connecting');
  });

  it('tries again where there is no answer, and tells of it', async () => {
    const { client: whep, asked } = client(WhepClient, [() => Promise.reject(new TypeError('Failed to fetch'))]);
    const warnings: Error[] = [];
    whep.addEventListener('warning', ({ error }) => warnings.push(error as Error));
    whep.start().catch(() => {});
    await waitFor(() => asked() > 2, 'more tries');
    assert.match(
      warnings[0]?.message ?? '',
      /^POST https:\/\/media\.example\/live got no answer; expected an answer\. Check that the server runs, .* CORS/,
    );
  });

  it('tries at once when the network is back', async () => {
    const { client: whep, asked } = client(WhepClient, [status(500)], 60_000);
    whep.start().catch(() => {});
    await waitFor(() => asked() === 1, 'a try');
    await sleep(50);
    dispatchEvent(new Event('online'));
    await waitFor(() => asked() === 2, 'another try', { timeoutMs: 1000 });
  });

  it('does not so when the server has asked for time', async () => {
    const { client: whep, asked } = client(WhepClient, [status(503, { 'retry-after': '60' })]);
    whep.start().catch(() => {});
    await waitFor(() => asked() === 1, 'a try');
    await sleep(50);
    dispatchEvent(new Event('online'));
    await sleep(100);
    assert.equal(asked(), 1);
  });

  it('starts anew after it has failed', async () => {
    const { client: whep, asked } = client(WhepClient, [status(403), status(403)]);
    await rejectionOf(whep.start());
    await rejectionOf(whep.start());
    assert.equal(asked(), 2);
    assert.equal(whep.state, 'failed');
  });

  it('tells once why it failed', async () => {
    const { client: whep } = client(WhepClient, [status(403)]);
    const events: string[] = [];
    for (const type of ['statechange', 'error', 'warning']) {
      whep.addEventListener(type, () => events.push(`${type} ${whep.state}`));
    }
    await rejectionOf(whep.start());
    await sleep(50);
    assert.deepEqual(events, ['statechange connecting', 'statechange failed', 'error failed']);
  });
});
