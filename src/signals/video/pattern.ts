import type { PatternName } from '../catalogue/signal-names.js';
import type { MarkPlace } from '../mark/mark-layout.js';
import { type Params, type ParamValues, withDefaults } from '../params.js';
import type { ColorSpace, Picture } from '../picture.js';
import type { Rate } from '../rate.js';
import type { Rgb } from './color.js';
import type { Slices } from './slices.js';

export type { Rgb } from './color.js';

/**
 * A pattern with its size, colours and options, as plain data that can be cloned to a worker. Only `pattern`, `width`
 * and `height` are required; the other fields have the defaults in {@link patternDefaults}.
 */
export interface PatternDescription {
  readonly kind?: 'video';
  /** The name of a pattern or of an alias. */
  readonly pattern: PatternName;
  /** Pixels, an even number from 2 to 16384. */
  readonly width: number;
  /** Pixels, an even number from 2 to 16384. */
  readonly height: number;
  /** Frames per second, above 0 and at most 1000. Default 30. */
  readonly frameRate?: Rate;
  /** Default: `bt709` from a height of 720 on, `bt601` below. */
  readonly colorSpace?: ColorSpace;
  /** Foreground colour, if the pattern has one. Default white, but black for `solid` and `qr`. */
  readonly color?: Rgb;
  /** Background colour, if the pattern has one. Default black, but white for `qr`. */
  readonly background?: Rgb;
  /** The speed of a moving pattern as a factor: 1 (default) is its normal speed, 0 stops it. */
  readonly speed?: number;
  /** Text in the lower third. Characters are converted to ASCII if possible. Default: no text. */
  readonly label?: string;
  /** Shows the time code of the frame, HH:MM:SS:FF, at the bottom. */
  readonly timecode?: boolean;
  /**
   * The time zone of the time code of `wall-clock`: `UTC` (default), `local`, or a name such as `Europe/Berlin`. The numbers
   * of frames do not depend on it.
   */
  readonly timeZone?: string;
  /** Counts the time code as drop-frame, HH:MM:SS;FF. Only for 29.97, 59.94 and 119.88 frames per second. */
  readonly dropFrame?: boolean;
  /** Shows the frame number at the bottom, beside the time code: its last 8 digits, or 12 with `wall-clock`. */
  readonly frameCounter?: boolean;
  /** Mirrors the pattern, but not the text on it. */
  readonly flip?: Flip;
  /**
   * Pixels per frame, times `speed`, by which the pattern scrolls to the left, in steps of two pixels. It wraps around.
   */
  readonly scrollX?: number;
  /** Pixels per frame, times `speed`, by which the pattern scrolls up, in steps of two pixels. It wraps around. */
  readonly scrollY?: number;
  /**
   * `timeline` (default): frames are numbered from the start of the page's engine. `wall-clock`: frames are numbered
   * from 1970, so machines with synchronised clocks show the same frame at the same time.
   */
  readonly animation?: 'timeline' | 'wall-clock';
  /**
   * Paints the mark over everything else: docs/mark.md has the format. It carries a time, so it is in the picture only where
   * `render()` is given one, as in the engine. Default: no mark.
   */
  readonly mark?: boolean;
  /** Where the mark is. Default `top-left`. */
  readonly markPlace?: MarkPlace;
  /** The largest share of the picture that the mark covers, in percent, 1 to 50. Default 7.9. */
  readonly markSize?: number;
  /** The number of the source in the mark, 0 to 65535. Default 0. */
  readonly markSource?: number;
  /** Seed of random patterns, a 32-bit integer. Default 0. */
  readonly seed?: number;
  /** The number of the first frame that was shown. The engine sets it for patterns that play once. Default 0. */
  readonly since?: number;
  /** The parameters of this pattern; the catalogue lists them. */
  readonly params?: Readonly<Record<string, unknown>>;
}

export type Flip = 'none' | 'horizontal' | 'vertical' | 'both';

/** The values of the fields that a pattern description leaves out. */
export const patternDefaults = {
  kind: 'video',
  frameRate: { numerator: 30, denominator: 1 },
  speed: 1,
  label: '',
  timecode: false,
  timeZone: 'UTC',
  dropFrame: false,
  frameCounter: false,
  flip: 'none',
  scrollX: 0,
  scrollY: 0,
  animation: 'timeline',
  mark: false,
  markPlace: 'top-left',
  markSize: 7.9,
  markSource: 0,
  seed: 0,
  params: {},
} as const satisfies Partial<PatternDescription>;

/** A pattern description in which every field that has a default is present. Patterns receive this. */
export type CompletePatternDescription = PatternDescription &
  Required<Pick<PatternDescription, keyof typeof patternDefaults>>;

/** Adds the defaults to a description. */
export const completePattern = (description: PatternDescription): CompletePatternDescription =>
  withDefaults(patternDefaults, description);

/** Draws the frames of one pattern. The picture depends only on the description and on `n`. */
export interface PatternRenderer {
  /** The picture that `render()` draws into, the same object for every frame. */
  readonly picture: Picture;
  /** Identifies a picture: frames with the same key look the same, so the caller need not draw the second one. */
  key(n: number): number;
  /**
   * Draws frame number `n` into `picture`.
   *
   * @param time The wall-clock time of the frame, in milliseconds since 1970, for a mark.
   */
  render(n: number, time?: number): void;
  /**
   * Does in slices what `render(n)` would have to do first. Only for patterns whose first frame, or a frame after a
   * jump, takes much longer than the others. The engine's worker calls it before it shows the pattern.
   */
  catchUp?(n: number): Slices | undefined;
}

/** A pattern: one record of the table. */
export interface Pattern<P extends Params = Params> {
  /** The name that descriptions use. The catalogue has the title and more. */
  readonly name: string;
  /** The parameters of this pattern. `params` of a description are checked against them. */
  readonly params?: P;
  /**
   * Makes a renderer. If that takes more than a few milliseconds it is a generator function, `*prepare()`, which yields
   * often: there, the engine's worker may show frames of other sources before it continues.
   *
   * @throws {TypeError | RangeError} for a description that cannot be drawn. The message says what is accepted.
   */
  prepare(description: CompletePatternDescription, params: ParamValues<P>): PatternRenderer | Slices<PatternRenderer>;
}

/** Another name of a pattern, with defaults that differ from the pattern's. */
export interface PatternAlias {
  readonly name: string;
  /** The name of the pattern. */
  readonly alias: string;
  readonly defaults: Partial<Pick<PatternDescription, 'color' | 'background' | 'params'>>;
}

/** The patterns and aliases that a description may name. */
export type PatternTable = readonly (Pattern | PatternAlias)[];

/** Adds what a description asks for beside the pattern itself: flip, scrolling, label, time code, frame counter and mark. */
export type Decorate = (base: PatternRenderer, description: CompletePatternDescription) => Slices<PatternRenderer>;

/** The values with which a description needs no {@link Decorate}. All others count: `decorate` is to reject invalid ones. */
const undecorated: Partial<CompletePatternDescription> = {
  label: '',
  timecode: false,
  frameCounter: false,
  mark: false,
  flip: 'none',
  scrollX: 0,
  scrollY: 0,
  timeZone: 'UTC',
};

/** Whether a description needs {@link Decorate}. */
export const hasDecorations = (description: CompletePatternDescription): boolean =>
  Object.entries(undecorated).some(([name, value]) => description[name as keyof PatternDescription] !== value);
