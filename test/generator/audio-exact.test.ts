/* A native audio track, sample by sample. */
import { isAudible, maxDifference } from '../support/audio-analysis.js';
import { audioInputs, distinctSamples } from '../support/audio-inputs.js';
import { audioGenerator } from '../support/generators.js';
import { describeIf, hasProcessor, noProcessor } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { planesOf, TrackReader } from '../support/track-reading.js';

/** The given number of samples, from the first that is not silent. */
async function heard(
  blocks: TrackReader<AudioData>,
  length: number,
): Promise<{ planes: number[][]; rates: Set<number> }> {
  const planes: [number[], number[]] = [[], []];
  const rates = new Set<number>();
  while (planes[0].length < length) {
    const block = await blocks.next();
    const [left = new Float32Array(), right = left] = planesOf(block);
    if (planes[0].length === 0 && !left.some(isAudible)) continue;
    rates.add(block.sampleRate);
    planes[0].push(...left);
    planes[1].push(...right);
  }
  return { planes, rates };
}

describeIf(hasProcessor, noProcessor, 'A native audio generator, sample by sample', () => {
  for (const [name, make] of Object.entries(audioInputs)) {
    it(`forwards ${name}`, async () => {
      const { input, left, right } = make(distinctSamples(4800, 1), distinctSamples(4800, 500));
      const generator = audioGenerator({ backend: 'native' });
      const blocks = new TrackReader<AudioData>(generator.track);
      await generator.write(input);
      const { planes } = await heard(blocks, left.length);
      // Chromium itself divides what is above zero by 32767 when it reads 16 bits.
      const levels = name.includes('AudioData of 16') ? 1 / 32767 : 0;
      assert.isAtMost(maxDifference(planes[0] as number[], left), levels);
      assert.isAtMost(maxDifference(planes[1] as number[], right), levels);
    });
  }

  for (const sampleRate of [8000, 11025, 44100, 96000]) {
    it(`forwards samples of ${sampleRate} Hz at that rate`, async () => {
      const generator = audioGenerator({ backend: 'native' });
      const blocks = new TrackReader<AudioData>(generator.track);
      const samples = distinctSamples(Math.round(sampleRate / 5));
      await generator.write(samples, { sampleRate });
      const { planes, rates } = await heard(blocks, samples.length);
      assert.deepEqual([...rates], [sampleRate]);
      assert.equal(maxDifference(planes[0] as number[], samples), 0);
    });
  }

  it('sends blocks of 10 ms without gaps, silence included', async () => {
    const generator = audioGenerator({ backend: 'native' });
    const blocks = new TrackReader<AudioData>(generator.track);
    const first = await blocks.take(5);
    void generator.write(distinctSamples(24_000));
    const all = [...first, ...(await blocks.take(60))];
    assert.isFalse(planesOf(all[0] as AudioData)[0]?.some(isAudible));
    all.forEach((block, index) => {
      assert.equal(block.numberOfFrames, 480);
      const before = all[index - 1];
      if (before) assert.isAbove(block.timestamp, before.timestamp);
    });
    const steps = all.slice(1).map(({ timestamp }, index) => timestamp - (all[index] as AudioData).timestamp);
    steps.sort((one, other) => one - other);
    assert.closeTo(steps[Math.floor(steps.length / 2)] as number, 10_000, 500);
  });

  it('continues to send blocks of silence after written audio', async () => {
    const generator = audioGenerator({ backend: 'native' });
    const blocks = new TrackReader<AudioData>(generator.track);
    await generator.write(distinctSamples(480));
    await heard(blocks, 480);
    for (const block of await blocks.take(20)) assert.isFalse(planesOf(block)[0]?.some((sample) => sample !== 0));
  });

  it('keeps two channels when the first write has two', async () => {
    const generator = audioGenerator({ backend: 'native' });
    const blocks = new TrackReader<AudioData>(generator.track);
    await generator.write([distinctSamples(4800), distinctSamples(4800)]);
    await heard(blocks, 4800);
    for (const block of await blocks.take(3)) assert.equal(block.numberOfChannels, 2);
  });
});
