/** What passes through a loopback, measured since the last reading where it is a rate. */
export interface LoopbackStats {
  /** Milliseconds, of the ICE candidate pair. */
  readonly roundTripTime: number | null;
  readonly video: VideoStats | null;
  readonly audio: AudioStats | null;
}

export interface FlowStats {
  /** Such as `video/VP8`. */
  readonly codec: string;
  /** Bits a second, as received. */
  readonly bitrate: number;
  /** Bits a second, as sent. */
  readonly sentBitrate: number;
  /** Mean time in the jitter buffer, milliseconds. */
  readonly jitterBufferDelay: number;
  readonly packetsLost: number;
}

export interface VideoStats extends FlowStats {
  readonly width: number;
  readonly height: number;
  /** Decoded frames a second. */
  readonly frameRate: number;
  readonly framesDecoded: number;
  readonly framesDropped: number;
  readonly freezes: number;
  /** Such as `libvpx`; empty where the browser does not tell. */
  readonly encoder: string;
  readonly decoder: string;
  /** What makes the encoder send less than it was given: `none`, `cpu`, `bandwidth`, `other`. */
  readonly limitation: string;
}

export interface AudioStats extends FlowStats {
  readonly concealedSamples: number;
  readonly samples: number;
}

type Report = Readonly<Record<string, number> & Record<string, string>>;

/** Reads the reports of two peers, and what has changed since the last reading. */
export class StatsReader {
  readonly #from: RTCPeerConnection;
  readonly #to: RTCPeerConnection;
  readonly #before = new Map<string, Report>();

  constructor(from: RTCPeerConnection, to: RTCPeerConnection) {
    this.#from = from;
    this.#to = to;
  }

  async read(): Promise<LoopbackStats> {
    const [sent, received] = await Promise.all([this.#from.getStats(), this.#to.getStats()]);
    const find = (reports: RTCStatsReport, test: (report: Report) => boolean): Report | undefined =>
      [...(reports as ReadonlyMap<string, Report>).values()].find(test);
    const pair = find(
      sent,
      ({ type, nominated, state }) => type === 'candidate-pair' && !!nominated && state === 'succeeded',
    );
    const flows = ['video', 'audio'].map((wanted) => ({
      inbound: find(received, ({ type, kind }) => type === 'inbound-rtp' && kind === wanted),
      outbound: find(sent, ({ type, kind }) => type === 'outbound-rtp' && kind === wanted),
    }));
    const [video, audio] = flows.map(({ inbound, outbound }) => {
      const codec = inbound?.codecId ? (received as ReadonlyMap<string, Report>).get(inbound.codecId) : undefined;
      return inbound && Number(inbound.packetsReceived) > 0
        ? this.#flow(inbound, outbound, codec?.mimeType ?? '')
        : null;
    });
    return {
      roundTripTime: pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
      video: video && { ...video, ...videoOf(flows[0]?.inbound as Report, flows[0]?.outbound) },
      audio: audio && { ...audio, ...audioOf(flows[1]?.inbound as Report) },
    };
  }

  #flow(now: Report, outbound: Report | undefined, codec: string): FlowStats {
    const sent = outbound ? this.#since(outbound) : () => 0;
    const since = this.#since(now);
    return {
      codec,
      bitrate: (since('bytesReceived') * 8000) / (since('timestamp') || Number.POSITIVE_INFINITY),
      sentBitrate: (sent('bytesSent') * 8000) / (sent('timestamp') || Number.POSITIVE_INFINITY),
      jitterBufferDelay: (since('jitterBufferDelay') * 1000) / Math.max(1, since('jitterBufferEmittedCount')),
      packetsLost: now.packetsLost ?? 0,
    };
  }

  /** By how much a figure has grown since the last reading; of the first one nothing has. */
  #since(now: Report): (name: string) => number {
    const before = this.#before.get(now.id) ?? now;
    this.#before.set(now.id, now);
    return (name) => (now[name] ?? 0) - (before[name] ?? 0);
  }
}

const videoOf = (inbound: Report, outbound: Report | undefined): Omit<VideoStats, keyof FlowStats> => ({
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

const audioOf = (inbound: Report): Omit<AudioStats, keyof FlowStats> => ({
  concealedSamples: inbound.concealedSamples ?? 0,
  samples: inbound.totalSamplesReceived ?? 0,
});
