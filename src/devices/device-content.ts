import type { AudioComposition, Composition, VideoComposition } from '../engine/composition.js';
import { resolveColor, resolveColors } from '../engine/page/css-color.js';
import type { LayerError } from '../engine/page/playback.js';
import { wallOrigin } from '../engine/wall-clock.js';
import { completeTone, type ToneDescription } from '../signals/audio/waveform.js';
import { valueError } from '../signals/checks.js';
import { plainCopy } from '../signals/plain-copy.js';
import { parseRate, type Rate } from '../signals/rate.js';
import { black, type Rgb } from '../signals/video/color.js';
import { completePattern, type PatternDescription } from '../signals/video/pattern.js';
import type { AudioFormat, TrackFormat, VideoFormat } from './device-format.js';

/** The picture or the audio of a device. Each of its tracks gets a composition of its own, in the format of that track. */
export interface DeviceContent {
  /** @throws {TypeError | RangeError} for content that cannot be described. */
  compose(format: TrackFormat): Composition;
  /** Frees what the content holds, when no track shows it any more. */
  close?(): void;
  /** Called for the layers that cannot be played. Without it, the device tells. */
  failed?(failures: readonly LayerError[]): void;
}

/** A pattern as content: rendered at the size and the rate of each track. Colors may be CSS colors. */
export interface ShownPattern
  extends Omit<PatternDescription, 'width' | 'height' | 'frameRate' | 'color' | 'background'> {
  readonly color?: string | Rgb;
  readonly background?: string | Rgb;
}

/** A tone as content: played at the rate and with the channels of each track. */
export type PlayedTone = ToneDescription;

/** @throws {TypeError} for text that is not a color. */
const rgbOf = (name: string, color: string | Rgb): Rgb | undefined =>
  typeof color === 'string' ? resolveColor(name, color, document.documentElement) : color;

/** The id of the one layer of a composition that a signal makes. */
const LAYER = 1;

/**
 * A pattern or a tone as the content of devices.
 *
 * @param markSource The number of the source in the mark of a pattern that does not say it.
 * @throws {TypeError} for anything else.
 */
export function signalContent(signal: ShownPattern | PlayedTone, markSource: number): DeviceContent {
  if ('pattern' in Object(signal)) return new PatternContent({ markSource, ...(signal as ShownPattern) });
  if ('waveform' in Object(signal)) return new ToneContent(signal as PlayedTone);
  throw valueError(
    'content',
    signal,
    'a pattern: { pattern: "card" }, a tone: { waveform: "sine" }, a file: { file: "film.mp4" }, or a track',
    TypeError,
  );
}

class PatternContent implements DeviceContent {
  readonly #pattern: ShownPattern;

  constructor(pattern: ShownPattern) {
    this.#pattern = pattern;
  }

  compose(format: TrackFormat): VideoComposition {
    const { width, height, frameRate } = videoFormat(format);
    const rate = parseRate(frameRate);
    const { color, background, params, ...others } = plainCopy(this.#pattern);
    const signal = completePattern({
      ...others,
      width,
      height,
      frameRate: rate,
      ...(color && { color: rgbOf('color', color) }),
      ...(background && { background: rgbOf('background', background) }),
      params: resolveColors({ ...params }, document.documentElement),
    });
    const { colorSpace } = others;
    const layers = [{ id: LAYER, signal, x: 0, y: 0, opacity: 1 }];
    return { width, height, frameRate: rate, ...(colorSpace && { colorSpace }), isSingleLayer: true, layers };
  }
}

class ToneContent implements DeviceContent {
  readonly #tone: PlayedTone;

  constructor(tone: PlayedTone) {
    this.#tone = tone;
  }

  compose(format: TrackFormat): AudioComposition {
    const { sampleRate, channels } = audioFormat(format);
    const signal = completeTone({ ...plainCopy(this.#tone), sampleRate, channels });
    const layers = [{ id: LAYER, signal, gain: 1, pan: 0 }];
    return { sampleRate, channels, isSingleLayer: true, wallOrigin: wallOrigin(), layers };
  }
}

/** Black or silence, for a device without content. */
export const emptyContent: DeviceContent = {
  compose(format) {
    if (format.kind === 'audio') {
      const { sampleRate, channels } = format;
      return { sampleRate, channels, layers: [silence(format)], wallOrigin: wallOrigin() };
    }
    const { width, height, frameRate } = format;
    return blackOf(width, height, parseRate(frameRate));
  },
};

/** A muted layer, so that the track has samples. */
function silence({ sampleRate, channels }: AudioFormat) {
  const signal = completeTone({ waveform: 'silence', sampleRate, channels });
  return { id: LAYER, signal, gain: 1, pan: 0 };
}

/** A layer of black, so that the track has frames. */
function blackOf(width: number, height: number, frameRate: Rate): VideoComposition {
  const signal = completePattern({ pattern: 'solid', color: black, width, height, frameRate });
  return { width, height, frameRate, layers: [{ id: LAYER, signal, x: 0, y: 0, opacity: 1 }] };
}

/** @throws {TypeError} for the format of an audio track. */
export function videoFormat(format: TrackFormat): VideoFormat {
  if (format.kind === 'video') return format;
  throw new TypeError('A microphone was given a picture; it plays audio, such as { waveform: "sine" }.');
}

/** @throws {TypeError} for the format of a video track. */
export function audioFormat(format: TrackFormat): AudioFormat {
  if (format.kind === 'audio') return format;
  throw new TypeError('A camera was given a tone; it shows pictures, such as { pattern: "card" }.');
}
