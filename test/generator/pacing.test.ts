/* Written data that waits until its timestamp is due. */
import { TrackGenerator } from 'track-elements/generator';
import { isAudible } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { stopAfterTest } from '../support/cleanup.js';
import { audioBackends, videoBackends } from '../support/generators.js';
import { describeIf, isNative, isWebKit } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { TrackReader } from '../support/track-reading.js';
import { makeFrame, makeSolidCanvas } from '../support/video-inputs.js';
import { colorAt, readPixels, VideoScreen } from '../support/video-pixels.js';
import { nextEvent, retry, sleep, waitFor } from '../support/waiting.js';

const FRAME_MS = 40;

const pacedVideo = (backend?: 'native' | 'canvas', clock?: string): TrackGenerator =>
  stopAfterTest(
    new TrackGenerator({
      kind: 'video',
      pacing: 'timestamp',
      ...(backend && { backend }),
      ...(clock !== undefined && { clock }),
    }),
  );

const pacedAudio = (backend?: 'native' | 'worklet', clock?: string): TrackGenerator =>
  stopAfterTest(
    new TrackGenerator({
      kind: 'audio',
      pacing: 'timestamp',
      ...(backend && { backend }),
      ...(clock !== undefined && { clock }),
    }),
  );

/** Frames at 25 a second from a number on. */
const frameAt = (n: number): VideoFrame => makeFrame(n * FRAME_MS * 1000);

for (const backend of videoBackends) {
  describe(`A paced video generator by ${backend}`, () => {
    it('shows each frame when it is due, however fast they are written, and holds the writer back', async () => {
      const generator = pacedVideo(backend);
      const first = frameAt(100);
      // The first frame is due when it is written, which is before its write is answered.
      const started = performance.now();
      assert.isTrue(await generator.write(first));
      assert.isNull(first.format, 'the frame is closed when the write is answered');
      for (let n = 1; n < 20; n++) {
        assert.isTrue(await generator.write(frameAt(100 + n)));
        const passed = performance.now() - started;
        const { produced } = await generator.getStats();
        assert.isAtMost(produced, passed / FRAME_MS + 2.5, `frame ${n} was early`);
        assert.isAtLeast(n + 1 - produced, 0);
        assert.isAtMost(n + 1 - produced, 4, `${n + 1 - produced} frames wait`);
      }
      assert.isTrue(await generator.played());
      assert.isAtLeast(performance.now() - started, 19 * FRAME_MS - 10);
      const { produced, dropped } = await generator.getStats();
      assert.deepEqual([produced, dropped], [20, 0]);
    });

    it('can be piped into by a decoder, whose frames are all shown', async () => {
      const generator = pacedVideo(backend);
      let n = 0;
      let pulled = 0;
      const decoder = new ReadableStream<VideoFrame>(
        {
          pull(controller) {
            if (n === 20) {
              controller.close();
              return;
            }
            pulled++;
            controller.enqueue(frameAt(n++));
          },
        },
        { highWaterMark: 0 },
      );
      const started = performance.now();
      const piped = decoder.pipeTo(generator.writable, { preventClose: true });
      await sleep(100);
      const passed = performance.now() - started;
      assert.isAtMost(pulled, passed / FRAME_MS + 6.5, 'the decoder is held back');
      await piped;
      assert.isTrue(await generator.played());
      assert.isAtLeast(performance.now() - started, 19 * FRAME_MS - 10);
      const { produced, dropped } = await generator.getStats();
      assert.deepEqual([produced, dropped], [20, 0]);
    });

    it('closes on clear() the frames that wait, resolves their writes to false, and begins again at once', async () => {
      const generator = pacedVideo(backend);
      const writes = Array.from({ length: 8 }, (_, n) => generator.write(frameAt(n * 125)));
      await waitFor(() => generator.queued > 30, 'frames that wait');
      assert.closeTo(generator.queued, 35, 4);
      const isPlayed = generator.played();
      generator.clear();
      assert.equal(generator.queued, 0);
      assert.deepEqual((await Promise.all(writes)).slice(4), [false, false, false, false]);
      assert.isFalse(await isPlayed);
      const played = nextEvent(generator, 'played');
      assert.isTrue(await generator.write(frameAt(1000)));
      await played;
      assert.equal((await generator.getStats()).produced, 2);
      assert.equal(generator.track.readyState, 'live');
    });

    it('begins again where timestamps go back, or more than ten seconds ahead', async () => {
      const generator = pacedVideo(backend);
      const started = performance.now();
      for (const n of [0, 1, 2, 3, 0, 1, 2, 3, 1000, 1001]) await generator.write(frameAt(n));
      assert.isTrue(await generator.played());
      const passed = performance.now() - started;
      assert.isAtLeast(passed, 9 * FRAME_MS - 15);
      assert.isBelow(passed, 10_000, 'the 38 s ahead are not waited for');
      assert.equal((await generator.getStats()).produced, 10);
    });

    it('refuses frames of a caller who does not wait, once thirty wait', async () => {
      const generator = pacedVideo(backend);
      const results = Array.from({ length: 40 }, (_, n) => generator.write(frameAt(n * 100)));
      const refused = await Promise.all(results.slice(32));
      assert.deepEqual(refused, Array(8).fill(false));
      generator.stop();
      assert.isFalse((await Promise.all(results)).at(20), 'the end of the track answers the rest');
    });

    it('refuses frames of a caller who does not wait that are due after queueLimit', async () => {
      const generator = pacedVideo(backend);
      generator.queueLimit = 26;
      const results = Array.from({ length: 10 }, (_, n) => generator.write(frameAt(n * 125)));
      assert.deepEqual(await Promise.all(results.slice(6)), [false, false, false, false], 'due after 30 s and more');
      assert.closeTo(generator.queued, 25, 4);
      assert.equal((await generator.getStats()).dropped, 4);
    });

    it('never refuses frames of a caller who awaits each write, whatever queueLimit is', async () => {
      const generator = pacedVideo(backend);
      generator.queueLimit = 0.01;
      for (let n = 0; n < 8; n++) assert.isTrue(await generator.write(frameAt(n)), `frame ${n}`);
    });

    it('holds its frames during a pause', async () => {
      const generator = pacedVideo(backend);
      const writes = Array.from({ length: 4 }, (_, n) => generator.write(frameAt(n)));
      await Promise.all(writes);
      generator.paused = true;
      const { produced } = await generator.getStats();
      await sleep(200);
      assert.equal((await generator.getStats()).produced, produced);
      generator.paused = false;
      await generator.played();
      assert.equal((await generator.getStats()).produced, 4);
    });
  });
}

for (const backend of audioBackends) {
  describe(`A paced audio generator by ${backend}`, () => {
    it('plays samples when they are due, with silence in the gaps', () =>
      // A busy machine can lose a part of a recording, so that what comes after it is early.
      retry(async () => {
        const generator = pacedAudio(backend);
        const recording = await AudioRecorder.of(generator.track);
        const since = recording.length;
        const beep = new Float32Array(2400).fill(0.5);
        for (const timestamp of [0, 300_000, 350_000, 700_000]) {
          assert.isTrue(await generator.write(beep, { timestamp }));
        }
        assert.isTrue(await generator.played());
        await recording.silence();
        const samples = recording.samples(0, since);
        const start = samples.findIndex(isAudible);
        const audiblePart = (from: number, to: number) => {
          const part = samples.subarray(start + from * 48, start + to * 48);
          return part.filter(isAudible).length / part.length;
        };
        // A recording may lose a few milliseconds on a busy machine.
        const parts = [audiblePart(0, 40), audiblePart(70, 280), audiblePart(320, 380), audiblePart(420, 680)];
        [1, 0, 1, 0, 1].forEach((expected, index) => {
          assert.closeTo([...parts, audiblePart(715, 735)][index] as number, expected, 0.34, `part ${index}`);
        });
      }));
  });
}

describe('pacing of a generator', () => {
  it('rejects anything but timestamp', () => {
    const init = { kind: 'video', pacing: 'fps' } as never;
    assert.throws(() => new TrackGenerator(init), TypeError, /pacing is "fps"; it must be "timestamp"/);
  });
});

/** Writes black frames with a white tenth of a second in each half, and audio with a beep at the same timestamps. */
function writeFlashesAndBeeps(video: TrackGenerator, audio: TrackGenerator): Promise<unknown> {
  const [black, white] = [makeSolidCanvas([0, 0, 0]), makeSolidCanvas([255, 255, 255])];
  const isMark = (milliseconds: number) => milliseconds >= 500 && milliseconds % 500 < 100;
  const writeVideo = async () => {
    for (let time = 0; time < 2600; time += 20) {
      await video.write(new VideoFrame(isMark(time) ? white : black, { timestamp: time * 1000 }));
    }
  };
  const writeAudio = async () => {
    // The audio of a file comes in other parts than its pictures.
    for (let time = 0; time < 2600; time += 100) {
      const samples = new Float32Array(4800);
      if (isMark(time)) samples.fill(0.5);
      await audio.write(samples, { timestamp: time * 1000 });
    }
  };
  return Promise.all([writeVideo(), writeAudio()]);
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The times at which a track of a page flashes, and another beeps, in milliseconds: read from the tracks. */
async function readMarks(video: TrackGenerator, audio: TrackGenerator): Promise<[number[], number[]]> {
  const [flashes, beeps]: [number[], number[]] = [[], []];
  const frames = new TrackReader<VideoFrame>(video.track);
  const blocks = new TrackReader<AudioData>(audio.track);
  let isOver = false;
  const watchVideo = async () => {
    let wasBright = false;
    while (!isOver) {
      const frame = await frames.next();
      const time = performance.now();
      const bytes = new Uint8Array(frame.allocationSize());
      await frame.copyTo(bytes);
      const isBright = (bytes[0] as number) > 128;
      if (isBright && !wasBright) flashes.push(time);
      wasBright = isBright;
      frame.close();
    }
  };
  const watchAudio = async () => {
    let wasAudible = false;
    while (!isOver) {
      const block = await blocks.next();
      const time = performance.now();
      const samples = new Float32Array(block.numberOfFrames);
      block.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      const first = samples.findIndex(isAudible);
      // A block comes when its last sample is due.
      if (first >= 0 && !wasAudible) beeps.push(time - (samples.length - first) / 48);
      wasAudible = first >= 0;
    }
  };
  const watching = Promise.all([watchVideo(), watchAudio()]).catch(() => {});
  await writeFlashesAndBeeps(video, audio);
  await Promise.all([video.played(), audio.played()]);
  await sleep(100);
  isOver = true;
  await Promise.race([watching, sleep(600)]);
  return [flashes, beeps];
}

/** As `readMarks()`, as a page shows and plays the tracks. */
async function watchMarks(video: TrackGenerator, audio: TrackGenerator): Promise<[number[], number[]]> {
  const [flashes, beeps]: [number[], number[]] = [[], []];
  const screen = new VideoScreen(video.track);
  const context = new AudioContext();
  await context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 256 });
  context.createMediaStreamSource(new MediaStream([audio.track])).connect(analyser);
  const samples = new Float32Array(256);
  let [wasBright, wasAudible] = [false, false];
  const timer = setInterval(() => {
    const time = performance.now();
    analyser.getFloatTimeDomainData(samples);
    const isHeard = samples.some(isAudible);
    if (isHeard && !wasAudible) beeps.push(time);
    wasAudible = isHeard;
    if (screen.video.readyState < 2 || screen.video.videoWidth === 0) return;
    const isBright = colorAt(readPixels(screen.video), 4, 4)[0] > 128;
    if (isBright && !wasBright) flashes.push(time);
    wasBright = isBright;
  }, 4);
  try {
    await writeFlashesAndBeeps(video, audio);
    await Promise.all([video.played(), audio.played()]);
    await sleep(150);
    return [flashes, beeps];
  } finally {
    clearInterval(timer);
    screen.close();
    await context.suspend();
  }
}

/** The median of the times by which beeps follow their flashes. */
function offsetOf(flashes: number[], beeps: number[]): number {
  const offsets = flashes.map((flash) => {
    const distances = beeps.map((beep) => beep - flash);
    return distances.reduce((best, each) => (Math.abs(each) < Math.abs(best) ? each : best), Number.POSITIVE_INFINITY);
  });
  return median(offsets.filter((offset) => Math.abs(offset) < 250));
}

const noCommonView = 'a page of WebKitGTK sees a track some 0.2 s later than it hears one, and cannot read its frames';

describeIf(!isWebKit, noCommonView, 'Generators whose clocks have the same name', () => {
  const measure = isNative ? readMarks : watchMarks;
  // A page sees and hears through its own buffers, and looks every few milliseconds.
  const tolerance = isNative ? 20 : 45;

  it(`keep the audio and video of a file within ${tolerance} ms, though the video is written first`, async () => {
    // A busy page sees and hears late.
    await retry(async () => {
      const video = pacedVideo(undefined, 'file');
      const audio = pacedAudio(undefined, 'file');
      const [flashes, beeps] = await measure(video, audio);
      video.stop();
      audio.stop();
      assert.isAtLeast(flashes.length, 3, 'flashes');
      assert.isAtLeast(beeps.length, 3, 'beeps');
      const offset = offsetOf(flashes, beeps);
      console.log(`beeps follow flashes by ${Math.round(offset)} ms`);
      assert.closeTo(offset, 0, tolerance);
    }, 3);
  });
});
