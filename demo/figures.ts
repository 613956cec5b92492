import { html, nothing, render } from 'lit';
import type { SourceElement } from 'track-elements';
import { Throughput } from './throughput.js';

/** One line of the table. What does not apply is left out. */
interface Figures {
  backend?: string;
  state?: string;
  count?: number;
  dropped?: number;
  late?: number;
  underruns?: number;
  rate?: string;
}

interface Row {
  name: string;
  read(): Promise<Figures>;
}

const columns: readonly { title: string; key: keyof Figures; alarm?: boolean }[] = [
  { title: 'Backend', key: 'backend' },
  { title: 'State', key: 'state' },
  { title: 'Frames, blocks', key: 'count' },
  { title: 'Dropped', key: 'dropped', alarm: true },
  { title: 'Late', key: 'late', alarm: true },
  { title: 'Underruns', key: 'underruns', alarm: true },
  { title: 'Rate', key: 'rate' },
];

const perSecond = (rate: number | null, unit: string) => (rate === null ? undefined : `${rate.toFixed(1)} ${unit}`);

/** A source as it counts itself. */
export function sourceRow(source: SourceElement): Row {
  const throughput = new Throughput();
  const video = source.kind === 'video';
  return {
    name: source.localName,
    async read() {
      const { backend, produced, dropped, late, underruns } = await source.getStats();
      const rate = perSecond(throughput.next(produced), video ? 'fps' : 'blocks/s');
      const own = video ? { late } : { underruns };
      return { backend: backend ?? undefined, state: source.state, count: produced, dropped, ...own, rate };
    },
  };
}

/** Reads every row and shows the table. */
export async function showFigures(place: HTMLElement, rows: readonly Row[]): Promise<void> {
  const read = await Promise.all(rows.map(async (row) => ({ name: row.name, figures: await row.read() })));
  render(
    html`
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="hidden">Source</span></th>
            ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${read.map(
            ({ name, figures }) => html`
              <tr>
                <th scope="row"><code>${name}</code></th>
                ${columns.map((column) => cell(column, figures))}
              </tr>
            `,
          )}
        </tbody>
      </table>
    `,
    place,
  );
}

function cell({ title, key, alarm }: (typeof columns)[number], figures: Figures) {
  const value = figures[key];
  if (value === undefined) return html`<td class="none" data-title=${title}>–</td>`;
  const kind = alarm && value ? 'alarm' : nothing;
  const text = typeof value === 'number' ? value.toLocaleString('en') : value;
  if (key !== 'state') return html`<td class=${kind} data-title=${title}>${text}</td>`;
  return html`<td data-title=${title}><span class="state" data-state=${text}>${text}</span></td>`;
}
