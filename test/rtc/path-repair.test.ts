/* The repair of a path on which nothing arrives: the server and the time are fakes. */
import { RtcHttpError } from 'track-elements';
import type { ConnectionMonitor } from '../../dist/rtc/connection-monitor.js';
import { PathRepair } from '../../dist/rtc/path-repair.js';
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
}

function repairing(
  { ask = async () => {}, restart = async () => true, resource = {} }: Server,
  connectionState = 'connected',
) {
  const clock = new FakeClock();
  const monitor = new FakeMonitor(clock);
  const calls: string[] = [];
  const closing = new AbortController();
  const peer = { connectionState };
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
    onChange: () => {},
    onWarning: ({ message }) => calls.push(`warning ${/status \d+/.exec(message)}`),
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
  return { clock, monitor, calls, closing, peer, repair, run, result: () => result };
}

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

  it('ends if the server does not know the session', async () => {
    const { run, clock, calls, result } = repairing({ restart: () => Promise.reject(httpError(404)) });
    run();
    await clock.advance(400);
    assert.deepEqual(calls, ['ask', 'restart']);
    assert.match(result(), /404/);
  });

  it('restarts nothing at a server that never knew the session by its URL, while the browser believes in the path', async () => {
    const { run, clock, calls, peer, result } = repairing({
      restart: () => Promise.reject(httpError(404)),
      resource: { hasAcceptedPatch: false },
    });
    run();
    await clock.advance(4000);
    assert.equal(result(), 'running');
    assert.equal(calls.filter((call) => call === 'restart').length, 1);
    peer.connectionState = 'disconnected';
    await clock.advance(4000);
    assert.match(result(), /^The path to the server was lost\./);
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
