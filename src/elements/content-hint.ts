import { nearestName } from '../signals/nearest-name.js';

const HINTS: readonly string[] = ['motion', 'detail', 'text', 'speech', 'speech-recognition', 'music'];

/**
 * The error of a content hint that no browser knows, since a track ignores it without a word. This file is loaded when a
 * hint is set.
 */
export function contentHintError(hint: string): Error | null {
  if (HINTS.includes(hint)) return null;
  const like = nearestName(hint, HINTS);
  const suggestion = like ? ` Did you mean "${like}"?` : '';
  return new TypeError(`contentHint is "${hint.slice(0, 40)}"; it must be one of ${HINTS.join(', ')}.${suggestion}`);
}
