import { isError } from '../../signals/describe-value.js';

/** Why a script did not load. */
export interface LoadFailure {
  readonly file: string;
  /** The folder that `configure()` was given, if any. */
  readonly folder?: string;
  readonly reason: unknown;
  /** Whether the page wants trusted types, and does not allow the policy of the library. */
  readonly isPolicyRefused: boolean;
}

/** The `NetworkError` that says which files to serve. It is loaded when a script was not. */
export function loadError({ file, folder, reason, isPolicyRefused }: LoadFailure): DOMException {
  const why = isError(reason) && reason.message ? ` (${reason.message.replace(/\.$/, '')})` : '';
  const advice = folder
    ? 'Serve the files of track-elements/workers/ there'
    : 'If a content security policy forbids that, serve the files of track-elements/workers/ and call configure({ baseUrl })';
  const policy = isPolicyRefused
    ? ", and let the policy allow trusted-types track-elements, with two copies of the library also 'allow-duplicates'"
    : '';
  const message = `${file} did not load from ${folder ?? 'a blob: URL'}${why}. ${advice}${policy}.`;
  return new DOMException(message, 'NetworkError');
}
