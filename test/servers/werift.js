/** Peer connections of werift, set up to forward audio and video between browsers on one machine. */
import { setTimeout as sleep } from 'node:timers/promises';
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

// Without transport-wide feedback: werift gives it separately for audio and video, but browsers number their packets
// together. They would take the gaps for losses, and send less and less.
const rtcpFeedback = [useNACK(), usePLI(), useREMB()];

// werift knows AV1 by its final name only in versions that need Node 22.
const av1 = new RTCRtpCodecParameters({ mimeType: 'video/AV1', clockRate: 90_000, rtcpFeedback });

const audio = [useOPUS()];
const video = [...[useVP8, useVP9, useH264].map((use) => use({ rtcpFeedback })), av1];

/**
 * Opens a peer connection that can only be reached by the loopback interface. With `everywhere` it can be reached at all
 * addresses of the machine: Firefox does not use the loopback interface unless a preference allows it. Without
 * `carriesColorSpace` it forwards no colour space, as most servers do.
 */
export function openPeer({ everywhere = false, carriesColorSpace = true } = {}) {
  return new RTCPeerConnection({
    codecs: { audio, video },
    headerExtensions: {
      audio: [useSdesMid(), useAbsSendTime()],
      video: [
        useSdesMid(),
        useSdesRTPStreamId(),
        useAbsSendTime(),
        ...(carriesColorSpace ? [new RTCRtpHeaderExtensionParameters({ uri: COLOR_SPACE })] : []),
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

/** The header extension by which Chromium sends the colour matrix, BT.601 or BT.709. Most of the codecs do not carry it. */
const COLOR_SPACE = 'http://www.webrtc.org/experiments/rtp-hdrext/color-space';

/** The id of that extension on a transceiver. */
const colorSpaceId = (transceiver) => transceiver?.headerExtensions.find(({ uri }) => uri === COLOR_SPACE)?.id;

/** A copy of a packet for another connection, on which the header extensions have other ids. */
export function copyForPeer(packet, from, to) {
  const copy = packet.clone();
  const [sourceId, targetId] = [colorSpaceId(from), colorSpaceId(to)];
  const extension = targetId && packet.header.extensions.find(({ id }) => id === sourceId);
  copy.header.extensions = extension ? [{ id: targetId, payload: extension.payload }] : [];
  return copy;
}

/**
 * Allows a sender 10 Mbit/s. Browsers begin with 0.3 Mbit/s and raise it by an estimation that is needless on one machine.
 */
export async function allowBitrate({ dtlsTransport, rtcpSsrc }, ssrc) {
  const feedback = new ReceiverEstimatedMaxBitrate({
    senderSsrc: rtcpSsrc,
    mediaSsrc: 0,
    ssrcNum: 1,
    ssrcFeedbacks: [ssrc],
    // 156 250 × 2⁶ = 10 000 000 bit/s
    brMantissa: 156_250,
    brExp: 6,
  });
  await dtlsTransport.sendRtcp([new RtcpPayloadSpecificFeedback({ feedback })]).catch(() => {});
}

/** Resolves to the local description with all candidates: the server does not send any later. */
export async function completeDescription(peer) {
  // Its transports are asked, because the connection's own `iceGatheringState` stays "complete" during an ICE restart.
  const isGathering = () => peer.iceTransports.some(({ iceGather }) => iceGather.gatheringState !== 'complete');
  for (const end = Date.now() + GATHERING_TIMEOUT_MS; isGathering() && Date.now() < end; ) await sleep(10);
  // werift gives inactive media port 0, with which browsers take them as rejected and refuse a bundle that they begin.
  const sdp = peer.localDescription.sdp.replace(/^(m=\w+) 0 /gm, '$1 9 ');
  // werift also lists other addresses of this machine, on which it does not listen.
  const { udp4 } = peer.getConfiguration().iceInterfaceAddresses ?? {};
  return udp4 ? sdp.replace(/^a=candidate:.*\r?\n/gm, (line) => (line.includes(` ${udp4} `) ? line : '')) : sdp;
}

const GATHERING_TIMEOUT_MS = 2000;
