import { html, render, type TemplateResult } from 'lit';
import { catalogue, type SignalRecord } from 'track-elements/signals';

export type SignalKind = SignalRecord['kind'];

/** The catalogue's record of a signal. A pattern and a waveform can have the same name. */
export const recordOf = (kind: SignalKind, name: string): SignalRecord | undefined =>
  catalogue.find((record) => record.kind === kind && record.name === name);

/** Fills a box that scrolls with a radio button for each signal of a kind, in the groups of the catalogue. */
export function fillPicker(
  box: HTMLElement,
  kind: SignalKind,
  name: string,
  image: (signal: SignalRecord) => unknown,
): void {
  const signals = catalogue.filter((signal) => signal.kind === kind);
  const groups = [...new Set(signals.map(({ group }) => group))];
  render(
    groups.map((group, index) => {
      const id = `${kind}-group-${index}`;
      const choices = signals.filter((signal) => signal.group === group);
      return html`
        <div class="group" role="group" aria-labelledby=${id}>
          <h3 id=${id}>${group}</h3>
          <div class="choices">
            ${choices.map(
              (signal) => html`
                <label class="choice" title="${signal.title} · ${signal.name}">
                  <input type="radio" name=${name} value=${signal.name} aria-label=${signal.title} />
                  <span class="image" aria-hidden="true">${image(signal)}</span>
                  <span class="name">${signal.title}</span>
                </label>
              `,
            )}
          </div>
        </div>
      `;
    }),
    box,
  );
}

/** Scrolls the box, but not the page, until the chosen signal is visible. */
export function revealChosen(box: HTMLElement): void {
  const choice = box.querySelector(':checked')?.parentElement;
  if (!choice) return;
  const [outer, inner] = [box.getBoundingClientRect(), choice.getBoundingClientRect()];
  // The heading of the group sticks to the top of the box and covers what is below it.
  const heading = choice.closest('.group')?.querySelector('h3')?.offsetHeight ?? 0;
  const above = inner.top - outer.top - heading - 6;
  const below = inner.bottom - outer.bottom + 36;
  if (above < 0) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

/** The title, the summary and the standard of a signal. */
export function descriptionOf({ title, summary, standard }: SignalRecord): TemplateResult {
  const source = standard ? html` <span class="standard">${standard}.</span>` : '';
  return html`<b>${title}.</b> ${prose(summary)}${source}`;
}

/** Text whose parts between backticks are code. */
export function prose(text: string): (string | TemplateResult)[] {
  return text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
}
