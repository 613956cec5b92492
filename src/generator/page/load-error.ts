import { isError } from '../../signals/describe-value.js';
import type { WorkerReady } from '../messages.js';

/** Why a script did not load. */
export interface LoadFailure {
  readonly file: string;
  /** The version of the library that wants it. */
  readonly version: string;
  /** The folder that `configure()` was given, if any. */
  readonly folder?: string;
  /** An error, or the first message that another script has posted; `undefined` for a script in a worklet. */
  readonly reason: unknown;
  /** The library's policy of trusted types; `null` if the page does not allow it, `undefined` if the browser has no such types. */
  readonly policy: unknown;
}

/** The `NetworkError` that says which files to serve. It is loaded when a script was not. */
export function loadError({ file, version, folder, reason, policy }: LoadFailure): DOMException {
  const why = isError(reason)
    ? reason.message.replace(/\.$/, '')
    : otherScript(file, version, reason as Partial<WorkerReady>);
  const advice = folder
    ? 'Serve the files of track-elements/workers/ there'
    : 'If a content security policy forbids that, serve the files of track-elements/workers/ and call configure({ baseUrl })';
  const policyAdvice =
    policy === null
      ? ", and let the policy allow trusted-types track-elements, with two copies of the library also 'allow-duplicates'"
      : '';
  const message = `${file} did not load from ${folder ?? 'a blob: URL'}${why && ` (${why})`}. ${advice}${policyAdvice}.`;
  return new DOMException(message, 'NetworkError');
}

function otherScript(file: string, version: string, firstMessage?: Partial<WorkerReady> | null): string {
  if (firstMessage === undefined) return 'another script, or one of another version, is there';
  if (firstMessage?.type !== 'ready' || firstMessage.script !== file) return 'another script is there';
  return `it has version ${firstMessage.version ?? 'unknown'}, and the page ${version}`;
}
