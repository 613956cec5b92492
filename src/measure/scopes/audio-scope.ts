import type { SampleHistory } from './sample-history.js';
import type { Rgb, Trace } from './trace.js';

/** A view of samples. */
export interface AudioScope {
  readonly kind: 'audio';
  /** The last drawing. It is another object after its size has changed. */
  readonly trace: Trace;
  draw(history: SampleHistory): void;
  /** The reading in words. */
  readonly summary: string;
}

/** The lowest level that a spectrum shows, in dBFS. */
export const LOWEST_LEVEL_DBFS = -120;

/** The frequencies of a spectrum and a spectrogram, in Hz. */
export const LOWEST_FREQUENCY_HZ = 20;
export const HIGHEST_FREQUENCY_HZ = 20_000;

/** The width of a spectrogram in seconds. */
export const SPECTROGRAM_S = 10;

/** The place of a frequency on a logarithmic axis: 0 for the lowest one, 1 for the highest. */
export const placeOfFrequency = (frequency: number): number =>
  Math.log(frequency / LOWEST_FREQUENCY_HZ) / Math.log(HIGHEST_FREQUENCY_HZ / LOWEST_FREQUENCY_HZ);

/** The frequency at a place. */
export const frequencyAt = (place: number): number =>
  LOWEST_FREQUENCY_HZ * (HIGHEST_FREQUENCY_HZ / LOWEST_FREQUENCY_HZ) ** place;

/** The colours of the channels. The first channel has the colour of the trace. */
export const channelColors = (first: Rgb): readonly Rgb[] => [first, ...otherChannels];

const otherChannels: readonly Rgb[] = [
  [255, 176, 84],
  [112, 190, 255],
  [255, 122, 176],
  [196, 160, 255],
  [240, 226, 110],
  [110, 226, 214],
  [226, 232, 240],
];

/** A level in words: "−18.1 dBFS". */
export const decibelText = (level: number): string =>
  Number.isFinite(level) ? `${level.toFixed(1)} dBFS`.replace('-', '−') : 'silence';

/** "Left" and "right" of two channels, else numbers. */
export function channelName(channel: number, channels: number): string {
  if (channels === 1) return 'Mono';
  if (channels === 2) return channel === 0 ? 'Left' : 'Right';
  return `Channel ${channel + 1}`;
}
