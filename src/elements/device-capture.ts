import type { CapturedTrack } from '../engine/page/captured-input.js';
import { describeValue } from '../signals/describe-value.js';
import type { TrackKind } from '../signals/track-kind.js';

/**
 * A track of a device that was asked for. It is stopped when nothing shows it any more.
 *
 * @param device Its name in an error: "camera".
 * @param kind The kind of its track.
 * @param ended Called when the device ends the track: unplugged, or no longer shared by the user.
 * @param withAudio Whether audio was asked for beside pictures. It is captured if the stream has some.
 */
export async function captureDevice(
  device: string,
  kind: TrackKind,
  opening: Promise<MediaStream>,
  signal: AbortSignal,
  ended: (track: MediaStreamTrack) => void,
  withAudio = false,
): Promise<CapturedTrack> {
  const stream = await opening.catch((error) => Promise.reject(deviceError(device, kind, error)));
  const track = stream.getTracks().find((each) => each.kind === kind) as MediaStreamTrack;
  const audio = withAudio ? stream.getAudioTracks()[0] : undefined;
  const stop = () => {
    track.stop();
    audio?.stop();
  };
  // Other tracks are not shown.
  for (const other of stream.getTracks()) if (other !== track && other !== audio) other.stop();
  if (signal.aborted) stop();
  signal.throwIfAborted();
  const { width, height } = track.getSettings();
  const listener = () => ended(track);
  track.addEventListener('ended', listener);
  return {
    track,
    ...(audio && { audio }),
    ...(width && { width }),
    ...(height && { height }),
    close() {
      track.removeEventListener('ended', listener);
      stop();
    },
  };
}

/** Says why there is no device, and what to do. */
function deviceError(device: string, kind: TrackKind, error: unknown): unknown {
  const { name = '', message = '', constraint } = Object(error) as Partial<OverconstrainedError>;
  const reason = name === 'OverconstrainedError' ? `none has ${describeValue(constraint)}` : reasons[name];
  if (!reason) return error;
  const told = message ? ` (${message.replace(/\.$/, '')})` : '';
  return new DOMException(
    `The ${device} cannot be ${kind === 'video' ? 'shown' : 'heard'}: ${reason}${told}.`,
    nameOf(name),
  );
}

/** An `OverconstrainedError` cannot be made of a name. */
const nameOf = (name: string): string => (name === 'OverconstrainedError' ? 'NotFoundError' : name);

const reasons: Readonly<Record<string, string>> = {
  NotAllowedError: 'the user, the browser or a policy of the page refuses it; allow it, and call start() in a click',
  NotFoundError: 'there is none; connect one, and call start()',
  NotReadableError: 'another program may use it; close that, and call start()',
  InvalidStateError: 'the page is not in front, or start() was not called in a click',
};
