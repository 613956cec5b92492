import { checkNumber, valueError } from '../signals/checks.js';
import type { AudioReport, ProbeReport, VideoReport } from './probe-report.js';

/** The bounds of the figures in a report. All times are in milliseconds. */
export interface ProbeBounds {
  /** The number of pictures to wait for, or of frames of audio if there is no video. Default 1. */
  readonly frames?: number;
  /** The highest number of lost pictures, and also of lost frames of audio if the audio is marked; or a bound for each. */
  readonly lost?: number | { readonly video?: number; readonly audio?: number };
  readonly repeated?: number;
  readonly outOfOrder?: number;
  readonly corrupt?: number;
  /** The highest number of freezes. */
  readonly freezes?: number;
  /** The lowest number of pictures per second. */
  readonly frameRate?: number;
  /** The longest time to the first picture. */
  readonly startup?: number;
  /** The highest latency: the 95th percentile, with its uncertainty. */
  readonly latency?: number;
  /** The lowest and the highest offset between the audio and the picture. */
  readonly offset?: readonly [number, number];
  /** The largest drift of the audio against the picture, in ppm, in both directions. */
  readonly drift?: number;
  /** The lowest PSNR, in dB. */
  readonly psnr?: number;
  /** The lowest SSIM. */
  readonly ssim?: number;
  /** The highest number of findings, of video and audio together. */
  readonly findings?: number;
}

/** Checks a figure that is known; its sentence if the bound does not hold. */
type Check = (report: ProbeReport) => { readonly value: number | null; readonly fails?: string };

const atMost =
  (read: (report: ProbeReport) => number | null | undefined, limit: number, unit = ''): Check =>
  (report) => {
    const value = read(report) ?? null;
    if (value === null || value <= limit) return { value };
    return { value, fails: outside(value, `at most ${written(limit)}`, unit) };
  };

const atLeast =
  (read: (report: ProbeReport) => number | null | undefined, limit: number, unit = ''): Check =>
  (report) => {
    const value = read(report) ?? null;
    if (value === null || value >= limit) return { value };
    return { value, fails: outside(value, `at least ${written(limit)}`, unit) };
  };

const written = (value: number): string => `${Number(value.toFixed(2))}`;

/** The part of a failure that follows the name of its figure. */
const outside = (value: number, bound: string, unit: string): string =>
  `is ${written(value)}${unit}; it must be ${bound}${unit}`;

/** Each bound's check, of those that are one number. */
const checks: {
  readonly [Name in Exclude<keyof ProbeBounds, 'frames' | 'lost' | 'offset'>]-?: (limit: number) => Check;
} = {
  repeated: (limit) => atMost(({ video, audio }) => (video ?? audio)?.repeated, limit),
  outOfOrder: (limit) => atMost(({ video }) => video?.outOfOrder, limit),
  corrupt: (limit) => atMost(({ video }) => video?.corrupt, limit),
  freezes: (limit) => atMost(({ video }) => video?.freezes.count, limit),
  frameRate: (limit) => atLeast(({ video }) => video?.frameRate, limit, ' per second'),
  startup: (limit) => atMost(({ video, audio }) => (video ?? audio)?.startup, limit, ' ms'),
  latency: (limit) => atMost(({ video, audio }) => latestOf((video ?? audio)?.latency), limit, ' ms'),
  drift: (limit) => atMost(({ offset }) => (offset.drift === null ? null : Math.abs(offset.drift)), limit, ' ppm'),
  psnr: (limit) => atLeast(({ video }) => video?.psnr, limit, ' dB'),
  ssim: (limit) => atLeast(({ video }) => video?.ssim, limit),
  findings: (limit) => atMost(findingsOf, limit),
};

const latestOf = (latency: { p95: number | null; uncertainty: number | null } | undefined): number | null =>
  latency?.p95 == null ? null : latency.p95 + (latency.uncertainty ?? 0);

const findingsOf = ({ video, audio }: ProbeReport): number =>
  (video?.findings.length ?? 0) + (audio?.findings.length ?? 0);

/** Bounds of figures that only pictures have. */
const ofVideo = ['lost.video', 'outOfOrder', 'corrupt', 'freezes', 'frameRate', 'psnr', 'ssim'];

/** @throws {TypeError | RangeError} for bounds that are not accepted. */
export function checkBounds(bounds: ProbeBounds): void {
  if (Object.prototype.toString.call(bounds) !== '[object Object]') {
    throw valueError('bounds', bounds, 'an object such as { frames: 300, lost: 0 }', TypeError);
  }
  for (const [name, value] of Object.entries(bounds)) {
    if (value === undefined) continue;
    if (name === 'offset') {
      const isRange =
        Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] <= value[1];
      if (!isRange) throw valueError('bounds.offset', value, 'two numbers in ms, the lower one first');
    } else if (name === 'lost' && typeof value === 'object' && value !== null) {
      for (const [kind, limit] of Object.entries(value)) {
        if (kind !== 'video' && kind !== 'audio') throw valueError('a bound', `lost.${kind}`, LOST_NAMES, TypeError);
        if (limit !== undefined) checkNumber(`bounds.lost.${kind}`, limit, COUNT);
      }
    } else {
      const names = ['frames', 'offset', 'lost', ...Object.keys(checks)];
      if (!names.includes(name)) throw valueError('a bound', name, `one of ${names.join(', ')}`, TypeError);
      checkNumber(`bounds.${name}`, value, counts.includes(name) ? COUNT : { min: 0 });
    }
  }
}

const LOST_NAMES = 'lost.video or lost.audio';
const COUNT = { min: 0, whole: true };
/** Bounds of numbers of frames, freezes or findings. */
const counts = ['frames', 'lost', 'repeated', 'outOfOrder', 'corrupt', 'freezes', 'findings'];

/** Whether enough frames have come to judge by. */
export function hasEnoughFrames({ video, audio }: ProbeReport, { frames = 1 }: ProbeBounds): boolean {
  return ((video ?? audio)?.received ?? 0) >= frames;
}

/** The bounds whose figure is not known yet. */
export const unknownBounds = (report: ProbeReport, bounds: ProbeBounds): string[] =>
  namedChecks(bounds).flatMap(([name, check]) => (check(report).value === null ? name : []));

/** A sentence for each bound that does not hold, also for one whose figure is not known. */
export function failuresOf(report: ProbeReport, bounds: ProbeBounds): string[] {
  const { frames = 1 } = bounds;
  const failures: string[] = [];
  if (!hasEnoughFrames(report, bounds)) {
    const received = (report.video ?? report.audio)?.received ?? 0;
    failures.push(`frames ${outside(received, `at least ${frames}`, '')}${reasonOf('frames', report)}.`);
  }
  for (const [name, check] of namedChecks(bounds)) {
    const { value, fails } = check(report);
    if (value === null) failures.push(`${name} is not known${reasonOf(name, report)}.`);
    else if (fails) failures.push(`${name} ${fails}.`);
  }
  return failures;
}

/** Why a figure is not known, or why too few frames have come; empty if nothing tells. */
function reasonOf(name: string, { video, audio, unsupported }: ProbeReport): string {
  if (!video && !audio) return ': the probe has no track';
  if (!video && ofVideo.includes(name)) return ': the probe has an audio track, and no video track';
  const isOfBoth = name === 'offset' || name === 'drift';
  const isOfAudio = name === 'lost.audio';
  if (isOfBoth && !video) return ': the probe has no video track';
  if ((isOfBoth || isOfAudio) && !audio) return ': the probe has no audio track';
  // The first finding tells that a track has ended, that nothing comes, or that there is no mark.
  const explains = ({ received, lost, findings: [first] }: VideoReport | AudioReport) =>
    name.startsWith('frame') ? !received || first?.includes('ended') : lost === null;
  const tracks = isOfBoth ? [video, audio] : [isOfAudio ? audio : (video ?? audio)];
  const figure = isOfBoth ? 'offset' : name === 'ssim' ? 'psnr' : name;
  const own = unsupported.find((sentence) => sentence.startsWith(`${figure}: `))?.slice(figure.length + 2);
  const reason = tracks.find((track) => track && explains(track))?.findings[0] ?? own;
  return reason ? `: ${reason.replace(/\.$/, '')}` : '';
}

function namedChecks(bounds: ProbeBounds): [string, Check][] {
  return Object.entries(bounds).flatMap(([name, limit]): [string, Check][] => {
    if (name === 'frames' || limit === undefined) return [];
    if (name === 'offset') return [[name, offsetCheck(limit as readonly [number, number])]];
    if (name === 'lost') return lostChecks(limit as NonNullable<ProbeBounds['lost']>);
    return [[name, checks[name as keyof typeof checks](limit as number)]];
  });
}

function lostChecks(limit: NonNullable<ProbeBounds['lost']>): [string, Check][] {
  if (typeof limit !== 'number') {
    return (['video', 'audio'] as const).flatMap((kind): [string, Check][] => {
      const { [kind]: most } = limit;
      return most === undefined ? [] : [[`lost.${kind}`, atMost((report) => report[kind]?.lost, most)]];
    });
  }
  return [
    ['lost', atMost(({ video, audio }) => (video ?? audio)?.lost, limit)],
    // Audio beside pictures need not be marked.
    ['lost.audio', atMost(({ video, audio }) => (video && audio?.lost) ?? 0, limit)],
  ];
}

const offsetCheck =
  ([low, high]: readonly [number, number]): Check =>
  ({ offset: { median } }) => {
    if (median === null || (median >= low && median <= high)) return { value: median };
    return { value: median, fails: outside(median, `from ${written(low)} to ${written(high)}`, ' ms') };
  };
