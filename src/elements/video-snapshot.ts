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
    // A picture that is transparent all over looks like none: the last try counts.
    if (!draw(video, canvas) && tries < MOST_TRIES - 1) continue;
    fillBackground(video, canvas);
    return new Promise((resolve, reject) => {
      const failure = new DOMException('The browser made no PNG of the picture.', 'EncodingError');
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(failure)), 'image/png');
    });
  }
  throw new DOMException('There is no picture yet: wait until the monitor shows one.', 'InvalidStateError');
}

/** Whether something was drawn: between two frames WebKit draws nothing now and then. */
function draw(video: HTMLVideoElement, canvas: HTMLCanvasElement): boolean {
  const { videoWidth: width, videoHeight: height } = video;
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, width, height).data.some((level) => level > 0) ?? false;
}

/**
 * Paints what can be seen through a transparent picture: first the background of the video, then the backgrounds of the
 * elements around it.
 */
function fillBackground(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.globalCompositeOperation = 'destination-over';
  for (let element: Element | null = video; element; element = element.parentElement) {
    context.fillStyle = getComputedStyle(element).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
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

/** Saves a file where the user keeps downloads. */
export function saveFile({ blob, filename }: { readonly blob: Blob; readonly filename: string }): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: filename });
  link.click();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS);
}

const SAVING_MS = 10_000;
