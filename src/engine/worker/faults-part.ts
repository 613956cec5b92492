/* A part of the worker: faults of video tracks. */
import type { Scheduler, Task } from '../../generator/worker/scheduler.js';
import { createPicture, type Picture } from '../../signals/picture.js';
import { rateValue } from '../../signals/rate.js';
import type { TrackFault } from '../composition.js';
import { frameFaults } from '../fault-timeline.js';
import { RunningFaults } from '../running-faults.js';
import type { FaultablePlayer, FrameClock, FrameShow, ShownScene } from './frame-show.js';
import { PictureScaler } from './picture-scaler.js';
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
  readonly #faults = new RunningFaults();
  readonly #held: HeldFrame[] = [];
  /** The first frame of the timeline that was shown: there are no pictures before it. */
  #first: number | null = null;
  #rate = 0;
  #isMuted = false;
  /** How the last picture differed from the picture of the scene. */
  #change = '';
  readonly #smaller = new SmallerPicture();

  constructor(player: FaultablePlayer, scheduler: Scheduler) {
    this.#player = player;
    this.#scheduler = scheduler;
  }

  /** @throws {TypeError | RangeError} for a description that is not accepted. */
  setFaults(faults: readonly TrackFault[]): void {
    this.#faults.set(faults, 'video');
  }

  show(scene: ShownScene, clock: FrameClock, n: number): void {
    const rate = rateValue(clock.rate);
    if (rate !== this.#rate) this.#first = null;
    this.#rate = rate;
    this.#first ??= n;
    const running = this.#faults.at(clock.timestamp(n) / 1e6, rate);
    const { isDropped, isBlack, isMuted, isUnplugged, shift, timestampShift, delay, scale } = frameFaults(
      running,
      rate,
    );
    this.#tellMuted(isMuted);
    if (isUnplugged) {
      this.#player.close();
      return;
    }
    if (isDropped) {
      this.#player.counts.dropped++;
      return;
    }
    const later = timestampShift + this.#faults.keptShift;
    const difference = { n, shown: Math.max(this.#first, n + shift), isBlack, scale };
    const shown = new FaultyScene(scene, difference, this.#smaller);
    const change = `${isBlack} ${scale}`;
    const send = () => {
      shown.isChanged = change !== this.#change || scale < 1;
      this.#change = change;
      this.#player.show(shown, shiftedClock(clock, later), n);
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

  #tellMuted(muted: boolean): void {
    if (muted !== this.#isMuted) this.#player.tellMuted(muted);
    this.#isMuted = muted;
  }

  #hold(frame: HeldFrame): void {
    this.#held.push(frame);
    this.due = this.#held[0]?.time ?? frame.time;
    this.#scheduler.add(this);
  }
}

/** How the picture of a scene with faults differs from the picture of frame `n`. */
interface PictureChange {
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
  readonly #change: PictureChange;
  readonly #smaller: SmallerPicture;

  constructor(scene: ShownScene, change: PictureChange, smaller: SmallerPicture) {
    this.#scene = scene;
    this.#change = change;
    this.#smaller = smaller;
  }

  get layers(): ShownScene['layers'] {
    return this.#scene.layers;
  }

  get picture(): Picture {
    const { picture } = this.#scene;
    const { isBlack, scale } = this.#change;
    const width = evenShare(picture.width, scale);
    const height = evenShare(picture.height, scale);
    if (isBlack) return createPicture(width, height, picture.colorSpace);
    if (scale === 1) return picture;
    return this.#smaller.of(picture, width, height);
  }

  render(number: number, timeOf?: (n: number) => number): boolean {
    const { n, shown, isBlack } = this.#change;
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

/** A picture at a smaller size. */
class SmallerPicture {
  #picture = createPicture(2, 2);
  #scaler: PictureScaler | null = null;
  /** The size of the pictures that it makes smaller. */
  #size = '';

  /** The result is the same object as long as the sizes are the same. */
  of(from: Picture, width: number, height: number): Picture {
    const { y, u, v } = from;
    const size = `${from.width}x${from.height} ${from.colorSpace}`;
    if (!this.#scaler || size !== this.#size || this.#picture.width !== width || this.#picture.height !== height) {
      this.#size = size;
      this.#picture = createPicture(width, height, from.colorSpace);
      const geometry = { width: from.width, height: from.height, aspect: width / height };
      this.#scaler = new PictureScaler(geometry, this.#picture, 'fill');
    }
    const planeOf = (samples: Uint8Array, stride: number) => ({ samples, stride });
    const chroma = from.width / 2;
    this.#scaler.scale({ ...from, y: planeOf(y, from.width), u: planeOf(u, chroma), v: planeOf(v, chroma) });
    return this.#picture;
  }
}
