import type { TrackReader } from '../../processor/page/reader.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { WorkerReport } from '../messages.js';
import { noLatency, noOffset, type ProbeReport } from '../probe-report.js';

/** The circumstances that decide which figures of a probe are known. */
interface ProbeMeans {
  /** When the measurement of each kind began, as the worker was told; a kind that was never measured is missing. */
  readonly starts: ReadonlyMap<TrackKind, number>;
  /** Whether a stream hands over the frames of a kind; a kind that was never read is missing. */
  readonly streams: ReadonlyMap<TrackKind, boolean>;
  readonly hasClock: boolean;
  readonly hasReference: boolean;
  readonly hasPeers: boolean;
}

type Figures = Omit<ProbeReport, 'stages'>;

/** The figures that are known, and sentences about the others. */
export function knownFigures(reported: WorkerReport, means: ProbeMeans): Figures {
  const figures = certainFigures(reported, means);
  return { ...figures, unsupported: [...reported.unsupported, ...unknownFigures(figures, means)] };
}

/** Sentences, each after the name of a figure and a colon: why it is not known, or less exact. */
function unknownFigures({ video, audio }: Measured, means: ProbeMeans): string[] {
  const { streams, hasClock, hasReference, hasPeers } = means;
  const isMarked = Boolean(video?.sources.length);
  const candidates: readonly [boolean, string][] = [
    [isMarked && !hasClock, 'latency: the clock of the source is not known. Set clock; 0 if it is the same machine.'],
    [Boolean(audio && !video), 'latency: the mark of audio carries no time, and there is no video track.'],
    [Boolean(audio && !video), 'offset: there is no video track.'],
    [isMarked && !hasReference, 'psnr: the pattern of the source is not known. Set reference.'],
    [
      streams.get('video') === false,
      'lost: this browser reads pictures as an element shows them. One that is not shown counts as lost.',
    ],
    [
      streams.get('audio') === false,
      'offset: this browser reads audio by an audio worklet, whose clock is not that of the pictures.',
    ],
    [Boolean(video) && !hasPeers, 'stages: no peer connection was given. Set peerConnection.'],
    [Boolean(video) && hasPeers, 'show: no browser tells how long a decoded picture waits until it is shown.'],
  ];
  return candidates.flatMap(([isSo, sentence]) => (isSo ? sentence : []));
}

type Measured = Omit<Figures, 'unsupported'>;

/**
 * The figures of the present tracks, without those that are not certain enough. Measured in Firefox and WebKitGTK: the time of an
 * audio worklet is wrong by some hundred milliseconds in the first seconds, so that neither the offset nor the latency of audio is known.
 */
function certainFigures(figures: WorkerReport, { starts, streams }: ProbeMeans): Measured {
  // While a track is opened, the worker still has the figures of the one before.
  const present = <Kind extends TrackKind>(kind: Kind) =>
    figures.starts[kind] === starts.get(kind) ? figures[kind] : null;
  const [video, audio] = [present('video'), present('audio')];
  if (streams.get('audio') !== false) return { video, audio, offset: video && audio ? figures.offset : noOffset };
  return { video, audio: audio && { ...audio, latency: noLatency }, offset: noOffset };
}

/** The warning while a browser waits for a gesture. */
export const blockedAudioError = (): DOMException =>
  new DOMException(
    'The browser does not let audio run before a user gesture: it is measured from the next click or key on.',
    'NotAllowedError',
  );

/** By how much the arrival of frames that are read in this way may be wrong, in milliseconds. */
export const arrivalUncertainty = (kind: TrackKind, reader: TrackReader): number =>
  isStream(reader) ? STREAM_UNCERTAINTY_MS : UNCERTAINTY_MS[kind];

export const isStream = ({ input }: TrackReader): boolean => 'readable' in input;

/** A frame of a stream is handed over within this time. */
const STREAM_UNCERTAINTY_MS = 1;
/**
 * For tracks that an element or a worklet reads: the time at which a picture comes to an element is exact to a refresh of the
 * screen, and the time of a worklet to a call of the audio device.
 */
const UNCERTAINTY_MS = { video: 17, audio: 20 } as const;
