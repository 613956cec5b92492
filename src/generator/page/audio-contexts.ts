/** A context that its holder may use until it releases it. */
export interface ContextLease {
  readonly context: AudioContext;
  /**
   * Gives the context back. It closes some time after its last holder; at once if no holder has used it.
   *
   * @param isUnused Whether this holder could not use it. Default `false`.
   */
  release(isUnused?: boolean): void;
}

/** The page's audio contexts by sample rate. The context for no rate has the rate of the audio device. */
const contexts = new Map<number | undefined, SharedContext>();

interface SharedContext {
  readonly context: AudioContext;
  holders: number;
  /** Whether a holder has used it, and its worklet may be starting. */
  isUsed: boolean;
}

/** A context that runs at a rate. All holders of a rate, those who make tracks and those who read them, share one context. */
export function acquireContext(sampleRate?: number): ContextLease {
  const shared: SharedContext = contexts.get(sampleRate) ?? {
    context: new AudioContext({ sampleRate }),
    holders: 0,
    isUsed: false,
  };
  contexts.set(sampleRate, shared);
  shared.holders++;
  const { context } = shared;
  // It does not settle before a user gesture, if one is wanted.
  context.resume().catch(() => {});
  let isReleased = false;
  const release = (isUnused = false) => {
    if (isReleased) return;
    isReleased = true;
    shared.holders--;
    shared.isUsed ||= !isUnused;
    const close = () => {
      if (shared.holders > 0 || contexts.get(sampleRate) !== shared) return;
      contexts.delete(sampleRate);
      context.close().catch(() => {});
    };
    // The next holder finds the context running. WebKitGTK crashes if a context closes while its worklet starts.
    if (shared.isUsed) setTimeout(close, CONTEXT_CLOSE_DELAY_MS);
    else close();
  };
  return { context, release };
}

/** A context without users closes after this time. */
const CONTEXT_CLOSE_DELAY_MS = 2000;
