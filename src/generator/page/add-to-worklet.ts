import { workletName } from '../messages.js';
import { loadOnce } from './load-once.js';
import { loadScript, type Script } from './load-script.js';
import { withTimeout } from './with-timeout.js';

/**
 * Loads a script into the worklet of a context, once. Unlike a worker, a worklet posts nothing before it has a node, and a
 * context that waits for a user gesture runs no node. So the script tells by the name of a processor which one it is.
 *
 * @throws {DOMException} `NetworkError` if the script does not load, or is another one.
 */
export function addToWorklet(context: BaseAudioContext, script: Script): Promise<void> {
  return loadOnce(context, script, () =>
    loadScript(script, async (url) => {
      await withTimeout(context.audioWorklet.addModule(url));
      if (!hasRegistered(context, script.file)) return Promise.reject();
    }),
  );
}

/** Whether a script of this version has registered its name in the worklet of a context. */
export function hasRegistered(context: BaseAudioContext, name: string): boolean {
  try {
    return Boolean(new AudioWorkletNode(context, workletName(name)));
  } catch {
    return false;
  }
}
