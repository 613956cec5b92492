/**
 * The picture that a `<video>` shows, as a PNG in the size of the track.
 *
 * @throws {DOMException} `InvalidStateError` (as a rejection) while there is no picture.
 */
export async function videoSnapshot(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await shownFrame(video);
    if (video.videoWidth === 0) break;
    if (!draw(video, canvas)) continue;
    return new Promise((resolve, reject) => {
      const failure = new DOMException('The browser made no PNG of the picture.', 'EncodingError');
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(failure)), 'image/png');
    });
  }
  throw new DOMException('There is no picture yet: wait until the monitor shows one.', 'InvalidStateError');
}

/** Whether something was drawn: between two frames WebKit draws nothing now and then. */
function draw(video: HTMLVideoElement, canvas: HTMLCanvasElement): boolean {
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  const context = canvas.getContext('2d');
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, 1, 1).data[3] === OPAQUE;
}

/** Resolves when the video shows its next frame, or soon: of a track that stands the last frame counts. */
function shownFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FRAME_WAIT_MS);
    video.requestVideoFrameCallback?.(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const MOST_TRIES = 8;
const FRAME_WAIT_MS = 250;
const OPAQUE = 255;
