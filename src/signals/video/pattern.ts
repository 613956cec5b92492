import type { Params, ParamValues } from '../params.js';
import type { ColorSpace, Picture } from '../picture.js';
import type { Rate } from '../rate.js';
import type { Rgb } from './color.js';

export type { Rgb } from './color.js';

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
  /** Counts the time code as drop-frame, HH:MM:SS;FF, at 29.97, 59.94 and 119.88 frames a second; no other rate has it. */
  readonly dropFrame?: boolean;
  /** Shows the frame's number at the bottom, beside the time code: its last eight digits, twelve with a wall clock. */
  readonly frameCounter?: boolean;
  /** Mirrors the pattern, not what is written on it. */
  readonly flip?: Flip;
  /** Pixels, times `speed`, by which the pattern moves to the left in a frame, in steps of two; what leaves comes back at the other side. */
  readonly scrollX?: number;
  /** Pixels, times `speed`, by which the pattern moves up in a frame, in steps of two. */
  readonly scrollY?: number;
  /** Whether frames are numbered by the page's timeline (unless given) or since 1970, the same on all machines. */
  readonly animation?: 'timeline' | 'wall-clock';
  /** Where random patterns start: a 32-bit integer. */
  readonly seed: number;
  /** The frame number with which it began to be shown, where the engine knows. */
  readonly since?: number;
  /** What only one pattern knows. */
  readonly params: Readonly<Record<string, unknown>>;
}

export type Flip = 'none' | 'horizontal' | 'vertical' | 'both';

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
export interface Pattern<P extends Params = Params> {
  /** What it is called in a description; the catalogue has its title and more. */
  readonly name: string;
  /** What it alone knows: the `params` of a description, checked before it gets them. */
  readonly params?: P;
  /** Throws a `TypeError` or `RangeError` that says what is accepted where the description cannot be drawn. */
  prepare(description: PatternDescription, params: ParamValues<P>): PatternRenderer;
}

/** Another name of a pattern, with other defaults. */
export interface PatternAlias {
  readonly name: string;
  /** The name that the catalogue has. */
  readonly alias: string;
  readonly defaults: Partial<Pick<PatternDescription, 'color' | 'background' | 'params'>>;
}

/** What a description may name: patterns, and aliases of them. */
export type PatternTable = readonly (Pattern | PatternAlias)[];

/** What mirrors and scrolls a pattern and writes on it, where its description says so. */
export type Decorate = (base: PatternRenderer, description: PatternDescription) => PatternRenderer;

/** Whether a description wants more than the pattern itself. What cannot be is for the one who dresses to say. */
export const hasDecorations = (description: PatternDescription): boolean => {
  const { label, timecode, frameCounter, flip = 'none', scrollX = 0, scrollY = 0 } = description;
  return Boolean(label || timecode || frameCounter) || flip !== 'none' || scrollX !== 0 || scrollY !== 0;
};
