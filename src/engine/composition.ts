/* Compositions: plain data that says what the engine plays into a track. A single signal is a composition of one layer. */
import type { CompleteToneDescription } from '../signals/audio/waveform.js';
import type { ColorSpace } from '../signals/picture.js';
import type { Rate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { CompletePatternDescription, Rgb } from '../signals/video/pattern.js';
import type { FaultDescription } from './fault-timeline.js';

export type Composition = VideoComposition | AudioComposition;

export interface VideoComposition {
  /** Pixels, even. */
  readonly width: number;
  /** Pixels, even. */
  readonly height: number;
  readonly frameRate: Rate;
  /** Default: by the height. */
  readonly colorSpace?: ColorSpace;
  /** Set by a source that plays by itself: if its one layer cannot be played, the composition before continues. */
  readonly isSingleLayer?: boolean;
  /** Behind the layers. Default: black. */
  readonly background?: Rgb;
  /** Painted in this order. */
  readonly layers: readonly VideoLayer[];
  /** Faults of the track. Default: none. */
  readonly faults?: readonly TrackFault[];
}

/** How a picture of another shape is shown: as a whole with black bars, cut off at two sides, or stretched. */
export type PictureFit = (typeof pictureFits)[number];

export const pictureFits = ['contain', 'cover', 'fill'] as const;

/** The newest picture of an input: of another track, which the engine reads. */
export interface VideoInputDescription {
  readonly kind: 'video';
  /** The id of the input; 0 for none yet, which is black. */
  readonly input: number;
  /** Pixels, even. */
  readonly width: number;
  /** Pixels, even. */
  readonly height: number;
  readonly fit: PictureFit;
  /** Of the composition: it says when a picture is shown. */
  readonly frameRate: Rate;
  /** The fields of a pattern that an input lacks. */
  readonly pattern?: undefined;
  readonly animation?: undefined;
  readonly colorSpace?: undefined;
  readonly since?: number;
}

export type VideoSignal = CompletePatternDescription | VideoInputDescription;

export interface VideoLayer {
  /** A layer continues in the next composition if that has a layer with the same id. */
  readonly id: number;
  readonly signal: VideoSignal;
  /** Pixels from the left. Odd numbers are rounded down: chroma has half the columns. */
  readonly x: number;
  /** Pixels from the top. Odd numbers are rounded down. */
  readonly y: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** The frame number that a paused layer stays at. */
  readonly heldAt?: number;
  /** Shows black in place of the layer. */
  readonly muted?: boolean;
}

export interface AudioComposition {
  /** Hertz. */
  readonly sampleRate: number;
  /** 1 to 8. */
  readonly channels: number;
  /** Set by a source that plays by itself: if its one layer cannot be played, the composition before continues. */
  readonly isSingleLayer?: boolean;
  /** Their sum is played. */
  readonly layers: readonly AudioLayer[];
  /** The page's origin in milliseconds since 1970. Tones that follow the wall clock need it. */
  readonly wallOrigin?: number;
  /** Whether a limiter keeps the sum at −1 dBFS. Default: no. */
  readonly limiter?: boolean;
  /** Faults of the track. Default: none. */
  readonly faults?: readonly TrackFault[];
}

/** A fault of a track. Its time counts from the first frame or sample that is played with it. */
export interface TrackFault extends FaultDescription {
  /** A fault continues in the next composition if that has a fault with the same id. */
  readonly id: number;
  /** The kinds of track that can have it; all unless given. */
  readonly tracks?: readonly TrackKind[];
}

/** The faults of a source that its track of a kind can have: pictures cannot be silent, and audio cannot be black. */
export const faultsFor = (
  faults: readonly TrackFault[] | undefined,
  kind: TrackKind,
): readonly TrackFault[] | undefined => faults?.filter(({ tracks }) => tracks?.includes(kind) ?? true);

/** Samples of an input that are older than this when their turn comes are left out. */
export const LONGEST_INPUT_DELAY_S = 0.1;

/** The samples of an input: of another track, which the engine reads. */
export interface AudioInputDescription {
  readonly kind: 'audio';
  /** The id of the input; 0 for none yet, which is silent. */
  readonly input: number;
  /** The fields of a tone that an input lacks. */
  readonly waveform?: undefined;
  readonly animation?: undefined;
  readonly attack?: undefined;
  readonly release?: undefined;
}

export type AudioSignal = CompleteToneDescription | AudioInputDescription;

export interface AudioLayer {
  /** A layer continues in the next composition if that has a layer with the same id. */
  readonly id: number;
  readonly signal: AudioSignal;
  /** A factor, 0 to 1000. */
  readonly gain: number;
  /** −1 left to 1 right. */
  readonly pan: number;
  /** Plays silence in place of the layer. */
  readonly muted?: boolean;
}
