import { LatestRun } from '../../generator/latest-run.js';
import { reviveError } from '../../generator/messages.js';
import { loadOnce } from '../../generator/page/load-once.js';
import { loadScript, type Script } from '../../generator/page/load-script.js';
import { PortClient } from '../../generator/page/port-client.js';
import { report } from '../../generator/page/report.js';
import { acquireWorker, type WorkerLease, type WorkerScript } from '../../generator/page/worker-pool.js';
import { clockSkew, now } from '../../generator/timeline.js';
import type { TypedListenerMethod } from '../../generator/typed-event-target.js';
import { checkTrack } from '../../processor/page/is-track.js';
import type { TrackReader } from '../../processor/page/reader.js';
import { openTrackReader } from '../../processor/page/track-reader.js';
import { checkNumber, checkValue, valueError } from '../../signals/checks.js';
import { framesPerSecond, parseRate } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { ClockOffset } from '../clock-offset.js';
import type {
  ImportPart,
  OpenProbe,
  ProbeCommand,
  ProbeEvent,
  ProbeRequests,
  Reference,
  WorkerReport,
} from '../messages.js';
import { emptyReport, type ProbeReport, type StageReport } from '../probe-report.js';
import type { StageReader } from '../stages.js';
import type { ProbeBounds } from '../verification.js';
import { checkedClock, checkedReference, type LocalSource, type TrackProbeInit } from './probe-options.js';
import { ReportEvent } from './report-event.js';
import { timerStep } from './timer-step.js';

export { answerClock, type ClockOffset, type MeasureClockOptions, measureClock } from '../clock-offset.js';
export type { Reference } from '../messages.js';
export type {
  AudioReport,
  FreezeReport,
  LatencyReport,
  OffsetReport,
  ProbeReport,
  SizeReport,
  StageReport,
  VideoReport,
} from '../probe-report.js';
export type { ProbeBounds } from '../verification.js';
export type { LocalSource, TrackProbeInit } from './probe-options.js';
export { ReportEvent } from './report-event.js';
export { VerificationError } from './verification-error.js';

/** The events of a probe, for `addEventListener`. */
export interface TrackProbeEventMap {
  report: ReportEvent;
  error: ErrorEvent;
  warning: ErrorEvent;
}

/**
 * Measures what happened to a video track, an audio track, or both on their way, with the marks in their pictures and audio.
 *
 * ```ts
 * const probe = new TrackProbe({ clock: 0 });
 * probe.setTrack('video', track);
 * probe.addEventListener('report', ({ report }) => console.log(report.video?.lost));
 * ```
 *
 * It does not change or stop the tracks. Marks are read in a worker, which all probes of a page share.
 *
 * @fires report - A `ReportEvent`, once a second while there is a track.
 * @fires error - An `ErrorEvent`: a track cannot be read, or a reference cannot be drawn.
 * @fires warning - An `ErrorEvent`: the browser does not let audio run before a user gesture.
 */
export class TrackProbe extends EventTarget {
  declare addEventListener: TypedListenerMethod<TrackProbeEventMap>;
  declare removeEventListener: TypedListenerMethod<TrackProbeEventMap, EventListenerOptions>;

  readonly #findSource: (id: number) => LocalSource | null;
  #clock: number | ClockOffset | null = null;
  #reference: Reference | null = null;
  #compareEvery = 30;
  #frameRate: number | string = 30;
  #peers: readonly RTCPeerConnection[] = [];
  readonly #readers = new Map<TrackKind, TrackReader>();
  /** Whether the frames of a kind come from a stream, or did until the track's end: this decides which figures are certain. */
  readonly #streams = new Map<TrackKind, boolean>();
  readonly #tracks = new Map<TrackKind, MediaStreamTrack | null>();
  /** When the measurement of each kind began, in milliseconds since 1970. */
  readonly #starts = new Map<TrackKind, number>();
  readonly #opening = { video: new LatestRun(), audio: new LatestRun() };
  #connection: Promise<WorkerConnection> | null = null;
  /** The source of this page that was found, and its number. */
  #local: { readonly id: number; readonly source: LocalSource | null } | null = null;
  /** The reference that the worker has, as JSON. */
  #sentReference = 'null';
  #stages: StageReader | null = null;
  #stageReport: StageReport = emptyReport.stages;
  #report: ProbeReport = emptyReport;
  #isClosed = false;

  /** @throws {TypeError | RangeError} for wrong options. The message says what is accepted. */
  constructor(init?: TrackProbeInit) {
    super();
    this.#findSource = init?.findSource ?? (() => null);
    this.clock = init?.clock ?? null;
    this.reference = init?.reference ?? null;
    this.compareEvery = init?.compareEvery ?? 30;
    this.frameRate = init?.frameRate ?? 30;
    this.peerConnections = init?.peerConnections ?? [];
  }

  /**
   * The clock of the source minus the clock of this page, in milliseconds, or the result of `measureClock()`: 0 on one machine.
   * With `null`, there is a latency only if the source is found on this page.
   */
  get clock(): number | ClockOffset | null {
    return this.#clock;
  }

  set clock(clock: number | ClockOffset | null) {
    this.#clock = checkedClock(clock);
    this.#postSettings();
  }

  /** The pattern that was sent, to compare pictures with. `null`: that of the source, if it is found on this page. */
  get reference(): Reference | null {
    return this.#reference;
  }

  set reference(reference: Reference | null) {
    this.#reference = checkedReference(reference);
    this.#postReference();
  }

  /** Compares every n-th picture with the reference: a whole number of at least 1. */
  get compareEvery(): number {
    return this.#compareEvery;
  }

  set compareEvery(count: number) {
    checkNumber('compareEvery', count, { min: 1, whole: true });
    this.#compareEvery = count;
    this.#postSettings();
  }

  /** Frames per second of the marks in audio, from 10 to 120. It is used while no marked picture tells the rate. */
  get frameRate(): number | string {
    return this.#frameRate;
  }

  set frameRate(rate: number | string) {
    checkNumber('frameRate', framesPerSecond(parseRate(rate)), { min: 10, max: 120 });
    this.#frameRate = rate;
    this.#postSettings();
  }

  /** The peer connections whose statistics give the `stages`: the connection of one end of the path, or those of both ends. */
  get peerConnections(): readonly RTCPeerConnection[] {
    return this.#peers;
  }

  set peerConnections(peers: readonly RTCPeerConnection[]) {
    const isList = Array.isArray(peers) && peers.every((peer) => typeof Object(peer).getStats === 'function');
    checkValue(isList, 'peerConnection', peers, 'an RTCPeerConnection, or a list of them');
    this.#peers = peers;
  }

  /**
   * Measures a track instead of the last one of its kind, and begins a new report. `null`: the last one has ended.
   *
   * @throws {TypeError} for anything but a track of that kind.
   */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (!Object.hasOwn(this.#opening, kind)) throw valueError('kind', kind, '"video" or "audio"', TypeError);
    if (track) checkTrack(track, kind);
    if (this.#isClosed) return;
    this.#tracks.set(kind, track);
    this.#end(kind);
    const run = track ? this.#measure(kind, track) : this.#finish(kind);
    run.catch((error) => {
      // Another track may have taken its place.
      if (this.#tracks.get(kind) !== track) return;
      this.#opening[kind].cancel();
      this.#fail(error);
    });
  }

  /** All figures now. */
  async getReport(): Promise<ProbeReport> {
    try {
      const connection = await this.#connection;
      if (connection) await this.#take(await connection.client.request('report', {}));
      // The first report of a source may tell which one it is.
      if (connection && this.#followSource()) await this.#take(await connection.client.request('report', {}));
    } catch {
      // Either the worker did not load, which an error event reports, or the last track has ended in the meantime.
    }
    return this.#report;
  }

  /** The last report, for `JSON.stringify()`. */
  toJSON(): ProbeReport {
    return this.#report;
  }

  /**
   * Waits until this number of `frames` has come, and the figures of all bounds are known. Resolves to the report if all bounds
   * hold. Waiting ends when nothing comes any more.
   *
   * ```ts
   * await probe.verify({ frames: 300, lost: 0, latency: 200, offset: [-45, 125], psnr: 30 });
   * ```
   *
   * @param signal Ends the waiting: it rejects with its reason.
   * @throws {VerificationError} with one sentence for each bound that does not hold.
   * @throws {TypeError | RangeError} for bounds that are not accepted.
   */
  async verify(bounds: ProbeBounds, signal?: AbortSignal): Promise<ProbeReport> {
    const { waitForBounds } = await import('./wait-for-bounds.js');
    return waitForBounds(this, bounds, () => this.#isActive, signal);
  }

  /** Forgets all figures, and begins again with the same tracks. */
  reset(): void {
    this.#report = emptyReport;
    const start = now();
    for (const [kind] of this.#starts) this.#starts.set(kind, start);
    void this.#connection?.then(({ client }) => client.post({ type: 'reset', start })).catch(() => {});
  }

  /** Ends the measurement and frees everything. The last report stays. */
  close(): void {
    this.#isClosed = true;
    for (const kind of ['video', 'audio'] as const) this.#end(kind);
    this.#disconnect();
  }

  /** Whether a track is measured, or about to be. */
  get #isActive(): boolean {
    return this.#opening.video.isRunning || this.#opening.audio.isRunning;
  }

  async #measure(kind: TrackKind, track: MediaStreamTrack): Promise<void> {
    const signal = this.#opening[kind].begin();
    this.#starts.set(kind, now());
    this.#connection ??= this.#connect();
    const { client, lease } = await this.#connection;
    if (kind === 'audio') await importPart(lease.worker, audioPart);
    if (signal.aborted) return;
    const { arrivalUncertainty, blockedAudioError, isStream } = await import('./unknown-figures.js');
    const reader = await openTrackReader(track, () => this.#tell('warning', blockedAudioError()), signal);
    if (signal.aborted) {
      reader.close();
      return;
    }
    this.#readers.set(kind, reader);
    this.#streams.set(kind, isStream(reader));
    const uncertainty = arrivalUncertainty(kind, reader);
    const start = this.#starts.get(kind) as number;
    client.post({ type: 'track', kind, input: reader.input, start, uncertainty }, reader.transfer);
  }

  /** Reports the end of a track. After the last one the worker is released, and the report stays. */
  async #finish(kind: TrackKind): Promise<void> {
    const connection = await this.#connection;
    if (!connection) return;
    connection.client.post({ type: 'track', kind, input: null, start: now(), uncertainty: 0 });
    if (this.#isActive) return;
    const figures = await connection.client.request('report', {}).catch(() => null);
    if (!figures || this.#isActive) return;
    this.#disconnect();
    await this.#take(figures);
    this.dispatchEvent(new ReportEvent(this.#report));
  }

  /** Ends the reading of a track. */
  #end(kind: TrackKind): void {
    this.#opening[kind].cancel();
    this.#readers.get(kind)?.close();
    this.#readers.delete(kind);
  }

  async #connect(): Promise<WorkerConnection> {
    try {
      const lease = await acquireWorker(probeWorker);
      const { port1, port2 } = new MessageChannel();
      const open: OpenProbe = { type: 'open-probe', port: port2, pageSkew: clockSkew() };
      lease.worker.postMessage(open, [port2]);
      const client = new PortClient<ProbeRequests, ProbeCommand, ProbeEvent>(port1, (event) => {
        if (event.type === 'failed') this.#fail(reviveError(event.error));
        else this.#publish(event.report).catch(this.#fail);
      });
      queueMicrotask(() => {
        this.#postSettings();
        this.#postReference();
      });
      return { lease, client };
    } catch (error) {
      this.#connection = null;
      throw error;
    }
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#sentReference = 'null';
    connection
      ?.then(({ client, lease }) => {
        client.post({ type: 'close' });
        client.close();
        lease.release();
      })
      .catch(() => {});
  }

  async #publish(figures: WorkerReport): Promise<void> {
    if (this.#peers.length > 0) {
      this.#stages ??= new (await import('../stages.js')).StageReader();
      this.#stageReport = await this.#stages.read(this.#peers, this.#tracks.get('video')?.id);
    } else this.#stageReport = emptyReport.stages;
    // Its last report has come in the meantime.
    if (!this.#connection) return;
    await this.#take(figures);
    this.#followSource();
    this.dispatchEvent(new ReportEvent(this.#report));
  }

  async #take(figures: WorkerReport): Promise<void> {
    const { knownFigures } = await import('./unknown-figures.js');
    const means = {
      starts: this.#starts,
      streams: this.#streams,
      hasClock: this.#relation() !== null,
      hasReference: this.#reference !== null || Boolean(this.#local?.source?.reference),
      hasPeers: this.#peers.length > 0,
    };
    this.#report = { ...knownFigures(figures, means), stages: this.#stageReport };
  }

  /** Looks for the source of the marks on this page. Returns whether another one was found. */
  #followSource(): boolean {
    const id = this.#report.video?.sources.at(-1);
    if (id === undefined) return false;
    const last = this.#local;
    this.#local = { id, source: this.#findSource(id) };
    const isNew = last?.id !== id || Boolean(last.source) !== Boolean(this.#local.source);
    if (isNew) this.#postSettings();
    this.#postReference();
    return isNew;
  }

  #relation(): ClockOffset | null {
    const clock = this.#clock ?? (this.#local?.source ? 0 : null);
    if (clock === null) return null;
    const { offset, uncertainty } = typeof clock === 'number' ? { offset: clock, uncertainty: 0 } : clock;
    return { offset, uncertainty: uncertainty + timerStep() };
  }

  #postSettings(): void {
    const frameRate = parseRate(this.#frameRate);
    const compareEvery = this.#compareEvery;
    void this.#connection
      ?.then(({ client }) => client.post({ type: 'settings', clock: this.#relation(), frameRate, compareEvery }))
      .catch(() => {});
  }

  #postReference(): void {
    const reference = this.#reference ?? this.#local?.source?.reference ?? null;
    const text = JSON.stringify(reference);
    const connection = this.#connection;
    if (!connection || text === this.#sentReference) return;
    this.#sentReference = text;
    const send = async () => {
      const { client, lease } = await connection;
      if (reference) await importPart(lease.worker, referencePart);
      if (this.#sentReference === text) client.post({ type: 'reference', reference });
    };
    send().catch(this.#fail);
  }

  readonly #fail = (error: Error): void => this.#tell('error', error);

  #tell(type: 'error' | 'warning', error: Error): void {
    if (!this.#isClosed) report(this, type, error);
  }
}

/** The worker of a page's probes, and the end of its conversation with one of them. */
interface WorkerConnection {
  readonly lease: WorkerLease;
  readonly client: PortClient<ProbeRequests, ProbeCommand, ProbeEvent>;
}

/** Makes the worker import a part, once. */
const importPart = (worker: Worker, part: Script): Promise<void> =>
  loadOnce(worker, part, () =>
    loadScript(part, async (url) => {
      const client = new PortClient<{ import(request: Pick<ImportPart, 'url'>): void }>(worker);
      try {
        await client.request('import', { url: `${url}` });
      } finally {
        client.close();
      }
    }),
  );

const probeWorker: WorkerScript = {
  file: 'track-elements-probe-worker.js',
  text: () => import('../../workers/track-elements-probe-worker-text.js'),
};

const audioPart: Script = {
  file: 'track-elements-probe-audio-part.js',
  text: () => import('../../workers/track-elements-probe-audio-part-text.js'),
};

const referencePart: Script = {
  file: 'track-elements-reference-part.js',
  text: () => import('../../workers/track-elements-reference-part-text.js'),
};
