import { html, type TemplateResult } from 'lit';
import type { LoopbackStats, StatsEvent } from 'track-elements';

/** A caption with a line for the statistics of the loopback beside it. */
export const statsCaption = (label: string): TemplateResult => html`
  ${label}<br /><span class="stats">…</span>
`;

/** Writes the statistics of a `stats` event into that line. */
export function showStats({ currentTarget, stats }: StatsEvent<LoopbackStats> & Event): void {
  const place = (currentTarget as Element).parentElement?.querySelector('.stats');
  if (place) place.textContent = describe(stats);
}

function describe({ video, audio }: LoopbackStats): string {
  const parts = [
    video && `${video.codec.replace(/^.*\//, '')}, ${Math.round(video.bitrate / 1000)} kb/s`,
    video && `${video.width} × ${video.height} at ${Math.round(video.frameRate)} fps`,
    video && `${Math.round(video.jitterBufferDelay)} ms in the jitter buffer`,
    audio && `${audio.concealedSamples.toLocaleString('en')} audio samples concealed`,
  ];
  return parts.filter(Boolean).join(' · ');
}
