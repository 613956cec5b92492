/** `<video>`s on the page, and how many frames they have presented. */
import { load, ways } from './ways.js';

const videos = [];

/** Shows tracks made one way, each in a `<video>` of a size in CSS pixels. Resolves when every one has a picture. */
export async function show(way, options, { count = 1, size = [640, 360] } = {}) {
  const added = Array.from({ length: count }, () => addVideo(size));
  videos.push(...added);
  await Promise.all(added.map((video) => ways[way](video, options)));
  await Promise.all(added.map(nextFrame));
}

function addVideo([width, height]) {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, muted: true, playsInline: true });
  video.style.cssText = `width: ${width}px; height: ${height}px; vertical-align: top`;
  document.body.append(video);
  return video;
}

const nextFrame = (video) =>
  new Promise((resolve) => video.requestVideoFrameCallback((_now, metadata) => resolve(metadata)));

/**
 * For each video, how many frames it has presented and when it presented the last of them, in milliseconds. The count
 * goes on while the main thread is blocked and no callback can run.
 */
export async function presented() {
  const frames = await Promise.all(videos.map(nextFrame));
  return frames.map(({ presentedFrames, presentationTime }) => ({ count: presentedFrames, time: presentationTime }));
}

/** Milliseconds from starting one way to the first frame presented; its code is loaded already. */
export async function timeToFirstFrame(way, options) {
  const video = addVideo([640, 360]);
  await load[way]?.();
  const first = nextFrame(video);
  const start = performance.now();
  await ways[way](video, options);
  await first;
  return performance.now() - start;
}

/** Keeps the main thread busy for a time in each second, both in milliseconds. */
export function block(milliseconds) {
  const busy = () => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  setInterval(busy, 1000);
}
