/** A call between two peer connections in one page. */
import type { TrackKind } from '../../dist/signals/track-kind.js';
import { onCleanup } from './cleanup.js';

export interface PeerCall {
  readonly sender: RTCPeerConnection;
  readonly receiver: RTCPeerConnection;
  /** The received tracks, in the order of the sent ones. */
  readonly tracks: MediaStreamTrack[];
  /** The statistics of the received track of this kind. */
  inboundStats(kind: TrackKind): Promise<RTCInboundRtpStreamStats | undefined>;
  /** Ends the call before the test is over. */
  close(): void;
}

/** Sends tracks from one peer connection to another, until the test is over. */
export async function connectPeers(tracks: readonly MediaStreamTrack[]): Promise<PeerCall> {
  const sender = new RTCPeerConnection();
  const receiver = new RTCPeerConnection();
  const close = () => {
    sender.close();
    receiver.close();
  };
  onCleanup(close);
  sender.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && sender.addIceCandidate(candidate);
  for (const track of tracks) sender.addTrack(track, new MediaStream([track]));
  const offer = await sender.createOffer();
  await sender.setLocalDescription(offer);
  await receiver.setRemoteDescription(offer);
  const answer = await receiver.createAnswer();
  await receiver.setLocalDescription(answer);
  await sender.setRemoteDescription(answer);
  return {
    sender,
    receiver,
    tracks: receiver.getReceivers().map(({ track }) => track),
    async inboundStats(kind) {
      const report: ReadonlyMap<string, RTCInboundRtpStreamStats> = await receiver.getStats();
      return [...report.values()].find((stats) => stats.type === 'inbound-rtp' && stats.kind === kind);
    },
    close,
  };
}

/** Makes the engine look as if it had no peer connections, until the test is over. */
export function hidePeerConnections(): void {
  const { RTCPeerConnection: original } = globalThis;
  Object.assign(globalThis, { RTCPeerConnection: undefined });
  onCleanup(() => original && Object.assign(globalThis, { RTCPeerConnection: original }));
}
