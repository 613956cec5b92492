/*
 * Whatever a server answers, a client tells of it by a typed error and leaves nothing behind. The answers are random, and
 * the same in every run.
 */

import { RtcHttpError } from 'track-elements';
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import type { Clock } from '../../dist/rtc/timing.js';
import { FuzzServer, SeededRandom } from '../support/fuzz-server.js';
import { collectUnhandledRejections } from '../support/rejections.js';
import { makeTracks } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { after, assert, before, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

// What answers do is the same code everywhere: one engine has them all, the others some.
const CASES = 'chrome' in globalThis ? 1200 : 200;
const AT_A_TIME = 12;
const TOKEN = 'wild-token-5678';

/** A clock that runs a hundred times as fast, and counts what it has still to call. */
class FastClock implements Clock {
  pending = 0;
  constructor(private readonly chance: SeededRandom) {}
  now = (): number => Date.now();
  random = (): number => this.chance.below(1000) / 1000;
  after(milliseconds: number, callback: () => void): () => void {
    this.pending += 1;
    let done = false;
    const end = () => {
      if (!done) this.pending -= 1;
      done = true;
      clearTimeout(timer);
    };
    const timer = setTimeout(() => {
      end();
      callback();
    }, milliseconds / 100);
    return end;
  }
}

/** Memory that is taken and left makes a browser collect what else is left. */
async function makeCollect(): Promise<void> {
  for (let times = 0; times < 6; times++) {
    new Uint8Array(48 * 2 ** 20).fill(times);
    await sleep(5);
  }
}

describeIf(hasPeers, noPeers, 'A client of a server that answers anything', () => {
  /** Those that are open; the others are to be free for collection, since Chromium counts five hundred and no more. */
  const peers = new Set<RTCPeerConnection>();
  const Native = globalThis.RTCPeerConnection;
  let given: MediaStreamTrack[];

  before(async () => {
    given = await makeTracks();
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.add(this);
      }
      override close(): void {
        super.close();
        peers.delete(this);
      }
    };
  });
  after(() => {
    globalThis.RTCPeerConnection = Native;
  });

  let answered = 0;

  /** Runs one case; returns what is wrong with how it went. */
  async function run(seed: number): Promise<string[]> {
    const chance = new SeededRandom(seed);
    const server = new FuzzServer(chance);
    const clock = new FastClock(chance);
    const wrong: string[] = [];
    const init = {
      endpoint: 'https://media.example/live',
      token: TOKEN,
      fetch: server.fetch,
      clock,
      trickle: chance.below(4) > 0,
    };
    const client = seed % 2 ? new WhipClient(init) : new WhepClient(init);
    const check = (error: unknown, where: string) => {
      const named = error instanceof DOMException && /^(NetworkError|AbortError|NotSupportedError)$/.test(error.name);
      if (!(error instanceof RtcHttpError) && !named) wrong.push(`${where}: ${error}`);
      if (String(error).includes(TOKEN)) wrong.push(`${where} tells the token: ${error}`);
      if (
        error instanceof RtcHttpError &&
        !/^(POST|PATCH|DELETE) https:\S+ got .+; expected \S.+\./.test(error.message)
      ) {
        wrong.push(`${where} does not say enough: ${error.message}`);
      }
    };
    const events: EventTarget = client;
    events.addEventListener('error', (event) => check((event as ErrorEvent).error, 'error'));
    events.addEventListener('warning', (event) => check((event as ErrorEvent).error, 'warning'));
    const starting = client instanceof WhipClient ? client.start(given) : client.start();
    const settled = starting.then(
      () => 'live',
      (error) => {
        check(error, 'start()');
        return 'rejected';
      },
    );
    await Promise.race([settled, waitFor(() => server.requests > 0, 'a request').then(() => sleep(150))]);
    const stopped = await Promise.race([client.stop().then(() => true), sleep(5000).then(() => false)]);
    if (!stopped) wrong.push('stop() hangs');
    if ((await Promise.race([settled, sleep(1000)])) === undefined) wrong.push('start() hangs');
    if (client.state !== 'stopped' && client.state !== 'failed') wrong.push(`it ends as ${client.state}`);
    await waitFor(() => server.open === 0 && clock.pending === 0, 'no request and no timer', { timeoutMs: 5000 }).catch(
      () => {
        wrong.push(`${server.open} requests and ${clock.pending} timers are left`);
      },
    );
    answered += server.requests;
    return wrong.map((what) => `${seed}: ${what}`);
  }

  it(`tells by typed errors of ${CASES} random answers and more, and leaves nothing behind`, async function () {
    this.timeout(150_000);
    const rejections = collectUnhandledRejections();
    const wrong: string[] = [];
    const seeds = Array.from({ length: CASES }, (_, index) => index + 1);
    const worker = async () => {
      for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
        wrong.push(...(await run(seed)));
        if (seed % 25 === 0) await makeCollect();
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    await sleep(100);
    rejections.stop();
    console.log(`${answered} random answers.`);
    assert.isAtLeast(answered, CASES);
    assert.deepEqual(wrong, []);
    assert.deepEqual(rejections.reasons, []);
    assert.equal(peers.size, 0);
    assert.isTrue(given.every(({ readyState }) => readyState === 'live'));
  });
});
