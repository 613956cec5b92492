import { acquireEngine, loadPart } from '../engine/page/engine-client.js';
import { has, hasNative } from '../generator/features.js';
import type { Script } from '../generator/page/load-script.js';
import { PortClient } from '../generator/page/port-client.js';
import type { WorkerLease } from '../generator/page/worker-pool.js';
import type { TrackKind } from '../signals/track-kind.js';
import { checkCodecs, preferCodecs } from './codec-preference.js';
import {
  checkImpairments,
  type ImpairCommand,
  type ImpairerEvent,
  type ImpairerOptions,
  type ImpairerRequests,
  type ImpairmentCounts,
  type Impairments,
  noImpairmentCounts,
  roundTripTime,
} from './impairments.js';
import { checkJitterTarget } from './jitter-target.js';
import { type LoopbackStats, StatsReader } from './loopback-stats.js';
import { OpusNegotiation } from './opus-negotiation.js';
import { DEFAULT_OPUS_BITRATE, receivedOpus, sentOpus } from './opus-parameters.js';
import { applySendOptions, checkSendOptions, needsNegotiation, type SendOptions } from './send-options.js';

/** The settings of a loopback. All of them can change at any time. */
export interface LoopbackSettings extends Omit<SendOptions, 'codec' | 'simulcast'>, Impairments {
  /** Codecs in the order of preference; empty for the browser's choice. */
  readonly codec: string;
  /** Target delay of the receivers' jitter buffers in milliseconds, 0 to 4000; `null` for the browser's choice. */
  readonly jitterTarget: number | null;
}

/** Receives the reports of a loopback. */
export interface LoopbackListener {
  /** `tracks` has changed, or the first packet of a track has arrived. */
  tracksChanged(): void;
  /** The state of the connection between the two peers has changed. */
  connectionChanged(state: RTCPeerConnectionState): void;
  /** A setting has no effect in this browser. Reported once. */
  warned(warning: DOMException): void;
}

/**
 * Two real peer connections in one page: a track that one sends is encoded, transported, and decoded by the other. Video
 * and audio are both negotiated once, at the start, so that another track only takes a `replaceTrack()`.
 */
export class Loopback {
  readonly #listener: LoopbackListener;
  readonly #sendingPeer = new RTCPeerConnection();
  readonly #receivingPeer = new RTCPeerConnection();
  readonly #offering = new OpusNegotiation(this.#sendingPeer, {
    own: () => sentOpus(this.#senderOf('audio')?.track),
  });
  readonly #answering = new OpusNegotiation(this.#receivingPeer, {
    // Chromium keeps a bit rate that is no longer in the answer.
    own: () => receivedOpus({ ...this.#settings, audioBitrate: this.#settings.audioBitrate ?? DEFAULT_OPUS_BITRATE }),
  });
  readonly #stats: StatsReader;
  readonly #tracksToSend = new Map<TrackKind, MediaStreamTrack | null>();
  readonly #impairers = new Map<TrackKind, Impairer>();
  #engine: WorkerLease | null = null;
  #settings: LoopbackSettings;
  #negotiatedSettings: LoopbackSettings | null = null;
  /** Changes run one after the other: only one negotiation can run at a time. */
  #pendingChanges: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #hasWarned = false;

  /** @throws {DOMException} `NotSupportedError` in a browser without `RTCPeerConnection`. */
  static open(settings: LoopbackSettings, listener: LoopbackListener): Loopback {
    if (has('RTCPeerConnection')) return new Loopback(settings, listener);
    throw new DOMException('This browser has no RTCPeerConnection, so a loopback cannot work.', 'NotSupportedError');
  }

  private constructor(settings: LoopbackSettings, listener: LoopbackListener) {
    this.#settings = settings;
    this.#listener = listener;
    const [sending, receiving] = [this.#sendingPeer, this.#receivingPeer];
    this.#stats = new StatsReader(sending, receiving);
    sending.onicecandidate = ({ candidate }) => void addCandidate(receiving, candidate);
    receiving.onicecandidate = ({ candidate }) => void addCandidate(sending, candidate);
    receiving.onconnectionstatechange = () => listener.connectionChanged(receiving.connectionState);
  }

  /**
   * Connects the peers.
   *
   * @throws {RangeError | TypeError} for a setting that is out of range or unknown.
   */
  async start(): Promise<void> {
    checkSettings(this.#settings);
    const prepared = this.#prepare();
    // Settings that change during this time are applied afterwards.
    this.#pendingChanges = prepared.catch(() => {});
    await prepared;
    await this.change(this.#settings);
  }

  get isConnected(): boolean {
    return this.#receivingPeer.connectionState === 'connected';
  }

  /** The received tracks: one for each kind that is being sent. */
  get tracks(): readonly MediaStreamTrack[] {
    const transceivers = this.#receivingPeer.getTransceivers();
    return kinds.flatMap((kind, index) => {
      const receiver = transceivers[index]?.receiver;
      return receiver && this.#senderOf(kind)?.track ? [receiver.track] : [];
    });
  }

  /** Sends another track in place of the previous one, without a negotiation; `null` sends nothing. */
  async setTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    this.#tracksToSend.set(kind, track);
    await this.#senderOf(kind)?.replaceTrack(track);
    this.#listener.tracksChanged();
  }

  /** @throws {RangeError | TypeError} for a setting that is out of range or unknown. The previous settings then stay. */
  async change(settings: LoopbackSettings): Promise<void> {
    checkSettings(settings);
    this.#settings = settings;
    const applied = this.#pendingChanges
      .then(() => this.#apply(settings))
      .catch((error) => {
        if (!this.#isClosed) throw error;
      });
    this.#pendingChanges = applied.catch(() => {});
    await applied;
  }

  async getStats(): Promise<LoopbackStats> {
    const counts = await Promise.all(kinds.map((kind) => this.#impairers.get(kind)?.getCounts()));
    const [video, audio] = counts;
    return this.#stats.read({ delay: this.#impairers.size ? this.#settings.delay : 0, video, audio });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sendingPeer.close();
    this.#receivingPeer.close();
    for (const impairer of this.#impairers.values()) impairer.close();
    this.#engine?.release();
    this.#engine = null;
  }

  async #prepare(): Promise<void> {
    const engine = await acquireEngine();
    if (this.#isClosed) {
      engine.release();
      return;
    }
    this.#engine = engine;
    this.#receivingPeer.ontrack = ({ track }) => {
      track.addEventListener('unmute', () => this.#listener.tracksChanged());
    };
    if (canImpair()) await loadPart(engine.worker, impairmentPart);
    if (!this.#isClosed) for (const kind of kinds) this.#addTransceiver(kind, engine.worker);
  }

  async #apply(settings: LoopbackSettings): Promise<void> {
    if (this.#isClosed) return;
    this.#warnOfMissingTransform(settings);
    const videoSender = this.#senderOf('video');
    // Before the first frame: one that is encoded without them is small. Firefox takes them after the negotiation only.
    if (videoSender && !this.#negotiatedSettings) await applySendOptions(videoSender, settings);
    if (this.#isClosed) return;
    if (!this.#negotiatedSettings || needsNegotiation(this.#negotiatedSettings, settings)) {
      await this.#negotiate(settings);
    }
    if (this.#isClosed) return;
    for (const impairer of this.#impairers.values()) impairer.impair(settings);
    for (const { receiver } of this.#receivingPeer.getTransceivers()) {
      if ('jitterBufferTarget' in receiver) {
        receiver.jitterBufferTarget = settings.jitterTarget ?? retransmissionBuffer(receiver.track.kind, settings);
      }
    }
    if (videoSender) await applySendOptions(videoSender, settings);
  }

  async #negotiate(settings: LoopbackSettings): Promise<void> {
    const [sending, receiving] = [this.#sendingPeer, this.#receivingPeer];
    for (const kind of kinds) {
      const transceiver = this.#transceiverOf(kind);
      transceiver?.setCodecPreferences([]);
      if (transceiver) preferCodecs(transceiver, kind, settings.codec, 'send');
    }
    await sending.setLocalDescription(await this.#offering.createOffer());
    await this.#answering.setRemoteDescription(sending.localDescription as RTCSessionDescription);
    await receiving.setLocalDescription(await this.#answering.createAnswer());
    const { type, sdp } = receiving.localDescription as RTCSessionDescription;
    await this.#offering.setRemoteDescription({ type, sdp: withStartBitrate(sdp) });
    this.#negotiatedSettings = settings;
  }

  #warnOfMissingTransform({ loss, delay, jitter, freeze }: Impairments): void {
    if (canImpair() || this.#hasWarned || loss + delay + jitter + freeze === 0) return;
    this.#hasWarned = true;
    const message = 'This browser has no RTCRtpScriptTransform: loss, delay, jitter and freeze have no effect.';
    this.#listener.warned(new DOMException(message, 'NotSupportedError'));
  }

  #addTransceiver(kind: TrackKind, worker: Worker): void {
    const track = this.#tracksToSend.get(kind);
    const { sender } = this.#sendingPeer.addTransceiver(track ?? kind, { direction: 'sendonly' });
    // In the same task: Chromium never asks a transform that a sender gets later.
    if (!canImpair()) return;
    const impairer = new Impairer(kind, sender, worker, () => this.#requestKeyFrame(sender));
    this.#impairers.set(kind, impairer);
    // In force for the first frame, so that a seed loses the same ones in each run.
    impairer.impair(this.#settings);
  }

  /** With `encodingOptions`, which only browsers know that need it. The setting of parameters waits for its turn. */
  #requestKeyFrame(sender: RTCRtpSender): void {
    this.#pendingChanges = this.#pendingChanges
      .then(async () => {
        const parameters = sender.getParameters();
        const options = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
        await (sender.setParameters as SetParameters).call(sender, parameters, options);
      })
      // Asked for again until a key frame comes.
      .catch(() => {});
  }

  #transceiverOf(kind: TrackKind): RTCRtpTransceiver | undefined {
    return this.#sendingPeer.getTransceivers()[kinds.indexOf(kind)];
  }

  #senderOf(kind: TrackKind): RTCRtpSender | undefined {
    return this.#transceiverOf(kind)?.sender;
  }
}

/**
 * The page's end of a transform between an encoder and the network. On this side the receiver's jitter buffer sees late
 * frames as late, as behind a real network; behind the buffer they would not count.
 */
class Impairer {
  readonly #port: MessagePort;
  readonly #client: PortClient<ImpairerRequests, ImpairCommand, ImpairerEvent>;
  #counts = noImpairmentCounts();

  constructor(kind: TrackKind, sender: RTCRtpSender, worker: Worker, requestKeyFrame: () => void) {
    const { port1, port2: port } = new MessageChannel();
    this.#port = port1;
    this.#client = new PortClient(port1, requestKeyFrame);
    sender.transform = new RTCRtpScriptTransform(worker, { kind, port } satisfies ImpairerOptions, [port]);
  }

  impair({ loss, unrecovered, delay, jitter, freeze, seed }: Impairments): void {
    this.#client.post({ type: 'impair', impairments: { loss, unrecovered, delay, jitter, freeze, seed } });
  }

  /** After the transform has ended: the last counts that it reported. */
  async getCounts(): Promise<ImpairmentCounts> {
    this.#counts = await this.#client.request('count', {}).catch(() => this.#counts);
    return this.#counts;
  }

  close(): void {
    this.#client.close();
    this.#port.close();
  }
}

/** Runs in the engine's worker. */
const impairmentPart: Script = {
  file: 'track-elements-impairment-part.js',
  text: () => import('../workers/track-elements-impairment-part-text.js'),
};

/** In the order of the transceivers. */
const kinds: readonly TrackKind[] = ['video', 'audio'];

const canImpair = (): boolean => hasNative('RTCRtpScriptTransform');

/** `RTCSetParameterOptions` of WebRTC extensions, in Chromium since version 116. */
type SetParameters = (
  parameters: RTCRtpSendParameters,
  options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
) => Promise<void>;

/**
 * The buffer that waits for packets that are sent again, in milliseconds. libwebrtc adds a round trip, of at most 200 ms, once
 * a receiver has asked for packets again. Here it never does, so it cannot know.
 */
function retransmissionBuffer(kind: string, { loss, unrecovered, delay }: Impairments): number | null {
  const isSentAgain = canImpair() && kind === 'video' && loss > 0 && unrecovered < 1;
  return isSentAgain ? Math.min(roundTripTime({ delay }), MAX_RETRANSMISSION_BUFFER_MS) : null;
}

const MAX_RETRANSMISSION_BUFFER_MS = 200;

/**
 * An answer that lets Chromium begin at the bit rate of a good network. Otherwise it begins at 300 kbit/s. It then sends two
 * pictures per second of a detailed test card, until it has found that the path allows more.
 */
function withStartBitrate(sdp: string): string {
  let result = sdp;
  for (const [map, payloadType] of sdp.matchAll(/^a=rtpmap:(\d+) (?:VP8|VP9|AV1|H26[45])\/90000/gm)) {
    const format = `a=fmtp:${payloadType} `;
    const start = `${format}x-google-start-bitrate=${START_BITRATE_KBPS}`;
    result = result.includes(format) ? result.replace(format, `${start};`) : result.replace(map, `${map}\r\n${start}`);
  }
  return result;
}

const START_BITRATE_KBPS = 10_000;

const addCandidate = (peer: RTCPeerConnection, candidate: RTCIceCandidate | null): Promise<void> =>
  peer.addIceCandidate(candidate ?? undefined).catch(() => {});

function checkSettings(settings: LoopbackSettings): void {
  checkSendOptions(settings);
  checkCodecs(settings.codec, 'send');
  checkImpairments(settings);
  checkJitterTarget(settings.jitterTarget);
}
