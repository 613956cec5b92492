/** Two writers of the same canvas, each into a track that a `<video>` shows. */
import { TrackGenerator } from '/dist/generator/page/track-generator.js';
import { pictures } from './pictures.js';

const options = { width: 1280, height: 720, rate: 30 };
const canvas = Object.assign(document.createElement('canvas'), { width: options.width, height: options.height });
const context = canvas.getContext('2d');
let writers;
let written = 0;

export function open() {
  const generator = new TrackGenerator({ kind: 'video' });
  const native = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = native.writable.getWriter();
  for (const track of [generator.track, native]) show(track);
  writers = {
    ours: (timestamp) => generator.write(canvas, { timestamp }),
    raw: (timestamp) => writer.write(new VideoFrame(canvas, { timestamp })),
  };
}

function show(track) {
  const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true });
  video.style.cssText = 'width: 160px; height: 90px';
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
}

/** Writes a number of different pictures, one a task. Resolves to the milliseconds spent from call to settling. */
export async function write(name, frames) {
  const writeFrame = writers[name];
  let spent = 0;
  for (let i = 0; i < frames; i++) {
    const n = written++;
    pictures.ball(context, n, options);
    const start = performance.now();
    await writeFrame(Math.round((n * 1e6) / options.rate));
    spent += performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return spent;
}
