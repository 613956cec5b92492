/** What werift needs to be told to forward a browser's sound and pictures on this machine. */
import {
  RTCPeerConnection,
  useAbsSendTime,
  useAV1,
  useH264,
  useNACK,
  useOPUS,
  usePLI,
  useREMB,
  useSdesMid,
  useSdesRTPStreamId,
  useTransportWideCC,
  useTWCC,
  useVP8,
  useVP9,
} from 'werift';

const rtcpFeedback = [useNACK(), usePLI(), useREMB(), useTWCC()];

const audio = [useOPUS({ rtcpFeedback: [useTWCC()] })];
const video = [useVP8, useVP9, useH264, useAV1].map((use) => use({ rtcpFeedback }));

/**
 * A peer connection that is reached on the loopback interface alone; with `everywhere`, at this machine's addresses too:
 * Firefox goes nowhere by the loopback interface, unless a preference says so.
 */
export function openPeer({ everywhere = false } = {}) {
  return new RTCPeerConnection({
    codecs: { audio, video },
    headerExtensions: {
      audio: [useSdesMid(), useAbsSendTime(), useTransportWideCC()],
      video: [useSdesMid(), useSdesRTPStreamId(), useAbsSendTime(), useTransportWideCC()],
    },
    iceServers: [],
    ...(!everywhere && { iceInterfaceAddresses: { udp4: '127.0.0.1' } }),
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    iceUseTcp: false,
    bundlePolicy: 'max-bundle',
  });
}

/** Resolves when all candidates stand in the local description: what a server answers holds them all. */
export async function gathered(peer) {
  if (peer.iceGatheringState !== 'complete') {
    await peer.iceGatheringStateChange.watch((state) => state === 'complete', 2000).catch(() => {});
  }
  const { sdp } = peer.localDescription;
  // werift names this machine's other addresses too, where it does not listen.
  const { udp4 } = peer.getConfiguration().iceInterfaceAddresses ?? {};
  return udp4 ? sdp.replace(/^a=candidate:.*\r?\n/gm, (line) => (line.includes(` ${udp4} `) ? line : '')) : sdp;
}
