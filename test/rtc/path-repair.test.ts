/* The repair of a path on which nothing arrives: the server and the time are fakes. */
import { RtcHttpError } from 'track-elements';
import type { ConnectionMonitor } from '../../dist/rtc/connection-monitor.js';
import { PathRepair } from '../../dist/rtc/path-repair.js';
import type { BackoffOptions } from '../../dist/rtc/retry-policy.js';
import { SessionTries } from '../../dist/rtc/session-tries.js';
import { FakeClock } from '../support/fake-clock.js';
import { assert, describe, it } from '../support/suite.js';

const httpError = (status: number) =>
  new RtcHttpError({ method: 'PATCH', url: 'https://media.example/1', status, expected: '204' });

/** The part of a monitor that a repair uses. */
class FakeMonitor {
  isReceiving = false;
  silenceMs = 2500;
  readonly #waiting = new Set<() => void>();
  constructor(private readonly clock: FakeClock) {}

  acceptAnything(): void {}

  receive(): void {
    this.isReceiving = true;
    for (const resume of this.#waiting) resume();
  }

  async unlessReceiving<T>(promise: Promise<T>): Promise<T | null> {
    if (this.isReceiving) return null;
    return Promise.race([promise, new Promise<null>((resolve) => this.#waiting.add(() => resolve(null)))]);
  }

  async waitUntilReceiving(milliseconds: number): Promise<boolean> {
    let cancel = () => {};
    const timeout = new Promise<void>((resolve) => {
      cancel = this.clock.after(milliseconds, resolve);
    });
    await this.unlessReceiving(timeout);
    cancel();
    return this.isReceiving;
  }
}

interface Server {
  ask?: () => Promise<void>;
  restart?: () => Promise<boolean>;
  resource?: { canPatch?: boolean; hasAcceptedPatch?: boolean };
  backoff?: BackoffOptions;
}

function repairing(
  { ask = async () => {}, restart = async () => true, resource = {}, backoff = {} }: Server,
  connectionState = 'connected',
) {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const calls: string[] = [];
  const closing = new AbortController();
  const peer = { connectionState };
  const tries = new SessionTries(clock, backoff);
  const repair = new PathRepair({
    peer: peer as RTCPeerConnection,
    clock,
    signal: closing.signal,
    monitor: monitor as unknown as ConnectionMonitor,
    resource: { canPatch: true, hasAcceptedPatch: true, ...resource },
    askServer: () => {
      calls.push('ask');
      return ask();
    },
    restartIce: () => {
      calls.push('restart');
      return restart();
    },
    tries,
    onChange: () => {},
    onWarning: ({ message }) => calls.push(`warning ${reasonIn(message)}`),
    onError: ({ message }) => calls.push(`error ${reasonIn(message)}`),
  });
  let result = 'running';
  const run = () => {
    result = 'running';
    repair.run().then(
      () => {
        result = 'received';
      },
      (error: Error) => {
        result = error.message;
      },
    );
  };
  return { clock, monitor, calls, closing, peer, repair, tries, run, result: () => result };
}

const reasonIn = (message: string) => /status \d+|no answer/.exec(message)?.[0];

const never = () => new Promise<never>(() => {});

describe('The repair of a path', () => {
  it('restarts ICE soon if the server answers promptly', async () => {
    const { run, clock, calls, monitor, result } = repairing({});
    run();
    await clock.advance(350);
    assert.deepEqual(calls, ['ask', 'restart']);
    monitor.receive();
    await clock.advance(10);
    assert.equal(result(), 'received');
    assert.equal(clock.pendingTimers, 0);
  });

  it('restarts nothing if something arrives while the server is asked', async () => {
    const { run, clock, calls, monitor, result } = repairing({ ask: never });
    run();
    await clock.advance(1500);
    monitor.receive();
    await clock.advance(5000);
    assert.deepEqual(calls, ['ask']);
    assert.equal(result(), 'received');
    assert.equal(clock.pendingTimers, 0);
  });

  it('waits for a sign of life if the answer shows that the network was interrupted', async () => {
    const answers: (() => void)[] = [];
    const { run, clock, calls, monitor } = repairing({ ask: () => new Promise((resolve) => answers.push(resolve)) });
    run();
    await clock.advance(1900);
    answers[0]?.();
    await clock.advance(1400);
    assert.deepEqual(calls, ['ask']);
    monitor.receive();
    await clock.advance(1000);
    assert.deepEqual(calls, ['ask']);
  });

  it('asks again after two seconds, and at once if the network changes, three times at most', async () => {
    const { run, clock, calls, repair } = repairing({ ask: never });
    run();
    await clock.advance(1990);
    assert.lengthOf(calls, 1);
    await clock.advance(20);
    assert.lengthOf(calls, 2);
    repair.networkChanged();
    await clock.advance(10);
    assert.lengthOf(calls, 3);
    await clock.advance(20_000);
    assert.lengthOf(calls, 3);
  });

  it('asks again while the server is away, and says so', async () => {
    const { run, clock, calls, repair, closing } = repairing({ ask: () => Promise.reject(httpError(0)) });
    run();
    await clock.advance(100);
    assert.isTrue(repair.isServerAway);
    await clock.advance(6000);
    assert.isAbove(calls.length, 3);
    assert.notInclude(calls, 'restart');
    closing.abort();
  });

  for (const [status, reason] of [
    [0, 'no answer'],
    [503, 'status 503'],
  ] as const) {
    it(`reports the first request that gets ${reason} by a warning, and the third by an error`, async () => {
      const { run, clock, calls, tries, monitor, result } = repairing({ ask: () => Promise.reject(httpError(status)) });
      run();
      await clock.advance(0);
      assert.deepEqual(calls, ['ask', `warning ${reason}`]);
      // The bounds of the waits are 500, 1000 and then 2000 ms, and the waits of this clock three quarters of them.
      assert.deepInclude(tries.stats, { failures: 1, nextTryIn: 375 });
      assert.include(tries.stats.lastError ?? '', `PATCH https://media.example/1 got ${reason}`);
      await clock.advance(375);
      assert.deepInclude(tries.stats, { failures: 2, nextTryIn: 750 });
      await clock.advance(750);
      assert.deepInclude(tries.stats, { failures: 3, nextTryIn: 1500 });
      assert.deepEqual(calls, ['ask', `warning ${reason}`, 'ask', 'ask', `error ${reason}`]);
      await clock.advance(6000);
      assert.equal(calls.filter((call) => call !== 'ask').length, 2);
      monitor.receive();
      await clock.advance(0);
      tries.setLive(true);
      assert.equal(result(), 'received');
      assert.deepInclude(tries.stats, { failures: 7, nextTryIn: null });
      await clock.advance(10_000);
      assert.equal(tries.stats.failures, 0);
    });
  }

  it('reports a restart that fails while requests that change nothing are answered', async () => {
    const { run, clock, calls, closing } = repairing({ restart: () => Promise.reject(httpError(503)) });
    run();
    await clock.advance(5000);
    closing.abort();
    assert.deepEqual(calls.filter((call) => call !== 'ask').slice(0, 5), [
      'restart',
      'warning status 503',
      'restart',
      'restart',
      'error status 503',
    ]);
  });

  it('counts no request that fails after something has arrived', async () => {
    let fail = (_: Error): void => {};
    const ask = () => new Promise<void>((_, reject) => (fail = reject));
    const { run, clock, calls, tries, monitor, repair } = repairing({ ask });
    run();
    await clock.advance(1000);
    monitor.receive();
    await clock.advance(0);
    fail(httpError(0));
    await clock.advance(0);
    assert.deepEqual(calls, ['ask']);
    assert.equal(tries.stats.failures, 0);
    assert.isFalse(repair.isServerAway);
  });

  it('has the waits that the options ask for', async () => {
    const { run, clock, calls, tries, closing } = repairing({
      ask: () => Promise.reject(httpError(0)),
      backoff: { first: 4000, max: 8000 },
    });
    const asked = () => calls.filter((call) => call === 'ask').length;
    run();
    await clock.advance(2999);
    assert.equal(asked(), 1);
    await clock.advance(1);
    assert.equal(asked(), 2);
    tries.configure({ first: 100, max: 100 });
    await clock.advance(6000);
    assert.equal(asked(), 3);
    await clock.advance(75);
    assert.equal(asked(), 4);
    closing.abort();
  });

  it('ends if the server does not know the session', async () => {
    const { run, clock, calls, result } = repairing({ restart: () => Promise.reject(httpError(404)) });
    run();
    await clock.advance(400);
    assert.deepEqual(calls, ['ask', 'restart']);
    assert.match(result(), /404/);
  });

  for (const [request, server] of [
    ['a harmless request', { ask: () => Promise.reject(httpError(404)) }],
    ['a restart', { restart: () => Promise.reject(httpError(410)) }],
  ] as const) {
    it(`ends 1.5 s after the server does not know the URL, which may be a proxy's fault, at ${request}`, async () => {
      const { run, clock, calls, result } = repairing({ ...server, resource: { hasAcceptedPatch: false } });
      run();
      await clock.advance('restart' in server ? 300 : 0);
      await clock.advance(1490);
      assert.equal(result(), 'running');
      await clock.advance(20);
      assert.match(result(), /got status 4(04|10)/);
      // The error of the session tells of it.
      assert.notInclude(calls.join(), 'warning');
    });
  }

  it('keeps a session whose URL the server does not know if something arrives, and warns once', async () => {
    const { run, clock, calls, monitor, result } = repairing({
      ask: () => Promise.reject(httpError(404)),
      resource: { hasAcceptedPatch: false },
    });
    for (const count of [1, 2]) {
      monitor.isReceiving = false;
      run();
      await clock.advance(1400);
      monitor.receive();
      await clock.advance(0);
      assert.equal(result(), 'received');
      assert.equal(calls.filter((call) => call === 'ask').length, count);
    }
    assert.deepEqual(calls, ['ask', 'warning status 404', 'ask']);
  });

  it('ends at once if the server does not know the URL and the browser has lost the path', async () => {
    const { run, clock, result } = repairing(
      { ask: () => Promise.reject(httpError(404)), resource: { hasAcceptedPatch: false } },
      'disconnected',
    );
    run();
    await clock.advance(0);
    assert.match(result(), /got status 404/);
  });

  it('asks nothing without a URL of the session, and ends if the browser has lost the path', async () => {
    const { run, clock, calls, result } = repairing({ resource: { canPatch: false } }, 'disconnected');
    run();
    await clock.advance(1400);
    assert.equal(result(), 'running');
    await clock.advance(200);
    assert.match(result(), /^The path to the server was lost\./);
    assert.deepEqual(calls, []);
  });

  it('ends after two restarts that did not help', async () => {
    const { run, clock, calls, result } = repairing({});
    run();
    await clock.advance(12_000);
    assert.deepEqual(calls, ['ask', 'restart', 'ask', 'restart']);
    assert.match(result(), /^The path to the server was lost\./);
  });

  it('counts the restarts of a path that works for moments only', async () => {
    const { run, clock, calls, monitor, result } = repairing({});
    run();
    await clock.advance(6000);
    assert.equal(calls.filter((call) => call === 'restart').length, 2);
    monitor.receive();
    await clock.advance(1000);
    assert.equal(result(), 'received');
    monitor.isReceiving = false;
    run();
    await clock.advance(6000);
    assert.match(result(), /^The path to the server was lost\./);
  });

  it('ends at once if the browser has lost the path and the server restarts nothing', async () => {
    const { run, clock, calls, result } = repairing({ restart: () => Promise.reject(httpError(405)) }, 'disconnected');
    run();
    await clock.advance(400);
    assert.deepEqual(calls, ['ask', 'restart', 'warning status 405']);
    assert.match(result(), /^The path to the server was lost\./);
  });

  it('leaves a path that the browser believes in to the browser for 15 seconds', async () => {
    const { run, clock, monitor, result } = repairing({ restart: () => Promise.reject(httpError(422)) });
    run();
    await clock.advance(9000);
    assert.equal(result(), 'running');
    monitor.silenceMs = 15_100;
    await clock.advance(3000);
    assert.match(result(), /^The path to the server was lost\./);
  });
});
