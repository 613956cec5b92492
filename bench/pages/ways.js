/** The ways to bring a track into a `<video>` that are compared. Each starts one and returns what ends it. */
import { pictures } from './pictures.js';

export const ways = {
  /** This library, as a page writes it. */
  async ours(video, { picture, width, height, rate }) {
    await load.ours();
    const source = document.createElement('pattern-source');
    Object.assign(source, { pattern: picture, width, height, frameRate: rate, sinks: [video] });
    document.body.append(source);
    return () => source.remove();
  },

  /** The loop that one writes by hand: a 2D canvas on the main thread, timed by deadlines. */
  async loop(video, options) {
    const { picture, width, height, rate } = options;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = generator.writable.getWriter();
    video.srcObject = new MediaStream([generator]);
    return everyFrame(rate, (n) => {
      pictures[picture](context, n, options);
      writer.write(new VideoFrame(canvas, { timestamp: Math.round((n * 1e6) / rate) }));
    });
  },

  /** The same where there is no native generator: each picture drawn is asked for. */
  async captured(video, options) {
    const { picture, width, height, rate } = options;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const stream = canvas.captureStream(0);
    const source = stream.requestFrame ? stream : stream.getVideoTracks()[0];
    video.srcObject = stream;
    return everyFrame(rate, (n) => {
      pictures[picture](context, n, options);
      source.requestFrame();
    });
  },

  /** The browser's own fake camera. */
  async camera(video, { width, height, rate }) {
    const constraints = { width: { exact: width }, height: { exact: height }, frameRate: { exact: rate } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: constraints });
    video.srcObject = stream;
    return () => {
      for (const track of stream.getTracks()) track.stop();
    };
  },
};

/** The code that a way needs besides this file. */
export const load = { ours: () => import('/dist/define/pattern-source.js') };

/** Calls back with the number of each frame, at its deadline; skips what is late. Returns what ends it. */
export function everyFrame(rate, draw) {
  const origin = performance.now();
  let timer;
  let n = -1;
  const tick = () => {
    // A timer may fire a little before its time: then the number is still the next one.
    n = Math.max(n + 1, Math.floor(((performance.now() - origin) * rate) / 1000));
    draw(n);
    timer = setTimeout(tick, Math.max(0, origin + ((n + 1) * 1000) / rate - performance.now()));
  };
  tick();
  return () => clearTimeout(timer);
}
