/** Ten thousand frames through a backend, and what is left of them. */
let ledger;
let channel;

/** Loads the library with everything counted. */
export async function countEverything() {
  ({ ledger } = await import('./ledger.js'));
  channel = new BroadcastChannel('ledger');
  const { configure } = await import('/dist/generator/page/configure.js');
  configure({ workerUrl: new URL('./counted-worker.js', import.meta.url) });
}

/** Chooses the backend, and keeps the worker alive: it would end with its last source, and its ledger with it. */
export async function prepare(backend) {
  const { configure } = await import('/dist/generator/page/configure.js');
  await import('/dist/define/tone-source.js');
  configure({ backends: { video: backend } });
  const source = document.createElement('tone-source');
  document.body.append(source);
  await source.ready;
}

/** Plays or writes until so many frames have passed, each way through the backend. */
export async function pass(way, { backend, frames }) {
  return ways[way](backend, frames);
}

const ways = {
  /** Sources, faster than anybody would want them: a worker's timers come every 4 ms at best. */
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
    if (sources.some((source) => source.backend !== backend)) throw new Error(`it plays by ${sources[0].backend}`);
    while ((await produced()) < frames) await sleep(100);
    for (const source of sources) source.remove();
    await sleep(500);
  },

  /** A generator that is written to, with canvases, pictures and frames in turn. */
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

/** What page and worker have left open; `null` for the worker where there is none. */
export async function leftOpen() {
  const answer = new Promise((resolve) => {
    channel.onmessage = ({ data }) => data !== 'ask' && resolve(data);
    setTimeout(() => resolve(null), 1000);
  });
  channel.postMessage('ask');
  return { page: ledger(), worker: await answer };
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
