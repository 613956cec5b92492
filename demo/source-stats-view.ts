import { html, nothing, render } from 'lit';
import type { SourceElement } from 'track-elements';
import { CountRate } from './count-rate.js';

/** The statistics of a source as text and numbers. A value that does not apply to its kind is left out. */
interface Reading {
  readonly backend?: string;
  readonly state: string;
  readonly produced: number;
  readonly dropped: number;
  readonly late?: number;
  readonly underruns?: number;
  readonly rate?: string;
}

interface Column {
  readonly title: string;
  readonly key: keyof Reading;
  readonly hint: string;
  /** A value above 0 is a sign of trouble. */
  readonly isWarning?: boolean;
}

const columns: readonly Column[] = [
  { title: 'Backend', key: 'backend', hint: 'How the track is made in this browser' },
  { title: 'State', key: 'state', hint: 'State of the element' },
  { title: 'Produced', key: 'produced', hint: 'Video frames, or audio blocks of 10 ms, since the start' },
  { title: 'Dropped', key: 'dropped', hint: 'Frames or blocks that were not sent', isWarning: true },
  { title: 'Late', key: 'late', hint: 'Frames that were sent after their time', isWarning: true },
  { title: 'Underruns', key: 'underruns', hint: 'Times at which audio ran out of samples', isWarning: true },
  { title: 'Rate', key: 'rate', hint: 'Average of the last two seconds' },
];

/** A table of the statistics of sources, a row for each. */
export class SourceStatsView {
  readonly #place: HTMLElement;
  readonly #rows: readonly { readonly source: SourceElement; readonly rate: CountRate }[];

  constructor(place: HTMLElement, sources: readonly SourceElement[]) {
    this.#place = place;
    this.#rows = sources.map((source) => ({ source, rate: new CountRate() }));
  }

  /** Reads the statistics and shows them. */
  async update(): Promise<void> {
    const rows = await Promise.all(
      this.#rows.map(async ({ source, rate }) => ({ name: source.localName, reading: await read(source, rate) })),
    );
    render(
      html`
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">Source</span></th>
              ${columns.map(({ title, hint }) => html`<th scope="col" title=${hint}>${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ name, reading }) => html`
                <tr>
                  <th scope="row"><code>${name}</code></th>
                  ${columns.map((column) => cell(column, reading))}
                </tr>
              `,
            )}
          </tbody>
        </table>
      `,
      this.#place,
    );
  }
}

async function read(source: SourceElement, countRate: CountRate): Promise<Reading> {
  const { backend, produced, dropped, late, underruns } = await source.getStats();
  const isVideo = source.kind === 'video';
  const perSecond = countRate.add(produced);
  return {
    backend: backend ?? undefined,
    state: source.state,
    produced,
    dropped,
    ...(isVideo ? { late } : { underruns }),
    rate: perSecond === null ? undefined : `${perSecond.toFixed(1)} ${isVideo ? 'fps' : 'blocks/s'}`,
  };
}

function cell({ title, key, isWarning }: Column, reading: Reading) {
  const value = reading[key];
  if (value === undefined) return html`<td class="none" data-title=${title}>–</td>`;
  const text = typeof value === 'number' ? value.toLocaleString('en') : value;
  if (key === 'state') return html`<td data-title=${title}><span class="state" data-state=${text}>${text}</span></td>`;
  return html`<td class=${isWarning && value ? 'warning' : nothing} data-title=${title}>${text}</td>`;
}
