/* <whip-publisher> and <whep-player> while their server is away: an `error` event tells of it, and they continue to try. */
import 'track-elements/define/all';
import { RtcHttpError } from 'track-elements';
import { mediaServer } from '../support/media-server.js';
import { place } from '../support/page.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

type Publisher = HTMLElementTagNameMap['whip-publisher'];
type Player = HTMLElementTagNameMap['whep-player'];

describeSession('a whip-publisher and a whep-player whose server is gone', (session) => {
  /** Both elements, live, with requests that go through `proxy`. */
  async function connect(proxy: typeof fetch): Promise<[Publisher, Player]> {
    const publisher = place<Publisher>(
      '<whip-publisher manual><pattern-source width="320" height="180"></pattern-source></whip-publisher>',
    );
    const player = place<Player>('<whep-player manual></whep-player>');
    Object.assign(publisher, { endpoint: session.whipUrl(), fetch: proxy });
    Object.assign(player, { endpoint: session.whepUrl(), fetch: proxy });
    for (const element of [publisher, player]) {
      element.start();
      await waitFor(() => element.state === 'live', 'live');
    }
    return [publisher, player];
  }

  /** The errors of an element, with its state at that moment. */
  function errorsOf(element: Publisher | Player) {
    const list: { error: unknown; state: string; hasCustomState: boolean }[] = [];
    element.addEventListener('error', ({ error }) =>
      list.push({ error, state: element.state, hasCustomState: element.matches(':state(reconnecting)') }),
    );
    return list;
  }

  function warningsOf(element: Publisher | Player): string[] {
    const list: string[] = [];
    element.addEventListener('warning', (event) => {
      event.preventDefault();
      list.push(event.message);
    });
    return list;
  }

  it('fire one error event at the third failure, and are live again when the server is back', async function () {
    this.timeout(60_000);
    let isAway = false;
    /** A proxy whose server is away: it has forgotten the sessions and takes no other ones. */
    const proxy: typeof fetch = async (input, init) =>
      isAway ? new Response(null, { status: init?.method === 'POST' ? 503 : 404 }) : fetch(input, init);
    const [publisher, player] = await connect(proxy);
    const elements = [publisher, player];
    const [track] = publisher.tracks;
    const errors = elements.map(errorsOf);
    const warnings = elements.map(warningsOf);
    isAway = true;
    await mediaServer.drop(session.path);
    // The loss of the session counts as the first failure, and each failure is a warning. One more try follows the third.
    await waitFor(() => warnings.every(({ length }) => length > 3), 'four failures', { timeoutMs: 30_000 });
    for (const list of errors) {
      assert.lengthOf(list, 1);
      const [{ error, state, hasCustomState }] = list;
      assert.instanceOf(error, RtcHttpError);
      assert.equal((error as RtcHttpError).status, 503);
      assert.equal(state, 'reconnecting');
      assert.isTrue(hasCustomState);
    }
    for (const element of elements) assert.equal(element.state, 'reconnecting');

    isAway = false;
    await waitFor(() => elements.every(({ state }) => state === 'live'), 'live again', { timeoutMs: 30_000 });
    for (const list of errors) assert.lengthOf(list, 1);
    assert.isTrue(publisher.tracks[0] === track && track?.readyState === 'live');
  });

  for (const [name, refuse] of [
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['503', async () => new Response(null, { status: 503 })],
  ] as const) {
    it(`fire one error event at the third request of a repair that gets ${name}, and keep the session`, async function () {
      this.timeout(60_000);
      let isAway = false;
      const [publisher, player] = await connect((input, init) => (isAway ? refuse() : fetch(input, init)));
      const elements = [publisher, player];
      const peers = elements.map(({ peerConnection }) => peerConnection);
      const errors = elements.map(errorsOf);
      const warnings = elements.map(warningsOf);
      isAway = true;
      await mediaServer.freeze(session.path, 60_000);
      await waitFor(() => errors.every(({ length }) => length > 0), 'an error event', { timeoutMs: 20_000 });
      for (const [index, element] of elements.entries()) {
        const [{ error, state, hasCustomState }] = errors[index] as [(typeof errors)[0][0]];
        assert.instanceOf(error, RtcHttpError);
        const { method, status } = error as RtcHttpError;
        assert.deepEqual([method, status], ['PATCH', name === '503' ? 503 : 0]);
        assert.equal(state, 'reconnecting');
        assert.isTrue(hasCustomState);
        assert.lengthOf(warnings[index] ?? [], 1);
        assert.match(warnings[index]?.[0] ?? '', /^PATCH http/);
        const stats = (await element.getStats())?.get('client');
        assert.isAtLeast(stats?.failures ?? 0, 3);
        assert.match(stats?.lastError ?? '', /^PATCH http/);
        assert.equal(stats?.sessions, 1);
      }
      isAway = false;
      await mediaServer.thaw(session.path);
      await waitFor(() => elements.every(({ state }) => state === 'live'), 'live again', { timeoutMs: 30_000 });
      assert.isTrue(elements.every(({ peerConnection }, index) => peerConnection === peers[index]));
      for (const list of errors) assert.lengthOf(list, 1);
    });
  }
});
