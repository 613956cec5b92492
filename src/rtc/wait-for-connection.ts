import { pathError } from './errors.js';
import { type Clock, passed, unlessAborted } from './timing.js';

/** What there is to look into when media does not get through. */
export const doubts = 'Check that its UDP ports can be reached from here, and whether a TURN server is needed.';

const unreachable = 'The server answered, but media does not get through.';

/** Resolves when a peer connection stands; rejects when it fails, does not come in time, or with the signal's reason. */
export async function connected(
  peer: RTCPeerConnection,
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const waiting = AbortSignal.any([signal, done.signal]);
  const stands = new Promise<void>((resolve, reject) => {
    const check = () => {
      if (peer.connectionState === 'connected') resolve();
      else if (/failed|closed/.test(peer.connectionState)) reject(pathError(`${unreachable} ${doubts}`));
    };
    peer.addEventListener('connectionstatechange', check, { signal: waiting });
    check();
  });
  const late = passed(clock, milliseconds, waiting).then(() => {
    throw pathError(`${unreachable} Nothing got through within ${milliseconds} ms. ${doubts}`);
  });
  late.catch(() => {});
  try {
    await unlessAborted(signal, Promise.race([stands, late]));
  } finally {
    done.abort();
  }
}
