/** The sources of tracks that are compared. Each one plays its track in a `<video>`, and returns a function that stops it. */
import { installCamera, openCamera } from './cameras.js';
import { drawings } from './drawings.js';

export const trackSources = {
  /** A `<pattern-source>` of this library. */
  async library(video, { picture, width, height, rate }) {
    await loadCode.library();
    const source = document.createElement('pattern-source');
    Object.assign(source, { pattern: picture, width, height, frameRate: rate, sinks: [video] });
    document.body.append(source);
    return () => source.remove();
  },

  /** A `<pattern-source>` whose track passes through a processor, a transform and a generator: those of the browser, or polyfills. */
  async 'piped track'(video, { picture, width, height, rate }) {
    await Promise.all([loadCode.library(), import('/dist/polyfill.js')]);
    const source = document.createElement('pattern-source');
    Object.assign(source, { pattern: picture, width, height, frameRate: rate });
    document.body.append(source);
    const { readable } = new MediaStreamTrackProcessor({ track: await source.ready });
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    video.srcObject = new MediaStream([generator]);
    const transform = new TransformStream({
      transform(frame, controller) {
        controller.enqueue(new VideoFrame(frame, { timestamp: frame.timestamp }));
        frame.close();
      },
    });
    readable.pipeThrough(transform).pipeTo(generator.writable);
    return () => source.remove();
  },

  /** The loop that a page would write without the library: it draws on a canvas and writes VideoFrames, on the main thread. */
  async 'canvas loop'(video, options) {
    const { picture, width, height, rate } = options;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const writer = generator.writable.getWriter();
    video.srcObject = new MediaStream([generator]);
    return everyFrame(rate, (n) => {
      drawings[picture](context, n, options);
      writer.write(new VideoFrame(canvas, { timestamp: Math.round((n * 1e6) / rate) }));
    });
  },

  /** The same loop for browsers without MediaStreamTrackGenerator: the canvas is captured after each drawing. */
  async 'captured canvas'(video, options) {
    const { picture, width, height, rate } = options;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    const stream = canvas.captureStream(0);
    // requestFrame() is a method of the stream in Firefox, of the track elsewhere.
    const capture = stream.requestFrame ? stream : stream.getVideoTracks()[0];
    video.srcObject = stream;
    return everyFrame(rate, (n) => {
      drawings[picture](context, n, options);
      capture.requestFrame();
    });
  },

  /** The fake camera that Chromium has for tests. */
  'fake camera': (video, options) => playCamera('fake camera', video, options),

  /** A camera of the npm package `@eatsjobs/media-mock`. */
  'mocked camera': (video, options) => playCamera('mocked camera', video, options),

  /** A virtual camera of this library. */
  'virtual camera': (video, options) => playCamera('virtual camera', video, options),
};

async function playCamera(source, video, options) {
  await installCamera(source, options.picture, options);
  const stream = await openCamera(options);
  video.srcObject = stream;
  return () => {
    for (const track of stream.getTracks()) track.stop();
  };
}

/** Loads the code of a source that is not in this file. */
export const loadCode = { library: () => import('/dist/define/pattern-source.js') };

/** Calls back with the number of each frame when it is due, and skips late ones. Returns a function that stops. */
export function everyFrame(rate, draw) {
  const origin = performance.now();
  let timer;
  let n = -1;
  const tick = () => {
    // A timer can fire a little early: then the frame is still the next one.
    n = Math.max(n + 1, Math.floor(((performance.now() - origin) * rate) / 1000));
    draw(n);
    timer = setTimeout(tick, Math.max(0, origin + ((n + 1) * 1000) / rate - performance.now()));
  };
  tick();
  return () => clearTimeout(timer);
}
