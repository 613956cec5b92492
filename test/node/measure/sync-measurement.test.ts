/* Marks in audio, and their times against those of the pictures. The audio is rendered, and every fault is known. */
import { AudioMeasurement } from '../../../dist/measure/audio-measurement.js';
import { SyncMeasurement } from '../../../dist/measure/sync-measurement.js';
import { assert, describe, it } from '../../support/suite.js';
import { FRAME_MS, hear, markedAudio, numbers, RATE, SAMPLE_RATE, START_MS } from './virtual-path.js';

const VIDEO_LATENCY_MS = 30;
const sameClock = { offset: 0, uncertainty: 0.1 };

/** A generator of numbers from 0 to 1, the same ones each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The offset of audio to pictures, when audio comes after so many milliseconds. */
function measureSync(seconds: number, latency: (time: number) => number, chance = 0) {
  const sync = new SyncMeasurement();
  const audio = new AudioMeasurement(START_MS, RATE);
  const next = random(1);
  const pictures = numbers(0, seconds * 25).map((frame) => ({
    frame,
    arrival: START_MS + frame * FRAME_MS + VIDEO_LATENCY_MS + chance * (next() - 0.5),
  }));
  const heard = hear(audio, markedAudio(seconds), latency, () => chance * next() ** 2);
  // As they come: by time.
  const all = [
    ...pictures.map((each) => ({ ...each, kind: 'picture' as const })),
    ...heard.map((each) => ({ ...each, kind: 'audio' as const })),
  ].sort((a, b) => a.arrival - b.arrival);
  for (const { kind, frame, arrival } of all) {
    if (kind === 'picture') sync.addPicture(frame, arrival, 25);
    else sync.addAudio(frame, arrival, 25);
  }
  return { ...sync.report(0.5), audio: audio.report(START_MS + seconds * 1000, sameClock) };
}

describe('The offset of audio to pictures', () => {
  for (const offset of [0, 60, -45, 125, -1900, 1900]) {
    it(`is ${offset} ms where that is the fault`, () => {
      const { median, uncertainty } = measureSync(8, () => VIDEO_LATENCY_MS + offset);
      assert.closeTo(median ?? Number.NaN, offset, 0.2);
      assert.closeTo(uncertainty ?? Number.NaN, 0.5, 0.2);
    });
  }

  it('is right within 2 ms, and within its uncertainty, where both come late by chance', () => {
    const { median, uncertainty } = measureSync(15, () => VIDEO_LATENCY_MS + 60, 20);
    assert.closeTo(median ?? Number.NaN, 60, 2);
    assert.isBelow(Math.abs((median ?? 0) - 60), uncertainty ?? 0);
  });

  for (const ppm of [100, -100]) {
    it(`drifts by ${ppm} ppm`, () => {
      const { drift, median } = measureSync(30, (time) => VIDEO_LATENCY_MS + 60 + (time * ppm) / 1e6);
      assert.closeTo(drift ?? Number.NaN, ppm, 10);
      // Half of what it has drifted in 30 s.
      assert.closeTo(median ?? Number.NaN, 60 + (ppm / 1e6) * 15_000, 0.4);
    });
  }

  it('has no drift while chance may have made it', () => {
    assert.isNull(measureSync(8, () => VIDEO_LATENCY_MS, 40).drift);
    assert.isNull(measureSync(4, () => VIDEO_LATENCY_MS).drift);
  });

  it('is not known without pictures, or without audio', () => {
    const sync = new SyncMeasurement();
    for (const frame of numbers(0, 100)) sync.addPicture(frame, START_MS + frame * FRAME_MS, 25);
    assert.deepEqual(sync.report(1), { median: null, drift: null, uncertainty: null });
  });
});

describe('The frames in audio', () => {
  it('are all heard on a clean path, after the first ones', () => {
    const { audio } = measureSync(8, () => 20);
    assert.deepInclude(audio, { lost: 0, repeated: 0, startup: 20, findings: [] });
    // A reader is sure after ten to twelve frames, and the last one may not be over.
    assert.isAtLeast(audio.received, 200 - 14);
  });

  it('are lost where audio was replaced by silence for half a second', () => {
    const audio = new AudioMeasurement(START_MS, RATE);
    const samples = markedAudio(10);
    samples.fill(0, 5 * SAMPLE_RATE, 5.4 * SAMPLE_RATE);
    hear(audio, samples, () => 20);
    const { received, lost } = audio.report(START_MS + 10_000, sameClock);
    // Ten frames were silent. The reader averages eight frames, so that as many around them may be doubtful.
    assert.isAtLeast(lost ?? 0, 10);
    assert.isAtMost(lost ?? 0, 18);
    assert.isAtLeast(received + (lost ?? 0), 250 - 14);
  });

  it('are reported when there is no mark, silence, or nothing at all', () => {
    const sine = Float32Array.from({ length: 5 * SAMPLE_RATE }, (_, i) => Math.sin(i / 10) / 4);
    const findingsOf = (samples: Float32Array) => {
      const audio = new AudioMeasurement(START_MS, RATE);
      hear(audio, samples, () => 20);
      const report = audio.report(START_MS + 5000, sameClock);
      return [report.received, report.lost, report.findings.join()];
    };
    assert.deepEqual(findingsOf(sine), [
      0,
      null,
      'The audio has no mark for 25 frames per second that can be read: set the attribute mark of its source.',
    ]);
    assert.deepEqual(findingsOf(new Float32Array(5 * SAMPLE_RATE)), [0, null, 'The audio is silent.']);
    assert.match(`${findingsOf(new Float32Array(0))[2]}`, /No samples have come/);
  });

  it('are reported after three seconds without a mark or of silence that follow marked ones', () => {
    const findingsOf = (samples: Float32Array) => {
      const audio = new AudioMeasurement(START_MS, RATE);
      hear(audio, samples, () => 20);
      // Long after the last samples: that nothing comes is no lack of marks.
      return audio.report(START_MS + 60_000, sameClock).findings.join();
    };
    const muted = markedAudio(10);
    assert.equal(findingsOf(muted), '');
    assert.equal(findingsOf(muted.fill(0, 8 * SAMPLE_RATE)), '');
    assert.equal(findingsOf(muted.fill(0, 5 * SAMPLE_RATE)), 'The audio is silent.');
    const other = markedAudio(10).map((sample, i) => (i < 5 * SAMPLE_RATE ? sample : Math.sin(i / 10) / 4));
    assert.match(findingsOf(other), /^The audio has no mark for 25 frames per second that can be read: /);
  });

  it('keep their time after a gap in which nothing came', () => {
    const sync = new SyncMeasurement();
    const audio = new AudioMeasurement(START_MS, RATE);
    const samples = markedAudio(16);
    const pictures = numbers(0, 16 * 25);
    for (const frame of pictures) sync.addPicture(frame, START_MS + frame * FRAME_MS + 30, 25);
    const heard = hear(audio, samples.subarray(0, 6 * SAMPLE_RATE), () => 90);
    for (let at = 7 * SAMPLE_RATE; at + 480 <= samples.length; at += 480) {
      const arrival = START_MS + (at / SAMPLE_RATE) * 1000 + 90;
      heard.push(...audio.add({ planes: [samples.subarray(at, at + 480)], sampleRate: SAMPLE_RATE, arrival }));
    }
    for (const { frame, arrival } of heard) {
      const [number] = pictures.filter((n) => n % 624 === frame);
      assert.closeTo(arrival - (START_MS + (number ?? 0) * FRAME_MS), 90, 0.3);
    }
    assert.isAbove(heard.length, 16 * 25 - 25 - 2 * 14);
  });
});
