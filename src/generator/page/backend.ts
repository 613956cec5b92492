import { valueError } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';

/**
 * The backends of each kind, best first. A backend is a way to make a track. Adding one takes a name here, a file with
 * its output, and a record in open-output.ts. The engine has a second table of video backends, in video-playback.ts.
 */
export const backendNames = {
  /** `worker` serves sources that the engine plays; generators use `canvas` in its place. */
  video: ['native', 'worker', 'canvas'],
  /** `element` serves sources; a `TrackGenerator` uses `worklet` in its place. */
  audio: ['native', 'element', 'worklet'],
} as const;

/** How a track is made in this browser. */
export type Backend = (typeof backendNames)[TrackKind][number];

/** @throws {TypeError} for a backend that the kind does not have. `null` and empty text mean the default, as `undefined` does. */
export function checkBackend(kind: TrackKind, name: Backend | undefined): void {
  const names: readonly Backend[] = backendNames[kind];
  if (name && !names.includes(name)) {
    throw valueError('backend', name, `one of ${names.join(', ')} for ${kind}`, TypeError);
  }
}

/** How a backend opens a track. A table has such records, best first. */
export interface BackendRecord<Open, Context extends readonly unknown[] = []> {
  readonly name: Backend;
  /** The feature that it needs, for an error. */
  readonly needs: string;
  readonly isSupported: (...context: Context) => boolean;
  readonly open: Open;
}

/**
 * The first record that this browser supports, or the one that is asked for.
 *
 * @throws {TypeError} for an unknown backend.
 * @throws {DOMException} `NotSupportedError` for a backend that this browser lacks.
 */
export function findBackend<Open, Context extends readonly unknown[]>(
  kind: TrackKind,
  records: readonly BackendRecord<Open, Context>[],
  asked: Backend | undefined,
  ...context: Context
): BackendRecord<Open, Context> {
  checkBackend(kind, asked);
  const candidates = records.filter(({ name }) => !asked || asked === name);
  const found = candidates.find(({ isSupported }) => isSupported(...context));
  if (found) return found;
  const needs = candidates.map(({ name, needs }) => `${name} needs ${needs}`).join(', ');
  throw new DOMException(`Cannot make ${kind} tracks: ${needs}.`, 'NotSupportedError');
}
