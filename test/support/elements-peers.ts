/** Two peers in one page, as near to a call as a page comes. */
export interface Call {
  readonly sender: RTCPeerConnection;
  readonly receiver: RTCPeerConnection;
  /** What arrives, in the order of the tracks sent. */
  readonly tracks: MediaStreamTrack[];
  /** The figures of what arrives, of one kind. */
  inbound(kind: 'video' | 'audio'): Promise<RTCInboundRtpStreamStats | undefined>;
  close(): void;
}

/** Sends tracks from one peer to another. */
export async function call(tracks: readonly MediaStreamTrack[]): Promise<Call> {
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
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
    async inbound(kind) {
      const report: ReadonlyMap<string, RTCInboundRtpStreamStats> = await receiver.getStats();
      return [...report.values()].find((stats) => stats.type === 'inbound-rtp' && stats.kind === kind);
    },
    close() {
      sender.close();
      receiver.close();
    },
  };
}
