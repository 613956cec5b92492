/*
 * However a server answers, a client reports a typed error and leaves nothing behind. The answers are random, and the same
 * in each run.
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

// The answers exercise the same code in each engine, so one engine runs all cases and the others some of them.
const CASE_COUNT = 'chrome' in globalThis ? 600 : 200;
const PARALLEL_CASES = 12;
const TOKEN = 'wild-token-5678';

/** A clock that runs a hundred times as fast, and counts its pending timers. */
class FastClock implements Clock {
  pendingTimers = 0;
  constructor(private readonly seededRandom: SeededRandom) {}
  now = (): number => Date.now();
  random = (): number => this.seededRandom.below(1000) / 1000;
  after(milliseconds: number, callback: () => void): () => void {
    this.pendingTimers += 1;
    let isDone = false;
    const finish = () => {
      if (!isDone) this.pendingTimers -= 1;
      isDone = true;
      clearTimeout(timer);
    };
    const timer = setTimeout(() => {
      finish();
      callback();
    }, milliseconds / 100);
    return finish;
  }
}

/** Makes the browser collect garbage, by allocating much memory. */
async function provokeGarbageCollection(): Promise<void> {
  for (let times = 0; times < 6; times++) {
    new Uint8Array(48 * 2 ** 20).fill(times);
    await sleep(5);
  }
}

describeIf(hasPeers, noPeers, 'A client of a server that answers at random', () => {
  /** Only the open ones: closed ones must be free for collection, because Chromium allows five hundred at a time. */
  const openPeers = new Set<RTCPeerConnection>();
  const Native = globalThis.RTCPeerConnection;
  let tracks: MediaStreamTrack[];

  before(async () => {
    tracks = await makeTracks();
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        openPeers.add(this);
      }
      override close(): void {
        super.close();
        openPeers.delete(this);
      }
    };
  });
  after(() => {
    globalThis.RTCPeerConnection = Native;
  });

  let answerCount = 0;

  /** Runs one case. Resolves to the faults that it found. */
  async function runCase(seed: number): Promise<string[]> {
    const random = new SeededRandom(seed);
    const server = new FuzzServer(random);
    const clock = new FastClock(random);
    const faults: string[] = [];
    const init = {
      endpoint: 'https://media.example/live',
      token: TOKEN,
      fetch: server.fetch,
      clock,
      trickle: random.below(4) > 0,
    };
    const client = seed % 2 ? new WhipClient(init) : new WhepClient(init);
    const checkError = (error: unknown, where: string) => {
      const isDomException =
        error instanceof DOMException && /^(NetworkError|AbortError|NotSupportedError)$/.test(error.name);
      if (!(error instanceof RtcHttpError) && !isDomException) faults.push(`${where}: ${error}`);
      if (String(error).includes(TOKEN)) faults.push(`${where} contains the token: ${error}`);
      if (
        error instanceof RtcHttpError &&
        !/^(POST|PATCH|DELETE) https:\S+ got .+; expected \S.+\./.test(error.message)
      ) {
        faults.push(`${where} has an incomplete message: ${error.message}`);
      }
    };
    const events: EventTarget = client;
    events.addEventListener('error', (event) => checkError((event as ErrorEvent).error, 'error'));
    events.addEventListener('warning', (event) => checkError((event as ErrorEvent).error, 'warning'));
    const starting = client instanceof WhipClient ? client.start(tracks) : client.start();
    const settled = starting.then(
      () => 'live',
      (error) => {
        checkError(error, 'start()');
        return 'rejected';
      },
    );
    await Promise.race([settled, waitFor(() => server.requests > 0, 'a request').then(() => sleep(150))]);
    const stopped = await Promise.race([client.stop().then(() => true), sleep(5000).then(() => false)]);
    if (!stopped) faults.push('stop() hangs');
    if ((await Promise.race([settled, sleep(1000)])) === undefined) faults.push('start() hangs');
    if (client.state !== 'stopped' && client.state !== 'failed') faults.push(`the last state is ${client.state}`);
    await waitFor(() => server.open === 0 && clock.pendingTimers === 0, 'no request and no timer', {
      timeoutMs: 5000,
    }).catch(() => {
      faults.push(`${server.open} requests and ${clock.pendingTimers} timers are left`);
    });
    answerCount += server.requests;
    return faults.map((fault) => `${seed}: ${fault}`);
  }

  it(`reports only typed errors in ${CASE_COUNT} cases, and leaves nothing behind`, async function () {
    this.timeout(240_000);
    const rejections = collectUnhandledRejections();
    const faults: string[] = [];
    const seeds = Array.from({ length: CASE_COUNT }, (_, index) => index + 1);
    const worker = async () => {
      for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
        faults.push(...(await runCase(seed)));
        if (seed % 25 === 0) await provokeGarbageCollection();
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_CASES }, worker));
    await sleep(100);
    rejections.stop();
    console.log(`${answerCount} random answers.`);
    assert.isAtLeast(answerCount, CASE_COUNT);
    assert.deepEqual(faults, []);
    assert.deepEqual(rejections.reasons, []);
    assert.equal(openPeers.size, 0);
    assert.isTrue(tracks.every(({ readyState }) => readyState === 'live'));
  });
});
