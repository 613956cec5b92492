import { valueError } from '../../signals/checks.js';

/** Whether a value is a track. Not by instanceof: a track of another document has another class. */
export const isTrack = (value: Partial<MediaStreamTrack> | null | undefined): value is MediaStreamTrack =>
  /^(audio|video)$/.test(value?.kind ?? '') && typeof value?.clone === 'function' && 'readyState' in value;

/** @throws {TypeError} for anything but a track, or for one of another kind than `kind`. */
export function checkTrack(value: unknown, kind = ''): asserts value is MediaStreamTrack {
  const isRight = isTrack(value as Partial<MediaStreamTrack>) && (!kind || (value as MediaStreamTrack).kind === kind);
  if (!isRight)
    throw valueError('track', value, kind ? `a MediaStreamTrack of ${kind}` : 'a MediaStreamTrack', TypeError);
}
