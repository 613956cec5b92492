import type { CompleteToneDescription } from '../signals/audio/waveform.js';
import type { ColorSpace } from '../signals/picture.js';
import type { Rate } from '../signals/rate.js';
import type { CompletePatternDescription, Rgb } from '../signals/video/pattern.js';

/** What an engine shows on a video track: plain data. A lone pattern is a composition of one layer. */
export interface VideoComposition {
  /** Pixels, even. */
  readonly width: number;
  /** Pixels, even. */
  readonly height: number;
  readonly frameRate: Rate;
  /** By the height where nothing is said. */
  readonly colorSpace?: ColorSpace;
  /** Set by a source that plays by itself: if its one layer cannot be played, the composition before continues. */
  readonly isSingleLayer?: boolean;
  /** Behind the layers; black where nothing is said. */
  readonly background?: Rgb;
  /** Painted in this order. */
  readonly layers: readonly VideoLayer[];
}

export interface VideoLayer {
  /** Tells from one composition to the next which layer goes on and which is new. */
  readonly id: number;
  readonly signal: CompletePatternDescription;
  /** Pixels from the left; even numbers, since chroma has half the columns. */
  readonly x: number;
  /** Pixels from the top, even. */
  readonly y: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** The frame number that a paused layer stays at. */
  readonly heldAt?: number;
  /** Shows black in place of the layer. */
  readonly muted?: boolean;
}

/** What an engine plays on an audio track: plain data. */
export interface AudioComposition {
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Set by a source that plays by itself: if its one layer cannot be played, the composition before continues. */
  readonly isSingleLayer?: boolean;
  /** Summed. */
  readonly layers: readonly AudioLayer[];
  /** When the page's timeline began, in milliseconds since 1970: tones by the wall clock need it. */
  readonly wallOrigin?: number;
  /** Whether a limiter keeps the sum at −1 dBFS; off unless given. */
  readonly limiter?: boolean;
}

export interface AudioLayer {
  /** Tells from one composition to the next which layer goes on and which is new. */
  readonly id: number;
  readonly signal: CompleteToneDescription;
  /** A factor, 0 to 1000. */
  readonly gain: number;
  /** −1 left to 1 right. */
  readonly pan: number;
  /** Plays silence in place of the layer. */
  readonly muted?: boolean;
}

export type Composition = VideoComposition | AudioComposition;
