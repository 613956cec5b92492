import { workletName } from '../messages.js';
import { loadOnce, loadScript, type Script } from './load-script.js';
import { withTimeout } from './with-timeout.js';

/**
 * Loads a script into the worklet of a context, once. Unlike a worker, a worklet posts nothing before it has a node, and a
 * context that waits for a user gesture runs no node. So the script tells by the name of a processor which one it is.
 *
 * @throws {DOMException} `NetworkError` if the script does not load, or is another one.
 */
export function addToWorklet(context: BaseAudioContext, script: Script): Promise<void> {
  const { audioWorklet } = context;
  return loadOnce(audioWorklet, script, () =>
    loadScript(script, async (url) => {
      await withTimeout(audioWorklet.addModule(url));
      try {
        new AudioWorkletNode(context, workletName(script.file));
      } catch {
        return Promise.reject();
      }
    }),
  );
}
