import { endTrack } from '../../generator/page/backend.js';
import { freezeConfiguration } from '../../generator/page/configuration.js';
import { openVideo } from '../../generator/page/open-output.js';
import type { Hello, PicturesMessage, Report } from '../messages.js';
import type { OpenVideo } from './video-playback.js';

/**
 * Opens a video track where it is not native: one that the worker makes, or a captured canvas.
 * @param play Starts a player in the worker; the `port` is its page's end.
 * @throws {DOMException} `NotSupportedError` for a backend that the browser lacks.
 */
export async function openOtherVideo(
  { videoTrackGenerator }: Hello,
  port: MessagePort,
  play: (target: PicturesMessage['target']) => void,
): Promise<OpenVideo> {
  const asked = freezeConfiguration().backends?.video;
  if (asked ? asked === 'worker' : videoTrackGenerator) {
    if (!videoTrackGenerator) {
      throw new DOMException('This browser makes no video tracks by worker.', 'NotSupportedError');
    }
    const track = receiveTrack(port);
    play('track');
    return openedIn(await track);
  }
  const output = openVideo();
  return { backend: output.backend, track: output.track, target: output.handOver(), end: () => output.end() };
}

const openedIn = (track: MediaStreamTrack): OpenVideo => ({
  backend: 'worker',
  track,
  target: { show: (bitmap) => bitmap.close() },
  end: () => endTrack(track),
});

function receiveTrack(port: MessagePort): Promise<MediaStreamTrack> {
  return new Promise((resolve) => {
    const receive = ({ data }: MessageEvent<Report>) => {
      if (data.type !== 'track') return;
      port.removeEventListener('message', receive);
      resolve(data.track);
    };
    port.addEventListener('message', receive);
    port.start();
  });
}
