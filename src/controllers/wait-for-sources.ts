import { anySignal } from '../generator/any-signal.js';
import type { TrackSinkController } from './track-sink-controller.js';

/**
 * Waits while sources inside a sink element are making their tracks, five seconds at most: until the state of none is
 * `starting` or `connecting`, and all have handed over their tracks. It also waits for sources that are added during this time.
 *
 * @param signal Ends the wait: the promise then resolves.
 */
export async function waitForSources(sink: TrackSinkController, signal: AbortSignal): Promise<void> {
  const ending = new AbortController();
  const waiting = anySignal([signal, ending.signal]);
  const timer = setTimeout(() => ending.abort(), MAX_WAIT_MS);
  // Sources of markup that was just put in start with their first update.
  await new Promise((resolve) => setTimeout(resolve, 0));
  while (!waiting.aborted) {
    const coming = sink.sourcesInside.filter((source) => isComing(source, sink.tracks));
    if (coming.length === 0) break;
    const next = new AbortController();
    const options = { once: true, signal: next.signal };
    await new Promise<unknown>((resolve) => {
      waiting.addEventListener('abort', resolve, options);
      sink.changes.addEventListener('change', resolve, options);
      for (const source of coming) source.addEventListener('statechange', resolve, options);
    });
    next.abort();
  }
  clearTimeout(timer);
  ending.abort();
}

/** Whether a source inside is making a track, or has one that it has not handed over. */
function isComing({ state, tracks = [] }: Element & Source, given: readonly MediaStreamTrack[]): boolean {
  if (state === 'starting' || state === 'connecting') return true;
  return tracks.some(({ kind, readyState }) => readyState === 'live' && !given.some((track) => track.kind === kind));
}

/** The state and the tracks, which sources of this library have. */
interface Source {
  readonly state?: string;
  readonly tracks?: readonly MediaStreamTrack[];
}

/** How long sources inside are waited for. */
const MAX_WAIT_MS = 5000;
