import { html, render } from 'lit';
import type { LoopbackStats, RtcLoopbackElement } from 'track-elements';

/** A figure of the way: what it is called, and what it says at one moment. */
interface Figure {
  readonly title: string;
  readonly hint?: string;
  read(now: LoopbackStats, before: LoopbackStats | null): string | undefined;
}

const bitrate = (bits: number | undefined): string | undefined => {
  if (!bits) return undefined;
  return bits < 1e6 ? `${Math.round(bits / 1000)} kb/s` : `${(bits / 1e6).toFixed(2)} Mb/s`;
};

const milliseconds = (value: number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

const figures: readonly Figure[] = [
  { title: 'Video', hint: 'As received', read: ({ video }) => bitrate(video?.bitrate) },
  { title: 'Sound', hint: 'As received', read: ({ audio }) => bitrate(audio?.bitrate) },
  { title: 'Codec', read: ({ video }) => video?.codec.replace(/^video\//, '') || undefined },
  { title: 'Size', read: ({ video }) => (video?.width ? `${video.width} × ${video.height}` : undefined) },
  { title: 'Decoded', read: ({ video }) => (video ? `${video.frameRate.toFixed(0)} fps` : undefined) },
  { title: 'Round trip', hint: 'Of the network alone', read: ({ roundTripTime }) => milliseconds(roundTripTime) },
  {
    title: 'Buffer',
    hint: 'The jitter buffer of the video',
    read: ({ video }) => milliseconds(video?.jitterBufferDelay),
  },
  {
    title: 'Concealed',
    hint: 'Sound that was made up, in the last second',
    read({ audio }, before) {
      if (!audio) return undefined;
      const since = (name: 'concealedSamples' | 'samples') => audio[name] - (before?.audio?.[name] ?? 0);
      return `${((100 * since('concealedSamples')) / Math.max(1, since('samples'))).toFixed(1)} %`;
    },
  },
  {
    title: 'Held back by',
    hint: 'What makes the encoder send less than it gets',
    read: ({ video }) => (video?.limitation === 'none' ? 'nothing' : video?.limitation || undefined),
  },
];

/** Shows what passes through a loopback, once a second while it is live. */
export function showWay(place: HTMLElement, loopback: RtcLoopbackElement): void {
  let before: LoopbackStats | null = null;
  const show = (now: LoopbackStats | null) => {
    render(
      figures.map(({ title, hint = '', read }) => {
        const text = (now && read(now, before)) ?? '–';
        return html`<div><dt title=${hint}>${title}</dt><dd>${text}</dd></div>`;
      }),
      place,
    );
    before = now;
  };
  loopback.addEventListener('stats', ({ stats }) => show(stats));
  loopback.addEventListener('statechange', () => loopback.state === 'stopped' && show(null));
  show(loopback.stats);
}
