/** Sends numbered pictures through several loopbacks at the same time, and measures which of them arrive, and when. */

const BITS = 16;
const SIZE = { width: 320, height: 180 };
/** From the connection to the first picture that counts: every path has its bit rate and its jitter buffer by then. */
const SETTLE_MS = 1500;
/** A gap between two pictures of more than this, and of three pictures, is a freeze. `freezeCount` of WebRTC adds 150 ms too. */
const FREEZE_MS = 150;

/**
 * @typedef {object} Arrivals How the pictures of a loopback arrived.
 * @property {number} share Share of the pictures that arrived, of those that arrived without faults.
 * @property {number} latency Median time from the instant a picture was due at its source to its arrival, in milliseconds.
 * @property {number} addedLatency The same without the latency of a loopback without faults.
 * @property {number} lateLatency The latency that 95 % of the pictures are below, without that of a loopback without faults.
 * @property {number[]} freezes Lengths in milliseconds, the longest first.
 * @property {import('../../dist/rtc/loopback-stats.js').LoopbackStats | null} stats The last statistics.
 */

/**
 * Measures loopbacks with these attributes, beside one without any.
 *
 * @param {string[]} faults such as `loss="0.05" seed="1"`.
 * @param {{ seconds: number, frameRate: number }} options
 * @returns {Promise<{ arrivals: Arrivals[], stall: number }>} `arrivals` in the order of `faults`; `stall` is the longest time in
 * milliseconds for which the loopback without faults stood still, because the machine was busy.
 */
export async function measureArrivals(faults, { seconds, frameRate }) {
  await import('/dist/define/all.js');
  const { definePattern } = await import('/dist/define-signals.js');
  const { now, pageOrigin } = await import('/dist/generator/timeline.js');
  definePattern('frame-number', new URL('./frame-number-pattern.js', import.meta.url));
  const box = document.createElement('div');
  const paths = ['', ...faults].map((attributes, index) => {
    box.insertAdjacentHTML('beforeend', `<rtc-loopback id="path${index}" ${attributes}></rtc-loopback>`);
    return box.lastElementChild;
  });
  const source = document.createElement('pattern-source');
  Object.assign(source, { pattern: 'frame-number', ...SIZE, frameRate, htmlFor: paths.map(({ id }) => id).join(' ') });
  document.body.append(box, source);
  const logs = [];
  try {
    await Promise.all(paths.map((path) => until(() => path.state === 'live' && path.track)));
    const origin = pageOrigin();
    const latencyOf = (n) => now() - origin - (n * 1000) / frameRate;
    for (const { track } of paths) logs.push(logPictures(track, latencyOf));
    await sleep(SETTLE_MS);
    const first = Math.ceil(((now() - origin) * frameRate) / 1000);
    const last = first + seconds * frameRate;
    const longestDelay = Math.max(...paths.map(({ delay, jitter, freeze }) => 3 * delay + jitter + freeze));
    await sleep(seconds * 1000 + longestDelay + 500);
    const [clean, ...impaired] = logs.map(({ pictures }) => pictures.filter(({ n }) => n >= first && n < last));
    return {
      arrivals: impaired.map((pictures, index) => arrivals(pictures, clean, paths[index + 1].stats, frameRate)),
      stall: Math.max(0, ...gapsOf(clean)) - 1000 / frameRate,
    };
  } finally {
    for (const { close } of logs) close();
    box.remove();
    source.remove();
  }
}

function arrivals(pictures, clean, stats, frameRate) {
  const [cleanLatency, cleanLate] = [quantile(clean, 0.5), quantile(clean, 0.95)];
  return {
    share: pictures.length / clean.length,
    latency: quantile(pictures, 0.5),
    addedLatency: quantile(pictures, 0.5) - cleanLatency,
    lateLatency: quantile(pictures, 0.95) - cleanLate,
    freezes: gapsOf(pictures)
      .filter((gap) => gap > Math.max(3000 / frameRate, FREEZE_MS + 1000 / frameRate))
      .sort((a, b) => b - a),
    stats,
  };
}

/** Milliseconds between each two pictures. */
const gapsOf = (pictures) => pictures.slice(1).map(({ time }, index) => time - pictures[index].time);

/** The latency that this share of the pictures does not exceed. */
function quantile(pictures, share) {
  const sorted = pictures.map(({ latency }) => latency).sort((one, other) => one - other);
  return sorted[Math.floor(share * (sorted.length - 1))];
}

/** Logs each picture of a track once, with its number, when it came and how late that was, in milliseconds. */
function logPictures(track, latencyOf) {
  const pictures = [];
  const context = new OffscreenCanvas(BITS, 1).getContext('2d', { willReadFrequently: true });
  const log = (image, width, height) => {
    context.drawImage(image, 0, height / 8, width, height / 4, 0, 0, BITS, 1);
    const { data } = context.getImageData(0, 0, BITS, 1);
    let n = 0;
    for (let bit = 0; bit < BITS; bit++) if (data[4 * bit] > 125) n |= 1 << bit;
    if (n !== pictures.at(-1)?.n) pictures.push({ n, time: performance.now(), latency: latencyOf(n) });
  };
  return {
    pictures,
    close: 'MediaStreamTrackProcessor' in globalThis ? readFrames(track, log) : watchVideo(track, log),
  };
}

/** Every decoded picture, whether or not the page had time to show it. */
function readFrames(track, log) {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 60 }).readable.getReader();
  const read = async () => {
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      log(frame, frame.displayWidth, frame.displayHeight);
      frame.close();
    }
  };
  void read();
  return () => void reader.cancel();
}

/** The pictures that a video shows. */
function watchVideo(track, log) {
  const video = document.createElement('video');
  Object.assign(video, { muted: true, autoplay: true, width: 80, srcObject: new MediaStream([track]) });
  document.body.append(video);
  const watch = () => {
    log(video, video.videoWidth, video.videoHeight);
    video.requestVideoFrameCallback(watch);
  };
  video.requestVideoFrameCallback(watch);
  return () => video.remove();
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition) {
  while (!condition()) await sleep(20);
}
