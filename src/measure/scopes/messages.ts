/* The messages between a page and the worker that draws scopes. Each scope has a port of its own. */
import type { PlainError } from '../../generator/messages.js';
import type { TrackInput } from '../../processor/messages.js';
import type { ScopeMatrix, ScopeSettings } from './scope-settings.js';

/** Page to the worker: draw a scope. All later messages use the port. */
export interface OpenScope {
  readonly type: 'open-scope';
  readonly port: MessagePort;
  /** The canvas to draw on; `null` if the browser hands over none: the page then gets pictures. */
  readonly canvas: OffscreenCanvas | null;
}

/** Page to a scope. */
export type ScopeCommand =
  | { readonly type: 'settings'; readonly settings: ScopeSettings }
  /** Reads this in place of the last input; `null`: draws nothing more. */
  | { readonly type: 'input'; readonly input: TrackInput | null }
  | { readonly type: 'close' };

/** A scope to the page. */
export type ScopeEvent =
  | ScopeFormat
  /** The reading in words. */
  | { readonly type: 'summary'; readonly text: string }
  | { readonly type: 'picture'; readonly width: number; readonly bytes: Uint8ClampedArray<ArrayBuffer> }
  | { readonly type: 'failed'; readonly error: PlainError };

/** The properties of a track on which the graticule depends: with the first picture and after each change. */
export interface ScopeFormat {
  readonly type: 'format';
  /** The matrix of a picture. */
  readonly matrix: ScopeMatrix;
  /** The channels of audio. */
  readonly channels: number;
}
