/*
 * The figures of a probe are those of the faults that were injected: every kind of <signal-fault> that a probe can see, in virtual
 * time, through the code that plays the fault and the code that reads the marks.
 */
import { createPicture, type Picture, paintMark, readMark } from 'track-elements/signals';
import type { FaultDescription } from '../../../dist/engine/fault-timeline.js';
import { install } from '../../../dist/engine/worker/faults-part.js';
import type { FaultablePlayer, ShownScene } from '../../../dist/engine/worker/frame-show.js';
import type { WorkerScope } from '../../../dist/engine/worker/worker-scope.js';
import { noCounts } from '../../../dist/generator/counts.js';
import { AudioMeasurement } from '../../../dist/measure/audio-measurement.js';
import type { VideoReport } from '../../../dist/measure/probe-report.js';
import { SyncMeasurement } from '../../../dist/measure/sync-measurement.js';
import { VideoMeasurement } from '../../../dist/measure/video-measurement.js';
import { layer, Player } from '../../engine/player.js';
import { assert, describe, it } from '../../support/suite.js';
import { FRAME_MS, hear, markOf, numbers, RATE, START_MS } from './virtual-path.js';

const WIDTH = 320;
const HEIGHT = 180;
const FRAMES = 150;
const sameClock = { offset: 0, uncertainty: 0.1 };

/** A scene whose pictures have the mark of their frame. */
class MarkedScene implements ShownScene {
  readonly layers = [];
  readonly picture: Picture = createPicture(WIDTH, HEIGHT);

  render(n: number): boolean {
    this.picture.y.fill(16);
    paintMark(this.picture, markOf(n));
    return true;
  }
}

/** The report of a probe on 150 marked frames with a fault, 25 a second, and what the page is told. */
function watch(fault: FaultDescription): { video: VideoReport; timestamps: number[]; muted: boolean[] } {
  const video = new VideoMeasurement(START_MS);
  const timestamps: number[] = [];
  const muted: boolean[] = [];
  const tasks = new Set<{ due: number; run(time: number): void }>();
  const scheduler = { tasks, add: (task: never) => tasks.add(task), remove: (task: never) => tasks.delete(task) };
  let time = 0;
  const clock = {
    rate: RATE,
    due: (n: number) => START_MS + n * FRAME_MS,
    timestamp: (n: number) => n * FRAME_MS * 1000,
  };
  const player: FaultablePlayer & { due: number; run(): void } = {
    due: Number.POSITIVE_INFINITY,
    run() {},
    counts: noCounts(),
    show(scene, { timestamp }, n) {
      scene.render(n);
      const { y, width, height } = scene.picture;
      const mark = readMark(y, width, width, height);
      video.add({ arrival: time, width, height, mark });
      timestamps.push(timestamp(n) / 1000);
    },
    tellMuted: (isMuted) => muted.push(isMuted),
    close() {
      tasks.delete(player);
      video.end();
    },
  };
  tasks.add(player);
  const scope = { scheduler } as unknown as WorkerScope;
  install(scope);
  const show = scope.addFaults?.(player, [{ id: 1, ...fault }]);
  const scene = new MarkedScene();
  const sendHeld = (until: number) => {
    const next = () => [...tasks].find(({ due }) => due <= until);
    for (let task = next(); task; task = next()) {
      time = task.due;
      task.run(time);
    }
  };
  for (const n of numbers(0, FRAMES)) {
    if (!tasks.has(player)) break;
    sendHeld(clock.due(n));
    time = clock.due(n);
    show?.show(scene, clock, n);
  }
  sendHeld(Number.MAX_VALUE);
  return { video: video.report(time + 1, sameClock), timestamps, muted };
}

interface InjectedFault extends FaultDescription {
  readonly reported: Partial<VideoReport>;
}

const none = { received: FRAMES, lost: 0, repeated: 0, outOfOrder: 0, corrupt: 0 };

const inPictures: readonly InjectedFault[] = [
  { kind: 'freeze', at: 2, duration: 1, reported: { ...none, lost: 25, repeated: 25 } },
  { kind: 'black', at: 2, duration: 1, reported: { ...none, corrupt: 25 } },
  { kind: 'mute', at: 2, duration: 1, reported: { ...none, corrupt: 25 } },
  { kind: 'drop', at: 2, duration: 1, reported: { ...none, received: 125, lost: 25 } },
  { kind: 'repeat', at: 1, duration: 0, every: 1, amount: 1, reported: { ...none, lost: 5, repeated: 5 } },
  { kind: 'jitter', duration: 100, amount: 30, reported: none },
  { kind: 'timestamp-jump', at: 2, reported: none },
  // Of 100 frames, 10 are left out, or come twice.
  { kind: 'clock-drift', at: 1, duration: 4, amount: 100_000, reported: { ...none, lost: 10 } },
  { kind: 'clock-drift', at: 1, duration: 4, amount: -100_000, reported: { ...none, repeated: 10 } },
  { kind: 'resolution-ramp', at: 1, duration: 2, amount: 0.5, reported: none },
  // Of 50 frames, 10 are sent.
  { kind: 'rate-change', at: 1, duration: 2, amount: 5, reported: { ...none, received: 110, lost: 40 } },
  {
    kind: 'unplug',
    at: 2,
    reported: { ...none, received: 50, findings: ['The video track has ended.'] },
  },
];

describe('A probe reports what was injected into pictures', () => {
  for (const { reported, ...fault } of inPictures) {
    it(`${fault.kind} ${fault.amount ?? ''}`, () => assert.deepInclude(watch(fault).video, reported));
  }

  it('freezes: one, as long as the pictures are missing', () => {
    const { count, longest } = watch({ kind: 'drop', at: 2, duration: 1 }).video.freezes;
    assert.deepEqual([count, longest], [1, 1040]);
  });

  it('the latency and the jitter of frames that are late', () => {
    const { latency, jitter } = watch({ kind: 'jitter', duration: 100, amount: 30 }).video;
    assert.isAtMost(latency?.max ?? Number.NaN, 30);
    assert.closeTo(latency?.median ?? Number.NaN, 15, 5);
    // The difference of two delays that are equally distributed from 0 to 30 ms has a standard deviation of 30 / √6.
    assert.closeTo(jitter ?? Number.NaN, 30 / Math.sqrt(6), 4);
  });

  it('timestamps that jump, which are not in the mark', () => {
    const { timestamps } = watch({ kind: 'timestamp-jump', at: 2, amount: 250 });
    assert.deepEqual(
      timestamps.slice(48, 52),
      [48, 49, 50, 51].map((n) => n * FRAME_MS + (n < 50 ? 0 : 250)),
    );
  });

  it('the sizes of a ramp, down and up', () => {
    const { sizes } = watch({ kind: 'resolution-ramp', at: 1, duration: 2, amount: 0.5 }).video;
    assert.deepEqual(
      sizes.map(({ width }) => width),
      [320, 280, 240, 200, 160, 200, 240, 280, 320],
    );
  });

  it('the events of a mute are told to the page', () => {
    assert.deepEqual(watch({ kind: 'mute', at: 2, duration: 1 }).muted, [true, false]);
    assert.deepEqual(watch({ kind: 'black', at: 2, duration: 1 }).muted, []);
  });
});

/** A marked tone with a fault, as a probe hears it. */
function listen(fault: FaultDescription, seconds = 6) {
  const player = new Player();
  player.compose({
    layers: [layer(1, { waveform: 'silence', mark: true, markRate: RATE })],
    faults: [{ id: 1, ...fault }],
  });
  assert.deepEqual(player.rejected, []);
  const [left] = player.hear(seconds * 100);
  const audio = new AudioMeasurement(START_MS, RATE);
  const heard = hear(audio, Float32Array.from(left), () => 30);
  return { audio: audio.report(START_MS + seconds * 1000, sameClock), heard, events: player.events };
}

describe('A probe reports what was injected into audio', () => {
  const undisturbed = listen({ kind: 'silence', at: 100 }).audio;

  for (const kind of ['silence', 'mute', 'drop', 'freeze'] as const) {
    it(`${kind}: each of the frames is lost, and no other`, () => {
      const { audio } = listen({ kind, at: 2, duration: 0.12, every: 1 });
      // 3 of them in each of 4 seconds.
      assert.deepInclude(audio, { lost: 12, repeated: 0, received: undisturbed.received - 12 });
    });

    it(`${kind} that is long: the marks are trusted again after ten frames`, () => {
      const { lost, received, repeated } = listen({ kind, at: 2, duration: 1 }).audio;
      assert.equal(received + (lost ?? 0), undisturbed.received);
      assert.equal(repeated, 0);
      assert.isAtLeast(lost ?? 0, 25);
      assert.isAtMost(lost ?? 0, 25 + 11);
    });
  }

  it('jitter: late by the delay of the occurrence, whose frames are lost at its end', () => {
    const measure = (seed: number) => {
      const { audio, heard } = listen({ kind: 'jitter', at: 2, duration: 2, amount: 250, seed });
      // Frame 0 was made at the start, and the path itself takes 30 ms.
      const latencies = heard.map(({ frame, arrival }) => arrival - START_MS - frame * FRAME_MS);
      const early = Math.min(...latencies);
      const late = latencies.map((latency) => latency - early);
      const inside = late.filter((latency) => latency > 1);
      assert.isAtMost(Math.max(...inside) - Math.min(...inside), 1);
      const delay = inside[0] ?? Number.NaN;
      // Where it begins and where it ends, up to twenty frames pass until the marks are trusted again.
      const lost = (audio.lost ?? Number.NaN) - delay / FRAME_MS;
      assert.isAtLeast(lost, -1);
      assert.isAtMost(lost, 2 * 20, `of a delay of ${delay} ms`);
      assert.closeTo(inside.length, (2000 - delay) / FRAME_MS, 21);
      assert.equal(audio.repeated, 0);
      return delay;
    };
    const delays = numbers(0, 40).map(measure);
    assert.isAtMost(Math.max(...delays), 250);
    // Delays that are equally distributed from 0 to 250 ms.
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    assert.closeTo(mean, 125, (4 * 250) / Math.sqrt(12 * delays.length));
  });

  it('a block that is played twice is not a frame that is lost', () => {
    const { audio } = listen({ kind: 'repeat', at: 1, duration: 0.01, every: 1, amount: 1 });
    assert.deepInclude(audio, { lost: 0, repeated: 0, received: undisturbed.received });
  });

  for (const amount of [500, -500]) {
    it(`clock-drift: ${amount} ppm against the picture`, () => {
      const sync = new SyncMeasurement();
      const { heard } = listen({ kind: 'clock-drift', duration: 100, amount }, 30);
      const all = [
        ...numbers(0, 750).map((frame) => ({ frame, arrival: START_MS + frame * FRAME_MS, isPicture: true })),
        ...heard.map((each) => ({ ...each, isPicture: false })),
      ].sort((a, b) => a.arrival - b.arrival);
      for (const { frame, arrival, isPicture } of all) {
        if (isPicture) sync.addPicture(frame, arrival, 25);
        else sync.addAudio(frame, arrival, 25);
      }
      // A source that is faster comes earlier each second.
      assert.closeTo(sync.report(0.5).drift ?? Number.NaN, -amount, 25);
    });
  }

  it('the events of a mute and of the end are told to the page', () => {
    const told = (fault: FaultDescription) =>
      listen(fault).events.filter((event) => 'type' in event && (event.type === 'muted' || event.type === 'ended'));
    assert.deepEqual(told({ kind: 'mute', at: 2, duration: 1 }), [
      { type: 'muted', muted: true },
      { type: 'muted', muted: false },
    ]);
    assert.deepInclude(told({ kind: 'unplug', at: 2 }), { type: 'ended' });
  });
});
