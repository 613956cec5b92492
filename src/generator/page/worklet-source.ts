import { climb } from './load-script.js';

/** How a library's worklet is loaded: from its file, and where that does not work from its text. */
export interface WorkletSource {
  /** Has the whole `addModule(new URL(…))` in it, since bundlers look for that. */
  readonly fromFile: (worklet: Worklet) => Promise<void>;
  readonly text: () => Promise<{ readonly text: string }>;
}

const loaded = new WeakMap<Worklet, Map<WorkletSource, Promise<void>>>();

/** Loads a worklet into a context, once. */
export function loadWorklet({ audioWorklet }: BaseAudioContext, source: WorkletSource): Promise<void> {
  const sources = loaded.get(audioWorklet) ?? new Map<WorkletSource, Promise<void>>();
  loaded.set(audioWorklet, sources);
  const loading =
    sources.get(source) ??
    climb({
      what: 'worklet',
      fromFile: () => source.fromFile(audioWorklet),
      fromUrl: (url) => audioWorklet.addModule(url),
      text: source.text,
    });
  sources.set(source, loading);
  loading.catch(() => sources.delete(source));
  return loading;
}
