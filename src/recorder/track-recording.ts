import { has, hasNative } from '../generator/features.js';
import { checkNumber } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { Recording, RecordingListener, RecordingOptions } from './recording.js';
import { parseRecordingType, unsupportedType, usualTypes } from './recording-type.js';

export type { RecordingListener, RecordingOptions } from './recording.js';
export { fileEndingOf, pickerTypesOf } from './recording-type.js';

/** A recording of tracks, from start to stop: by the best way that the browser has. */
export class TrackRecording {
  readonly #recording: Recording;

  /**
   * Starts a recording.
   *
   * @throws {DOMException} `NotSupportedError` if the browser cannot record, or not this type; `InvalidStateError` if there
   * are no tracks.
   * @throws {RangeError} for a bit rate or a timeslice outside its range.
   */
  static async start(
    tracks: readonly MediaStreamTrack[],
    options: RecordingOptions,
    listener: RecordingListener,
  ): Promise<TrackRecording> {
    if (tracks.length === 0) {
      throw new DOMException(
        'There is nothing to record: put a source inside the track-recorder, or name it in the `for` of a source.',
        'InvalidStateError',
      );
    }
    for (const name of ['videoBitrate', 'audioBitrate'] as const) {
      const bitrate = options[name];
      if (bitrate !== undefined) checkNumber(name, bitrate, { above: 0, unit: 'bit/s' });
    }
    checkNumber('timeslice', options.timeslice, { min: 100, unit: 'ms' });
    return new TrackRecording(await open(tracks, options, listener));
  }

  private constructor(recording: Recording) {
    this.#recording = recording;
  }

  /** Container and codecs. */
  get type(): string {
    return this.#recording.type;
  }

  /** Recorded time in seconds, without pauses. */
  get duration(): number {
    return this.#recording.duration;
  }

  /** Recorded bytes. */
  get size(): number {
    return this.#recording.size;
  }

  get paused(): boolean {
    return this.#recording.paused;
  }

  set paused(paused: boolean) {
    this.#recording.paused = paused;
  }

  /**
   * Continues with another track of this kind, or without one.
   *
   * @returns Whether this browser can do that.
   */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): boolean {
    return this.#recording.setTrack(kind, track);
  }

  /** Completes the recording; the listener receives it. */
  stop(): void {
    this.#recording.stop();
  }
}

async function open(
  tracks: readonly MediaStreamTrack[],
  options: RecordingOptions,
  listener: RecordingListener,
): Promise<Recording> {
  const kinds = tracks.map(({ kind }) => kind as TrackKind);
  if (!canEncode(kinds)) {
    const { MediaRecorderRecording } = await import('./media-recorder-recording.js');
    return MediaRecorderRecording.start(tracks, options, listener);
  }
  const format = parseRecordingType(options.type);
  if (!format || kinds.every((kind) => format.codecs[kind].length === 0)) {
    throw unsupportedType(options.type, usualTypes(kinds));
  }
  const hasVideo = !isVideoEncoderBroken();
  if (!hasVideo && kinds.includes('video') && format.codecs.video.length > 0) {
    throw new DOMException(
      'WebKitGTK cannot encode video: its MediaRecorder records nothing, and its VideoEncoder ends the page. It records audio.',
      'NotSupportedError',
    );
  }
  // A page that never records does not load this.
  const { CodecRecording } = await import('./page/codec-recording.js');
  const usable = hasVideo ? format : { ...format, codecs: { ...format.codecs, video: [] } };
  return CodecRecording.start(tracks, usable, options, listener);
}

/** Whether scripts can read the frames of such tracks here, and encode them. */
function canEncode(kinds: readonly TrackKind[]): boolean {
  const canReadAudio = hasNative('MediaStreamTrackProcessor') || has('AudioWorkletNode');
  return encodingClasses.every(hasNative) && (canReadAudio || !kinds.includes('audio'));
}

const encodingClasses = ['AudioData', 'AudioEncoder', 'VideoEncoder', 'VideoFrame'] as const;

/**
 * Whether this is WebKitGTK. Its `VideoEncoder` ends the page's process, even when it is only asked for what it supports, so
 * that no test can find it out.
 */
const isVideoEncoderBroken = (): boolean =>
  navigator.vendor.startsWith('Apple') && navigator.platform.startsWith('Linux');
