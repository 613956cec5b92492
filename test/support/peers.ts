import { afterwards } from './afterwards.js';
import { eventOf } from './until.js';

/** WebKitGTK as Debian builds it has none. */
export const hasPeers = typeof RTCPeerConnection === 'function';

/** Why a test that needs one is skipped. */
export const noPeers = 'this engine has no RTCPeerConnection';

/** Two peers in one page, and a track at both ends. Gone when the test is over. */
export interface Call {
  readonly received: MediaStreamTrack;
  readonly sender: RTCRtpSender;
  readonly receiver: RTCRtpReceiver;
}

/** Sends a track over a peer connection. */
export async function call(track: MediaStreamTrack): Promise<Call> {
  const from = new RTCPeerConnection();
  const to = new RTCPeerConnection();
  afterwards(() => {
    from.close();
    to.close();
  });
  from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined);
  to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined);
  const arrived = eventOf<RTCTrackEvent>(to, 'track');
  const sender = from.addTrack(track, new MediaStream([track]));
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription as RTCSessionDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription as RTCSessionDescription);
  const { track: received, receiver } = await arrived;
  return { received, sender, receiver };
}
