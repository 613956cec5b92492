import { noStages, type StageReport } from './probe-report.js';

type Stats = Readonly<Record<string, number> & Record<string, string>>;

/** The statistics of a peer connection by their ids, and those of the previous reading. */
interface Reading {
  readonly stats: ReadonlyMap<string, Stats>;
  readonly last: ReadonlyMap<string, Stats> | undefined;
}

/** The statistics of one stream, and where they were read. */
interface Stream {
  readonly stats: Stats;
  readonly reading: Reading;
}

/**
 * Reads from the statistics of peer connections where the time of a picture passes: means since the last reading. A sending
 * connection gives `encode`, and a receiving connection gives the others.
 */
export class StageReader {
  /** Two connections may use the same ids, so that each has its own. */
  readonly #last = new WeakMap<RTCPeerConnection, ReadonlyMap<string, Stats>>();

  /**
   * @param connections One end of the path, or both.
   * @param trackId The id of the video track that is measured. If there are several streams of pictures, only the one that is
   * known to belong to the track counts. If there is only one, it counts, because the track may be a clone of its track.
   */
  async read(connections: readonly RTCPeerConnection[], trackId: string | undefined): Promise<StageReport> {
    const readings = await Promise.all(connections.map((connection) => this.#readOne(connection)));
    const inbound = inboundOf(readings, trackId);
    const outbound = outboundOf(readings, trackId, inbound);
    const pairs = (inbound ? [inbound] : outbound).flatMap(({ stats, reading }) => selectedPairs(reading, stats));
    // A connection that has no statistics of pictures yet may know its round trip.
    const [pair] = pairs.length > 0 ? pairs : readings.flatMap((reading) => selectedPairs(reading));
    return {
      ...noStages,
      encode: meanOf(outbound, 'totalEncodeTime', 'framesEncoded'),
      // Nothing tells the time of one direction.
      network: pair?.currentRoundTripTime === undefined ? null : (pair.currentRoundTripTime * 1000) / 2,
      jitterBuffer: meanOf(inbound ? [inbound] : [], 'jitterBufferDelay', 'jitterBufferEmittedCount'),
      decode: meanOf(inbound ? [inbound] : [], 'totalDecodeTime', 'framesDecoded'),
    };
  }

  async #readOne(connection: RTCPeerConnection): Promise<Reading> {
    // A closed connection may reject.
    const stats = (await connection.getStats().catch(() => new Map())) as ReadonlyMap<string, Stats>;
    const last = this.#last.get(connection);
    this.#last.set(connection, stats);
    return { stats, last };
  }
}

const streamsOf = (readings: readonly Reading[], asked: 'inbound-rtp' | 'outbound-rtp'): Stream[] =>
  readings.flatMap((reading) =>
    [...reading.stats.values()].flatMap((stats) =>
      stats.type === asked && stats.kind === 'video' ? { stats, reading } : [],
    ),
  );

function inboundOf(readings: readonly Reading[], trackId: string | undefined): Stream | undefined {
  const streams = streamsOf(readings, 'inbound-rtp');
  const own = streams.find(({ stats }) => trackId !== undefined && stats.trackIdentifier === trackId);
  return own ?? (streams.length === 1 ? streams[0] : undefined);
}

/** The streams by which the pictures of the track are sent: several where they are sent in more than one size. */
function outboundOf(
  readings: readonly Reading[],
  trackId: string | undefined,
  inbound: Stream | undefined,
): readonly Stream[] {
  const streams = streamsOf(readings, 'outbound-rtp').filter(({ stats }) => stats.framesEncoded > 0);
  const received = streams.filter(({ stats }) => inbound && stats.ssrc === inbound.stats.ssrc);
  if (received.length > 0) return received;
  const own = streams.filter(
    ({ stats, reading }) =>
      trackId !== undefined && reading.stats.get(stats.mediaSourceId)?.trackIdentifier === trackId,
  );
  if (own.length > 0) return own;
  const sources = new Set(streams.map(({ stats }) => stats.mediaSourceId));
  return sources.size === 1 ? streams : [];
}

/** The candidate pairs that are in use: the pair of a stream's transport, or all pairs of the connection. */
function selectedPairs({ stats }: Reading, stream?: Stats): readonly Stats[] {
  const all = [...stats.values()];
  const isOwn = (id: string) => !stream?.transportId || id === stream.transportId;
  const chosen = all.flatMap(({ type, id, selectedCandidatePairId }) =>
    type === 'transport' && isOwn(id) ? selectedCandidatePairId : [],
  );
  const pairs = all.filter(({ type, transportId }) => type === 'candidate-pair' && isOwn(transportId));
  const selected = pairs.filter(({ id }) => chosen.includes(id));
  if (selected.length > 0) return selected;
  // Firefox has no statistics of transports, and marks the pair itself.
  return pairs.filter((pair) => Boolean(pair.selected));
}

/** Milliseconds of a frame since the last reading, or since the start if there were none since; `null` if nothing tells them. */
function meanOf(streams: readonly Stream[], total: string, count: string): number | null {
  const known = streams.filter(({ stats }) => stats[total] !== undefined && stats[count] > 0);
  const sum = (name: string, of: (stream: Stream) => Stats | undefined) =>
    known.reduce((all, stream) => all + (of(stream)?.[name] ?? 0), 0);
  const now = ({ stats }: Stream) => stats;
  const before = ({ stats, reading }: Stream) => reading.last?.get(stats.id);
  if (known.length === 0) return null;
  const frames = sum(count, now) - sum(count, before);
  if (frames <= 0) return (sum(total, now) / sum(count, now)) * 1000;
  return ((sum(total, now) - sum(total, before)) / frames) * 1000;
}
