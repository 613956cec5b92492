/** Measures frequency and level of a tone of this library, from the samples that are read from its track. */

/** Plays a sine for a number of seconds. Resolves to its measured `frequency` in Hz, `level` in dBFS and jumps of phase. */
export async function measureTone({ frequency, level, seconds }) {
  await import('/dist/define/tone-source.js');
  const source = Object.assign(document.createElement('tone-source'), { frequency, level, channels: 1 });
  document.body.append(source);
  const samples = await readSamples(await source.ready, seconds);
  source.remove();
  return analyze(samples, frequency);
}

async function readSamples(track, seconds) {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  let samples = new Float32Array(0);
  // The tone fades in: the first half second is skipped.
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

const SAMPLE_RATE_HZ = 48_000;

/** Compares the phase of each tenth of a second with that of a pure sine: a wrong frequency is a slope of the phases. */
function analyze(samples, frequency) {
  const length = SAMPLE_RATE_HZ / 10;
  const phases = [];
  let power = 0;
  for (let start = 0; start + length <= samples.length; start += length) {
    let [real, imaginary] = [0, 0];
    for (let i = start; i < start + length; i++) {
      const angle = 2 * Math.PI * ((frequency * i) / SAMPLE_RATE_HZ);
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

/** The slope of the line of least squares through the values. */
function slope(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [above, below] = values.reduce(
    ([product, square], value, index) => [product + (index - middle) * (value - mean), square + (index - middle) ** 2],
    [0, 0],
  );
  return above / below;
}
