/* Loads the modules of custom signals. Only a page that defines signals loads this file. */
import { loadOnce, loadText } from '../../generator/page/load-script.js';
import type { Composition } from '../composition.js';
import { type CustomSignal, customSignalOf, signalWords } from './custom-signals.js';
import { importInWorker, withTimeout } from './engine-client.js';
import type { LayerError } from './playback.js';

/**
 * Loads the custom signals of layers into the worker or the worklet that plays them. Returns the errors of the layers
 * whose modules failed.
 */
export async function loadCustomSignals(
  target: Worker | Worklet,
  layers: Composition['layers'],
): Promise<readonly LayerError[]> {
  const errors: LayerError[] = [];
  for (const { id, signal, muted } of layers) {
    const custom = muted ? null : customSignalOf(signal);
    if (!custom) continue;
    const load = () => loadModule(target, custom);
    await loadOnce(target, `${custom.kind} ${custom.name}`, load).catch((error) => errors.push({ id, error }));
  }
  return errors;
}

/** @throws {DOMException} `NetworkError` that says what is wrong with the module. */
async function loadModule(target: Worker | Worklet, { kind, name, moduleUrl: url }: CustomSignal): Promise<void> {
  const define = { kind, name };
  try {
    await (target instanceof Worker
      ? importInWorker(target, { url, define })
      : withTimeout(loadText(workletModule(define, url), (blobUrl) => target.addModule(blobUrl))));
  } catch (error) {
    throw new DOMException(
      `The module of ${signalWords[kind]} "${name}", ${url}, did not load: ${(error as Error).message}`,
      'NetworkError',
    );
  }
}

/** A worklet cannot import on demand, but the page can add a module to it that imports the signal. */
const workletModule = (define: object, url: string): string =>
  `import signal from ${JSON.stringify(url)}; trackElementsDefine(${JSON.stringify(define)}, signal);`;
