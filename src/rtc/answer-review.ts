/* Tells which parts of an offer a server has not taken: a session is live without them too. */
import type { TrackKind } from '../signals/track-kind.js';
import { type CodecPreference, type Direction, preferredCodecs } from './codec-preference.js';

/** One media section of an answer. */
export interface AnsweredMedia {
  readonly kind: TrackKind;
  /** Whether the section is in use. */
  readonly isTaken: boolean;
  /** The MIME type of the codec that the answer puts first; `null` if it names none. */
  readonly codec: string | null;
}

/** Reads the answer of a negotiated peer connection: the server's, or its own one to a counter-offer. */
export function readAnswer(peer: RTCPeerConnection): AnsweredMedia[] {
  const descriptions = [peer.currentRemoteDescription, peer.currentLocalDescription];
  const sdp = descriptions.find((description) => description?.type === 'answer')?.sdp ?? '';
  return sdp.split(/^(?=m=)/m).flatMap((section) => {
    const [, kind, port] = /^m=(audio|video) (\d+) /.exec(section) ?? [];
    // A browser writes port 0 also for a section that is in the bundle of the first.
    const isTaken = (port !== '0' || /^a=bundle-only/m.test(section)) && !/^a=inactive/m.test(section);
    return kind ? [{ kind: kind as TrackKind, isTaken, codec: firstCodec(kind, section) }] : [];
  });
}

/** A warning for each kind of media whose codec is not one of the requested codecs. */
export function codecWarnings(
  answer: readonly AnsweredMedia[],
  preference: CodecPreference | undefined,
  direction: Direction,
): DOMException[] {
  return answer.flatMap(({ kind, isTaken, codec }) => {
    const asked = preferredCodecs(preference, kind, direction);
    if (!isTaken || !codec || asked.length === 0) return [];
    if (asked.some((mimeType) => mimeType.toLowerCase() === codec.toLowerCase())) return [];
    return [notTaken(`codec asks for ${asked.join(', ')}; the server has taken ${codec} for the ${kind}.`)];
  });
}

/** The warning for something that a server has not taken. */
export const notTaken = (message: string): DOMException => new DOMException(message, 'NotSupportedError');

function firstCodec(kind: string, section: string): string | null {
  const payloadTypes = /^m=\w+ \S+ \S+ (.*)$/m.exec(section)?.[1]?.trim().split(/\s+/) ?? [];
  const names = payloadTypes.map((type) => new RegExp(`^a=rtpmap:${type} ([^/\\s]+)`, 'm').exec(section)?.[1]);
  // The first one that carries media by itself.
  const name = names.find(
    (candidate) => candidate && !/^(rtx|red|ulpfec|flexfec-03|cn|telephone-event)$/i.test(candidate),
  );
  return name ? `${kind}/${name}` : null;
}
