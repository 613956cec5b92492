/** The page's audio contexts, one for each sample rate, closed when nobody has used it for a while. */
const contexts = new Map<number, { readonly context: AudioContext; users: number }>();

/** A context that runs at a rate, and what gives it back. Browsers let it run only after a user gesture. */
export function acquireContext(sampleRate: number): { context: AudioContext; release(): void } {
  const shared = contexts.get(sampleRate) ?? { context: new AudioContext({ sampleRate }), users: 0 };
  contexts.set(sampleRate, shared);
  shared.users++;
  const { context } = shared;
  // Where a gesture is wanted, this never settles.
  context.resume().catch(() => {});
  const release = () => {
    shared.users--;
    // A source that comes at once finds it running, and WebKitGTK crashes when one is closed whose worklet is starting.
    setTimeout(() => {
      if (shared.users > 0 || contexts.get(sampleRate) !== shared) return;
      contexts.delete(sampleRate);
      context.close().catch(() => {});
    }, LINGER);
  };
  return { context, release };
}

/** Milliseconds. */
const LINGER = 2000;
