import { faultError } from './device-fault.js';
import { isShared, type ReplacedMembers } from './replaced-members.js';

/** The page's `mediaDevices`. A page that is not secure has none: it gets one that knows the virtual devices only. */
export function mediaDevices(replaced: ReplacedMembers): MediaDevices {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (mediaDevices && !isShared(mediaDevices)) return mediaDevices;
  const standIn = Object.assign(new EventTarget(), {
    enumerateDevices: async () => [],
    getUserMedia: rejectNotFound,
    getDisplayMedia: rejectNotFound,
    getSupportedConstraints: () => ({}),
    ondevicechange: null as MediaDevices['ondevicechange'],
  });
  const media = standIn as unknown as MediaDevices;
  media.addEventListener('devicechange', (event) => media.ondevicechange?.(event));
  return replaced.shareMember(navigator, 'mediaDevices', media);
}

/** The answer of a machine without devices. */
export const rejectNotFound = async (): Promise<never> => {
  throw faultError('not-found');
};
