import type { AudioLevels } from '../measure/levels/audio-meter.js';
import { PeakBallistics } from '../measure/levels/ballistics.js';
import { type LevelScaleName, levelWords } from './level-scale.js';

/** A bar of the meter, at one moment. */
export interface LevelRow {
  /** Beside the bar. */
  readonly label: string;
  /** For screen readers, and in full. */
  readonly name: string;
  /** The level that the bar shows. */
  readonly level: number;
  /** The level at the mark beyond the bar; −∞ for no mark. */
  readonly held: number;
  /** The level that is written; `null` if it is not known yet. */
  readonly value: number | null;
  readonly clips: number;
  /** The level in words, which are written less often than bars move. */
  readonly words: () => string;
}

const SILENCE = Number.NEGATIVE_INFINITY;

/** Makes the rows of a meter from its levels, which move as on a peak meter. */
export class LevelRows {
  #peaks: PeakBallistics[] = [];
  #duration = 0;

  /** Takes levels. */
  advance({ channels, duration }: AudioLevels, holdSeconds: number): void {
    if (channels.length !== this.#peaks.length) {
      this.#peaks = channels.map((_, index) => this.#peaks[index] ?? new PeakBallistics());
    }
    // Where a browser no longer delivers audio, there are no levels with a time: that counts as silence.
    if (duration === this.#duration) for (const peak of this.#peaks) peak.reset();
    // After a reset the time begins again.
    const seconds = duration > this.#duration ? duration - this.#duration : READING_S;
    this.#duration = duration;
    for (const [index, { peak }] of channels.entries()) this.#peaks[index].advance(peak, seconds, holdSeconds);
  }

  /** Forgets the peaks. */
  reset(): void {
    for (const peak of this.#peaks) peak.reset();
    this.#duration = 0;
  }

  /** The rows of a scale. `null` in place of the levels means that there is no track. */
  of(scale: LevelScaleName, levels: AudioLevels | null): readonly LevelRow[] {
    return scale === 'LUFS' ? loudnessRows(levels) : this.#channelRows(levels);
  }

  #channelRows(levels: AudioLevels | null): readonly LevelRow[] {
    // Most tracks have two, so that a meter keeps its size when the first levels come.
    const channels = levels?.channels ?? [null, null];
    const names = channelNames(channels.length);
    return channels.map((channel, index): LevelRow => {
      const { shown = SILENCE, held = SILENCE } = (channel && this.#peaks[index]) ?? {};
      const [label, name] = names[index];
      return {
        label,
        name,
        level: shown,
        held,
        value: channel && held,
        clips: channel?.clips ?? 0,
        words: () =>
          channel
            ? [
                `peak ${levelWords(held, 'dBFS')}`,
                `RMS ${levelWords(channel.rms, 'dBFS')}`,
                ...(channel.clips > 0 ? [`clipped ${channel.clips === 1 ? 'once' : `${channel.clips} times`}`] : []),
              ].join(', ')
            : 'no audio',
      };
    });
  }
}

/** A reading comes 20 times a second. */
const READING_S = 0.05;

function loudnessRows(levels: AudioLevels | null): readonly LevelRow[] {
  const { momentary, shortTerm, integrated, maxMomentary, maxShortTerm } = levels?.loudness ?? {};
  const row = (label: string, name: string, level: number | null = null, held: number | null = null): LevelRow => ({
    label,
    name,
    level: level ?? SILENCE,
    held: held ?? SILENCE,
    value: level,
    clips: 0,
    words: () => (levels ? levelWords(level, 'LUFS') : 'no audio'),
  });
  return [
    row('M', 'Momentary loudness', momentary, maxMomentary),
    row('S', 'Short-term loudness', shortTerm, maxShortTerm),
    row('I', 'Integrated loudness', integrated),
  ];
}

/** Labels and names of channels by their number, in the order of the Web Audio API. */
function channelNames(count: number): readonly (readonly [label: string, name: string])[] {
  if (count === 1) return [['Mono', 'Mono']];
  const known = LAYOUTS[count]?.map((label) => [label, CHANNEL_NAMES[label] ?? label] as const);
  return known ?? Array.from({ length: count }, (_, index) => [`${index + 1}`, `Channel ${index + 1}`] as const);
}

const LAYOUTS: Readonly<Record<number, readonly string[]>> = {
  2: ['L', 'R'],
  3: ['L', 'R', 'C'],
  4: ['L', 'R', 'Ls', 'Rs'],
  5: ['L', 'R', 'C', 'Ls', 'Rs'],
  6: ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'],
  8: ['L', 'R', 'C', 'LFE', 'Lb', 'Rb', 'Ls', 'Rs'],
};

const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  L: 'Left',
  R: 'Right',
  C: 'Centre',
  LFE: 'Low frequencies',
  Ls: 'Left surround',
  Rs: 'Right surround',
  Lb: 'Left back',
  Rb: 'Right back',
};
