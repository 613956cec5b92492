import type { AudioLevels } from '../measure/levels/audio-meter.js';
import type { LevelScaleName } from './level-scale.js';

/** A number of the list below the bars. */
export interface LevelReadout {
  readonly label: string;
  readonly unit: string;
  /** Shown when somebody points at it. */
  readonly title: string;
  readonly decimals: number;
  /** The number; `null` if it is not known yet. */
  readonly read: (levels: AudioLevels) => number | null;
}

const readout = (
  label: string,
  unit: string,
  title: string,
  read: LevelReadout['read'],
  decimals = 1,
): LevelReadout => ({ label, unit, title, decimals, read });

const always: readonly LevelReadout[] = [
  readout('Range', 'LU', 'How far quiet and loud parts are apart', ({ loudness }) => loudness.range),
  readout(
    'True peak',
    'dBTP',
    'The highest point of the waveform since the start or the last reset, also between samples',
    ({ channels }) => Math.max(...channels.map(({ maxTruePeak }) => maxTruePeak)),
  ),
  readout(
    'Correlation',
    '',
    'How alike left and right are: 1 the same, 0 unrelated, −1 opposite, so that they cancel out in mono',
    ({ correlation }) => correlation,
    2,
  ),
];

/** The numbers of each scale: those that are not at its bars. */
export const levelReadouts: Readonly<Record<LevelScaleName, readonly LevelReadout[]>> = {
  dBFS: [
    readout('Momentary', 'LUFS', 'Loudness of the last 0.4 seconds', ({ loudness }) => loudness.momentary),
    readout('Short-term', 'LUFS', 'Loudness of the last 3 seconds', ({ loudness }) => loudness.shortTerm),
    readout(
      'Integrated',
      'LUFS',
      'Loudness since the start or the last reset. The target of EBU R 128 is −23.',
      ({ loudness }) => loudness.integrated,
    ),
    ...always,
  ],
  LUFS: [
    readout('Max. M', 'LUFS', 'The highest momentary loudness', ({ loudness }) => loudness.maxMomentary),
    readout('Max. S', 'LUFS', 'The highest short-term loudness', ({ loudness }) => loudness.maxShortTerm),
    ...always,
  ],
};
