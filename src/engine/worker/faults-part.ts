/* A part of the worker: faults of video tracks. */
import type { Scheduler, Task } from '../../generator/worker/scheduler.js';
import { createPicture, type Picture } from '../../signals/picture.js';
import { rateValue } from '../../signals/rate.js';
import type { TrackFault } from '../composition.js';
import { type CompleteFault, completeFaults, frameFaults } from '../fault-timeline.js';
import type { FaultablePlayer, FrameClock, FrameShow, ShownScene } from './frame-show.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  const shows = new WeakMap<FaultablePlayer, FaultyShow>();
  scope.addFaults = (player, faults = []) => {
    const show = shows.get(player) ?? new FaultyShow(player, scope.scheduler);
    shows.set(player, show);
    show.setFaults(faults);
    return show;
  };
}

/** A fault that runs in a track. */
interface RunningFault {
  readonly id: number;
  readonly fault: CompleteFault;
  /** The timestamp of the first frame that was due with it, in microseconds; `null` before that. */
  start: number | null;
}

/** A frame that is late on purpose. Its picture is rendered when it is sent, so that nothing has to be kept. */
interface HeldFrame {
  /** Milliseconds of `now()`. */
  readonly time: number;
  readonly send: () => void;
}

/** Shows the frames of a player with faults. */
class FaultyShow implements FrameShow, Task {
  due = Number.POSITIVE_INFINITY;
  readonly #player: FaultablePlayer;
  readonly #scheduler: Scheduler;
  #faults: readonly RunningFault[] = [];
  readonly #held: HeldFrame[] = [];
  /** The first frame of the timeline that was shown: there are no pictures before it. */
  #first: number | null = null;
  #rate = 0;
  /** How the last picture differed from that of the scene. */
  #disguise = '';

  constructor(player: FaultablePlayer, scheduler: Scheduler) {
    this.#player = player;
    this.#scheduler = scheduler;
  }

  /** @throws {TypeError | RangeError} for a description that is not accepted. */
  setFaults(faults: readonly TrackFault[]): void {
    const complete = completeFaults(faults, 'video');
    this.#faults = faults.map(({ id }, index) => ({
      id,
      fault: complete[index] as CompleteFault,
      start: this.#faults.find((other) => other.id === id)?.start ?? null,
    }));
  }

  show(scene: ShownScene, clock: FrameClock, n: number): void {
    const rate = rateValue(clock.rate);
    if (rate !== this.#rate) this.#first = null;
    this.#rate = rate;
    this.#first ??= n;
    const timestamp = clock.timestamp(n);
    const running = this.#faults.map((running) => {
      running.start ??= timestamp;
      return { fault: running.fault, n: Math.round(((timestamp - running.start) * rate) / 1e6) };
    });
    const { isDropped, isBlack, isUnplugged, shift, timestampShift, delay, scale } = frameFaults(running, rate);
    if (isUnplugged) {
      this.#player.close();
      return;
    }
    if (isDropped) {
      this.#player.counts.dropped++;
      return;
    }
    const shown = new FaultyScene(scene, { n, shown: Math.max(this.#first, n + shift), isBlack, scale });
    const disguise = `${isBlack} ${scale}`;
    const send = () => {
      shown.isChanged = disguise !== this.#disguise || scale < 1;
      this.#disguise = disguise;
      this.#player.show(shown, shiftedClock(clock, timestampShift), n);
    };
    const time = Math.max(clock.due(n) + delay, this.#held.at(-1)?.time ?? 0);
    // Frames keep their order.
    if (delay > 0 || this.#held.length > 0) this.#hold({ time, send });
    else send();
  }

  /** Sends the held frames that are due. */
  run(time: number): void {
    while (this.#held[0] && this.#held[0].time <= time) {
      const frame = this.#held.shift();
      if (this.#scheduler.tasks.has(this.#player as FaultablePlayer & Task)) frame?.send();
    }
    this.due = this.#held[0]?.time ?? Number.POSITIVE_INFINITY;
    if (this.#held.length === 0) this.#scheduler.remove(this);
  }

  #hold(frame: HeldFrame): void {
    this.#held.push(frame);
    this.due = this.#held[0]?.time ?? frame.time;
    this.#scheduler.add(this);
  }
}

/** How the picture of a faulty scene differs from that of frame `n`. */
interface Disguise {
  readonly n: number;
  /** The number of the frame that is shown in its place. */
  readonly shown: number;
  readonly isBlack: boolean;
  readonly scale: number;
}

/** A scene that shows another frame, black, or a smaller picture. */
class FaultyScene implements ShownScene {
  /** Whether its picture is another one even if the scene has not changed. */
  isChanged = false;
  readonly #scene: ShownScene;
  readonly #disguise: Disguise;

  constructor(scene: ShownScene, disguise: Disguise) {
    this.#scene = scene;
    this.#disguise = disguise;
  }

  get layers(): ShownScene['layers'] {
    return this.#scene.layers;
  }

  get picture(): Picture {
    const { picture } = this.#scene;
    const { isBlack, scale } = this.#disguise;
    const width = evenShare(picture.width, scale);
    const height = evenShare(picture.height, scale);
    if (isBlack) return createPicture(width, height, picture.colorSpace);
    return scale < 1 ? smallerPicture(picture, width, height) : picture;
  }

  render(number: number, timeOf?: (n: number) => number): boolean {
    const { n, shown, isBlack } = this.#disguise;
    // The scene renders behind black too, so that its picture is the right one afterwards. A paused player asks for another frame.
    const isRendered = this.#scene.render(number === n ? shown : number, timeOf);
    return this.isChanged || (isRendered && !isBlack);
  }
}

/** A clock whose timestamps are later, by some milliseconds. */
const shiftedClock = (clock: FrameClock, shift: number): FrameClock => ({
  rate: clock.rate,
  due: (n) => clock.due(n),
  timestamp: (n) => clock.timestamp(n) + shift * 1000,
});

/** The nearest even number of pixels, at least 2. */
const evenShare = (pixels: number, scale: number): number => Math.max(2, 2 * Math.round((pixels * scale) / 2));

/** A picture at a smaller size: each pixel is the mean of those that it stands for. */
function smallerPicture(from: Picture, width: number, height: number): Picture {
  const to = createPicture(width, height, from.colorSpace);
  for (const plane of ['y', 'u', 'v'] as const) {
    const step = plane === 'y' ? 1 : 2;
    shrinkPlane(from[plane], from.width / step, from.height / step, to[plane], width / step, height / step);
  }
  return to;
}

function shrinkPlane(
  from: Uint8Array,
  fromWidth: number,
  fromHeight: number,
  to: Uint8Array,
  width: number,
  height: number,
): void {
  for (let row = 0; row < height; row++) {
    const top = Math.floor((row * fromHeight) / height);
    const bottom = Math.floor(((row + 1) * fromHeight) / height);
    for (let column = 0; column < width; column++) {
      const left = Math.floor((column * fromWidth) / width);
      const right = Math.floor(((column + 1) * fromWidth) / width);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += from[y * fromWidth + x] as number;
      to[row * width + column] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
}
