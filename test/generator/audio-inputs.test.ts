/* Data that an audio generator accepts, as an `AudioContext` hears it. */
import type { AudioInput } from 'track-elements/generator';
import { findClicks, maxDifference, measureSine } from '../support/audio-analysis.js';
import { audioBuffer, audioData, audioInputs, distinctSamples, sine } from '../support/audio-inputs.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { audioBackends, audioGenerator } from '../support/generators.js';
import { hearsEverySample, isWebKit, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { retry } from '../support/waiting.js';

// Of a native track another file reads each sample.
describe('An audio generator by worklet', () => {
  for (const [name, make] of Object.entries(audioInputs)) {
    it(`plays ${name}`, async function () {
      // Reading an AudioData ends WebKitGTK's web process.
      if (isWebKit && name.includes('AudioData')) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
      await retry(async () => {
        const { input, left, right } = make(sine(1000, 0.15), sine(600, 0.15, 48000, 0.25));
        const generator = audioGenerator({ backend: 'worklet' });
        const recording = await AudioRecorder.of(generator.track);
        assert.equal(await generator.write(input), true);
        const heard = await recording.audible(0.15);
        [left, right].forEach((expected, channel) => {
          const samples = heard[channel];
          if (hearsEverySample) assert.isBelow(maxDifference(samples, expected), 1e-3);
          const tone = measureSine(samples, 48000);
          assert.closeTo(tone.frequency, measureSine(expected, 48000).frequency, 1);
          assert.closeTo(tone.peak, measureSine(expected, 48000).peak, 0.01);
        });
      });
    });
  }

  for (const sampleRate of [8000, 22050, 44100, 96000]) {
    it(`plays samples of ${sampleRate} Hz at their pitch`, async () => {
      const generator = audioGenerator({ backend: 'worklet' });
      const recording = await AudioRecorder.of(generator.track);
      await generator.write(sine(1000, 0.25, sampleRate), { sampleRate });
      const { frequency, peak } = measureSine((await recording.audible(0.2))[0], 48000);
      assert.closeTo(frequency, 1000, 1);
      assert.closeTo(peak, 0.5, 0.02);
    });
  }

  it('plays an AudioBuffer at its own rate', async () => {
    const generator = audioGenerator({ backend: 'worklet' });
    const recording = await AudioRecorder.of(generator.track);
    await generator.write(audioBuffer([sine(1000, 0.25, 32000)], 32000));
    assert.closeTo(measureSine((await recording.audible(0.2))[0], 48000).frequency, 1000, 1);
  });

  it('plays one write after the other without a gap', async function () {
    if (!hearsEverySample) skip(this, 'WebKitGTK loses samples between two audio contexts');
    await retry(async () => {
      const generator = audioGenerator({ backend: 'worklet' });
      const recording = await AudioRecorder.of(generator.track);
      const samples = distinctSamples(9600);
      for (let at = 0; at < samples.length; at += 1000) void generator.write(samples.subarray(at, at + 1000));
      const [heard] = await recording.audible(0.2);
      assert.isBelow(maxDifference(heard, samples), 1e-3);
    });
  });
});

for (const backend of audioBackends) {
  describe(`An audio generator by ${backend}`, () => {
    it('plays bare samples at the rate of the generator', async () => {
      const generator = audioGenerator({ backend, sampleRate: 16000 });
      const recording = await AudioRecorder.of(generator.track);
      await generator.write(sine(500, 0.25, 16000));
      assert.closeTo(measureSine((await recording.audible(0.2))[0], 48000).frequency, 500, 1);
    });

    // Chromium itself has gaps where it converts 44100 Hz of a native track.
    for (const sampleRate of backend === 'native' ? [8000, 11025, 22050] : [8000, 22050, 44100]) {
      it(`plays one write of ${sampleRate} Hz after the other without a click`, async function () {
        if (!hearsEverySample) skip(this, 'WebKitGTK loses samples between two audio contexts');
        await retry(async () => {
          const generator = audioGenerator(backend === 'native' ? { backend, sampleRate } : { backend });
          const recording = await AudioRecorder.of(generator.track);
          const tone = sine(500, 0.5, sampleRate);
          const piece = Math.round(sampleRate / 9);
          for (let at = 0; at < tone.length; at += piece) {
            void generator.write(tone.subarray(at, at + piece), { sampleRate });
          }
          const [heard] = await recording.audible(0.45);
          assert.isEmpty(findClicks(heard, 500, 48000));
        });
      });
    }

    it('leaves the samples to the caller, as they were', async () => {
      const generator = audioGenerator({ backend });
      const samples = distinctSamples(480);
      const buffer = audioBuffer([distinctSamples(480)]);
      await generator.write(samples);
      await generator.write(buffer);
      assert.equal(maxDifference(samples, distinctSamples(480)), 0);
      assert.equal(maxDifference(buffer.getChannelData(0), distinctSamples(480)), 0);
    });

    it('copies the samples during the call', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      const samples = sine(1000, 0.2);
      const written = generator.write(samples);
      samples.set(sine(300, 0.2));
      await written;
      assert.closeTo(measureSine((await recording.audible(0.2))[0], 48000).frequency, 1000, 1);
    });

    it('closes an accepted AudioData', async function () {
      if (isWebKit) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
      const data = audioData([distinctSamples(480)], 'f32-planar');
      await audioGenerator({ backend }).write(data);
      assert.isNull(data.format);
    });

    it('accepts data without samples', async () => {
      assert.equal(await audioGenerator({ backend }).write(new Float32Array(0)), true);
    });

    it('reports its sample rate and its channels', async () => {
      for (const [channels, sampleRate] of [
        [2, 44100],
        [1, 16000],
      ] as const) {
        const generator = audioGenerator({ backend, channels, sampleRate });
        await generator.write(distinctSamples(480));
        const settings = generator.track.getSettings();
        assert.deepEqual([settings.channelCount, settings.sampleRate], [channels, sampleRate]);
      }
    });

    it('reports the channels of the written samples', async () => {
      const generator = audioGenerator({ backend });
      const stereo: AudioInput = [distinctSamples(480), distinctSamples(480, 2)];
      await generator.write(stereo);
      assert.equal(generator.track.getSettings().channelCount, 2);
    });
  });
}
