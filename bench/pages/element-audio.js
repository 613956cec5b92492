/** Listens to a tone whose track is a captured media element: the gaps in it, and how late it is. */

/** A sine this slow tells by its phase how late it is, up to 200 ms. */
const FREQUENCY_HZ = 5;

/** Runs in an audio worklet: posts the samples of each block. */
const listener = `
  registerProcessor('listener', class extends AudioWorkletProcessor {
    process([[samples]]) {
      if (samples) this.port.postMessage({ samples: samples.slice(), time: currentTime });
      return true;
    }
  });
`;

let heard;

/** Starts the tone, and listens to it. */
export async function startListening() {
  const [{ configure }, { now, pageOrigin }] = await Promise.all([
    import('/dist/configure.js'),
    import('/dist/generator/timeline.js'),
    import('/dist/define/tone-source.js'),
  ]);
  configure({ backends: { audio: 'element' } });
  const tone = document.createElement('tone-source');
  Object.assign(tone, { frequency: FREQUENCY_HZ, level: -6, channels: 1, sampleRate: 48_000 });
  document.body.append(tone);
  const track = await tone.ready;
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([listener], { type: 'text/javascript' })));
  const node = new AudioWorkletNode(context, 'listener', { numberOfOutputs: 0 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(node);
  heard = { backend: tone.backend, blocks: 0, gaps: 0, silent: 0, delays: [] };
  const starts = new Array(SETTLING_BLOCKS).fill(Number.POSITIVE_INFINITY);
  let wasSilent = true;
  let window = [];
  node.port.onmessage = ({ data: { samples, time } }) => {
    starts[heard.blocks % starts.length] = now() - time * 1000;
    const isSilent = samples.every((sample) => Math.abs(sample) < 1e-5);
    if (heard.blocks++ > SETTLING_BLOCKS) {
      if (isSilent) heard.silent++;
      if (isSilent && !wasSilent) heard.gaps++;
      window.push(...samples);
      if (isSilent) window = [];
      // A whole period.
      if (window.length >= 9600) {
        // A message is late, and never early: the earliest one tells best when the context began. Its clock drifts from that of the page.
        const end = Math.min(...starts) + time * 1000 + 128 / 48;
        heard.delays.push(delayOf(window.slice(-9600), end - 200 - pageOrigin()));
        window = [];
      }
    }
    wasSilent = isSilent;
  };
}

/** The first second is left out. */
const SETTLING_BLOCKS = 375;

/** By how many milliseconds a period of the sine, which began to be heard at a time, is late. */
function delayOf(samples, start) {
  let [real, imaginary] = [0, 0];
  for (const [i, sample] of samples.entries()) {
    const angle = (2 * Math.PI * i) / samples.length;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  // The phase of the first sample, as a part of a period of 200 ms.
  const played = (Math.atan2(real, imaginary) / (2 * Math.PI)) * 200;
  return (((start - played) % 200) + 200) % 200;
}

/** The results so far. */
export async function listened() {
  const { backend, blocks, gaps, silent, delays } = heard;
  const { dropped, underruns } = await document.querySelector('tone-source').getStats();
  const sorted = delays.toSorted((a, b) => a - b);
  const quantile = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const blockMs = 128 / 48;
  return {
    backend,
    seconds: (blocks * blockMs) / 1000,
    gaps,
    'ms of gaps': silent * blockMs,
    'median delay, ms': quantile(0.5),
    'delay, 95 %, ms': quantile(0.95),
    'blocks left out': dropped,
    underruns,
  };
}
