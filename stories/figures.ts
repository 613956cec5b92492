import { html, type TemplateResult } from 'lit';
import type { LoopbackStats, StatsEvent } from 'track-elements';

/** A line below a video for what passes through the loopback beside it. */
export const figures = (label: string): TemplateResult => html`
  ${label}<br /><span class="figures">…</span>
`;

/** Writes the figures of a `stats` event into that line. */
export function showFigures({ currentTarget, stats }: StatsEvent<LoopbackStats> & Event): void {
  const place = (currentTarget as Element).parentElement?.querySelector('.figures');
  if (place) place.textContent = inWords(stats);
}

function inWords({ video, audio }: LoopbackStats): string {
  const parts = [
    video && `${video.codec.replace(/^.*\//, '')}, ${Math.round(video.bitrate / 1000)} kb/s`,
    video && `${video.width} × ${video.height} at ${Math.round(video.frameRate)} fps`,
    video && `${Math.round(video.jitterBufferDelay)} ms in the buffer`,
    audio && `${audio.concealedSamples.toLocaleString('en')} samples concealed`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** A source of one color, small, so that the processor has little to encode. */
export const plain = (color: string): TemplateResult => html`
  <pattern-source pattern="solid" color=${color} width="640" height="360"></pattern-source>
`;
