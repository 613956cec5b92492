/* Clients that a listener of their own events stops: nothing of the session is left. */
import { rejectionOf } from '../support/rejections.js';
import { makeTracks, makeWhepClient, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';

describeSession('A player that is stopped by a listener', (session) => {
  beforeEach(async () => {
    await makeWhipClient({ endpoint: session.whipUrl() }).start(await makeTracks());
  });

  /** Plays, and stops at an event. Returns the types of the events, with the state. */
  async function stopAt(type: 'statechange' | 'addtrack', state: string): Promise<string[]> {
    const client = makeWhepClient({ endpoint: session.whepUrl() });
    const events: string[] = [];
    for (const name of ['statechange', 'addtrack', 'removetrack', 'warning', 'error'] as const) {
      client.addEventListener(name, () => events.push(`${name} ${client.state}`));
    }
    let stopping = Promise.resolve();
    client.addEventListener(type, () => {
      if (client.state === state) stopping = client.stop();
    });
    const error = await rejectionOf(client.start());
    assert.equal(error.name, 'AbortError');
    await stopping;
    assert.equal(client.state, 'stopped');
    assert.deepEqual(client.tracks, []);
    assert.deepEqual(client.stream.getTracks(), []);
    assert.isNull(client.peerConnection);
    return events;
  }

  it('at the state "connecting" makes no session', async () => {
    assert.deepEqual(await stopAt('statechange', 'connecting'), ['statechange connecting', 'statechange stopped']);
    assert.equal(await session.sessionCount(), 1);
  });

  it('at the state "live" has no tracks', async () => {
    const events = await stopAt('statechange', 'live');
    assert.deepEqual(events, ['statechange connecting', 'statechange live', 'statechange stopped']);
    const ends = await session.requestsByMethod('DELETE');
    assert.lengthOf(ends, 1);
  });

  it('at its first track has no others', async () => {
    const events = await stopAt('addtrack', 'live');
    assert.deepEqual(events.slice(0, 3), ['statechange connecting', 'statechange live', 'addtrack live']);
    assert.sameMembers(events.slice(3), ['statechange stopped', 'removetrack stopped', 'removetrack stopped']);
  });
});
