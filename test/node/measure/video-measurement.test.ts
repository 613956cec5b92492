/* Pictures that are lost, repeated, swapped, damaged and late: the counts and times that a probe has of them. */
import { parseRate } from 'track-elements/signals';
import { type ArrivedPicture, VideoMeasurement } from '../../../dist/measure/video-measurement.js';
import { assert, describe, it } from '../../support/suite.js';
import { FRAME_MS, markOf, numbers, pictureOf, START_MS } from './virtual-path.js';

const sameClock = { offset: 0, uncertainty: 0.1 };

function measured(pictures: readonly ArrivedPicture[], now?: number) {
  const video = new VideoMeasurement(START_MS);
  for (const picture of pictures) video.add(picture);
  return video.report(now ?? (pictures.at(-1)?.arrival ?? START_MS) + 1, sameClock);
}

describe('The counts of pictures', () => {
  it('are exact when every tenth one is dropped', () => {
    const report = measured(numbers(0, 301).flatMap((frame) => (frame % 10 === 5 ? [] : pictureOf(frame))));
    assert.deepInclude(report, { received: 271, lost: 30, repeated: 0, outOfOrder: 0, corrupt: 0, restarts: 0 });
    assert.deepEqual(report.findings, []);
  });

  it('are exact when every fifth one comes twice', () => {
    const report = measured(
      numbers(0, 100).flatMap((frame) =>
        frame % 5 === 0 ? [pictureOf(frame), pictureOf(frame, 35)] : [pictureOf(frame)],
      ),
    );
    assert.deepInclude(report, { received: 120, lost: 0, repeated: 20, outOfOrder: 0 });
  });

  it('are exact when two are swapped, and when one comes eight later', () => {
    const order = numbers(0, 100).map((frame) => (frame % 20 === 3 ? frame + 1 : frame % 20 === 4 ? frame - 1 : frame));
    const swapped = measured(order.map((frame, i) => pictureOf(i, 30, { mark: markOf(frame) })));
    assert.deepInclude(swapped, { received: 100, lost: 0, repeated: 0, outOfOrder: 5 });
    const late = [...numbers(0, 10), ...numbers(11, 8), 10, ...numbers(19, 10)];
    assert.deepInclude(measured(late.map((frame, i) => pictureOf(i, 30, { mark: markOf(frame) }))), {
      lost: 0,
      repeated: 0,
      outOfOrder: 1,
      restarts: 0,
    });
  });

  it('have a picture with an unreadable mark as corrupt, and not as lost', () => {
    const report = measured(
      numbers(0, 50).flatMap((frame) => {
        if (frame === 20) return [];
        return pictureOf(frame, 30, { mark: frame === 19 || frame === 30 ? null : markOf(frame) });
      }),
    );
    assert.deepInclude(report, { received: 49, lost: 1, corrupt: 2, repeated: 0 });
  });

  it('do not count a picture that was not checked as lost or as corrupt', () => {
    const report = measured(
      numbers(0, 50).map((frame) => pictureOf(frame, 30, frame === 30 ? { mark: null, isSkipped: true } : {})),
    );
    assert.deepInclude(report, { received: 50, lost: 0, corrupt: 0 });
    assert.match(report.findings[0] ?? '', /no time to read 1 pictures/);
  });

  it('have pictures that an element showed while the page was busy neither as lost nor as a freeze', () => {
    const isRead = (frame: number) => frame < 40 || frame >= 50;
    const pictures = numbers(0, 100)
      .filter((frame) => isRead(frame) && frame !== 70)
      .map((frame) => pictureOf(frame, 30, frame === 50 ? { unread: 10 } : {}));
    const report = measured(pictures);
    assert.deepInclude(report, { received: 99, lost: 1, corrupt: 0, freezes: { count: 0, longest: 0, total: 0 } });
    // Of the last 60 intervals one has two frames.
    assert.closeTo(report.frameRate ?? 0, (1000 / FRAME_MS) * (60 / 61), 0.01);
    assert.match(report.findings[0] ?? '', /no time to read 10 pictures/);
  });

  it('continue with 0 after the highest number', () => {
    const report = measured(
      numbers(-10, 30)
        .filter((frame) => frame !== 0)
        .map((frame) => pictureOf(frame, 30, { mark: markOf(frame, { frame: (frame + 2 ** 32) % 2 ** 32 }) })),
    );
    assert.deepInclude(report, { received: 29, lost: 1, repeated: 0, outOfOrder: 0, restarts: 0 });
  });

  it('begin again with a source that counts again: back to a few frames, and far away', () => {
    for (const first of [0, 3, 5_000_000]) {
      const after = numbers(0, 20).map((i) =>
        pictureOf(30 + i, 30, { mark: markOf(first + i, { time: START_MS + FRAME_MS * (30 + i) }) }),
      );
      const report = measured([...numbers(10, 20).map((frame) => pictureOf(frame)), ...after]);
      assert.deepInclude(report, { received: 40, lost: 0, repeated: 0, outOfOrder: 0, restarts: 1 }, `${first}`);
      assert.deepEqual(report.findings, ['The source began to count again, once.']);
    }
  });

  it('have all that a frozen network took as lost, however many', () => {
    const report = measured([...numbers(0, 50), ...numbers(5050, 50)].map((frame) => pictureOf(frame)));
    assert.deepInclude(report, { lost: 5000, restarts: 0 });
  });

  it('take no change of the frame rate for a loss', () => {
    const rate = parseRate(50);
    const after = numbers(0, 40).map((i) => ({
      ...pictureOf(50 + i / 2),
      mark: markOf(100 + i, { rate, time: START_MS + FRAME_MS * 50 + 20 * i }),
    }));
    const report = measured([...numbers(0, 50).map((frame) => pictureOf(frame)), ...after]);
    assert.deepInclude(report, { received: 90, lost: 0, repeated: 0, restarts: 0 });
  });

  it('are of each source when two come in one track, and a finding names them', () => {
    const pictures = numbers(0, 40).flatMap((frame) => [
      pictureOf(frame),
      ...(frame === 20 ? [] : [pictureOf(frame, 40, { mark: markOf(frame + 500, { source: 12 }) })]),
    ]);
    const report = measured(pictures);
    assert.deepInclude(report, { received: 79, lost: 1, repeated: 0, outOfOrder: 0, restarts: 0 });
    assert.sameMembers([...report.sources], [7, 12]);
    assert.match(report.findings[0] ?? '', /^Pictures of 2 marked sources come in one track: /);
    const changed = measured([
      ...numbers(0, 20).map((frame) => pictureOf(frame)),
      ...numbers(20, 20).map((frame) => pictureOf(frame, 30, { mark: markOf(frame, { source: 12 }) })),
    ]);
    assert.deepEqual([changed.lost, changed.sources], [0, [7, 12]]);
    assert.deepEqual(changed.findings, ['The track was of several marked sources, one after the other: 7, 12.']);
  });
});

describe('Pictures without a mark', () => {
  it('are counted and have a rate, and what a mark would tell is null', () => {
    const report = measured(numbers(0, 60).map((frame) => pictureOf(frame, 30, { mark: null })));
    assert.deepInclude(report, { received: 60, lost: null, repeated: null, outOfOrder: null, corrupt: null });
    assert.closeTo(report.frameRate ?? 0, 25, 1e-9);
    assert.deepEqual(report.latency, { median: null, p95: null, max: null, uncertainty: null });
    assert.match(report.findings[0] ?? '', /no mark that can be read/);
  });

  it('are reported after a second of them, also after marked ones: a muted source sends black', () => {
    const unmarked = (frame: number) => pictureOf(frame, 30, { mark: null });
    const marked = numbers(0, 30).map((frame) => pictureOf(frame));
    const briefly = [...marked, ...numbers(30, 20).map(unmarked)];
    assert.deepEqual(measured(briefly).findings, []);
    const muted = [...briefly, ...numbers(50, 10).map(unmarked)];
    assert.match(measured(muted).findings.join(), /no mark that can be read/);
    assert.deepEqual(measured([...muted, pictureOf(60)]).findings, []);
    // Nothing comes: that is no lack of marks.
    assert.deepEqual(measured(marked, START_MS + 60_000).findings, []);
    const damaged = numbers(0, 90).map((frame) => (frame % 3 === 0 ? pictureOf(frame) : unmarked(frame)));
    assert.deepEqual(measured(damaged).findings, []);
  });

  it('that do not come are reported after two seconds', () => {
    assert.deepEqual(measured([], START_MS + 1900).findings, []);
    assert.match(measured([], START_MS + 2100).findings[0] ?? '', /No picture has come/);
  });
});

describe('The times of pictures', () => {
  it('have the latency of 80 ms that the path has, with its distribution', () => {
    const report = measured(numbers(0, 101).map((frame) => pictureOf(frame, 80 + (frame % 101) / 10)));
    const { median, p95, max, uncertainty } = report.latency;
    assert.closeTo(median ?? 0, 85, 0.01);
    assert.closeTo(p95 ?? 0, 89.5, 0.01);
    assert.closeTo(max ?? 0, 90, 0.01);
    assert.closeTo(uncertainty ?? 0, 0.6, 1e-9);
  });

  it('have the latency on the clock of the source, and no latency if that clock is not known', () => {
    const video = new VideoMeasurement(START_MS);
    for (const frame of numbers(0, 30)) video.add(pictureOf(frame, 30 - 5000));
    const now = START_MS + 2000;
    assert.closeTo(video.report(now, { offset: 5000, uncertainty: 2 }).latency.median ?? 0, 30, 0.01);
    assert.isNull(video.report(now, null).latency.median);
    assert.match(video.report(now, sameClock).findings[0] ?? '', /before they were made/);
  });

  it('have the latency of the newest source: the clock of the one before is another one', () => {
    const hourAhead = numbers(0, 50).map((frame) =>
      pictureOf(frame, 30, { mark: markOf(frame, { source: 12, time: START_MS + FRAME_MS * frame - 3_600_000 }) }),
    );
    const { latency } = measured([...hourAhead, ...numbers(50, 10).map((frame) => pictureOf(frame, 80))]);
    assert.deepEqual([latency.median, latency.p95, latency.max], [80, 80, 80]);
  });

  it('leave out pictures that come again, which were late on purpose', () => {
    const report = measured(numbers(0, 40).flatMap((frame) => [pictureOf(frame), pictureOf(frame, 39)]));
    assert.closeTo(report.latency.max ?? 0, 30, 0.01);
  });

  it('have rate and jitter: pictures that are alternately 5 ms early and late', () => {
    const report = measured(numbers(0, 61).map((frame) => pictureOf(frame, 30 + (frame % 2 ? 5 : -5))));
    assert.closeTo(report.frameRate ?? 0, 25, 0.01);
    // The intervals are 50 and 30 ms in turn.
    assert.closeTo(report.jitter ?? 0, 10 * Math.sqrt(60 / 59), 0.01);
    assert.equal(measured([...numbers(0, 61).map((frame) => pictureOf(frame))], START_MS + 10_000).frameRate, 0);
  });

  it('have start-up, from the track to the first picture, and each size', () => {
    const report = measured(
      numbers(10, 30).map((frame) => pictureOf(frame, 30, frame < 20 ? { width: 320, height: 180 } : {})),
    );
    assert.equal(report.startup, 430);
    assert.deepEqual(report.sizes, [
      { width: 320, height: 180, time: 0 },
      { width: 1280, height: 720, time: 400 },
    ]);
  });
});

describe('A freeze', () => {
  /** The freezes when a picture stands for so long after 30 others that stood for 40 ms. */
  const freezesAfter = (interval: number) =>
    measured([
      ...numbers(0, 31).map((frame) => pictureOf(frame)),
      pictureOf(31, 30, { arrival: START_MS + 30 * FRAME_MS + 30 + interval }),
    ]).freezes;

  it('is an interval of the average of the last 30 and 150 ms, by webrtc-stats', () => {
    // (29 × 40 + x) / 30 + 150 = x, so that x = 195.17.
    assert.equal(freezesAfter(195).count, 0);
    assert.deepEqual(freezesAfter(196), { count: 1, longest: 196, total: 196 });
  });

  it('is three times the average where pictures are slow', () => {
    const slow = (last: number) =>
      measured([
        ...numbers(0, 31).map((i) => pictureOf(0, 0, { arrival: START_MS + i * 200, mark: null })),
        pictureOf(0, 0, { arrival: START_MS + 6000 + last, mark: null }),
      ]).freezes.count;
    // 3 × (29 × 200 + x) / 30 = x, so that x = 644.4.
    assert.equal(slow(644), 0);
    assert.equal(slow(645), 1);
  });

  it('has its number, its longest and all of them together', () => {
    let shift = 0;
    const report = measured(
      numbers(0, 200).map((frame) => {
        if (frame === 60) shift += 500;
        if (frame === 120) shift += 260;
        return pictureOf(frame, 30 + shift);
      }),
    );
    assert.deepEqual(report.freezes, { count: 2, longest: 540, total: 840 });
  });
});

describe('The end of a track', () => {
  it('is a finding, and there is no frame rate then', () => {
    const video = new VideoMeasurement(START_MS);
    for (const frame of numbers(0, 30)) video.add(pictureOf(frame));
    video.end();
    const report = video.report(START_MS + 1300, sameClock);
    assert.deepEqual(report.findings, ['The video track has ended.']);
    assert.isNull(report.frameRate);
  });
});

describe('The quality of pictures', () => {
  it('is that of the comparisons with the present reference', () => {
    const video = new VideoMeasurement(START_MS);
    video.add(pictureOf(0));
    video.addQuality({ error: 255 ** 2 / 100, ssim: 0.5, color: 'The colours are wrong.' });
    const { psnr, ssim, findings } = video.report(START_MS + 100, sameClock);
    assert.closeTo(psnr ?? 0, 20, 1e-9);
    assert.deepEqual([ssim, findings], [0.5, ['The colours are wrong.']]);
    video.forgetQuality();
    assert.deepInclude(video.report(START_MS + 100, sameClock), { psnr: null, ssim: null, findings: [] });
    video.addQuality({ error: 255 ** 2 / 1000, ssim: 0.75, color: null });
    assert.closeTo(video.report(START_MS + 100, sameClock).psnr ?? 0, 30, 1e-9);
  });
});
