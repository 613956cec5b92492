/** How tracks are encoded and sent. */
export interface SendOptions {
  /**
   * Codecs in the order of preference, by name or MIME type: `'vp9'`, `'video/H264'`, `['av1', 'opus']`. The others
   * stay on offer behind them.
   */
  readonly codec?: string | readonly string[];
  /** Bits a second for video, all its layers together; > 0. */
  readonly maxBitrate?: number;
  /** Frames a second; > 0. */
  readonly maxFramerate?: number;
  /** Divides width and height; ≥ 1. */
  readonly scaleDown?: number;
  /** As in WebRTC-SVC: `'L1T2'`, `'L3T3_KEY'`. */
  readonly scalabilityMode?: string;
  /** Video in several sizes at once, each half as wide as the next: how many, 1 to 3; `true` is 3. */
  readonly simulcast?: boolean | number;
  /** What is to suffer where the network or the processor does not keep up. */
  readonly degradation?: RTCDegradationPreference;
}

type Encoding = RTCRtpEncodingParameters & { scalabilityMode?: string };

/** The layers of a simulcast from the smallest, as everybody names them. */
const LAYERS = ['q', 'h', 'f'];

/** @throws {RangeError} for a figure outside its range. */
export function checkSendOptions({ maxBitrate, maxFramerate, scaleDown, simulcast }: SendOptions): void {
  const positive = { maxBitrate, maxFramerate };
  for (const [name, value] of Object.entries(positive)) {
    if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
      throw new RangeError(`${name} is ${value}; it takes a number above 0.`);
    }
  }
  if (scaleDown !== undefined && !(scaleDown >= 1 && Number.isFinite(scaleDown))) {
    throw new RangeError(`scaleDown is ${scaleDown}; it takes a number of 1 or more.`);
  }
  if (typeof simulcast === 'number' && ![1, 2, 3].includes(simulcast)) {
    throw new RangeError(`simulcast is ${simulcast}; it takes 1, 2 or 3 layers.`);
  }
}

/** The encodings that a transceiver begins with. Sound has one, without figures of its own. */
export function sendEncodings(kind: string, options: SendOptions): RTCRtpEncodingParameters[] {
  if (kind !== 'video') return [{}];
  const { simulcast = 1 } = options;
  const count = simulcast === true ? LAYERS.length : Number(simulcast) || 1;
  if (count === 1) return [limited({}, options, 1, 1)];
  // Each layer has a quarter of the next one's pixels, and gets a quarter of its bits.
  const total = (4 ** count - 1) / 3;
  return LAYERS.slice(-count).map((rid, index) =>
    limited({ rid }, options, 2 ** (count - 1 - index), 4 ** index / total),
  );
}

function limited(encoding: Encoding, options: SendOptions, scale: number, share: number): Encoding {
  const { maxBitrate, maxFramerate, scaleDown = 1, scalabilityMode } = options;
  const scaled = scale * scaleDown;
  return {
    ...encoding,
    ...(maxBitrate !== undefined && { maxBitrate: Math.round(maxBitrate * share) }),
    ...(maxFramerate !== undefined && { maxFramerate }),
    ...(scaled !== 1 && { scaleResolutionDownBy: scaled }),
    ...(scalabilityMode && { scalabilityMode }),
  };
}

/**
 * Sets the figures of a video sender that sends already; no negotiation. Codec and simulcast are settled when it begins.
 * Rejects with what the browser says to a mode or figure that it does not have.
 */
export async function applySendOptions(sender: RTCRtpSender, options: SendOptions): Promise<void> {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  // Before it is negotiated Firefox has none, and setParameters wants them as they were.
  if (parameters.encodings.length === 0) return;
  const fresh = sendEncodings('video', { ...options, simulcast: parameters.encodings.length });
  for (const [index, encoding] of parameters.encodings.entries()) {
    const { maxBitrate, maxFramerate, scaleResolutionDownBy = 1, scalabilityMode } = (fresh[index] ?? {}) as Encoding;
    for (const [name, value] of Object.entries({ maxBitrate, maxFramerate, scalabilityMode })) {
      if (value === undefined) Reflect.deleteProperty(encoding, name);
      else Reflect.set(encoding, name, value);
    }
    encoding.scaleResolutionDownBy = scaleResolutionDownBy;
  }
  if (options.degradation) parameters.degradationPreference = options.degradation;
  else Reflect.deleteProperty(parameters, 'degradationPreference');
  await sender.setParameters(parameters);
}
