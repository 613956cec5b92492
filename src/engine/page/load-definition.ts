import type { Composition } from '../composition.js';
import type { SignalName } from '../messages.js';
import { moduleUrlOf, signalNameOf } from './custom-signals.js';
import { inTime, loadModule, once } from './load-module.js';
import type { LayerError } from './playback.js';

/** Loads the page's own signals among those of some layers; tells of which layers that failed. */
export async function loadDefinitions(realm: Worker | Worklet, layers: Composition['layers']): Promise<LayerError[]> {
  const errors: LayerError[] = [];
  for (const { id, signal } of layers) {
    const name = signalNameOf(signal);
    const url = moduleUrlOf(name);
    if (!url) continue;
    await once(realm, `${name.kind} ${name.name}`, () => loadDefinition(realm, name, url)).catch((error) =>
      errors.push({ id, error }),
    );
  }
  return errors;
}

/**
 * Loads a signal of the page's own into the worker or the worklet where it is to play.
 * @throws {DOMException} `NetworkError` that says what is wrong with the module.
 */
async function loadDefinition(realm: Worker | Worklet, signal: SignalName, url: string): Promise<void> {
  try {
    await ('addModule' in realm ? defineInWorklet(realm, signal, url) : loadModule(realm, { url, define: signal }));
  } catch (error) {
    const what = signal.kind === 'video' ? 'pattern' : 'waveform';
    throw new DOMException(
      `The module of ${what} "${signal.name}", ${url}, did not load: ${(error as Error).message}`,
      'NetworkError',
    );
  }
}

/** A worklet cannot import on demand, but loads a module that does. */
async function defineInWorklet(worklet: Worklet, signal: SignalName, url: string): Promise<void> {
  const text = `import signal from ${JSON.stringify(url)}; trackElementsDefine(${JSON.stringify(signal)}, signal);`;
  const blob = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    await inTime(worklet.addModule(blob));
  } finally {
    URL.revokeObjectURL(blob);
  }
}
