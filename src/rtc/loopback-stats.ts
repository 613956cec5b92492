import type { TrackKind } from '../signals/track-kind.js';
import { type ImpairmentCounts, noImpairmentCounts } from './impairments.js';

/** Measurements of a loopback. Rates are means since the previous reading. */
export interface LoopbackStats {
  /**
   * Round-trip time in milliseconds: the time of the ICE candidate pair, plus twice the simulated `delay`; `null` while it is
   * unknown.
   */
  readonly roundTripTime: number | null;
  /** `null` until video arrives. */
  readonly video: VideoStats | null;
  /** `null` until audio arrives. */
  readonly audio: AudioStats | null;
}

/** Measurements of the video or the audio of a loopback. */
export interface FlowStats {
  /** MIME type, such as `video/VP8`. */
  readonly codec: string;
  /** Received bit/s. */
  readonly bitrate: number;
  /** Sent bit/s. */
  readonly sentBitrate: number;
  /** Mean time in the jitter buffer, in milliseconds. */
  readonly jitterBufferDelay: number;
  /**
   * Mean time in milliseconds by which the simulated network held the frames back: `delay`, `jitter`, `freeze`, and the
   * round trips of packets that were sent again. A frame comes this and `jitterBufferDelay` later than without.
   */
  readonly addedDelay: number;
  /**
   * Packets that were lost since the start: those that `loss` took, packets that were sent again included, and any that the
   * real connection lost.
   */
  readonly packetsLost: number;
  /** Lost packets that the simulated network sent again since the start. Audio is not sent again. */
  readonly packetsRetransmitted: number;
  /**
   * Encoded frames that never arrived since the start: frames that finally lost a packet by `loss`, and frames that could not
   * be decoded without these.
   */
  readonly framesLost: number;
}

/** Measurements of the video of a loopback. */
export interface VideoStats extends FlowStats {
  /** Width of the decoded frames in pixels. */
  readonly width: number;
  /** Height of the decoded frames in pixels. */
  readonly height: number;
  /** Decoded frames per second. */
  readonly frameRate: number;
  /** Frames that were decoded since the start. */
  readonly framesDecoded: number;
  /** Frames that were dropped since the start. */
  readonly framesDropped: number;
  /** Number of freezes since the start, as `freezeCount` of WebRTC. */
  readonly freezes: number;
  /** Name of the encoder, such as `libvpx`; empty if the browser does not report it. */
  readonly encoder: string;
  /** Name of the decoder; empty if the browser does not report it. */
  readonly decoder: string;
  /** Why the encoder reduces the quality: `none`, `cpu`, `bandwidth` or `other`; empty if the browser does not report it. */
  readonly limitation: string;
}

/** Measurements of the audio of a loopback. */
export interface AudioStats extends FlowStats {
  /** Samples that were made up because the real ones did not arrive in time, since the start. */
  readonly concealedSamples: number;
  /** Samples that were received since the start, the concealed ones included. */
  readonly samples: number;
}

/** The delay of the simulated network, and its counts since the start. */
export interface SimulatedNetwork {
  /** Delay of every frame in milliseconds. */
  readonly delay: number;
  readonly video?: ImpairmentCounts | undefined;
  readonly audio?: ImpairmentCounts | undefined;
}

type Report = Readonly<Record<string, number> & Record<string, string>>;
type Reports = ReadonlyMap<string, Report>;

/** Reads the reports of two peer connections, and what has changed since the previous reading. */
export class StatsReader {
  readonly #sendingPeer: RTCPeerConnection;
  readonly #receivingPeer: RTCPeerConnection;
  readonly #previous = new Map<string, Report>();
  readonly #previousCounts = new Map<string, Figures>();

  constructor(sendingPeer: RTCPeerConnection, receivingPeer: RTCPeerConnection) {
    this.#sendingPeer = sendingPeer;
    this.#receivingPeer = receivingPeer;
  }

  /** @param simulated Without the counts of a kind whose frames it does not reach. */
  async read(simulated: SimulatedNetwork): Promise<LoopbackStats> {
    const [sent, received] = (await Promise.all([
      this.#sendingPeer.getStats(),
      this.#receivingPeer.getStats(),
    ])) as unknown as [Reports, Reports];
    const pair = find(
      sent,
      ({ type, nominated, state }) => type === 'candidate-pair' && !!nominated && state === 'succeeded',
    );
    const reportsOf = (wanted: TrackKind) => ({
      inbound: find(received, ({ type, kind }) => type === 'inbound-rtp' && kind === wanted),
      outbound: find(sent, ({ type, kind }) => type === 'outbound-rtp' && kind === wanted),
    });
    const [video, audio] = [reportsOf('video'), reportsOf('audio')];
    return {
      roundTripTime:
        pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000 + 2 * simulated.delay,
      video: hasArrived(video.inbound)
        ? {
            ...this.#flow(video.inbound, video.outbound, received, simulated.video),
            ...videoFigures(video.inbound, video.outbound),
          }
        : null,
      audio: hasArrived(audio.inbound)
        ? { ...this.#flow(audio.inbound, audio.outbound, received, simulated.audio), ...audioFigures(audio.inbound) }
        : null,
    };
  }

  #flow(
    inbound: Report,
    outbound: Report | undefined,
    received: Reports,
    simulated: ImpairmentCounts = noImpairmentCounts(),
  ): FlowStats {
    const receivedGrowth = this.#growth(inbound);
    const sentGrowth = outbound ? this.#growth(outbound) : () => 0;
    // Its counts begin at 0 with the connection, so its first reading has a mean too.
    const simulatedGrowth = growth({ ...simulated }, this.#previousCounts.get(inbound.id) ?? {});
    this.#previousCounts.set(inbound.id, { ...simulated });
    return {
      codec: (inbound.codecId && received.get(inbound.codecId)?.mimeType) || '',
      bitrate: bitsPerSecond(receivedGrowth('bytesReceived'), receivedGrowth('timestamp')),
      sentBitrate: bitsPerSecond(sentGrowth('bytesSent'), sentGrowth('timestamp')),
      jitterBufferDelay:
        (receivedGrowth('jitterBufferDelay') * 1000) / Math.max(1, receivedGrowth('jitterBufferEmittedCount')),
      addedDelay: simulatedGrowth('totalDelay') / Math.max(1, simulatedGrowth('framesDelivered')),
      packetsLost: (inbound.packetsLost ?? 0) + simulated.packetsLost,
      packetsRetransmitted: simulated.packetsRetransmitted,
      framesLost: simulated.framesLost,
    };
  }

  /** By how much a figure has grown since the previous reading; 0 at the first one. */
  #growth(report: Report): (name: string) => number {
    const previous = this.#previous.get(report.id) ?? report;
    this.#previous.set(report.id, report);
    return growth(report, previous);
  }
}

type Figures = Readonly<Record<string, number>>;

const growth =
  (now: Figures, before: Figures) =>
  (name: string): number =>
    (now[name] ?? 0) - (before[name] ?? 0);

const find = (reports: Reports, test: (report: Report) => boolean): Report | undefined =>
  [...reports.values()].find(test);

const hasArrived = (inbound: Report | undefined): inbound is Report => Number(inbound?.packetsReceived) > 0;

const bitsPerSecond = (bytes: number, milliseconds: number): number =>
  milliseconds === 0 ? 0 : (bytes * 8000) / milliseconds;

const videoFigures = (inbound: Report, outbound: Report | undefined): Omit<VideoStats, keyof FlowStats> => ({
  width: inbound.frameWidth ?? 0,
  height: inbound.frameHeight ?? 0,
  frameRate: inbound.framesPerSecond ?? 0,
  framesDecoded: inbound.framesDecoded ?? 0,
  framesDropped: inbound.framesDropped ?? 0,
  freezes: inbound.freezeCount ?? 0,
  encoder: outbound?.encoderImplementation ?? '',
  decoder: inbound.decoderImplementation ?? '',
  limitation: outbound?.qualityLimitationReason ?? '',
});

const audioFigures = (inbound: Report): Omit<AudioStats, keyof FlowStats> => ({
  concealedSamples: inbound.concealedSamples ?? 0,
  samples: inbound.totalSamplesReceived ?? 0,
});
