/** What werift needs to be told to forward a browser's sound and pictures on this machine. */
import {
  ReceiverEstimatedMaxBitrate,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RTCRtpHeaderExtensionParameters,
  RtcpPayloadSpecificFeedback,
  useAbsSendTime,
  useH264,
  useNACK,
  useOPUS,
  usePLI,
  useREMB,
  useSdesMid,
  useSdesRTPStreamId,
  useVP8,
  useVP9,
} from 'werift';

// Not transport-wide feedback: werift gives it for sound and pictures apart, while browsers count them together, and what
// it says of the gaps makes them send less and less.
const rtcpFeedback = [useNACK(), usePLI(), useREMB()];

// werift knows AV1 by its final name only in versions that need Node 22.
const av1 = new RTCRtpCodecParameters({ mimeType: 'video/AV1', clockRate: 90_000, rtcpFeedback });

const audio = [useOPUS()];
const video = [...[useVP8, useVP9, useH264].map((use) => use({ rtcpFeedback })), av1];

/**
 * A peer connection that is reached on the loopback interface alone; with `everywhere`, at this machine's addresses too:
 * Firefox goes nowhere by the loopback interface, unless a preference says so.
 */
export function openPeer({ everywhere = false } = {}) {
  return new RTCPeerConnection({
    codecs: { audio, video },
    headerExtensions: {
      audio: [useSdesMid(), useAbsSendTime()],
      video: [
        useSdesMid(),
        useSdesRTPStreamId(),
        useAbsSendTime(),
        new RTCRtpHeaderExtensionParameters({ uri: COLOR_SPACE }),
      ],
    },
    iceServers: [],
    ...(!everywhere && { iceInterfaceAddresses: { udp4: '127.0.0.1' } }),
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    iceUseTcp: false,
    bundlePolicy: 'max-bundle',
  });
}

/** Where Chromium tells a player whether colours are those of BT.601 or BT.709; most codecs here do not. */
const COLOR_SPACE = 'http://www.webrtc.org/experiments/rtp-hdrext/color-space';

/** The number of that on a transceiver. */
const colorSpaceOf = (transceiver) => transceiver?.headerExtensions.find(({ uri }) => uri === COLOR_SPACE)?.id;

/** A packet for another connection, on which header extensions have other numbers. */
export function forwarded(packet, from, to) {
  const copy = packet.clone();
  const [theirs, ours] = [colorSpaceOf(from), colorSpaceOf(to)];
  const extension = ours && packet.header.extensions.find(({ id }) => id === theirs);
  copy.header.extensions = extension ? [{ id: ours, payload: extension.payload }] : [];
  return copy;
}

/** Allows a sender ten megabits a second: on one machine there is nothing to estimate, and browsers begin with 0.3. */
export async function allowBitrate({ dtlsTransport, rtcpSsrc }, ssrc) {
  const feedback = new ReceiverEstimatedMaxBitrate({
    senderSsrc: rtcpSsrc,
    mediaSsrc: 0,
    ssrcNum: 1,
    ssrcFeedbacks: [ssrc],
    // 156 250 × 2⁶
    brMantissa: 156_250,
    brExp: 6,
  });
  await dtlsTransport.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback })]).catch(() => {});
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
