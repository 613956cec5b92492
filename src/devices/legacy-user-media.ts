/* `getUserMedia()` of `navigator`, with callbacks: Media Capture and Streams, section "Legacy Interface Extensions". */
import { valueError } from '../signals/checks.js';
import type { ReplacedMembers } from './replaced-members.js';

type LegacyGetUserMedia = (
  constraints: MediaStreamConstraints,
  success: (stream: MediaStream) => void,
  failure: (error: DOMException | TypeError) => void,
) => void;

/** The name in the standard, the name in Chromium and the name in Firefox. Each browser has some of them. */
const legacyNames = ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia'] as const;

/** Replaces the functions that answer by callbacks, so that they give what `open` gives. */
export function replaceLegacyUserMedia(
  replaced: ReplacedMembers,
  open: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
): void {
  const owner = navigator as unknown as Record<(typeof legacyNames)[number], LegacyGetUserMedia>;
  for (const name of legacyNames) {
    replaced.replaceMethod(owner, name, () => (constraints, success, failure) => {
      for (const [parameter, callback] of Object.entries({ success, failure })) {
        if (typeof callback !== 'function') throw valueError(parameter, callback, 'a function', TypeError);
      }
      open(constraints).then(
        // An error of the page's callback is not one of this request.
        (stream) => queueMicrotask(() => success(stream)),
        (error) => queueMicrotask(() => failure(error)),
      );
    });
  }
}
