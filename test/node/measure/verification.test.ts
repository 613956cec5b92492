/* The bounds of `verify()`, and the sentences of those that a report does not keep. */

import { waitForBounds } from '../../../dist/measure/page/wait-for-bounds.js';
import {
  emptyReport,
  noLatency,
  noOffset,
  type ProbeReport,
  type VideoReport,
} from '../../../dist/measure/probe-report.js';
import { checkBounds, failuresOf, hasEnoughFrames, type ProbeBounds } from '../../../dist/measure/verification.js';
import { assert, describe, it } from '../../support/suite.js';

const video: VideoReport = {
  received: 300,
  lost: 3,
  repeated: 2,
  outOfOrder: 1,
  corrupt: 4,
  frameRate: 24.5,
  jitter: 2,
  freezes: { count: 1, longest: 400, total: 400 },
  startup: 900,
  sizes: [],
  latency: { median: 100, p95: 210.5, max: 300, uncertainty: 0.6 },
  psnr: 28.123,
  ssim: 0.9,
  sources: [7],
  restarts: 0,
  findings: ['The colours are wrong: BT.601 shown as BT.709.'],
};

const audio = { received: 280, lost: 0, repeated: 0, startup: 40, latency: noLatency, findings: [] };

const report: ProbeReport = { ...emptyReport, video, audio, offset: { median: 131.2, drift: -80, uncertainty: 1 } };

const failures = (bounds: ProbeBounds, of: ProbeReport = report) => failuresOf(of, bounds);

describe('failuresOf()', () => {
  it('finds none where all bounds hold', () => {
    const bounds: Required<ProbeBounds> = {
      frames: 300,
      lost: 3,
      repeated: 2,
      outOfOrder: 1,
      corrupt: 4,
      freezes: 1,
      frameRate: 24,
      startup: 1000,
      latency: 212,
      offset: [-45, 132],
      drift: 80,
      psnr: 28,
      ssim: 0.9,
      findings: 1,
    };
    assert.deepEqual(failures(bounds), []);
  });

  it('has a sentence for each that does not hold', () => {
    assert.deepEqual(failures({ frames: 301, lost: 0, latency: 200, offset: [-45, 125], psnr: 30, findings: 0 }), [
      'frames is 300; it must be at least 301.',
      'lost is 3; it must be at most 0.',
      'latency is 211.1 ms; it must be at most 200 ms.',
      'offset is 131.2 ms; it must be from -45 to 125 ms.',
      'psnr is 28.12 dB; it must be at least 30 dB.',
      'findings is 1; it must be at most 0.',
    ]);
    assert.deepEqual(failures({ offset: [140, 200], drift: 50, frameRate: 29, startup: 500 }), [
      'offset is 131.2 ms; it must be from 140 to 200 ms.',
      'drift is 80 ppm; it must be at most 50 ppm.',
      'frameRate is 24.5 per second; it must be at least 29 per second.',
      'startup is 900 ms; it must be at most 500 ms.',
    ]);
  });

  it('says why a figure is not known', () => {
    assert.deepEqual(failures({ psnr: 30 }, { ...report, video: null }), [
      'psnr is not known: the probe has an audio track, and no video track.',
    ]);
    assert.deepEqual(failures({ offset: [0, 1] }, { ...emptyReport, video }), [
      'offset is not known: the probe has no audio track.',
    ]);
    assert.deepEqual(failures({ lost: 0 }, emptyReport), [
      'frames is 0; it must be at least 1: the probe has no track.',
      'lost is not known: the probe has no track.',
    ]);
    const unsupported = ['latency: the clock of the source is not known.'];
    assert.deepEqual(failures({ latency: 9 }, { ...report, video: { ...video, latency: noLatency }, unsupported }), [
      'latency is not known: the clock of the source is not known.',
    ]);
    const unmarked = { ...video, lost: null, findings: ['The video has no mark.'] };
    assert.deepEqual(failures({ lost: 0 }, { ...report, video: unmarked }), [
      'lost is not known: The video has no mark.',
    ]);
  });

  it('says why that figure is not known, and nothing that is not known beside it', () => {
    const latency = 'latency: the clock of the source is not known. Set clock; 0 if it is the same machine.';
    const psnr = 'psnr: the pattern of the source is not known. Set reference.';
    const lost = 'lost: this browser reads pictures as an element shows them. One that is not shown counts as lost.';
    const stages = 'stages: no peer connection was given. Set peerConnection.';
    const of = (bounds: ProbeBounds, more: Partial<VideoReport>) =>
      failures(bounds, { ...report, video: { ...video, ...more }, unsupported: [latency, psnr, lost, stages] });
    assert.deepEqual(of({ psnr: 30, ssim: 0.8 }, { psnr: null, ssim: null }), [
      'psnr is not known: the pattern of the source is not known. Set reference.',
      'ssim is not known: the pattern of the source is not known. Set reference.',
    ]);
    const unmarked = { lost: null, findings: ['The video has no mark.'] };
    assert.deepEqual(of({ lost: 0 }, unmarked), ['lost is not known: The video has no mark.']);
    assert.deepEqual(of({ frameRate: 25 }, { ...unmarked, frameRate: null }), ['frameRate is not known.']);
    const ended = { findings: ['The video track has ended.'] };
    assert.deepEqual(of({ frames: 400, frameRate: 25 }, { ...ended, frameRate: null }), [
      'frames is 300; it must be at least 400: The video track has ended.',
      'frameRate is not known: The video track has ended.',
    ]);
    const unheard = { ...report, unsupported: [stages], offset: { ...noOffset, median: 40 } };
    assert.deepEqual(failures({ drift: 50 }, unheard), ['drift is not known.']);
  });

  it('judges pictures and marked audio by lost, or each by a bound of its own', () => {
    const both: ProbeReport = { ...report, audio: { ...audio, lost: 12 } };
    assert.deepEqual(failures({ lost: 12 }, both), []);
    assert.deepEqual(failures({ lost: 3 }, both), ['lost.audio is 12; it must be at most 3.']);
    assert.deepEqual(failures({ lost: 0 }, both), [
      'lost is 3; it must be at most 0.',
      'lost.audio is 12; it must be at most 0.',
    ]);
    assert.deepEqual(failures({ lost: { video: 3 } }, both), []);
    assert.deepEqual(failures({ lost: { video: 2, audio: 11 } }, both), [
      'lost.video is 3; it must be at most 2.',
      'lost.audio is 12; it must be at most 11.',
    ]);
    // Audio without a mark counts nothing.
    const unmarked: ProbeReport = { ...report, audio: { ...audio, received: 0, lost: null } };
    assert.deepEqual(failures({ lost: 3 }, unmarked), []);
    assert.match(`${failures({ lost: { audio: 3 } }, unmarked)}`, /^lost\.audio is not known/);
    assert.deepEqual(failures({ lost: { audio: 3 } }, { ...report, audio: null }), [
      'lost.audio is not known: the probe has no audio track.',
    ]);
    assert.deepEqual(failures({ lost: { video: 3 } }, { ...report, video: null }), [
      'lost.video is not known: the probe has an audio track, and no video track.',
    ]);
  });

  it('judges audio where there is no video', () => {
    const alone: ProbeReport = { ...emptyReport, audio: { ...audio, lost: 5 } };
    assert.isTrue(hasEnoughFrames(alone, { frames: 280 }));
    assert.isFalse(hasEnoughFrames(alone, { frames: 281 }));
    assert.deepEqual(failures({ lost: 0, frames: 100 }, alone), ['lost is 5; it must be at most 0.']);
  });
});

describe('checkBounds()', () => {
  const wrong: [unknown, RegExp][] = [
    [null, /^bounds is null; it must be an object/],
    ['frames', /^bounds is "frames"; it must be an object/],
    [{ frames: -1 }, /^bounds\.frames is -1; it must be a whole number of at least 0\.$/],
    [{ frames: 1.5 }, /^bounds\.frames is 1\.5; it must be a whole number of at least 0\.$/],
    [{ corrupt: '3' }, /^bounds\.corrupt is "3"; it must be a whole number of at least 0\.$/],
    [{ freezes: Number.POSITIVE_INFINITY }, /^bounds\.freezes is Infinity; it must be a whole number of at least 0\.$/],
    [{ findings: Number.NaN }, /^bounds\.findings is NaN; it must be a whole number of at least 0\.$/],
    [{ latency: -0.5 }, /^bounds\.latency is -0\.5; it must be a number of at least 0\.$/],
    [{ psnr: null }, /^bounds\.psnr is null; it must be a number of at least 0\.$/],
    [{ lost: 'none' }, /^bounds\.lost is "none"; it must be a whole number of at least 0\.$/],
    [{ lost: { video: 0.5 } }, /^bounds\.lost\.video is 0\.5; it must be a whole number of at least 0\.$/],
    [{ lost: { sound: 1 } }, /^a bound is "lost\.sound"; it must be lost\.video or lost\.audio\.$/],
    [{ offset: 45 }, /^bounds\.offset is 45; it must be two numbers in ms, the lower one first\.$/],
    [{ offset: [125, -45] }, /^bounds\.offset is .*; it must be two numbers in ms/],
    [{ latncy: 3 }, /^a bound is "latncy"; it must be one of frames, offset, lost, repeated/],
  ];
  for (const [bounds, message] of wrong) {
    it(`refuses ${JSON.stringify(bounds)}`, () => assert.throws(() => checkBounds(bounds as ProbeBounds), message));
  }

  it('takes numbers that are not whole for all but counts', () => {
    checkBounds({ frames: 300, lost: { video: 0, audio: 8 }, latency: 99.5, frameRate: 29.97, ssim: 0.95, drift: 0.5 });
    checkBounds({ lost: 0, startup: 0.1, psnr: 30.5, offset: [-45.5, 125.5] });
  });

  it('takes a bound that is undefined for one that is not given', () => {
    checkBounds({ lost: undefined } as unknown as ProbeBounds);
    assert.deepEqual(failures({ lost: undefined } as unknown as ProbeBounds), []);
  });
});

describe('The waiting for the figures of bounds', () => {
  /** The seconds until `verify()` has judged reports, of which there is one each second, and its error. */
  async function patienceWith(
    bounds: ProbeBounds,
    reportAt: (second: number) => ProbeReport,
  ): Promise<readonly [seconds: number, error: string]> {
    const { now } = performance;
    let seconds = 0;
    performance.now = () => seconds * 1000;
    const probe = Object.assign(new EventTarget(), {
      async getReport(): Promise<ProbeReport> {
        seconds++;
        setImmediate(() => probe.dispatchEvent(new Event('report')));
        return reportAt(seconds);
      },
    });
    try {
      const failure = await waitForBounds(probe, bounds, () => true).catch((error: Error) => error);
      return [seconds, `${failure}`];
    } finally {
      performance.now = now;
    }
  }

  const received = (frames: number, more: Partial<ProbeReport> = {}): ProbeReport => ({
    ...report,
    video: { ...video, received: frames },
    ...more,
  });

  it('lasts a minute and a half for a drift, and five seconds where audio and picture have no offset', async () => {
    const of = (offset: ProbeReport['offset']) =>
      patienceWith({ drift: 5 }, (second) => received(30 * second, { offset }));
    const [long, error] = await of({ median: 10, drift: null, uncertainty: 1 });
    assert.closeTo(long, 90, 3);
    assert.match(error, /drift is not known/);
    const [short, other] = await of({ median: null, drift: null, uncertainty: null });
    assert.closeTo(short, 5, 3);
    assert.match(other, /drift is not known/);
  });

  it('begins again with another track', async () => {
    const unknown = { median: 10, drift: null, uncertainty: 1 };
    const [seconds, error] = await patienceWith({ frames: 300, drift: 5 }, (second) =>
      second < 20 ? received(30 * second, { offset: unknown }) : received(30 * (second - 20), { offset: noOffset }),
    );
    // Ten seconds of pictures of the second track, and five without an offset.
    assert.closeTo(seconds, 35, 3);
    assert.match(error, /^VerificationError: drift is not known/);
  });
});
