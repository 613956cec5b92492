type Kind = 'audio' | 'video';

const listed = (codec: string | readonly string[] | undefined): readonly string[] =>
  (typeof codec === 'string' ? codec.split(',') : (codec ?? [])).map((name) => name.trim()).filter(Boolean);

/** Whether a name, `vp8` or `video/VP8`, is that of a codec. */
const names = (name: string, { mimeType }: RTCRtpCodec): boolean =>
  [mimeType, mimeType.replace(/^.*\//, '')].some((given) => given.toLowerCase() === name.toLowerCase());

/** Those that carry no media of their own. */
const isHelper = ({ mimeType }: RTCRtpCodec): boolean =>
  /\/(rtx|red|ulpfec|flexfec-03|cn|telephone-event)$/i.test(mimeType);

/** The codecs that this browser can send, or receive: `['video/VP8', …]`. */
export function availableCodecs(kind: Kind, direction: 'send' | 'receive'): string[] {
  const side = direction === 'send' ? RTCRtpSender : RTCRtpReceiver;
  const codecs = side.getCapabilities(kind)?.codecs ?? [];
  return [...new Set(codecs.filter((codec) => !isHelper(codec)).map(({ mimeType }) => mimeType))];
}

/** @throws {TypeError} for a codec that this browser does not have, with a list of those that it has. */
export function checkCodecs(codec: string | readonly string[] | undefined, direction: 'send' | 'receive'): void {
  const wanted = listed(codec);
  // Without RTCPeerConnection nothing can be told; starting will say so.
  if (wanted.length === 0 || typeof RTCRtpSender !== 'function') return;
  const available = [...availableCodecs('audio', direction), ...availableCodecs('video', direction)];
  for (const name of wanted) {
    if (available.some((mimeType) => names(name, { mimeType, clockRate: 0 }))) continue;
    throw new TypeError(`codec is "${name}"; to ${direction}, this browser has ${available.join(', ')}.`);
  }
}

/** Puts these codecs before the others of a transceiver. Names of the other kind's codecs change nothing. */
export function preferCodecs(
  transceiver: RTCRtpTransceiver,
  kind: Kind,
  codec: string | readonly string[] | undefined,
  direction: 'send' | 'receive',
): void {
  const side = direction === 'send' ? RTCRtpSender : RTCRtpReceiver;
  const codecs = side.getCapabilities(kind)?.codecs ?? [];
  const order = listed(codec);
  const rank = (candidate: RTCRtpCodec): number => {
    const index = order.findIndex((name) => names(name, candidate));
    return index < 0 ? order.length : index;
  };
  const sorted = codecs.map((candidate) => [rank(candidate), candidate] as const).sort(([a], [b]) => a - b);
  if (!sorted.some(([position]) => position < order.length)) return;
  const preferred = sorted.map(([, candidate]) => candidate);
  try {
    transceiver.setCodecPreferences(preferred);
  } catch {
    // Some versions check even a sender's codecs against what can be received.
    const receivable = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
    const same = (a: RTCRtpCodec, b: RTCRtpCodec) => a.mimeType === b.mimeType && a.sdpFmtpLine === b.sdpFmtpLine;
    transceiver.setCodecPreferences(
      preferred.filter((candidate) => receivable.some((other) => same(other, candidate))),
    );
  }
}
