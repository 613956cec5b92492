import { has } from '../generator/features.js';
import { valueError } from '../signals/checks.js';
import { describeValue } from '../signals/describe-value.js';
import type { TrackKind } from '../signals/track-kind.js';

/** Codecs in the order of preference: `'vp9'`, `'video/H264, opus'`, `['av1', 'opus']`. */
export type CodecPreference = string | readonly string[];

export type Direction = 'send' | 'receive';

/** @throws {TypeError} for a codec that this browser does not have. The message lists those that it has. */
export function checkCodecs(codec: CodecPreference | undefined, direction: Direction): void {
  const isText = (value: unknown) => typeof value === 'string';
  if (codec !== undefined && !isText(codec) && !(Array.isArray(codec) && codec.every(isText))) {
    throw valueError('codec', codec, 'a text such as "VP8, opus", or a list of names', TypeError);
  }
  const names = namesIn(codec);
  // Without RTCPeerConnection no codec is known. Starting will report that.
  if (names.length === 0 || !has('RTCRtpSender')) return;
  const available = [...availableCodecs('audio', direction), ...availableCodecs('video', direction)];
  for (const name of names) {
    if (available.some((mimeType) => isNameOf(name, mimeType))) continue;
    throw new TypeError(
      `codec is ${describeValue(name)}; it must be one of those that this browser can ${direction}: ${available.join(', ')}.`,
    );
  }
}

/** Puts these codecs before the others of a transceiver. Codecs of the other kind have no effect. */
export function preferCodecs(
  transceiver: RTCRtpTransceiver,
  kind: TrackKind,
  codec: CodecPreference | undefined,
  direction: Direction,
): void {
  const names = namesIn(codec);
  const rankOf = ({ mimeType }: RTCRtpCodec): number => {
    const index = names.findIndex((name) => isNameOf(name, mimeType));
    return index < 0 ? names.length : index;
  };
  const ranked = capabilities(kind, direction).map((candidate) => ({ candidate, rank: rankOf(candidate) }));
  if (!ranked.some(({ rank }) => rank < names.length)) return;
  const preferred = ranked.sort((a, b) => a.rank - b.rank).map(({ candidate }) => candidate);
  try {
    transceiver.setCodecPreferences(preferred);
  } catch {
    // Some versions accept only codecs that can be received, even for a sender.
    const receivable = capabilities(kind, 'receive');
    transceiver.setCodecPreferences(preferred.filter((codec) => receivable.some((other) => isSameCodec(codec, other))));
  }
}

/** The MIME types of one kind that a preference names. */
export function preferredCodecs(codec: CodecPreference | undefined, kind: TrackKind, direction: Direction): string[] {
  const names = namesIn(codec);
  return availableCodecs(kind, direction).filter((mimeType) => names.some((name) => isNameOf(name, mimeType)));
}

/** The MIME type of the first codec of a kind that a preference names and this browser can send. */
export function preferredCodec(kind: TrackKind, codec: CodecPreference | undefined): string | undefined {
  const available = availableCodecs(kind, 'send');
  const name = namesIn(codec).find((candidate) => available.some((mimeType) => isNameOf(candidate, mimeType)));
  return name && available.find((mimeType) => isNameOf(name, mimeType));
}

/** The MIME types of the codecs that this browser can send or receive: `['video/VP8', …]`. */
function availableCodecs(kind: TrackKind, direction: Direction): string[] {
  const types = capabilities(kind, direction).map(({ mimeType }) => mimeType);
  return [...new Set(types.filter((mimeType) => !isAuxiliary(mimeType)))];
}

function capabilities(kind: TrackKind, direction: Direction): RTCRtpCodec[] {
  // A browser without peer connections has no codecs. Starting will report that.
  if (!has('RTCRtpSender')) return [];
  return (direction === 'send' ? RTCRtpSender : RTCRtpReceiver).getCapabilities(kind)?.codecs ?? [];
}

/** The names in a preference. */
export const namesIn = (codec: CodecPreference | undefined): readonly string[] =>
  (typeof codec === 'string' ? codec.split(',') : (codec ?? [])).map((name) => name.trim()).filter(Boolean);

/** Whether a name, `vp8` or `video/VP8`, means the codec of this MIME type. */
const isNameOf = (name: string, mimeType: string): boolean =>
  [mimeType, mimeType.replace(/^.*\//, '')].some((known) => known.toLowerCase() === name.toLowerCase());

const isSameCodec = (a: RTCRtpCodec, b: RTCRtpCodec): boolean =>
  a.mimeType === b.mimeType && a.sdpFmtpLine === b.sdpFmtpLine;

/** Retransmission, error correction, comfort noise and dialling tones carry no media by themselves. */
const isAuxiliary = (mimeType: string): boolean => /\/(rtx|red|ulpfec|flexfec-03|cn|telephone-event)$/i.test(mimeType);
