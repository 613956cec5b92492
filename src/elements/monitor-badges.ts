/* The short texts with which a monitor describes its tracks. */

/** A short text beside the title of a monitor. */
export interface MonitorBadge {
  /** Its name as a part: `badge-size`. */
  readonly name: 'state' | 'size' | 'rate' | 'audio' | 'backend';
  readonly text: string;
  /** A sentence for those who hear it, or point at it. */
  readonly description: string;
  /** Whether the state is good. */
  readonly tone?: 'live' | 'waiting' | 'over';
}

/** The facts that the badges show. */
export interface MonitorFacts {
  readonly video: MediaStreamTrack | null;
  readonly audio: MediaStreamTrack | null;
  /** Whether there were tracks, and the last has ended or was taken away. */
  readonly hasEnded: boolean;
  /** Width and height of the picture, 0 before there is one. */
  readonly width: number;
  readonly height: number;
  /** Frames that were shown in the last second; `null` before it is known. */
  readonly rate: number | null;
  /** How the source makes its track; `null` for tracks of other sources. */
  readonly backend: string | null;
}

const channels = (count: number | undefined): string =>
  count === 1 ? 'Mono' : count === 2 ? 'Stereo' : count ? `${count} channels` : 'Audio';

function stateBadge({ video, audio, hasEnded }: MonitorFacts): MonitorBadge {
  const tracks = [video, audio].filter((track) => track !== null);
  const badge = (text: string, description: string, tone: NonNullable<MonitorBadge['tone']> = 'waiting') =>
    ({ name: 'state', text, description, tone }) as const;
  if (hasEnded || (tracks.length > 0 && tracks.every(({ readyState }) => readyState === 'ended'))) {
    return badge('Ended', 'The track has ended.', 'over');
  }
  if (tracks.length === 0) return badge('No track', 'There is no track.');
  // A track is muted while its source sends nothing.
  const silent = tracks.filter(({ muted }) => muted).map(({ kind }) => kind);
  if (silent.length > 0) return badge('No signal', `The source sends no ${silent.join(' and no ')}.`);
  const disabled = tracks.filter(({ enabled }) => !enabled).map(({ kind }) => kind);
  if (disabled.length > 0) return badge('Disabled', `The ${disabled.join(' and ')} track is disabled by the page.`);
  return badge('Live', 'The track is live.', 'live');
}

/** The badges of a monitor, the most important one first. */
export function monitorBadges(facts: MonitorFacts): readonly MonitorBadge[] {
  const { video, audio, width, height, rate, backend } = facts;
  const badges: MonitorBadge[] = [stateBadge(facts)];
  if (video && width > 0) {
    badges.push({
      name: 'size',
      text: `${width}×${height}`,
      description: `The picture is ${width} pixels wide and ${height} high.`,
    });
  }
  if (video && rate !== null) {
    badges.push({ name: 'rate', text: `${rate} fps`, description: `${rate} frames were shown in the last second.` });
  }
  if (audio) {
    const { channelCount, sampleRate } = audio.getSettings();
    const hertz = sampleRate ? ` ${sampleRate / 1000} kHz` : '';
    badges.push({
      name: 'audio',
      text: channels(channelCount) + hertz,
      description: `The audio is ${channels(channelCount).toLowerCase()}${hertz && `, with${hertz}`}.`,
    });
  }
  if (backend) {
    badges.push({
      name: 'backend',
      text: backend,
      description: `The source makes the track by the backend “${backend}”.`,
    });
  }
  return badges;
}
