/*
 * Tries that keep failing: they become rare, an `error` event tells of them, and getStats() shows them. The answers come from
 * a scripted fetch, and the time from a clock that jumps from timer to timer.
 */
import { RtcHttpError } from 'track-elements';
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import { signalingOptions } from '../../dist/rtc/client-options.js';
import { HttpSession } from '../../dist/rtc/http-session.js';
import { onNetworkChange } from '../../dist/rtc/network-changes.js';
import type { RtcClient, RtcClientInit } from '../../dist/rtc/rtc-client.js';
import { SessionTries } from '../../dist/rtc/session-tries.js';
import { SignalingHttp } from '../../dist/rtc/signaling-http.js';
import { type Clock, systemClock } from '../../dist/rtc/timing.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { makeTracks } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

/** A time limit in milliseconds that is never over. */
const NEVER = 100_000_000;

/**
 * A clock on which only the earliest timer runs, at once: its time is the sum of all waits. A slow browser may need longer for
 * an offer than such a timer, so limits that are `NEVER` over do not run.
 */
class JumpingClock implements Clock {
  #time = 1_000_000_000_000;
  readonly #timers = new Map<object, { due: number; callback: () => void }>();

  /** @param onTimer Called before each timer that runs. */
  constructor(private readonly onTimer: () => void) {}

  now = (): number => this.#time;
  /** The longest wait of each bound. */
  random = (): number => 1;

  after(milliseconds: number, callback: () => void): () => void {
    if (milliseconds === NEVER) return () => {};
    const key = {};
    this.#timers.set(key, { due: this.#time + milliseconds, callback });
    setTimeout(() => this.#runEarliest(), 5);
    return () => this.#timers.delete(key);
  }

  #runEarliest(): void {
    const [earliest] = [...this.#timers].sort(([, a], [, b]) => a.due - b.due);
    if (!earliest) return;
    this.onTimer();
    const [key, { due, callback }] = earliest;
    this.#timers.delete(key);
    this.#time = Math.max(this.#time, due);
    callback();
  }
}

/** Puts a fake in the place of the browser's `navigator.connection`. Returns a function that sets its type and tells of a change. */
function fakeConnection(): (type: string) => void {
  const connection = new EventTarget();
  const own = Object.getOwnPropertyDescriptor(navigator, 'connection');
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  onCleanup(() => {
    if (own) Object.defineProperty(navigator, 'connection', own);
    else Reflect.deleteProperty(navigator, 'connection');
  });
  return (type) => {
    Object.assign(connection, { type });
    connection.dispatchEvent(new Event('change'));
  };
}

type Respond = (count: number) => Response | Promise<Response>;

/** A client, and the times of its requests in seconds since the first. */
function makeFailing<C extends RtcClient>(
  Client: new (init: RtcClientInit) => C,
  respond: Respond,
  onTimer = () => {},
) {
  const clock = new JumpingClock(onTimer);
  const requestTimes: number[] = [];
  const client = stopAfterTest(
    new Client({
      endpoint: 'https://media.example/live',
      clock,
      // The clock jumps, so a time limit would be over at once, and the time to gather candidates would count.
      requestTimeout: NEVER,
      gatheringTimeout: 0,
      fetch: async () => {
        requestTimes.push(clock.now());
        return respond(requestTimes.length);
      },
    }),
  );
  const events: string[] = [];
  client.addEventListener('error', () => events.push(`error ${client.state} after ${requestTimes.length}`));
  const seconds = () => requestTimes.map((time) => (time - (requestTimes[0] ?? 0)) / 1000);
  return { client, events, seconds };
}

const noAnswer: Respond = () => Promise.reject(new TypeError('Failed to fetch'));
const status =
  (code: number, headers = {}): Respond =>
  () =>
    new Response(null, { status: code, headers });

describeIf(hasPeers, noPeers, 'A client whose tries keep failing', () => {
  for (const [cause, respond] of [
    ['no answer, as without CORS', noAnswer],
    ['status 503', status(503)],
    ['status 599, which counts as 500', status(599)],
  ] as const) {
    it(`makes six requests in the first 15 s and then two in a minute, after ${cause}`, async () => {
      const { client, seconds } = makeFailing(WhepClient, respond);
      client.start().catch(() => {});
      await waitFor(() => seconds().length > 9, 'ten requests');
      assert.deepEqual(seconds().slice(0, 10), [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5, 121.5]);
      assert.equal(client.state, 'connecting');
    });

    it(`dispatches one error event at the third failure, and continues, after ${cause}`, async () => {
      const { client, events, seconds } = makeFailing(WhepClient, respond);
      client.start().catch(() => {});
      await waitFor(() => seconds().length > 5, 'more tries');
      assert.deepEqual(events, ['error connecting after 3']);
    });
  }

  it('keeps to its waits while the browser changes its estimates of the network', async () => {
    const setType = fakeConnection();
    const { client, seconds } = makeFailing(WhepClient, noAnswer, () => setType('wifi'));
    setType('wifi');
    client.start().catch(() => {});
    await waitFor(() => seconds().length > 6, 'seven requests');
    assert.deepEqual(seconds().slice(0, 7), [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]);
  });

  it('that publishes dispatches the same error event', async () => {
    const { client, events, seconds } = makeFailing(WhipClient, noAnswer);
    client.start(await makeTracks()).catch(() => {});
    await waitFor(() => seconds().length > 4, 'more tries');
    assert.deepEqual(events, ['error connecting after 3']);
  });

  it('asks at least every five seconds for a stream that nobody publishes', async () => {
    const { client, seconds } = makeFailing(WhepClient, status(404));
    client.start().catch(() => {});
    await waitFor(() => seconds().length > 7, 'eight requests');
    assert.deepEqual(seconds().slice(0, 8), [0, 0.5, 1.5, 3.5, 7.5, 12.5, 17.5, 22.5]);
  });

  it('dispatches no error event while a server asks it to wait for the publisher', async () => {
    const { client, events, seconds } = makeFailing(WhepClient, status(409, { 'retry-after': '1' }));
    client.start().catch(() => {});
    await waitFor(() => seconds().length > 5, 'more tries');
    assert.deepEqual(events, []);
  });

  it('shows the failures in its statistics, also between sessions', async () => {
    const client = stopAfterTest(
      new WhepClient({
        endpoint: 'https://media.example/live',
        fetch: async () => new Response(null, { status: 503 }),
      }),
    );
    assert.isNull(await client.getStats());
    client.start().catch(() => {});
    const failed = await waitFor(async () => {
      const stats = (await client.getStats())?.get('client');
      return stats && stats.failures === 2 ? stats : null;
    }, 'two failures');
    assert.equal(failed.state, 'connecting');
    assert.equal(failed.sessions, 2);
    assert.match(failed.lastError ?? '', /^POST https:\/\/media\.example\/live got status 503; /);
    // The bound after the second failure is 1000 ms.
    assert.isAbove(failed.nextTryIn ?? 0, 0);
    assert.isAtMost(failed.nextTryIn ?? 0, 1000);
    await client.stop();
    assert.isNull(await client.getStats());
  });

  it('shows the error after which it has failed', async () => {
    const { client } = makeFailing(WhepClient, status(403));
    await client.start().catch((error) => assert.instanceOf(error, RtcHttpError));
    const stats = (await client.getStats())?.get('client');
    assert.equal(stats?.state, 'failed');
    assert.match(stats?.lastError ?? '', /got status 403; /);
    assert.isNull(stats?.nextTryIn);
  });

  it('uses another token for the next request', async () => {
    const tokens: (string | null)[] = [];
    const client = stopAfterTest(
      new WhepClient({
        endpoint: 'https://media.example/live',
        token: 'one',
        backoff: { first: 20, max: 20 },
        fetch: async (_, init) => {
          tokens.push(new Headers(init?.headers).get('authorization'));
          return new Response(null, { status: 503 });
        },
      }),
    );
    client.start().catch(() => {});
    await waitFor(() => tokens.length > 0, 'a request');
    client.configureRequests({ token: 'two' });
    await waitFor(() => tokens.at(-1) === 'Bearer two', 'the other token');
    client.configureRequests({ credentials: 'omit' });
    const count = tokens.length;
    await waitFor(() => tokens.length > count + 1, 'another request');
    assert.equal(tokens.at(-1), 'Bearer two');
    assert.throws(() => client.configureRequests({ token: 'tw o' }), TypeError, /^token is not plain ASCII/);
    const sent = tokens.length;
    await waitFor(() => tokens.length > sent + 1, 'another request');
    assert.equal(tokens.at(-1), 'Bearer two');
  });
});

describe('The network of a page', () => {
  it('has changed with another type of connection, and when it is back', () => {
    const setType = fakeConnection();
    setType('wifi');
    const closing = new AbortController();
    let changes = 0;
    onNetworkChange(closing.signal, () => {
      changes += 1;
    });
    const countAfter = (types: string[]) => {
      changes = 0;
      for (const type of types) setType(type);
      return changes;
    };
    assert.equal(countAfter(['wifi', 'wifi', 'wifi']), 0);
    assert.equal(countAfter(['cellular', 'cellular', 'wifi']), 2);
    assert.equal(countAfter(['none']), 0);
    assert.equal(countAfter(['wifi', 'wifi']), 1);
    dispatchEvent(new Event('online'));
    assert.equal(changes, 2);
    closing.abort();
    assert.equal(countAfter(['cellular']), 0);
  });
});

describe('The tries of a client', () => {
  /** Tries on a clock that a test moves. */
  function makeTries() {
    const clock = { time: 0, now: () => clock.time, random: () => 1, after: () => () => {} };
    return { clock, tries: new SessionTries(clock) };
  }
  const error = new DOMException('lost', 'NetworkError');

  it('are failures in a row if each session is live only for a moment', () => {
    const { clock, tries } = makeTries();
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      tries.begin();
      tries.setLive(true);
      clock.time += 9999;
      return tries.failed(error, false);
    });
    assert.deepEqual(
      waits.map(({ waitMs }) => waitMs),
      [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    );
    assert.deepEqual(
      waits.map(({ isTold }) => isTold),
      [false, false, true, false, false, false, false, false],
    );
    assert.equal(tries.stats.failures, 8);
  });

  it('count from the beginning after a session that was live for ten seconds', () => {
    const { clock, tries } = makeTries();
    for (let count = 0; count < 5; count++) tries.failed(error, false);
    tries.begin();
    tries.setLive(true);
    clock.time += 10_000;
    assert.equal(tries.stats.failures, 0);
    assert.deepEqual(tries.failed(error, false), { waitMs: 500, isAskedByServer: false, isTold: false });
    assert.equal(tries.stats.failures, 1);
  });

  it('wait at most two seconds for the return of a server that has worked, for two minutes', () => {
    const { clock, tries } = makeTries();
    tries.begin();
    tries.setLive(true);
    clock.time += 60_000;
    const waits: number[] = [];
    for (const start = clock.time; clock.time - start < 120_000; ) {
      const { waitMs } = tries.failed(error, false);
      waits.push(waitMs);
      clock.time += waitMs;
    }
    assert.equal(Math.max(...waits), 2000);
    assert.equal(tries.failed(error, false).waitMs, 30_000);
  });

  it('are soon again when the network is back', () => {
    const { tries } = makeTries();
    for (let count = 0; count < 9; count++) tries.failed(error, false);
    assert.isTrue(tries.hurry());
    assert.equal(tries.failed(error, false).waitMs, 500);
  });

  it('are not hurried by a network that comes and goes', () => {
    const { clock, tries } = makeTries();
    const waits = [1, 2, 3, 4].map(() => {
      tries.hurry();
      return tries.failed(error, false).waitMs;
    });
    assert.deepEqual(waits, [500, 1000, 2000, 4000]);
    clock.time += 5000;
    assert.isTrue(tries.hurry());
    assert.isFalse(tries.hurry());
  });
});

describeIf(hasPeers, noPeers, 'A client that is stopped while an offer is not answered', () => {
  it('ends the session that a late answer names', async () => {
    const requests: string[] = [];
    let answer = (_: Response): void => {};
    const client = stopAfterTest(
      new WhepClient({
        endpoint: 'https://media.example/live',
        requestTimeout: 100,
        fetch: async (input, init) => {
          requests.push(`${init?.method} ${input}`);
          if (init?.method === 'DELETE') return new Response(null, { status: 200 });
          return new Promise((resolve) => {
            answer = resolve;
          });
        },
      }),
    );
    client.start().catch(() => {});
    await waitFor(() => requests.length === 1, 'the offer');
    await client.stop();
    await sleep(50);
    answer(new Response('v=0\r\n', { status: 201, headers: { location: '/session/1' } }));
    await waitFor(() => requests.length === 2, 'the end');
    assert.deepEqual(requests, ['POST https://media.example/live', 'DELETE https://media.example/session/1']);
  });
});

describeIf(hasPeers, noPeers, 'A client of an https: endpoint', () => {
  it('sends nothing, and no token, to a Location of http:', async () => {
    const requests: string[] = [];
    const sdpServer = new RTCPeerConnection();
    try {
      const client = stopAfterTest(
        new WhepClient({
          endpoint: 'https://media.example/live',
          token: 'secret-1',
          kinds: ['video'],
          fetch: async (input, init) => {
            requests.push(`${init?.method} ${input}`);
            await sdpServer.setRemoteDescription({ type: 'offer', sdp: String(init?.body) });
            for (const transceiver of sdpServer.getTransceivers()) transceiver.direction = 'sendonly';
            await sdpServer.setLocalDescription(await sdpServer.createAnswer());
            await waitFor(() => sdpServer.iceGatheringState === 'complete', 'the candidates');
            const headers = { location: 'http://media.example/session/1', 'content-type': 'application/sdp' };
            return new Response(sdpServer.localDescription?.sdp, { status: 201, headers });
          },
        }),
      );
      const warnings: string[] = [];
      client.addEventListener('warning', ({ message }) => warnings.push(message));
      client.start().catch(() => {});
      await waitFor(() => client.state === 'live', 'live');
      await sleep(300);
      assert.equal(client.state, 'live');
      assert.lengthOf(warnings, 1);
      await client.stop();
      assert.deepEqual(requests, ['POST https://media.example/live']);
      assert.match(warnings[0] ?? '', /got 201 with a Location of http: \(a proxy that ends TLS /);
      assert.match(warnings[0] ?? '', /can neither be repaired nor ended/);
    } finally {
      sdpServer.close();
    }
  });
});

describe('A session whose URL the server does not know', () => {
  /** A session, made by a server that answers its requests with these statuses. */
  async function sessionWith(...statuses: number[]) {
    const warnings: string[] = [];
    const answers = statuses.map((code) => new Response(null, { status: code }));
    const created = new Response('v=0\r\n', {
      status: 201,
      headers: { location: '/session/1', 'content-type': 'application/sdp' },
    });
    const endpoint = new URL('https://media.example/live');
    const options = signalingOptions({ fetch: async (_, init) => (init?.method === 'POST' ? created : next()) });
    const next = () => answers.shift() ?? new Response(null, { status: 500 });
    const onWarning = ({ message }: Error) => warnings.push(message);
    const http = new SignalingHttp({ endpoint, clock: systemClock, options });
    const session = new HttpSession({ http, endpoint, signal: new AbortController().signal, onWarning });
    await session.create('v=0\r\n', false);
    return { session, warnings };
  }

  const messageOf = (request: Promise<unknown>) =>
    request.then(
      () => 'answered',
      (error: Error) => error.message,
    );
  const bothCauses = /Either it has lost the session, as by a restart, or a proxy strips or adds a part of the path/;
  const onlyProxy = /A proxy that strips or adds a part of the path .* is the usual cause\./;

  for (const code of [404, 410]) {
    it(`names a restart and a proxy if the first request of a repair gets ${code}, and may be asked again`, async () => {
      const { session } = await sessionWith(code);
      const message = await messageOf(session.ask(''));
      assert.match(message, new RegExp(`^PATCH https://media\\.example/session/1 got status ${code}; expected 204\\.`));
      assert.match(message, bothCauses);
      assert.isTrue(session.canPatch);
    });

    it(`names a proxy if the candidates after the offer get ${code}, also at the end`, async () => {
      const { session, warnings } = await sessionWith(code, code);
      assert.equal(await session.trickle(''), 'unsupported');
      assert.lengthOf(warnings, 1);
      assert.match(warnings[0] ?? '', onlyProxy);
      assert.match(warnings[0] ?? '', /can neither be repaired nor ended/);
      assert.isFalse(session.canPatch);
      const { message = '' } = (await session.delete()) ?? {};
      assert.match(message, onlyProxy);
      assert.match(message, /may remain on the server/);
    });

    it(`names a restart and a proxy if its end is the first request that gets ${code}`, async () => {
      const { message = '' } = (await (await sessionWith(code)).session.delete()) ?? {};
      assert.match(message, new RegExp(`^DELETE https://media\\.example/session/1 got status ${code};`));
      assert.match(message, bothCauses);
      assert.match(message, /may remain on the server/);
    });

    it(`names no proxy after ${code} if the server knew the URL before`, async () => {
      const { session } = await sessionWith(204, code, code);
      await session.ask('');
      assert.match(
        await messageOf(session.ask('')),
        new RegExp(`got status ${code}; expected 204\\. The server does not know the session any more\\.$`),
      );
      assert.match(
        (await session.delete())?.message ?? '',
        new RegExp(
          `^DELETE \\S+ got status ${code}; expected 200 .*\\. The server does not know the session any more\\.$`,
        ),
      );
    });
  }
});
