import type { ColorSpace, Picture } from '../picture.js';
import type { Rate } from '../rate.js';

/** A pattern as plain data: what an element's attributes amount to. It can be cloned to a worker. */
export interface PatternDescription {
  readonly kind: 'video';
  /** A name from the table of patterns. */
  readonly pattern: string;
  /** Pixels, even. */
  readonly width: number;
  /** Pixels, even. */
  readonly height: number;
  readonly frameRate: Rate;
  readonly colorSpace?: ColorSpace;
  /** Foreground, where a pattern has one: white unless given, but black for `solid`. */
  readonly color?: Rgb;
  /** Black unless given. */
  readonly background?: Rgb;
  /** How fast a moving pattern goes: 1 is its usual pace, 0 stands still. */
  readonly speed: number;
  /** Text shown in the lower third, in ASCII as far as possible; empty for none. */
  readonly label: string;
  /** Shows the frame's time code, HH:MM:SS:FF, at the bottom. */
  readonly timecode: boolean;
  /** Where random patterns start: a 32-bit integer. */
  readonly seed: number;
  /** What only one pattern knows. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A colour as gamma-encoded sRGB numbers, 0 to 255 each; fractions are welcome. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** What draws the frames of one pattern. Its output depends on the description and `n` alone. */
export interface PatternRenderer {
  /** The picture that `render` draws into, always the same. */
  readonly picture: Picture;
  /** Frames with the same key are the same picture. */
  key(n: number): number;
  /** Makes `picture` frame number `n`. */
  render(n: number): void;
}

/** A pattern: one record of the table. */
export interface Pattern {
  /** What it is called in a description; the catalogue has its title and more. */
  readonly name: string;
  /** Throws a `TypeError` or `RangeError` that says what is accepted where the description cannot be drawn. */
  prepare(description: PatternDescription): PatternRenderer;
}
