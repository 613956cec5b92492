import { css, html, nothing, type TemplateResult } from 'lit';
import type { LatencyReport, ProbeReport } from '../measure/page/track-probe.js';
import { measuringStyles } from './measuring-styles.js';

/** A row: a label that says what it is, and a cell for video and one for audio; `null` for a figure that is not known. */
type Row = readonly [label: string, video: string | null, audio: string | null, part: string];

/** The figures of a report as a table, with the findings below it. */
export function probeTable(report: ProbeReport, state: string): TemplateResult {
  const { video, audio, unsupported } = report;
  const findings = [...(video?.findings ?? []), ...(audio?.findings ?? [])];
  const hasBoth = video !== null && audio !== null;
  return html`
    <div class="frame" part="base">
      <table part="table">
        <caption part="caption">
          <span class="dot" aria-hidden="true"></span>${captionOf(report, state)}
        </caption>
        <thead class=${hasBoth ? '' : 'hidden'}>
          <tr>
            <th scope="col"><span class="hidden">Figure</span></th>
            ${video || !audio ? html`<th scope="col">Video</th>` : nothing}
            ${audio ? html`<th scope="col">Audio</th>` : nothing}
          </tr>
        </thead>
        <tbody class=${video || audio ? '' : 'hidden'}>
          ${rowsOf(report).map(([label, ofVideo, ofAudio, part]) => {
            const isFault = FAULTS.includes(part);
            return html`
              <tr part="row ${part}">
                <th scope="row"><bdi>${label}</bdi></th>
                ${video || !audio ? cell(ofVideo, isFault) : nothing} ${audio ? cell(ofAudio, isFault) : nothing}
              </tr>
            `;
          })}
        </tbody>
        ${offsetRows(report, hasBoth)}
      </table>
      ${stagesOf(report)}
      <div role="status">
        <ul part="findings" class=${findings.length > 0 ? 'findings' : 'hidden'}>
          ${findings.map((finding) => html`<li>${finding}</li>`)}
        </ul>
      </div>
      ${
        unsupported.length > 0
          ? html`
              <details part="unsupported">
                <summary>Not known, or less exact: ${unsupported.length}</summary>
                <ul>${unsupported.map((reason) => html`<li>${spelt(reason)}</li>`)}</ul>
              </details>
            `
          : nothing
      }
    </div>
  `;
}

/** Parts whose figures should be 0. */
const FAULTS = ['lost', 'repeated', 'out-of-order', 'corrupt', 'freezes'];

/** The figures have their direction, whatever that of the page is. */
function cell(text: string | null, isFault: boolean) {
  if (text === null) return html`<td><span class="quiet" aria-label="not known" role="img">–</span></td>`;
  return html`<td class=${isFault && text !== '0' ? 'fault' : ''}><bdi>${text}</bdi></td>`;
}

function captionOf({ video, audio }: ProbeReport, state: string): string {
  if (state === 'failed') return 'It cannot measure';
  if (!video && !audio)
    return state === 'measuring' ? 'Waiting for the first picture' : 'No track: put a source inside';
  return state === 'measuring' ? 'Measuring' : 'The track has ended';
}

function rowsOf({ video, audio }: ProbeReport): readonly Row[] {
  const freezes = video?.freezes;
  const size = video?.sizes.at(-1);
  const all: readonly Row[] = [
    ['Latency', latency(video?.latency), latency(audio?.latency), 'latency'],
    ['Latency of 95 %', ms(video?.latency.p95), ms(audio?.latency.p95), 'latency-95'],
    ['Received', count(video?.received), count(audio?.received), 'received'],
    ['Lost', count(video?.lost), count(audio?.lost), 'lost'],
    ['Repeated', count(video?.repeated), count(audio?.repeated), 'repeated'],
    ['Out of order', count(video?.outOfOrder), null, 'out-of-order'],
    ['Damaged', count(video?.corrupt), null, 'corrupt'],
    ['Frame rate', unit(fixed(video?.frameRate, 1), 'fps'), null, 'frame-rate'],
    ['Jitter', ms(video?.jitter), null, 'jitter'],
    ['Freezes', count(freezes?.count), null, 'freezes'],
    ['Longest freeze', freezes && freezes.count > 0 ? ms(freezes.longest) : null, null, 'longest-freeze'],
    ['Picture size', size ? `${size.width}\u00a0×\u00a0${size.height}` : null, null, 'size'],
    ['Quality (PSNR)', unit(fixed(video?.psnr, 1), 'dB'), null, 'psnr'],
    ['Likeness (SSIM)', fixed(video?.ssim, 3), null, 'ssim'],
    ['Start-up', ms(video?.startup), ms(audio?.startup), 'startup'],
  ];
  // For a probe with audio only, the figures of pictures say nothing.
  const shown = freezes && freezes.count > 0 ? all : all.filter(([, , , part]) => part !== 'longest-freeze');
  return video || !audio ? shown : shown.filter(([, , ofAudio]) => ofAudio !== null);
}

function offsetRows({ offset: { median, drift, uncertainty } }: ProbeReport, hasBoth: boolean) {
  if (!hasBoth) return nothing;
  const side = median === null || Math.abs(median) < 0.5 ? '' : median > 0 ? ' late' : ' early';
  const text = median === null ? null : `${ms(Math.abs(median))}${side}`;
  return html`
    <tbody>
      <tr part="row offset"><th scope="row">Audio to picture</th>${wide(text, uncertainty)}</tr>
      <tr part="row drift"><th scope="row">Drift of audio</th>${wide(unit(fixed(drift, 0), 'ppm'), null)}</tr>
    </tbody>
  `;
}

const wide = (text: string | null, uncertainty: number | null) => html`
  <td colspan="2">
    ${
      text === null
        ? html`<span class="quiet">not known yet</span>`
        : html`<bdi>${text}${uncertainty === null ? nothing : html` <span class="quiet">±\u00a0${ms(uncertainty)}</span>`}</bdi>`
    }
  </td>
`;

function stagesOf({ stages }: ProbeReport) {
  const names = { encode: 'Encode', network: 'Network', jitterBuffer: 'Jitter buffer', decode: 'Decode', show: 'Show' };
  const known = Object.entries(names).flatMap(([name, label]) => {
    const time = ms(stages[name as keyof typeof names]);
    return time === null ? [] : html`<div><dt>${label}</dt><dd><bdi>${time}</bdi></dd></div>`;
  });
  return known.length > 0 ? html`<dl part="stages" aria-label="Time in each stage">${known}</dl>` : nothing;
}

const isKnown = (value: number | null | undefined): value is number => value !== null && value !== undefined;

const count = (value: number | null | undefined): string | null => (isKnown(value) ? value.toLocaleString('en') : null);

const fixed = (value: number | null | undefined, digits: number): string | null =>
  isKnown(value) ? value.toFixed(digits) : null;

/** A narrow table breaks a figure before its uncertainty, and nowhere else. */
const unit = (text: string | null, name: string): string | null => (text === null ? null : `${text}\u00a0${name}`);

/** Milliseconds: with one decimal place below 100. */
const ms = (value: number | null | undefined): string | null =>
  isKnown(value) ? unit(value.toFixed(Math.abs(value) < 100 ? 1 : 0), 'ms') : null;

const latency = (report: LatencyReport | undefined): string | null => {
  const median = ms(report?.median);
  return median === null ? null : `${median.replace('\u00a0ms', '')} ±\u00a0${ms(report?.uncertainty)}`;
};

/** A reason. It begins with the name of a figure. */
const spelt = (reason: string): string => reason.replace(/^./, (letter) => letter.toUpperCase());

const tableStyles = css`
  :host { max-inline-size: min(30rem, 100%); }
  /* The width of an empty table where the container takes that of its content, as a flexbox may. */
  .frame::before { content: ''; display: block; inline-size: 22rem; max-inline-size: 100%; }
  .frame {
    padding: 0.625rem 0.75rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  table { inline-size: 100%; border-collapse: collapse; }
  caption { padding-block-end: 0.375rem; font-weight: 600; text-align: start; }
  .dot {
    display: inline-block;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: 0.4375rem;
    border-radius: 50%;
    background: var(--_quiet);
    forced-color-adjust: none;
  }
  :host(:state(measuring)) .dot { background: var(--_good); }
  :host(:state(failed)) .dot { background: var(--_bad); }
  th, td { padding: 0.1875rem 0; border-block-start: 1px solid var(--_line); vertical-align: baseline; }
  tbody th { font-weight: 400; color: var(--_quiet); text-align: start; padding-inline-end: 0.75rem; }
  thead th { font-size: 0.75rem; font-weight: 600; color: var(--_quiet); text-align: end; border: 0; }
  td { text-align: end; padding-inline-start: 0.5rem; }
  .fault { color: var(--_bad); font-weight: 600; }
  .quiet { color: var(--_quiet); }
  ul { margin: 0; padding-inline-start: 1.125rem; }
  li { unicode-bidi: plaintext; text-align: match-parent; }
  .findings {
    margin-block-start: 0.625rem;
    padding: 0.375rem 0.625rem;
    list-style: none;
    border-inline-start: 3px solid var(--_warning);
    background: var(--_sunken);
  }
  dl { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.625rem 0 0; }
  dl div { display: flex; gap: 0.375rem; }
  dt { color: var(--_quiet); }
  dd { margin: 0; }
  details { margin-block-start: 0.625rem; color: var(--_quiet); }
  summary { cursor: pointer; border-radius: 2px; }
  summary:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** The styles of the table, and those that it shares with other elements that show figures. */
export const probeTableStyles = [measuringStyles, tableStyles];
