/* Peaks, RMS, clips and correlation of the meter, its resets, and what it makes of broken samples. */
import { type AudioLevels, AudioMeter } from '../../../dist/measure/levels/audio-meter.js';
import { assert, describe, it } from '../../support/suite.js';
import { measure, measureAll, render, SILENCE } from './programme.js';

const channelOf = (levels: AudioLevels, channel = 0) => levels.channels[channel];

/** A meter, and its last reading after some samples of one channel or more. */
function openMeter() {
  let last: AudioLevels | undefined;
  const meter = new AudioMeter((levels) => {
    last = levels;
  });
  return {
    meter,
    read(planes: readonly Float32Array[], sampleRate = 48_000): AudioLevels {
      meter.add(planes, sampleRate);
      return last as AudioLevels;
    },
  };
}

describe('The levels of a channel', () => {
  for (const sampleRate of [48_000, 44_100]) {
    it(`are those of a sine, peak and RMS alike, at ${sampleRate} Hz`, () => {
      const levels = measureAll([{ level: [-18, -6], seconds: 1, tone: { frequency: 997 } }], sampleRate);
      for (const [channel, expected] of [-18, -6].entries()) {
        const { peak, rms, truePeak, maxPeak } = channelOf(levels, channel);
        assert.closeTo(peak, expected, 0.05);
        assert.closeTo(maxPeak, expected, 0.05);
        assert.closeTo(truePeak, expected, 0.1);
        assert.closeTo(rms, expected, 0.05);
      }
    });
  }

  it('have the RMS of a square 3 dB above that of a sine of the same peak', () => {
    const { rms } = channelOf(measureAll([{ level: -20, seconds: 1, tone: { waveform: 'square', frequency: 100 } }]));
    // The band-limited square lacks its highest harmonics.
    assert.closeTo(rms, -20 + 3.01, 0.05);
  });

  it('are −∞ in silence', () => {
    const { peak, truePeak, rms, maxPeak, clips } = channelOf(measureAll([{ level: SILENCE, seconds: 0.5 }]));
    assert.deepEqual([peak, truePeak, rms, maxPeak, clips], [SILENCE, SILENCE, SILENCE, SILENCE, 0]);
  });

  it('keep the maxima, and show the peak of the last twentieth of a second', () => {
    const levels = measureAll([
      { level: -3, seconds: 0.5 },
      { level: -30, seconds: 0.5 },
    ]);
    assert.closeTo(channelOf(levels).maxPeak, -3, 0.05);
    assert.closeTo(channelOf(levels).peak, -30, 0.05);
  });

  it('come 20 times a second, whatever the length of the blocks', () => {
    const planes = render([{ level: -20, seconds: 2, tone: { waveform: 'pink-noise', seed: [1, 2] } }]);
    const readings = measure(planes);
    assert.lengthOf(readings, 40);
    assert.deepEqual(
      readings.map(({ duration }) => Math.round(duration * 1000)),
      Array.from({ length: 40 }, (_, i) => 50 * (i + 1)),
    );
    const rounded = (all: AudioLevels[]) =>
      JSON.parse(
        JSON.stringify(all, (_, value) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)),
      );
    for (const blockLength of [128, 480, 100_000]) {
      assert.deepEqual(rounded(measure(planes, 48_000, blockLength)), rounded(readings));
    }
  });
});

describe('Clips', () => {
  const clipsOf = (...runs: number[]) => {
    const plane = new Float32Array(4800);
    for (const [index, run] of runs.entries())
      plane.fill(index % 2 ? -1 : 1, 100 * (index + 1), 100 * (index + 1) + run);
    return channelOf(openMeter().read([plane])).clips;
  };

  it('are three samples or more in a row at full scale', () => {
    assert.equal(clipsOf(1), 0);
    assert.equal(clipsOf(2, 2), 0);
    assert.equal(clipsOf(3), 1);
    assert.equal(clipsOf(50), 1);
    assert.equal(clipsOf(3, 4, 2, 60), 3);
  });

  it('are single samples beyond full scale, too', () => {
    const plane = new Float32Array(4800);
    for (const [index, value] of [1.01, 1, -1, -1.2, -1.3].entries()) plane[100 * (index + 1)] = value;
    plane.fill(1.1, 1000, 1010);
    assert.equal(channelOf(openMeter().read([plane])).clips, 4);
  });

  it('are found across the edges of blocks and steps', () => {
    const plane = new Float32Array(4800);
    plane.fill(1, 479, 482);
    assert.equal(channelOf(measure([plane], 48_000, 480).at(-1) as AudioLevels).clips, 1);
  });

  it('are not in a tone that just fits', () => {
    assert.equal(channelOf(measureAll([{ level: 0, seconds: 1, tone: { frequency: 997 } }])).clips, 0);
  });

  it('are in a tone that is too loud, once for each half wave', () => {
    const [plane] = render([{ level: 3, seconds: 1, tone: { frequency: 100 } }], 48_000, 1);
    const clipped = plane.map((sample) => Math.max(-1, Math.min(1, sample)));
    assert.equal(channelOf(openMeter().read([clipped])).clips, 200);
  });
});

describe('The correlation', () => {
  const correlationOf = (tone: object, level: number | number[] = -18) =>
    measureAll([{ level, seconds: 0.5, tone }]).correlation;

  it('is 1 for the same, −1 for opposite and 0 for unrelated channels', () => {
    assert.closeTo(correlationOf({}) ?? Number.NaN, 1, 1e-6);
    assert.closeTo(correlationOf({}, [-10, -40]) ?? Number.NaN, 1, 1e-6);
    assert.closeTo(correlationOf({ invert: [2] }) ?? Number.NaN, -1, 1e-6);
    assert.closeTo(correlationOf({ phase: [0, 0.25] }) ?? Number.NaN, 0, 1e-3);
    assert.closeTo(correlationOf({ phase: [0, 1 / 6] }) ?? Number.NaN, 0.5, 1e-3);
    assert.closeTo(correlationOf({ waveform: 'white-noise', seed: [1, 2] }) ?? Number.NaN, 0, 0.05);
  });

  it('is not known of one channel, or if one is silent', () => {
    assert.isNull(measureAll([{ level: -18, seconds: 0.5 }], 48_000, 1).correlation);
    assert.isNull(correlationOf({}, [-18, SILENCE]));
  });
});

describe('A meter', () => {
  it('keeps maxima and clips of each channel when the track changes its rate, or its number of channels', () => {
    const { meter, read } = openMeter();
    const loud = [new Float32Array(4800), new Float32Array(4800)] as const;
    loud[0].fill(1, 100, 105);
    loud[1].fill(0.5, 100, 105);
    const before = read(loud);
    const maximaOf = (levels: AudioLevels) =>
      levels.channels.map(({ maxPeak, maxTruePeak, clips }) => [maxPeak, maxTruePeak, clips]);
    assert.deepEqual(
      before.channels.map(({ clips }) => clips),
      [1, 0],
    );
    assert.closeTo(before.channels[1]?.maxPeak ?? Number.NaN, -6.02, 0.01);
    const quiet = (channels: number, length: number) =>
      Array.from({ length: channels }, () => new Float32Array(length));
    assert.deepEqual(maximaOf(read(quiet(2, 4410), 44_100)), maximaOf(before));
    // To one channel, and back.
    assert.deepEqual(maximaOf(read(quiet(1, 4410), 44_100)), maximaOf(before).slice(0, 1));
    const after = read(quiet(2, 4800));
    assert.deepEqual(maximaOf(after), maximaOf(before));
    assert.equal(channelOf(after).peak, SILENCE);
    // A peak counts that came before the change and after the last reading.
    const short = new Float32Array(480);
    short.fill(0.9, 100, 105);
    read([new Float32Array(480), short]);
    assert.closeTo(read(quiet(2, 4410), 44_100).channels[1]?.maxPeak ?? Number.NaN, 20 * Math.log10(0.9), 0.001);
    read(quiet(1, 4800));
    meter.reset();
    const silent = [SILENCE, SILENCE, 0];
    assert.deepEqual(maximaOf(read(quiet(2, 4800))), [silent, silent]);
  });

  it('starts what it has gathered again with reset(), from the audio that comes then', () => {
    const { meter, read } = openMeter();
    const loud = read(render([{ level: 0, seconds: 5, tone: { frequency: 20 } }]));
    assert.isAbove(channelOf(loud).clips, 0);
    // The filters remember a little.
    read(render([{ level: SILENCE, seconds: 1 }]));
    meter.reset();
    const after = read(render([{ level: -33, seconds: 2 }]));
    assert.closeTo(after.duration, 2, 1e-6);
    assert.closeTo(channelOf(after).maxPeak, -33, 0.05);
    assert.closeTo(channelOf(after).maxTruePeak, -33, 0.1);
    assert.equal(channelOf(after).clips, 0);
    assert.closeTo(after.loudness.integrated ?? Number.NaN, -33, 0.1);
    assert.closeTo(after.loudness.maxMomentary ?? Number.NaN, -33, 0.1);
    assert.isNull(after.loudness.maxShortTerm);
    assert.isNull(after.loudness.range);
  });

  it('goes over to another number of channels and another rate', () => {
    const { read } = openMeter();
    read(render([{ level: -20, seconds: 1 }], 48_000, 2));
    const mono = read(render([{ level: -20, seconds: 1 }], 44_100, 1), 44_100);
    assert.lengthOf(mono.channels, 1);
    assert.equal(mono.sampleRate, 44_100);
    assert.closeTo(mono.duration, 2, 1e-6);
    assert.closeTo(mono.loudness.momentary ?? Number.NaN, -23.01, 0.1);
  });

  it('is not spoilt by samples that are no numbers', () => {
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { read } = openMeter();
      const planes = render([{ level: -23, seconds: 1 }]);
      planes[0][1000] = broken;
      read(planes);
      const levels = read(render([{ level: -23, seconds: 4 }]));
      assert.closeTo(channelOf(levels).peak, -23, 0.05);
      assert.closeTo(channelOf(levels).truePeak, -23, 0.1);
      assert.closeTo(channelOf(levels).rms, -23, 0.05);
      assert.closeTo(levels.loudness.shortTerm ?? Number.NaN, -23, 0.1);
      assert.closeTo(levels.correlation ?? Number.NaN, 1, 1e-3);
    }
  });

  it('ignores a block without channels', () => {
    const { meter, read } = openMeter();
    meter.add([], 48_000);
    assert.lengthOf(read(render([{ level: -23, seconds: 0.1 }])).channels, 2);
  });
});
