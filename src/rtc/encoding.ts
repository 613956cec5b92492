import { check, named } from '../signals/check.js';

/** How a track is encoded, as far as a page can say. What is left out is the browser's choice. */
export interface Encoding {
  /** A name such as `VP8` or `opus`, as in `video/VP8`; empty for the browser's choice. */
  readonly codec?: string;
  /** Bits a second. */
  readonly maxBitrate?: number;
  /** Frames a second. */
  readonly maxFramerate?: number;
  /** By what width and height are divided, at least 1. */
  readonly scaleDown?: number;
  /** Such as `L1T2`. */
  readonly scalabilityMode?: string;
  /** What gives way first: `balanced`, `maintain-framerate`, `maintain-resolution`. */
  readonly degradation?: string;
}

/** @throws {RangeError | TypeError} for what cannot be. */
export function checkEncoding({ maxBitrate, maxFramerate, scaleDown, degradation }: Encoding): void {
  for (const [name, value] of Object.entries({ 'max-bitrate': maxBitrate, 'max-framerate': maxFramerate })) {
    if (value !== undefined) check(value > 0, name, value, 'above 0');
  }
  if (scaleDown !== undefined) check(scaleDown >= 1, 'scale-down', scaleDown, 'at least 1');
  if (degradation) named('degradation', degradations, degradation);
}

const degradations = ['balanced', 'maintain-framerate', 'maintain-framerate-and-resolution', 'maintain-resolution'].map(
  (name) => ({ name }),
);

/**
 * Puts a codec first among those of a transceiver; the next negotiation goes by it. An empty name is the browser's choice.
 * @throws {TypeError} for a codec that the browser does not have, with those that it has.
 */
export function preferCodec(transceiver: RTCRtpTransceiver, kind: 'video' | 'audio', codec: string): void {
  const { codecs } = RTCRtpSender.getCapabilities(kind) ?? { codecs: [] };
  if (!codec) {
    transceiver.setCodecPreferences(codecs);
    return;
  }
  const known = codecNames(kind);
  const like = known.find(({ name }) => name.toLowerCase() === codec.toLowerCase());
  const first = (like ?? named(`${kind} codec in this browser`, known, codec)).name;
  const isFirst = ({ mimeType }: { mimeType: string }) => shortName(mimeType) === first;
  transceiver.setCodecPreferences([...codecs.filter(isFirst), ...codecs.filter((each) => !isFirst(each))]);
}

/** The codecs of a kind that this browser sends, without those that only repair or fill. */
export function codecNames(kind: 'video' | 'audio'): { readonly name: string }[] {
  const { codecs } = RTCRtpSender.getCapabilities(kind) ?? { codecs: [] };
  const names = codecs.map(({ mimeType }) => shortName(mimeType));
  return [...new Set(names)].filter((name) => !helpers.includes(name)).map((name) => ({ name }));
}

const shortName = (mimeType: string): string => mimeType.slice(mimeType.indexOf('/') + 1);
const helpers = ['rtx', 'red', 'ulpfec', 'flexfec-03', 'CN', 'telephone-event'];

/** Applies what can change while a sender sends. @throws {DOMException} for what the browser does not take. */
export async function applyEncoding(sender: RTCRtpSender, encoding: Encoding): Promise<void> {
  const parameters = sender.getParameters();
  const { maxBitrate, maxFramerate, scaleDown, scalabilityMode, degradation } = encoding;
  for (const each of parameters.encodings) {
    const wanted = { maxBitrate, maxFramerate, scaleResolutionDownBy: scaleDown, scalabilityMode };
    for (const [name, value] of Object.entries(wanted)) {
      if (value) Object.assign(each, { [name]: value });
      else if (name !== 'scaleResolutionDownBy') delete each[name as 'maxBitrate'];
      else if (name in each) each.scaleResolutionDownBy = 1;
    }
  }
  if (degradation) (parameters as { degradationPreference?: string }).degradationPreference = degradation;
  await sender.setParameters(parameters);
}
