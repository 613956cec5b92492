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
  it('fire one error event at the third failure, and are live again when the server is back', async function () {
    this.timeout(60_000);
    let isAway = false;
    /** A proxy whose server is away: it has forgotten the sessions and takes no other ones. */
    const proxy: typeof fetch = async (input, init) =>
      isAway ? new Response(null, { status: init?.method === 'POST' ? 503 : 404 }) : fetch(input, init);
    const publisher = place<Publisher>(
      '<whip-publisher manual><pattern-source width="320" height="180"></pattern-source></whip-publisher>',
    );
    const player = place<Player>('<whep-player manual></whep-player>');
    Object.assign(publisher, { endpoint: session.whipUrl(), fetch: proxy });
    Object.assign(player, { endpoint: session.whepUrl(), fetch: proxy });
    const elements: (Publisher | Player)[] = [publisher, player];
    for (const element of elements) {
      element.start();
      await waitFor(() => element.state === 'live', 'live');
    }
    const [track] = publisher.tracks;

    /** The errors of each element, with its state at that moment. */
    const errors = elements.map((element) => {
      const list: { error: unknown; state: string; hasCustomState: boolean }[] = [];
      element.addEventListener('error', ({ error }) =>
        list.push({ error, state: element.state, hasCustomState: element.matches(':state(reconnecting)') }),
      );
      return list;
    });
    const warnings = elements.map((element) => {
      const list: string[] = [];
      element.addEventListener('warning', (event) => {
        event.preventDefault();
        list.push(event.message);
      });
      return list;
    });
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
    await waitFor(() => elements.every(({ state }) => state === 'live'), 'live again', { timeoutMs: 15_000 });
    for (const list of errors) assert.lengthOf(list, 1);
    assert.isTrue(publisher.tracks[0] === track && track?.readyState === 'live');
  });
});
