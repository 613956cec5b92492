/** A context that its holder may use until it releases it. */
export interface ContextLease {
  readonly context: AudioContext;
  release(): void;
}

/** The page's audio contexts by sample rate; that of no rate has the rate of the audio device. */
const contexts = new Map<number | undefined, { readonly context: AudioContext; holders: number }>();

/** A context that runs at a rate. All holders of a rate, those who make tracks and those who read them, share one context. */
export function acquireContext(sampleRate?: number): ContextLease {
  const shared = contexts.get(sampleRate) ?? {
    context: new AudioContext({ ...(sampleRate && { sampleRate }) }),
    holders: 0,
  };
  contexts.set(sampleRate, shared);
  shared.holders++;
  const { context } = shared;
  // It does not settle before a user gesture, if one is wanted.
  context.resume().catch(() => {});
  const release = () => {
    shared.holders--;
    // The next holder finds the context running. WebKitGTK crashes if a context closes while its worklet starts.
    setTimeout(() => {
      if (shared.holders > 0 || contexts.get(sampleRate) !== shared) return;
      contexts.delete(sampleRate);
      context.close().catch(() => {});
    }, CONTEXT_CLOSE_DELAY_MS);
  };
  return { context, release };
}

/** An unused context closes after this long. */
const CONTEXT_CLOSE_DELAY_MS = 2000;
