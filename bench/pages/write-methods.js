/** Two ways to write a canvas into a track: `write()` of this library, and the writer of the browser's own generator. */
import { TrackGenerator } from '/dist/generator/page/track-generator.js';
import { drawings } from './drawings.js';

const options = { width: 1280, height: 720, rate: 30 };
const canvas = Object.assign(document.createElement('canvas'), { width: options.width, height: options.height });
const context = canvas.getContext('2d');
let methods;
let frameNumber = 0;

/** Makes the two tracks, each of which plays in a small `<video>`. */
export function openTracks() {
  const generator = new TrackGenerator({ kind: 'video' });
  const native = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = native.writable.getWriter();
  for (const track of [generator.track, native]) play(track);
  methods = {
    library: (timestamp) => generator.write(canvas, { timestamp }),
    native: (timestamp) => writer.write(new VideoFrame(canvas, { timestamp })),
  };
}

function play(track) {
  const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true });
  video.style.cssText = 'width: 160px; height: 90px';
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
}

/** Writes a number of frames, each in a task. Resolves to the sum of the milliseconds from each call until it has resolved. */
export async function writeFrames(method, frames) {
  const write = methods[method];
  let spent = 0;
  for (let i = 0; i < frames; i++) {
    const n = frameNumber++;
    drawings.ball(context, n, options);
    const start = performance.now();
    await write(Math.round((n * 1e6) / options.rate));
    spent += performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return spent;
}
