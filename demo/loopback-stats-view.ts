import { html, render } from 'lit';
import type { LoopbackStats, RtcLoopbackElement } from 'track-elements';

interface Statistic {
  readonly title: string;
  readonly hint: string;
  /** The value as text; `undefined` if there is none. */
  read(current: LoopbackStats, previous: LoopbackStats | null): string | undefined;
}

const statistics: readonly Statistic[] = [
  { title: 'Video bit rate', hint: 'As received', read: ({ video }) => bitRateText(video?.bitrate) },
  { title: 'Audio bit rate', hint: 'As received', read: ({ audio }) => bitRateText(audio?.bitrate) },
  { title: 'Video codec', hint: 'As received', read: ({ video }) => video?.codec.replace(/^video\//, '') || undefined },
  {
    title: 'Video size',
    hint: 'Width and height in pixels, as received',
    read: ({ video }) => (video?.width ? `${video.width} × ${video.height}` : undefined),
  },
  {
    title: 'Decoded',
    hint: 'Video frames that the receiver decodes per second',
    read: ({ video }) => (video ? `${video.frameRate.toFixed(0)} fps` : undefined),
  },
  {
    title: 'Round trip',
    hint: 'Of the network, without the simulated faults',
    read: ({ roundTripTime }) => millisecondsText(roundTripTime),
  },
  {
    title: 'Jitter buffer',
    hint: 'How long the receiver holds video back to even out delays',
    read: ({ video }) => millisecondsText(video?.jitterBufferDelay),
  },
  {
    title: 'Concealed',
    hint: 'Share of the audio of the last second that was lost and replaced by the receiver',
    read: concealedText,
  },
  {
    title: 'Limited by',
    hint: 'Why the encoder sends less than it gets',
    read: ({ video }) => (video?.limitation === 'none' ? 'nothing' : video?.limitation || undefined),
  },
];

/** Shows the statistics of a loopback, once a second while it is live. */
export function showLoopbackStats(place: HTMLElement, loopback: RtcLoopbackElement): void {
  let previous: LoopbackStats | null = null;
  const show = (current: LoopbackStats | null) => {
    render(
      statistics.map(({ title, hint, read }) => {
        const text = (current && read(current, previous)) ?? '–';
        return html`<div><dt title=${hint}>${title}</dt><dd>${text}</dd></div>`;
      }),
      place,
    );
    previous = current;
  };
  loopback.addEventListener('stats', ({ stats }) => show(stats));
  loopback.addEventListener('statechange', () => loopback.state === 'stopped' && show(null));
  show(loopback.stats);
}

function bitRateText(bits: number | undefined): string | undefined {
  if (!bits) return undefined;
  return bits < 1e6 ? `${Math.round(bits / 1000)} kb/s` : `${(bits / 1e6).toFixed(2)} Mb/s`;
}

const millisecondsText = (value: number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function concealedText({ audio }: LoopbackStats, previous: LoopbackStats | null): string | undefined {
  if (!audio) return undefined;
  const growth = (name: 'concealedSamples' | 'samples') => audio[name] - (previous?.audio?.[name] ?? 0);
  return `${((100 * growth('concealedSamples')) / Math.max(1, growth('samples'))).toFixed(1)} %`;
}
