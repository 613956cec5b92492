import { html, render, type TemplateResult } from 'lit';
import { catalogue, type SignalRecord } from 'track-elements/signals';

/** A group of radio buttons, one a signal of a kind, and below it a sentence about the one that is chosen. */
export function fillPicker(
  group: HTMLElement,
  kind: 'video' | 'audio',
  name: string,
  image: (signal: SignalRecord) => unknown,
): void {
  const signals = catalogue.filter((signal) => signal.kind === kind);
  render(
    signals.map(
      (signal) => html`
        <label class="choice" title=${signal.title}>
          <input type="radio" name=${name} value=${signal.name} aria-label=${signal.title} />
          ${image(signal)}
        </label>
      `,
    ),
    group,
  );
}

/** What the catalogue says of a signal. */
export function describeSignal(hint: HTMLElement, name: string): void {
  const signal = catalogue.find((record) => record.name === name);
  render(signal ? html`<b>${signal.title}.</b> ${prose(signal.summary)}` : '', hint);
  hint.title = signal?.standard ?? '';
}

/** Text with `code` in it. */
function prose(text: string): (string | TemplateResult)[] {
  return text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
}
