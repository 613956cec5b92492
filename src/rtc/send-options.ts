import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, checkNumberOrNull, valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import { type CodecPreference, namesIn, preferredCodec } from './codec-preference.js';
import type { OpusOptions } from './opus-parameters.js';

/**
 * The quality that an encoder reduces first if network or processor is too slow, as in `RTCDegradationPreference`. `auto`
 * is the browser's choice, which may depend on the track's content hint.
 */
export type DegradationPreference = 'auto' | 'balanced' | 'maintain-framerate' | 'maintain-resolution';

/** How tracks are encoded and sent. */
export interface SendOptions extends OpusOptions {
  /**
   * Codecs in the order of preference, by name or MIME type: `'vp9'`, `'video/H264'`, `['av1', 'opus']`. The browser's
   * other codecs stay in the offer, after these.
   */
  readonly codec?: CodecPreference;
  /** Largest bit rate of the video in bit/s, all its sizes and layers together; above 0. `null`: the browser's choice (default). */
  readonly maxBitrate?: number | null;
  /** Largest frame rate of the video in frames per second; above 0. `null`: that of the track (default). */
  readonly maxFramerate?: number | null;
  /** Factor by which width and height are divided, as `scaleResolutionDownBy`; at least 1 (the default). */
  readonly scaleDown?: number;
  /** Scalability mode of the video, as in WebRTC-SVC: `'L1T2'`, `'L3T3_KEY'`. */
  readonly scalabilityMode?: string;
  /** Number of sizes in which the video is sent at once, 1 (the default) to 3, each half as wide as the next. */
  readonly simulcast?: number;
  /**
   * Whether frame rate or resolution drops first if network or processor is too slow. By default (`maintain-resolution`)
   * the picture arrives in the size in which it is sent. With `auto` and `balanced` browsers begin small, and may take half
   * a minute until the picture has its full size.
   */
  readonly degradation?: DegradationPreference;
}

type Encoding = RTCRtpEncodingParameters & { scalabilityMode?: string };

/** The usual names of simulcast layers: quarter, half and full size. */
const SIMULCAST_RIDS = ['q', 'h', 'f'];

const DEFAULT_SIMULCAST = 1;
const DEFAULT_DEGRADATION = 'maintain-resolution';

const DEGRADATION_PREFERENCES: readonly DegradationPreference[] = [
  'auto',
  'balanced',
  'maintain-framerate',
  'maintain-resolution',
];

/**
 * @throws {RangeError} for a number outside its range.
 * @throws {TypeError} for an unknown degradation preference or scalability mode: browsers differ in what they say to one.
 */
export function checkSendOptions(options: SendOptions): void {
  const { maxBitrate, maxFramerate, scaleDown, simulcast, degradation, audioBitrate, scalabilityMode } = options;
  checkNumberOrNull('maxBitrate', maxBitrate, { above: 0, unit: 'bit/s' });
  checkNumberOrNull('maxFramerate', maxFramerate, { above: 0 });
  if (scaleDown !== undefined) checkNumber('scaleDown', scaleDown, { min: 1 });
  if (simulcast !== undefined) checkNumber('simulcast', simulcast, { min: 1, max: SIMULCAST_RIDS.length, whole: true });
  checkNumberOrNull('audioBitrate', audioBitrate, { min: 6000, max: 510_000, whole: true, unit: 'bit/s' });
  if (degradation !== undefined) checkOneOf('degradation', DEGRADATION_PREFERENCES, degradation);
  if (scalabilityMode && !SCALABILITY_MODE.test(scalabilityMode)) {
    throw valueError('scalabilityMode', scalabilityMode, 'a mode such as "L1T2" or "L3T3_KEY"', TypeError);
  }
}

/** The form of the modes of https://www.w3.org/TR/webrtc-svc/#scalabilitymodes*. */
const SCALABILITY_MODE = /^[LS][1-3]T[1-3]h?(_KEY(_SHIFT)?)?$/;

/** The options without other properties. */
export const sendOptionsIn = (options: SendOptions): SendOptions => {
  const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, simulcast, degradation } = options;
  const { audioBitrate, audioDtx, audioFec } = options;
  return {
    codec,
    maxBitrate,
    maxFramerate,
    scaleDown,
    scalabilityMode,
    simulcast,
    degradation,
    audioBitrate,
    audioDtx,
    audioFec,
  };
};

/** Whether other options take a negotiation. An option that is set to its default does not. */
export const needsNegotiation = (previous: SendOptions, next: SendOptions): boolean =>
  negotiatedOptions(previous) !== negotiatedOptions(next);

/**
 * The options that are negotiated, in a form that can be compared. The server chooses the options of the audio that are unset.
 */
const negotiatedOptions = ({
  codec,
  simulcast = DEFAULT_SIMULCAST,
  audioBitrate,
  audioDtx,
  audioFec,
}: SendOptions): string =>
  JSON.stringify([namesIn(codec).map((name) => name.toLowerCase()), simulcast, audioBitrate, audioDtx, audioFec]);

/**
 * The encodings that a new transceiver begins with. Audio has a single one, without any options.
 *
 * @param codec The codec that they are for.
 */
export function sendEncodings(
  kind: TrackKind,
  options: SendOptions,
  codec = preferredCodec(kind, options.codec),
): RTCRtpEncodingParameters[] {
  if (kind !== 'video') return [{}];
  const { simulcast: count = DEFAULT_SIMULCAST } = options;
  if (count === 1) return [limitEncoding({}, options, 1, 1)];
  const layerOptions = { ...options, scalabilityMode: options.scalabilityMode || layerMode(codec) };
  // Each layer has a quarter of the next one's pixels, so it gets a quarter of its bits.
  const totalShares = (4 ** count - 1) / 3;
  return SIMULCAST_RIDS.slice(-count).map((rid, index) =>
    limitEncoding({ rid }, layerOptions, 2 ** (count - 1 - index), 4 ** index / totalShares),
  );
}

/**
 * The scalability mode of a simulcast layer. Chromium takes several encodings of VP9 or AV1 for the spatial layers of one
 * stream, and sends the smallest alone, unless each has a mode without spatial layers.
 */
const layerMode = (codec: string | undefined): string | undefined =>
  /\/(vp9|av1)$/i.test(codec ?? '') ? 'L1T1' : undefined;

function limitEncoding(encoding: Encoding, options: SendOptions, scale: number, bitrateShare: number): Encoding {
  const { maxBitrate, maxFramerate, scaleDown = 1, scalabilityMode } = options;
  const scaleResolutionDownBy = scale * scaleDown;
  return {
    ...encoding,
    ...(typeof maxBitrate === 'number' && { maxBitrate: Math.round(maxBitrate * bitrateShare) }),
    ...(typeof maxFramerate === 'number' && { maxFramerate }),
    ...(scaleResolutionDownBy !== 1 && { scaleResolutionDownBy }),
    ...(scalabilityMode && { scalabilityMode }),
  };
}

/**
 * Changes the options of a video sender that is already sending, without a negotiation. Codec, simulcast and the
 * options of audio cannot change.
 * Rejects with an error for a mode or number that the browser does not support.
 */
export async function applySendOptions(sender: RTCRtpSender, options: SendOptions): Promise<void> {
  // Chromium accepts only the parameters that were read last.
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  // Before the negotiation Firefox has no encodings, and setParameters() does not accept additional ones.
  if (parameters.encodings.length === 0) return;
  const codec = parameters.codecs[0]?.mimeType ?? preferredCodec('video', options.codec);
  const wanted = sendEncodings('video', { ...options, simulcast: parameters.encodings.length }, codec);
  for (const [index, encoding] of parameters.encodings.entries()) {
    const { maxBitrate, maxFramerate, scaleResolutionDownBy = 1, scalabilityMode } = (wanted[index] ?? {}) as Encoding;
    for (const [name, value] of Object.entries({ maxBitrate, maxFramerate, scalabilityMode })) {
      if (value === undefined) Reflect.deleteProperty(encoding, name);
      else Reflect.set(encoding, name, value);
    }
    encoding.scaleResolutionDownBy = scaleResolutionDownBy;
  }
  const { degradation = DEFAULT_DEGRADATION } = options;
  if (degradation === 'auto') Reflect.deleteProperty(parameters, 'degradationPreference');
  else parameters.degradationPreference = degradation;
  try {
    await sender.setParameters(parameters);
  } catch (error) {
    const { name, message } = error as DOMException;
    const { scalabilityMode } = options;
    if (!scalabilityMode || name === 'InvalidStateError') throw error;
    throw new DOMException(
      `scalabilityMode is "${scalabilityMode}", which the browser does not take for ${codec}: leave it empty, or choose ` +
        `another codec (${message})`,
      name,
    );
  }
}
