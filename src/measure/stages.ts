import { noStages, type StageReport } from './probe-report.js';

type Stats = Readonly<Record<string, number> & Record<string, string>>;

/**
 * Reads from the statistics of peer connections where the time of a picture passes: means since the last reading. A sending
 * connection tells of `encode`, a receiving one of the others.
 */
export class StageReader {
  #last = new Map<string, Stats>();

  /** @param connections One end of the path, or both. */
  async read(connections: readonly RTCPeerConnection[]): Promise<StageReport> {
    const reports = await Promise.all(connections.map((connection) => connection.getStats().catch(() => null)));
    const stats: Stats[] = reports.flatMap((report) =>
      report ? [...(report as unknown as Map<string, Stats>).values()] : [],
    );
    const last = this.#last;
    this.#last = new Map(stats.map((each) => [each.id, each]));
    const inbound = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    const outbound = stats.find(
      ({ type, kind, framesEncoded }) => type === 'outbound-rtp' && kind === 'video' && framesEncoded > 0,
    );
    const pair = stats.find(
      ({ type, nominated, currentRoundTripTime }) =>
        type === 'candidate-pair' && Boolean(nominated) && currentRoundTripTime !== undefined,
    );
    const mean = (of: Stats | undefined, total: string, count: string) =>
      meanSince(last.get(of?.id ?? ''), of, total, count);
    return {
      ...noStages,
      encode: mean(outbound, 'totalEncodeTime', 'framesEncoded'),
      // Nothing tells the time of one direction.
      network: pair ? (pair.currentRoundTripTime * 1000) / 2 : null,
      jitterBuffer: mean(inbound, 'jitterBufferDelay', 'jitterBufferEmittedCount'),
      decode: mean(inbound, 'totalDecodeTime', 'framesDecoded'),
    };
  }
}

/** Milliseconds of a frame since the last reading, or since the start if there were none since; `null` if nothing tells them. */
function meanSince(last: Stats | undefined, stats: Stats | undefined, total: string, count: string): number | null {
  if (stats?.[total] === undefined || !(stats[count] > 0)) return null;
  const frames = stats[count] - (last?.[count] ?? 0);
  if (frames <= 0) return (stats[total] / stats[count]) * 1000;
  return ((stats[total] - (last?.[total] ?? 0)) / frames) * 1000;
}
