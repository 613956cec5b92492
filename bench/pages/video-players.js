/** `<video>`s that play the tracks of a source, and the frames that they have presented. */
import { loadCode, trackSources } from './track-sources.js';

const videos = [];

/**
 * Plays tracks of a source, each in a `<video>`. Resolves when every video has presented a frame.
 *
 * @param size width and height of each video in CSS pixels.
 */
export async function playTracks(source, options, { count = 1, size = [640, 360] } = {}) {
  const added = Array.from({ length: count }, () => addVideo(size));
  videos.push(...added);
  await Promise.all(added.map((video) => trackSources[source](video, options)));
  await Promise.all(added.map(nextFrame));
}

function addVideo([width, height]) {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, muted: true, playsInline: true });
  video.style.cssText = `width: ${width}px; height: ${height}px; vertical-align: top`;
  document.body.append(video);
  return video;
}

/** Shows all videos at another size. */
export function resize([width, height]) {
  for (const { style } of videos) Object.assign(style, { width: `${width}px`, height: `${height}px` });
}

const nextFrame = (video) =>
  new Promise((resolve) => video.requestVideoFrameCallback((_now, metadata) => resolve(metadata)));

/**
 * For each video, the number of frames that it has presented and the time of the last one, in milliseconds. The browser
 * counts frames also while the main thread is blocked and no callback can run.
 */
export async function presentedFrames() {
  const frames = await Promise.all(videos.map(nextFrame));
  return frames.map(({ presentedFrames: count, presentationTime }) => ({ count, time: presentationTime }));
}

/** Milliseconds from the start of a source to its first presented frame, without the time to load its code. */
export async function timeToFirstFrame(source, options) {
  const video = addVideo([640, 360]);
  await loadCode[source]?.();
  const first = nextFrame(video);
  const start = performance.now();
  await trackSources[source](video, options);
  await first;
  return performance.now() - start;
}

/** Blocks the main thread for a number of milliseconds in each second. */
export function blockMainThread(milliseconds) {
  const block = () => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  setInterval(block, 1000);
}
