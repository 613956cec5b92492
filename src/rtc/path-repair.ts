import { anySignal } from '../generator/any-signal.js';
import { type ConnectionMonitor, MEDIA_PATH_HINT } from './connection-monitor.js';
import { mediaPathError, RtcHttpError } from './errors.js';
import type { HttpSession } from './http-session.js';
import { STABLE_MS } from './retry-policy.js';
import type { SessionTries } from './session-tries.js';
import { type Clock, delay } from './timing.js';

export interface PathRepairInit {
  readonly peer: RTCPeerConnection;
  readonly clock: Clock;
  /** Ends the repair. */
  readonly signal: AbortSignal;
  readonly monitor: ConnectionMonitor;
  readonly resource: Pick<HttpSession, 'canPatch' | 'hasAcceptedPatch'>;
  /** Counts the requests that fail, and says how long to wait. */
  readonly tries: Pick<SessionTries, 'beginTry' | 'repairFailed' | 'waitForRepair'>;
  /** Asks the server for something that changes nothing. Rejects if it is away or has forgotten the session. */
  askServer(): Promise<void>;
  /** Restarts ICE. Resolves to `false` if that was needless. */
  restartIce(): Promise<boolean>;
  /** `isServerAway` has changed. */
  onChange(): void;
  onWarning(error: Error): void;
  /** Requests keep failing, and the repair continues. */
  onError(error: Error): void;
}

/** An answer that takes longer shows that the network itself was interrupted. */
const PROMPT_ANSWER_MS = 500;
/** How long a request may be unanswered before another one is sent, and how many may be unanswered at the same time. */
const ASK_AGAIN_AFTER_MS = 2000;
const MAX_PENDING_REQUESTS = 3;
/** How long to wait for a sign of life before a restart: if the server answers promptly, and else. */
const LOOK_MS = 300;
const LONG_LOOK_MS = 1500;
/** How long an ICE restart may take to get through. */
const RESTART_TIMEOUT_MS = 5000;
/** ICE restarts that the server accepted and that did not help, before a new session is the better try. */
const MAX_FUTILE_RESTARTS = 2;
/** After this time without consent a server ends the session (RFC 7675, 5.1). Chromium may never report `failed`. */
const CONSENT_TIMEOUT_MS = 30_000;
/** A living path is checked every 6 s at the latest (RFC 7675, 5.1). Without a restart, such a silence means its end. */
const MAX_SILENCE_MS = 15_000;

/**
 * Repairs the path to a server that answers HTTP and sends nothing any more. A restart disturbs a path that works, and the
 * request for it reaches the server even after an outage in which the path came back by itself. So the server is first asked
 * for something harmless; when it answers, the network is there again, and either the path is too or a restart is due.
 */
export class PathRepair {
  readonly #init: PathRepairInit;
  #isRunning = false;
  #isServerAway = false;
  /** Whether a warning has told that requests fail, in this run. */
  #isFailureTold = false;
  /** Whether a warning has told that the server does not know the URL of the session, which works. */
  #isUnknownUrlTold = false;
  #canRestart = true;
  #futileRestarts = 0;
  #endTime = Number.NEGATIVE_INFINITY;
  #endWait = (): void => {};

  constructor(init: PathRepairInit) {
    this.#init = init;
  }

  /** Whether the server did not answer the last request, and nothing has arrived since. */
  get isServerAway(): boolean {
    return this.#isServerAway;
  }

  /** The network has changed: the next try begins at once. */
  networkChanged(): void {
    this.#endWait();
  }

  /** Resolves when something arrives again. Rejects if the session is beyond repair. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#isFailureTold = false;
    const { monitor, clock, peer, signal, tries } = this.#init;
    const startTime = clock.now();
    if (startTime - this.#endTime > STABLE_MS) this.#futileRestarts = 0;
    try {
      while (!monitor.isReceiving) {
        const { connectionState } = peer;
        const isExpired = connectionState !== 'connected' && clock.now() - startTime > CONSENT_TIMEOUT_MS;
        tries.beginTry();
        const wasTried = await this.#try();
        if (signal.aborted || monitor.isReceiving) return;
        if (connectionState === 'failed' || isExpired) throw pathLostError();
        if (!wasTried) await this.#wait(tries.waitForRepair());
      }
    } finally {
      this.#isRunning = false;
      this.#endTime = clock.now();
      this.#setServerAway(false);
    }
  }

  /** Resolves to whether there was a restart. */
  async #try(): Promise<boolean> {
    const { monitor, clock, peer } = this.#init;
    const askTime = clock.now();
    if (this.#init.resource.canPatch) {
      await monitor.unlessReceiving(this.#attempt(() => this.#ask()));
      if (monitor.isReceiving || this.#isServerAway) return false;
    }
    if (peer.connectionState !== 'failed') {
      const isPrompt = this.#mayRestart && clock.now() - askTime < PROMPT_ANSWER_MS;
      if (await monitor.waitUntilReceiving(isPrompt ? LOOK_MS : LONG_LOOK_MS)) return false;
    }
    if (this.#mayRestart && (await this.#restart())) return true;
    if (!this.#mayRestart) monitor.acceptAnything();
    // The server is there and restarts nothing. ICE itself may find another path while the browser believes in this one.
    const isHopeless = peer.connectionState !== 'connected' || monitor.silenceMs > MAX_SILENCE_MS;
    if (!this.#mayRestart && !this.#isServerAway && isHopeless) throw pathLostError();
    return false;
  }

  get #mayRestart(): boolean {
    return this.#canRestart && this.#init.resource.canPatch;
  }

  /** Resolves to whether there was a restart. */
  async #restart(): Promise<boolean> {
    const { monitor, restartIce } = this.#init;
    let wasNeedless = false;
    const isRestarted = await this.#attempt(async () => {
      wasNeedless = !(await restartIce());
    });
    if (!isRestarted || wasNeedless) return false;
    monitor.acceptAnything();
    if (await monitor.waitUntilReceiving(RESTART_TIMEOUT_MS)) return true;
    this.#futileRestarts += 1;
    if (this.#futileRestarts >= MAX_FUTILE_RESTARTS) throw pathLostError();
    return true;
  }

  /**
   * Asks the server, and again while there is no answer: the browser may have sent the first request by a connection of before
   * the fault, which stays dead. Settles as the first answer does.
   */
  async #ask(): Promise<void> {
    const done = new AbortController();
    const answers: Promise<void>[] = [];
    try {
      while (answers.length < MAX_PENDING_REQUESTS && !done.signal.aborted && !this.#init.monitor.isReceiving) {
        const answer = this.#init.askServer().finally(() => done.abort());
        answer.catch(() => {});
        answers.push(answer);
        await Promise.race([answer, this.#wait(ASK_AGAIN_AFTER_MS, done.signal)]);
      }
      await Promise.race(answers);
    } finally {
      done.abort();
    }
  }

  /** Resolves after the time, or early: when something arrives, the network changes, or the signal is aborted. */
  async #wait(milliseconds: number, signal = this.#init.signal): Promise<void> {
    const early = new AbortController();
    this.#endWait = () => early.abort();
    const timeout = delay(this.#init.clock, milliseconds, anySignal([this.#init.signal, signal, early.signal]));
    await this.#init.monitor.unlessReceiving(timeout.catch(() => {})).finally(() => early.abort());
  }

  /** Resolves to whether the request succeeded. Rejects if the server does not know the session any more. */
  async #attempt(request: () => Promise<void>): Promise<boolean> {
    try {
      await request();
      this.#setServerAway(false);
      return true;
    } catch (error) {
      if (this.#init.signal.aborted) return false;
      const status = error instanceof RtcHttpError ? error.status : null;
      const isAway = status !== null && (status === 0 || (status >= 500 && status !== 501));
      if (isAway) {
        this.#requestFailed(error as RtcHttpError);
        return false;
      }
      this.#setServerAway(false);
      if (status === 404 || status === 410) {
        await this.#keepUnknown(error as RtcHttpError);
        return false;
      }
      // A server that refuses once will always refuse.
      this.#canRestart = false;
      this.#init.onWarning(error as Error);
      return false;
    }
  }

  #requestFailed(error: RtcHttpError): void {
    const { monitor, tries, onWarning, onError } = this.#init;
    // The path came back while the request was waited for.
    if (monitor.isReceiving) return;
    this.#setServerAway(true);
    const isTold = tries.repairFailed(error);
    if (!this.#isFailureTold) onWarning(error);
    this.#isFailureTold = true;
    if (isTold) onError(error);
  }

  /**
   * The server does not know the URL of the session. If it never did, it may have the session under another one, behind a proxy
   * that changes paths; or it has lost the session by a restart. Only what arrives tells. Rejects with the error if nothing does.
   */
  async #keepUnknown(error: RtcHttpError): Promise<void> {
    const { monitor, resource, peer, onWarning } = this.#init;
    const mayBeKnown = !resource.hasAcceptedPatch && peer.connectionState === 'connected';
    if (!mayBeKnown || !(await monitor.waitUntilReceiving(LONG_LOOK_MS))) throw error;
    if (!this.#isUnknownUrlTold) onWarning(error);
    this.#isUnknownUrlTold = true;
  }

  #setServerAway(isAway: boolean): void {
    if (isAway === this.#isServerAway) return;
    this.#isServerAway = isAway;
    this.#init.onChange();
  }
}

const pathLostError = (): DOMException => mediaPathError(`The path to the server was lost. ${MEDIA_PATH_HINT}`);
