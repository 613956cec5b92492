import { html, render, type TemplateResult } from 'lit';
import { catalogue, type SignalRecord } from 'track-elements/signals';

export type SignalKind = SignalRecord['kind'];

/** What the catalogue says of a signal: a pattern and a waveform may have the same name. */
export const recordOf = (kind: SignalKind, name: string): SignalRecord | undefined =>
  catalogue.find((record) => record.kind === kind && record.name === name);

/** Radio buttons in a box that scrolls, one a signal of a kind, by the groups of the catalogue. */
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

/** Scrolls the box, and nothing else, to where the chosen one is seen. */
export function revealChosen(box: HTMLElement): void {
  const choice = box.querySelector(':checked')?.parentElement;
  if (!choice) return;
  const [outer, inner] = [box.getBoundingClientRect(), choice.getBoundingClientRect()];
  // The heading of its group stays on top of the box.
  const heading = choice.closest('.group')?.querySelector('h3')?.offsetHeight ?? 0;
  const above = inner.top - outer.top - heading - 6;
  const below = inner.bottom - outer.bottom + 36;
  if (above < 0) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

/** What the catalogue says of a signal. */
export function describeSignal(hint: HTMLElement, { title, summary, standard }: SignalRecord): void {
  const by = standard ? html` <span class="standard">${standard}.</span>` : '';
  render(html`<b>${title}.</b> ${prose(summary)}${by}`, hint);
}

/** Shows the fields of a form that make a difference to a signal, and no others. */
export function showUsed(form: HTMLFormElement, { uses }: Pick<SignalRecord, 'uses'>): void {
  for (const field of form.querySelectorAll<HTMLElement>('[data-used-as]')) {
    field.hidden = !uses.some((attribute) => attribute === field.dataset.usedAs);
  }
}

/** Text with `code` in it. */
export function prose(text: string): (string | TemplateResult)[] {
  return text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
}
