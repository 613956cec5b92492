/*
 * Replaces src/generator/page/load-script.ts in the script of virtual devices: workers and worklets start from the script's own
 * text. The parts of a worker are in it already, so that a page needs to allow the workers alone.
 */
import type { Script } from '../generator/page/load-script.js';
import { loadText, policyNow } from '../generator/page/load-text.js';
import { isError } from '../signals/describe-value.js';

/**
 * Like the loader of the library, but a part is loaded by the name of its file.
 *
 * @throws {DOMException} `NetworkError` that says what the policy of the page has to allow.
 */
export async function loadScript<T>({ file, text }: Script, load: (url: string) => Promise<T>): Promise<T> {
  try {
    const { text: code } = await text();
    return await (file.endsWith('-part.js') ? load(file) : loadText(code, load));
  } catch (reason) {
    const why = isError(reason) && reason.message ? ` (${reason.message.replace(/\.$/, '')})` : '';
    const types = policyNow() === null ? ', trusted-types track-elements' : '';
    throw new DOMException(
      `${file} did not start from a blob: URL${why}. If the content security policy of the page forbids that, let it allow worker-src blob:, script-src blob:${types}; or let the driver bypass it.`,
      'NetworkError',
    );
  }
}
