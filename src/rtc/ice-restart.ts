import type { HttpSession } from './http-session.js';
import type { LocalCandidates } from './local-candidates.js';
import type { OpusNegotiation } from './opus-negotiation.js';
import { answerOfOffer, withFragment, writeFragment } from './sdp.js';
import type { Clock } from './timing.js';

export interface IceRestartInit {
  readonly peer: RTCPeerConnection;
  readonly negotiation: OpusNegotiation;
  readonly candidates: LocalCandidates;
  readonly resource: HttpSession;
  readonly clock: Clock;
  /** How long to gather candidates for the request. */
  readonly gatheringTimeoutMs: number;
  /** Rejects when the session is closed: a closed peer connection settles no promise. */
  whileOpen<T>(promise: Promise<T>): Promise<T>;
  /** Whether the path works again, so that a restart would only disturb it. Asked before the server is. */
  isNeedless(): boolean;
}

/**
 * Restarts ICE once, by a PATCH (RFC 9725, 4.3.3). Resolves to whether it did, and not to `false` once the server was asked. If
 * it rejects, the session is as it was.
 *
 * The client makes the new offer whoever made the first one: media and roles stay, and only credentials are exchanged.
 */
export async function restartIce(init: IceRestartInit): Promise<boolean> {
  const { peer, negotiation, candidates, resource, clock, gatheringTimeoutMs, whileOpen, isNeedless } = init;
  const { currentLocalDescription: local, currentRemoteDescription: remote } = peer;
  const giveUp = async () => {
    try {
      if (peer.signalingState === 'have-local-offer') await whileOpen(peer.setLocalDescription({ type: 'rollback' }));
    } finally {
      candidates.resume();
    }
  };
  candidates.expectMore();
  try {
    await whileOpen(peer.setLocalDescription(await whileOpen(negotiation.createOffer({ iceRestart: true }))));
    await candidates.waitUntilComplete(clock, gatheringTimeoutMs);
    if (isNeedless()) {
      await giveUp();
      return false;
    }
    const sdp = peer.localDescription?.sdp ?? '';
    const previous = remote?.type === 'offer' ? answerOfOffer(remote.sdp, local?.sdp ?? '', sdp) : (remote?.sdp ?? '');
    const fragment = writeFragment(sdp, candidates.takeNew(), candidates.isComplete);
    const answer = await whileOpen(resource.restart(fragment));
    await whileOpen(negotiation.setRemoteDescription({ type: 'answer', sdp: withFragment(previous, answer) }));
    return true;
  } catch (error) {
    // The first error is the reason, also if the browser refuses the way back.
    await giveUp().catch(() => {});
    throw error;
  }
}
