import type { TrackKind } from '../signals/track-kind.js';
import type { Settings } from './capabilities.js';

/** The size and the rate of a track of pictures. */
export interface VideoFormat {
  readonly kind: 'video';
  /** Pixels, even. */
  readonly width: number;
  /** Pixels, even. */
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
}

/** The rate and the channels of a track of audio. */
export interface AudioFormat {
  readonly kind: 'audio';
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** The format of a track: that which was asked for. */
export type TrackFormat = VideoFormat | AudioFormat;

/** The format that a track with some settings has. */
export function formatOf(kind: TrackKind, settings: Settings): TrackFormat {
  // The settings of a device have a number for each of these.
  const number = (name: keyof Settings) => settings[name] as number;
  return kind === 'audio'
    ? { kind, sampleRate: number('sampleRate'), channels: number('channelCount') }
    : { kind, width: number('width'), height: number('height'), frameRate: number('frameRate') };
}
