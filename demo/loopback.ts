import type { SourceElement } from 'track-elements';

/** Two peers in one page: what the first sends, encoded and encrypted, the second shows. */
export class Loopback {
  /** WebKitGTK is built without peer connections in Debian. */
  static readonly supported = typeof RTCPeerConnection === 'function';

  readonly #near = new RTCPeerConnection();
  readonly #far = new RTCPeerConnection();
  /** What has arrived. */
  readonly stream = new MediaStream();

  constructor() {
    this.#near.onicecandidate = ({ candidate }) => this.#far.addIceCandidate(candidate ?? undefined);
    this.#far.onicecandidate = ({ candidate }) => this.#near.addIceCandidate(candidate ?? undefined);
    this.#far.ontrack = ({ track }) => this.stream.addTrack(track);
  }

  get state(): RTCPeerConnectionState {
    return this.#far.connectionState;
  }

  /** Sends the tracks of these sources, and those that they have later. */
  async send(sources: readonly SourceElement[]): Promise<void> {
    await Promise.allSettled(sources.map(({ ready }) => ready));
    for (const source of sources) {
      if (!source.track) continue;
      const sender = this.#near.addTrack(source.track, source.stream);
      if (source.kind === 'video') await keepSize(sender);
      source.addEventListener('addtrack', ({ track }) => sender.replaceTrack(track));
      source.addEventListener('removetrack', () => sender.replaceTrack(null));
    }
    await this.#near.setLocalDescription();
    await this.#far.setRemoteDescription(this.#near.localDescription as RTCSessionDescription);
    await this.#far.setLocalDescription();
    await this.#near.setRemoteDescription(this.#far.localDescription as RTCSessionDescription);
  }

  /** What the receiving peer has counted of a kind, and the name of the codec. */
  async received(kind: 'video' | 'audio'): Promise<{ counts: RTCInboundRtpStreamStats | null; codec: string }> {
    const reports = new Map(await this.#far.getStats());
    const all = [...reports.values()];
    const counts = all.find((report) => report.type === 'inbound-rtp' && report.kind === kind) ?? null;
    const mimeType: string = reports.get(counts?.codecId ?? '')?.mimeType ?? '';
    return { counts, codec: mimeType.split('/')[1] ?? '' };
  }
}

/** A test picture is to arrive at its size: better fewer pictures than smaller ones, where there is little to spend. */
async function keepSize(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  parameters.degradationPreference = 'maintain-resolution';
  await sender.setParameters(parameters).catch(() => {});
}
