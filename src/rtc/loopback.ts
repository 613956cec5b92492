import { acquireEngine, loadPart, type Part } from '../engine/page/engine-client.js';
import type { WorkerLease } from '../generator/page/worker-pool.js';
import { checkValue } from '../signals/checks.js';
import { checkCodecs, preferCodecs } from './codec-preference.js';
import { checkImpairments, type Impairments } from './impairments.js';
import { type LoopbackStats, StatsReader } from './loopback-stats.js';
import { applySendOptions, checkSendOptions, type SendOptions } from './send-options.js';
import type { ImpairerOptions } from './worker/frame-impairer.js';

/** What a loopback can be told, at any time. */
export interface LoopbackSettings extends Omit<SendOptions, 'codec' | 'simulcast'>, Impairments {
  /** Codecs in the order of preference; empty for the browser's choice. */
  readonly codec: string;
  /** Milliseconds that the receivers' jitter buffers aim at; 0 for the browser's choice. */
  readonly jitterTarget: number;
}

/** Whom a loopback tells what happens to it. */
export interface LoopbackListener {
  /** Other tracks come out, or the first packet of one has come. */
  tracksChanged(): void;
  /** The connection between the peers was made, or broke. */
  connectionChanged(state: RTCPeerConnectionState): void;
}

const impairing: Part = {
  file: 'impairment-part.js',
  url: () => new URL('./worker/impairment-part.js', import.meta.url),
  text: () => import('./worker/impairment-part-text.js'),
};

const kinds = ['video', 'audio'] as const;
type Kind = (typeof kinds)[number];

/**
 * Two real peer connections in one page: what is given to one comes out of the other, encoded, sent and decoded. Both
 * kinds are negotiated once, at the start, so that a change of track is a `replaceTrack()`.
 */
export class Loopback {
  readonly #listener: LoopbackListener;
  readonly #from = new RTCPeerConnection();
  readonly #to = new RTCPeerConnection();
  readonly #stats: StatsReader;
  readonly #ports = new Map<Kind, MessagePort>();
  #host: WorkerLease | null = null;
  #settings: LoopbackSettings;
  #codec: string | undefined;
  /** One thing after the other: a negotiation does not stand another beside it. */
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @throws {DOMException} `NotSupportedError` in a browser without `RTCPeerConnection`. */
  static open(settings: LoopbackSettings, listener: LoopbackListener): Loopback {
    if (typeof RTCPeerConnection === 'function') return new Loopback(settings, listener);
    throw new DOMException('This browser has no RTCPeerConnection, so nothing can be sent here.', 'NotSupportedError');
  }

  private constructor(settings: LoopbackSettings, listener: LoopbackListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#stats = new StatsReader(this.#from, this.#to);
    const [from, to] = [this.#from, this.#to];
    from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined).catch(() => {});
    to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined).catch(() => {});
    to.onconnectionstatechange = () => listener.connectionChanged(to.connectionState);
    for (const kind of kinds) from.addTransceiver(kind, { direction: 'sendonly' });
  }

  /** Connects the peers. */
  async start(): Promise<void> {
    checkSettings(this.#settings);
    // What changes meanwhile waits for it.
    const ready = this.#prepare();
    this.#queue = ready.catch(() => {});
    await ready;
    await this.change(this.#settings);
  }

  get isConnected(): boolean {
    return this.#to.connectionState === 'connected';
  }

  /** What comes out: of each kind that is given, the track of the receiver. */
  get tracks(): readonly MediaStreamTrack[] {
    return kinds.flatMap((kind) => {
      const index = kinds.indexOf(kind);
      const receiver = this.#to.getTransceivers()[index]?.receiver;
      return receiver && this.#sender(kind).track ? [receiver.track] : [];
    });
  }

  /** Sends another track in place of the last, without a new negotiation; `null` sends nothing. */
  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    await this.#sender(kind).replaceTrack(track);
    this.#listener.tracksChanged();
  }

  /** @throws {RangeError | TypeError} for what is out of range or unknown; what was set before stays. */
  async change(settings: LoopbackSettings): Promise<void> {
    checkSettings(settings);
    this.#settings = settings;
    const done = this.#queue
      .then(() => this.#apply(settings))
      .catch((error) => {
        if (!this.#closed) throw error;
      });
    this.#queue = done.catch(() => {});
    await done;
  }

  getStats(): Promise<LoopbackStats> {
    return this.#stats.read();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#from.close();
    this.#to.close();
    for (const port of this.#ports.values()) port.close();
    this.#host?.release();
    this.#host = null;
  }

  async #prepare(): Promise<void> {
    const host = await acquireEngine();
    if (this.#closed) {
      host.release();
      return;
    }
    this.#host = host;
    if (canImpair()) await loadPart(host.worker, impairing);
    this.#to.ontrack = ({ track, receiver }) => this.#impair(track, receiver, host.worker);
  }

  async #apply(settings: LoopbackSettings): Promise<void> {
    if (this.#closed) return;
    if (settings.codec !== this.#codec) await this.#negotiate(settings.codec);
    if (this.#closed) return;
    for (const port of this.#ports.values()) port.postMessage(impairmentsOf(settings));
    for (const { receiver } of this.#to.getTransceivers()) {
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = settings.jitterTarget || null;
    }
    await applySendOptions(this.#sender('video'), settings);
  }

  async #negotiate(codec: string): Promise<void> {
    const [from, to] = [this.#from, this.#to];
    for (const [i, transceiver] of from.getTransceivers().entries()) {
      transceiver.setCodecPreferences([]);
      preferCodecs(transceiver, kinds[i] as Kind, codec, 'send');
    }
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription as RTCSessionDescription);
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription as RTCSessionDescription);
    this.#codec = codec;
  }

  /** Puts a transform between the network and the decoder. */
  #impair(track: MediaStreamTrack, receiver: RTCRtpReceiver, worker: Worker): void {
    track.addEventListener('unmute', () => this.#listener.tracksChanged());
    if (!canImpair()) return;
    const { port1, port2: port } = new MessageChannel();
    this.#ports.set(track.kind as Kind, port1);
    port1.postMessage(impairmentsOf(this.#settings));
    receiver.transform = new RTCRtpScriptTransform(worker, { port } satisfies ImpairerOptions, [port]);
  }

  #sender(kind: Kind): RTCRtpSender {
    return (this.#from.getTransceivers()[kinds.indexOf(kind)] as RTCRtpTransceiver).sender;
  }
}

const canImpair = (): boolean => typeof RTCRtpScriptTransform === 'function';

const impairmentsOf = ({ loss, delay, jitter, freeze, seed }: Impairments): Impairments => ({
  loss,
  delay,
  jitter,
  freeze,
  seed,
});

function checkSettings(settings: LoopbackSettings): void {
  checkSendOptions(settings);
  checkCodecs(settings.codec, 'send');
  checkImpairments(settings);
  const { jitterTarget } = settings;
  checkValue(jitterTarget >= 0 && jitterTarget <= 4000, 'jitterTarget', jitterTarget, 'from 0 to 4000 ms');
}
