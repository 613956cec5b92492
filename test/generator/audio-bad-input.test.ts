/* Data that an audio generator rejects. Each error says what was given and what is accepted, and the track stays live. */
import { audioData, distinctSamples, sine } from '../support/audio-inputs.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { audioBackends, audioGenerator } from '../support/generators.js';
import { assertRejects, type ExpectedError } from '../support/rejections.js';
import { isWebKit, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas, makeFrame } from '../support/video-inputs.js';

const accepted = [/AudioData/, /AudioBuffer/, /Float32Array/, /Int16Array/, /array|plane|channel/i];

const kinds: Readonly<Record<string, readonly [make: () => unknown, given: RegExp]>> = {
  nothing: [() => undefined, /undefined/],
  null: [() => null, /null/],
  'a number': [() => 0.5, /0\.5|number/],
  'a string': [() => 'beep', /"beep"/],
  'an empty object': [() => ({}), /Object/],
  'a Float64Array': [() => new Float64Array(480), /Float64Array/],
  'a Uint8Array': [() => new Uint8Array(480), /Uint8Array/],
  'an ArrayBuffer': [() => new ArrayBuffer(480), /ArrayBuffer/],
  'a Blob': [() => new Blob(['RIFF']), /Blob/],
  'a canvas, which is a picture': [() => makeCanvas(), /HTMLCanvasElement/],
  'an ImageData': [() => new ImageData(2, 2), /ImageData/],
  'an <audio>': [() => document.createElement('audio'), /HTMLAudioElement/],
};

const samples = (change: (plane: Float32Array) => void): Float32Array<ArrayBuffer> => {
  const plane = sine(500, 0.01);
  change(plane);
  return plane;
};

const cases: Record<string, readonly [make: () => unknown, refusal: ExpectedError, options?: { sampleRate: number }]> =
  {
    'an array of nothing': [() => [], { name: 'TypeError', says: [/plane|channel/] }],
    'an array of numbers': [() => [0, 0.5, 0], { name: 'TypeError', says: [/0|number/, /Float32Array/, /Int16Array/] }],
    'an array of arrays': [() => [[0, 0.5], [0]], { name: 'TypeError', says: [/Array/, /Float32Array/] }],
    'an array with a Float64Array': [
      () => [new Float32Array(10), new Float64Array(10)],
      { name: 'TypeError', says: [/Float64Array/, /1/] },
    ],
    'planes of different lengths': [
      () => [new Float32Array(480), new Float32Array(479)],
      { name: 'RangeError', says: [/480/, /479/] },
    ],
    'more than eight channels': [
      () => Array.from({ length: 9 }, () => new Float32Array(480)),
      { name: 'RangeError', says: [/9/, /8/] },
    ],
    'a NaN': [
      () =>
        samples((plane) => {
          plane[100] = Number.NaN;
        }),
      { name: 'TypeError', says: [/NaN/, /100/, /-1 to 1/] },
    ],
    'an infinite sample in the second plane': [
      () => [
        samples(() => {}),
        samples((plane) => {
          plane[0] = Number.NEGATIVE_INFINITY;
        }),
      ],
      { name: 'TypeError', says: [/-Infinity/, /sample 0/] },
    ],
  };
for (const sampleRate of [0, -48000, 2999, 384_001, Number.NaN, Number.POSITIVE_INFINITY]) {
  const says = [new RegExp(String(sampleRate)), /3000/, /384000/];
  cases[`a rate of ${sampleRate}`] = [() => distinctSamples(480), { name: 'RangeError', says }, { sampleRate }];
}
for (const [name, [make, given]] of Object.entries(kinds)) {
  cases[name] = [make, { name: 'TypeError', says: [given, ...accepted] }];
}

for (const backend of audioBackends) {
  describe(`An audio generator by ${backend} refuses`, () => {
    for (const [name, [make, refusal, options]] of Object.entries(cases)) {
      it(`${name}, with a ${refusal.name}, and takes the next samples`, async () => {
        const generator = audioGenerator({ backend });
        await assertRejects(generator.write(make() as never, options), refusal);
        assert.equal(generator.track.readyState, 'live');
        assert.equal(await generator.write(distinctSamples(480)), true);
      });
    }

    it('a VideoFrame and leaves it open', async () => {
      const frame = makeFrame();
      const says = [/VideoFrame/, ...accepted];
      await assertRejects(audioGenerator({ backend }).write(frame as never), { name: 'TypeError', says });
      assert.isNotNull(frame.format);
      frame.close();
    });

    it('a closed AudioData', async () => {
      const data = audioData([distinctSamples(480)], 'f32-planar');
      data.close();
      const refusal = { name: 'TypeError', says: [/closed/, /AudioData/] };
      await assertRejects(audioGenerator({ backend }).write(data), refusal);
    });

    it('an AudioData with a NaN and leaves it open', async function () {
      // Reading an AudioData ends WebKitGTK's web process.
      if (isWebKit) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
      const data = audioData([Float32Array.of(0, Number.NaN)], 'f32-planar');
      await assertRejects(audioGenerator({ backend }).write(data), {
        name: 'TypeError',
        says: [/AudioData/, /NaN|no numbers/],
      });
      assert.isNotNull(data.format);
      data.close();
    });

    it('an AudioData after stop() and leaves it open', async () => {
      const generator = audioGenerator({ backend });
      generator.stop();
      const data = audioData([distinctSamples(480)], 'f32-planar');
      await assertRejects(generator.write(data), { name: 'InvalidStateError', says: [/ended/, /new/] });
      assert.isNotNull(data.format);
      data.close();
    });

    it('a write while writable is locked and leaves the data open', async () => {
      const generator = audioGenerator({ backend });
      const writer = generator.writable.getWriter();
      const data = audioData([distinctSamples(480)], 'f32-planar');
      await assertRejects(generator.write(data), { name: 'InvalidStateError', says: [/locked/, /writer/] });
      assert.isNotNull(data.format);
      data.close();
      writer.releaseLock();
      assert.equal(await generator.write(distinctSamples(480)), true);
    });

    it('bad samples without a click in the audio that plays', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      void generator.write(sine(500, 0.3));
      await assertRejects(generator.write(new Float64Array(480) as never), {
        name: 'TypeError',
        says: [/Float64Array/],
      });
      const [heard] = await recording.audible(0.2);
      assert.isTrue(heard.every((sample) => Math.abs(sample) < 0.6));
    });
  });
}
