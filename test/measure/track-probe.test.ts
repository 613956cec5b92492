/* Real tracks with known faults, as a probe reports them, in every engine. Each picture is written when the last one has arrived. */
import { type ProbeReport, TrackProbe, type TrackProbeInit } from 'track-elements/measure';
import { onCleanup } from '../support/cleanup.js';
import { MarkedVideo, openMarkedAudio, PATTERN, SOURCE } from '../support/marked-frames.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

function openProbe(init: TrackProbeInit = {}): TrackProbe {
  const probe = new TrackProbe(init);
  onCleanup(() => probe.close());
  return probe;
}

const receivedOf = async (probe: TrackProbe): Promise<number> => (await probe.getReport()).video?.received ?? 0;

/** A probe that has received the first picture of a track, which is written until it comes. */
async function begin(video: MarkedVideo, init?: TrackProbeInit, frame = 0): Promise<TrackProbe> {
  const probe = openProbe(init);
  probe.setTrack('video', video.track);
  await waitFor(async () => {
    await video.write(frame);
    await sleep(30);
    return (await receivedOf(probe)) > 0;
  }, 'the first picture');
  // All of those that were written are counted.
  for (let last = -1, now = 0; last !== now; ) {
    last = now;
    await sleep(150);
    now = await receivedOf(probe);
  }
  return probe;
}

type Written = readonly [frame: number, more?: Parameters<MarkedVideo['write']>[1]];

/** Writes pictures, each when the last one has arrived. Returns the report. */
async function deliver(video: MarkedVideo, probe: TrackProbe, frames: readonly Written[]): Promise<ProbeReport> {
  for (const [frame, more] of frames) {
    const before = await receivedOf(probe);
    await video.write(frame, more);
    await waitFor(async () => (await receivedOf(probe)) > before, `frame ${frame}`);
  }
  return probe.getReport();
}

/** The report once a picture was compared, which takes its time beside the reading of others. */
async function comparedBy(probe: TrackProbe): Promise<ProbeReport> {
  await waitFor(async () => (await probe.getReport()).video?.psnr != null, 'a comparison');
  return probe.getReport();
}

/** The counts that the delivery of some frames has added. */
async function countsOf(frames: readonly Written[], of: (video: MarkedVideo) => Promise<TrackProbe> = begin) {
  const video = new MarkedVideo();
  const probe = await of(video);
  const { video: before } = await probe.getReport();
  const { video: after } = await deliver(video, probe, frames);
  const change = (name: 'received' | 'lost' | 'repeated' | 'outOfOrder' | 'corrupt') =>
    (after?.[name] ?? Number.NaN) - (before?.[name] ?? Number.NaN);
  return {
    received: change('received'),
    lost: change('lost'),
    repeated: change('repeated'),
    outOfOrder: change('outOfOrder'),
    corrupt: change('corrupt'),
  };
}

const numbers = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);
const none = { lost: 0, repeated: 0, outOfOrder: 0, corrupt: 0 };

describe('A probe of a video track', () => {
  it('counts exactly when every tenth picture is dropped', async () => {
    const counts = await countsOf(numbers(1, 30).flatMap((frame): Written[] => (frame % 10 === 5 ? [] : [[frame]])));
    assert.deepEqual(counts, { ...none, received: 27, lost: 3 });
  });

  it('counts exactly when pictures are repeated, swapped and unreadable', async () => {
    const counts = await countsOf([[1], [2], [2], [3], [5], [4], [6], [7, null], [8], [9], [9], [9], [12]]);
    assert.deepEqual(counts, { received: 13, lost: 2, repeated: 3, outOfOrder: 1, corrupt: 1 });
  });

  it('knows the latency of a clock that is known: 80 ms more where pictures come 80 ms later', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video, { clock: 0 });
    const latencyAfter = async (delay: number, first: number) => {
      probe.reset();
      const frames = numbers(first, 15).map((frame): Written => [frame]);
      for (const [frame] of frames) {
        const before = await receivedOf(probe);
        await video.write(frame, { time: Date.now() - delay });
        await waitFor(async () => (await receivedOf(probe)) > before, `frame ${frame}`);
      }
      return (await probe.getReport()).video?.latency;
    };
    const without = await latencyAfter(0, 1);
    const late = await latencyAfter(80, 20);
    assert.isAbove(without?.median ?? -1, -(without?.uncertainty ?? 0));
    // The quickest frames tell the path without what a busy machine adds.
    assert.closeTo((late?.median ?? Number.NaN) - (without?.median ?? 0), 80, 10 + (without?.uncertainty ?? 0));
    probe.clock = { offset: -1000, uncertainty: 7 };
    const { video: shifted } = await probe.getReport();
    assert.closeTo((shifted?.latency.median ?? Number.NaN) - (late?.median ?? 0), -1000, 1);
    assert.closeTo((shifted?.latency.uncertainty ?? Number.NaN) - (late?.uncertainty ?? 0), 7, 0.01);
  });

  it('has no latency without a clock, and says so', async () => {
    const report = await deliver(new MarkedVideo(), openProbe(), []);
    assert.isNull(report.video);
    const probe = await begin(new MarkedVideo());
    const { video, unsupported } = await probe.getReport();
    assert.deepEqual(video?.latency, { median: null, p95: null, max: null, uncertainty: null });
    assert.include(unsupported.join(' '), 'latency: the clock of the source is not known.');
  });

  it('compares pictures with the reference that it renders itself', async function () {
    const video = new MarkedVideo();
    const probe = await begin(video, { reference: { pattern: PATTERN }, compareEvery: 2 });
    const report = await deliver(
      video,
      probe,
      numbers(1, 6).map((frame): Written => [frame]),
    );
    if (!isNative) {
      // Other engines make pictures of a track out of red, green and blue.
      assert.isTrue(report.video?.psnr !== null || report.unsupported.some((reason) => reason.startsWith('psnr: ')));
      skip(this, 'this engine does not hand over the planes of written pictures');
    }
    const { video: compared } = await comparedBy(probe);
    assert.deepEqual([compared?.psnr, compared?.ssim, compared?.findings], [100, 1, []]);
    // A wrong reference: the mark is right, the picture is not.
    probe.reference = { pattern: { ...PATTERN, pattern: 'smpte-hd' } };
    await waitFor(async () => {
      const { video: wrong } = await deliver(video, probe, [[7], [8], [9]]);
      return (wrong?.psnr ?? 100) < 30;
    }, 'a low PSNR');
  });

  it('names a wrong matrix within a second', async function () {
    if (!isNative) skip(this, 'this engine does not hand over the planes of written pictures');
    const video = new MarkedVideo({ ...PATTERN, colorSpace: 'bt709' });
    // The reference says that these numbers were of BT.601.
    const reference = { pattern: { ...PATTERN, colorSpace: 'bt601' } } as const;
    const same = new MarkedVideo({ ...PATTERN, colorSpace: 'bt601' });
    const right = await begin(same, { reference, compareEvery: 1 });
    await deliver(same, right, [[1], [2]]);
    assert.deepEqual((await comparedBy(right)).video?.findings, []);
    const wrong = await begin(video, { reference, compareEvery: 1 });
    await deliver(video, wrong, [[1], [2]]);
    // Right colours, coded by another matrix, which the frame tells.
    assert.deepEqual((await comparedBy(wrong)).video?.findings, []);
    const relabelled = new MarkedVideo({ ...PATTERN, colorSpace: 'bt601' });
    relabelled.label = 'bt709';
    const probe = await begin(relabelled, { reference, compareEvery: 1 });
    await deliver(relabelled, probe, [[1], [2]]);
    assert.deepEqual((await comparedBy(probe)).video?.findings, ['The colours are wrong: BT.601 shown as BT.709.']);
  });

  it('follows the size of the picture', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video);
    video.setPattern({ ...PATTERN, width: 640, height: 360 });
    const { video: report } = await deliver(video, probe, [[1], [2]]);
    assert.deepEqual(
      report?.sizes.map(({ width, height }) => [width, height]),
      [
        [320, 180],
        [640, 360],
      ],
    );
    assert.equal(report?.corrupt, 0);
  });

  it('reports each second, and after the end of the track', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video);
    const { report } = await nextEvent<Event & { report: ProbeReport }>(probe, 'report');
    assert.deepEqual(report.video?.sources, [SOURCE]);
    assert.deepEqual(JSON.parse(JSON.stringify(probe)), JSON.parse(JSON.stringify(probe.toJSON())));
    const last = nextEvent<Event & { report: ProbeReport }>(probe, 'report');
    probe.setTrack('video', null);
    assert.deepEqual((await last).report.video?.findings, ['The video track has ended.']);
    assert.isAtLeast((await probe.getReport()).video?.received ?? 0, 1);
  });

  it('begins again with reset(): earlier pictures and losses are forgotten', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video);
    assert.equal((await deliver(video, probe, [[1], [4]])).video?.lost, 2);
    probe.reset();
    assert.isNull(probe.toJSON().video);
    const { video: empty } = await probe.getReport();
    assert.deepEqual([empty?.received, empty?.lost, empty?.startup], [0, null, null]);
    // The losses between are not of this measurement.
    const { video: report } = await deliver(video, probe, [[20], [21], [23]]);
    assert.deepEqual([report?.received, report?.lost, report?.repeated], [3, 1, 0]);
    assert.isAtLeast(report?.startup ?? -1, 0);
  });

  it('shares one worker with all probes, which ends with the last of them', async () => {
    const workers = countWorkers();
    onCleanup(() => workers.stop());
    const [one, other] = [new MarkedVideo(), new MarkedVideo()];
    const probe = await begin(one);
    const second = await begin(other);
    assert.deepEqual([workers.made, workers.running], [1, 1]);
    probe.close();
    const before = await receivedOf(second);
    await deliver(other, second, [[1]]);
    assert.isAbove(await receivedOf(second), before);
    assert.equal(workers.running, 1);
    second.close();
    await waitFor(() => workers.running === 0, 'the end of the worker');
    assert.equal(one.track.readyState, 'live');
  });

  it('is verified: resolves when all bounds hold, and rejects with a sentence for each that does not', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video);
    const { video: before } = await probe.getReport();
    await deliver(video, probe, [[1], [3]]);
    const frames = (before?.received ?? 0) + 2;
    assert.equal((await probe.verify({ frames, lost: 1 })).video?.lost, 1);
    const waiting = probe.verify({ frames: frames + 2, lost: 0, outOfOrder: 0 }).catch((error: Error) => error);
    await deliver(video, probe, [[4], [5]]);
    const error = (await waiting) as Error & { failures: string[] };
    assert.equal(error.name, 'VerificationError');
    assert.deepEqual(error.failures, ['lost is 1; it must be at most 0.']);
    const wrong = await probe.verify({ lost: -1 }).catch(({ message }: Error) => message);
    assert.equal(wrong, 'bounds.lost is -1; it must be a whole number of at least 0.');
    const ending = new AbortController();
    const aborted = probe.verify({ frames: 1e6 }, ending.signal).catch(({ name }: Error) => name);
    ending.abort();
    assert.equal(await aborted, 'AbortError');
  });
});

describe('A probe whose track is replaced', () => {
  it('judges the new track by its own figures, and not by those of the one before', async () => {
    const first = new MarkedVideo();
    const probe = await begin(first);
    await deliver(
      first,
      probe,
      numbers(1, 5).map((frame): Written => [frame]),
    );
    const second = new MarkedVideo();
    probe.setTrack('video', second.track);
    const verified = probe.verify({ frames: 3, lost: 0 });
    assert.equal(await receivedOf(probe), 0);
    for (let frame = 0, isOver = false; !isOver; frame++) {
      await second.write(frame, { source: SOURCE + 1 });
      isOver = await Promise.race([verified.then(() => true), sleep(40).then(() => false)]);
    }
    assert.deepEqual((await verified).video?.sources, [SOURCE + 1]);
  });

  it('has no figures of before a reset in a report that was under way', async () => {
    const video = new MarkedVideo();
    const probe = await begin(video);
    // The statistics of a connection take their time.
    const reading = new Promise<void>((resolve) => {
      const getStats = async () => {
        resolve();
        await sleep(200);
        return new Map();
      };
      probe.peerConnections = [{ getStats } as unknown as RTCPeerConnection];
    });
    await reading;
    probe.reset();
    const { report } = await nextEvent<Event & { report: ProbeReport }>(probe, 'report');
    assert.equal(report.video?.received ?? 0, 0);
  });
});

describe('A probe of video and audio', () => {
  it('has the offset that they have: 200 ms more where audio comes 200 ms later', async function () {
    if (!isNative) skip(this, 'this engine reads audio by a worklet, whose clock is not that of the pictures');
    this.timeout(40_000);
    const offsetOf = async (delay: number): Promise<number> => {
      const video = new MarkedVideo();
      const probe = await begin(video, { clock: 0 });
      const audio = await openMarkedAudio(10);
      probe.setTrack('audio', audio.track);
      await sleep(300);
      const origin = performance.now();
      setTimeout(() => audio.start(), delay);
      let median: number | null = null;
      for (let frame = 1; median === null && frame < 300; frame++) {
        const due = origin + (frame * 1000) / 30;
        if (due > performance.now()) await sleep(due - performance.now());
        await video.write(frame);
        if (frame % 10 === 0) median = (await probe.getReport()).offset.median;
      }
      const { audio: heard } = await probe.getReport();
      assert.isAbove(heard?.received ?? 0, 0);
      return median ?? Number.NaN;
    };
    const [together, late] = [await offsetOf(0), await offsetOf(200)];
    // A busy machine writes pictures late. The exact figures are those of test/node/measure.
    assert.closeTo(late - together, 200, 100);
  });
});
