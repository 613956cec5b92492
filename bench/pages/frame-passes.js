/** Passes thousands of frames through a backend, and counts the objects that stay open. */
let countOpenObjects;
let channel;

const WORKER_ANSWER_TIMEOUT_MS = 1000;

/** Counts frames, audio data and bitmaps from now on, in the page and in the worker. Call it before the library is loaded. */
export async function countObjects() {
  ({ countOpenObjects } = await import('./open-objects.js'));
  channel = new BroadcastChannel('open-objects');
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      const isEngine = `${url}`.endsWith('/track-elements-engine-worker.js');
      super(isEngine ? new URL('./counting-worker.js', import.meta.url) : url, options);
    }
  };
}

/** Chooses the backend, and starts a tone that keeps the worker alive: it ends with its last source, and its counts with it. */
export async function keepWorkerAlive(backend) {
  const { configure } = await import('/dist/configure.js');
  await import('/dist/define/tone-source.js');
  configure({ backends: { video: backend } });
  const source = document.createElement('tone-source');
  document.body.append(source);
  await source.ready;
}

/** Passes a number of frames through the backend: `played` by sources or `written` by `write()`. */
export async function passFrames(method, { backend, frames }) {
  return methods[method](backend, frames);
}

const methods = {
  /** At 200 frames per second, because the timers of a worker fire every 4 ms at most. */
  async played(backend, frames) {
    await import('/dist/define/pattern-source.js');
    const patterns = ['ball', 'smpte-hd', 'ball', 'smpte-hd', 'snow', 'solid', 'ball', 'ebu-75'];
    const sources = patterns.map((pattern) =>
      Object.assign(document.createElement('pattern-source'), { pattern, width: 64, height: 64, frameRate: 200 }),
    );
    document.body.append(...sources);
    const produced = async () => {
      const stats = await Promise.all(sources.map((source) => source.getStats()));
      return stats.reduce((sum, each) => sum + each.produced, 0);
    };
    await Promise.all(sources.map(({ ready }) => ready));
    if (sources.some((source) => source.backend !== backend)) {
      throw new Error(`The backend is "${sources[0].backend}"; it must be "${backend}".`);
    }
    while ((await produced()) < frames) await sleep(100);
    for (const source of sources) source.remove();
    await sleep(500);
  },

  /** Canvases, pictures and VideoFrames, one after the other. */
  async written(backend, frames) {
    const { TrackGenerator } = await import('/dist/generator/page/track-generator.js');
    const generator = new TrackGenerator({ kind: 'video', backend });
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext('2d');
    const plane = (length) => new Uint8Array(length).fill(128);
    const picture = { width: 64, height: 64, y: plane(4096), u: plane(1024), v: plane(1024), colorSpace: 'bt709' };
    for (let n = 0; n < frames; n++) {
      context.fillRect(n % 64, 0, 1, 1);
      const inputs = [canvas, picture, new VideoFrame(canvas, { timestamp: n * 1000 })];
      await generator.write(inputs[n % 3]);
      if (n % 3 !== 2) inputs[2].close();
      if (n % 100 === 0) await sleep(0);
    }
    generator.stop();
    await sleep(500);
  },
};

/** The counts of open objects of page and worker; `null` for the worker if there is none. */
export async function openObjects() {
  const answer = new Promise((resolve) => {
    channel.onmessage = ({ data }) => data !== 'count' && resolve(data);
    setTimeout(() => resolve(null), WORKER_ANSWER_TIMEOUT_MS);
  });
  channel.postMessage('count');
  return { page: countOpenObjects(), worker: await answer };
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
