/** Reads a tone of this library back, sample for sample, and says how true it is. */

/** Hertz and dBFS of so many seconds of a sine, as they were received. */
export async function hear({ frequency, level, seconds }) {
  await import('/dist/define/tone-source.js');
  const source = Object.assign(document.createElement('tone-source'), { frequency, level, channels: 1 });
  document.body.append(source);
  const samples = await read(await source.ready, seconds);
  source.remove();
  return estimate(samples, frequency);
}

async function read(track, seconds) {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  let samples = new Float32Array(0);
  // The first half second may hold the ramp of the start.
  for (let skipped = 0, filled = 0; filled < samples.length || samples.length === 0; ) {
    const { value } = await reader.read();
    const { sampleRate, numberOfFrames } = value;
    if (samples.length === 0) samples = new Float32Array(Math.round(seconds * sampleRate));
    const block = new Float32Array(numberOfFrames);
    value.copyTo(block, { planeIndex: 0, format: 'f32-planar' });
    value.close();
    if (skipped < sampleRate / 2) skipped += numberOfFrames;
    else {
      samples.set(block.subarray(0, samples.length - filled), filled);
      filled += numberOfFrames;
    }
  }
  await reader.cancel();
  return samples;
}

const RATE = 48000;

/** The phase of each tenth of a second against a pure sine: a wrong frequency shows as a slope. */
function estimate(samples, frequency) {
  const length = RATE / 10;
  const phases = [];
  let power = 0;
  for (let start = 0; start + length <= samples.length; start += length) {
    let [real, imaginary] = [0, 0];
    for (let i = start; i < start + length; i++) {
      const angle = 2 * Math.PI * ((frequency * i) / RATE);
      real += samples[i] * Math.cos(angle);
      imaginary += samples[i] * Math.sin(angle);
    }
    const phase = Math.atan2(real, imaginary);
    const previous = phases.at(-1) ?? phase;
    phases.push(previous + Math.atan2(Math.sin(phase - previous), Math.cos(phase - previous)));
    power += (4 * (real * real + imaginary * imaginary)) / (length * length);
  }
  return {
    frequency: frequency + (slope(phases) * 10) / (2 * Math.PI),
    level: 10 * Math.log10(power / phases.length),
    jumps: phases.filter((phase, index) => Math.abs(phase - (phases[index - 1] ?? phase)) > 0.01).length,
  };
}

/** Of the line nearest to all values. */
function slope(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [above, below] = values.reduce(
    ([product, square], value, index) => [product + (index - middle) * (value - mean), square + (index - middle) ** 2],
    [0, 0],
  );
  return above / below;
}
