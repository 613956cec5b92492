import type { SourceElement } from 'track-elements';
import { watchAttributes } from './attribute.js';
import { bindForm } from './attribute-form.js';
import { OwnParams } from './own-params.js';
import { showParameters } from './parameter-fields.js';
import { describeSignal, revealChosen, showUsed } from './signal-picker.js';

/**
 * A form for a source: which signal it plays, what signals share (the controls that have an attribute's name), and what
 * only the chosen one knows.
 */
export function bindSignalForm(form: HTMLFormElement, source: SourceElement, chooser: 'pattern' | 'waveform'): void {
  const [picker, hint, own] = ['.picker', '.hint', '.params'].map((part) => form.querySelector<HTMLElement>(part));
  if (!picker || !hint || !own) return;
  const named = form.querySelectorAll<HTMLInputElement>('[name]');
  const { observedAttributes } = source.constructor as unknown as { observedAttributes: readonly string[] };
  const attributes = new Set([...named].map(({ name }) => name).filter((name) => observedAttributes.includes(name)));
  const params = new OwnParams(source, chooser);
  let shown = '';

  showParameters(own, form, params);
  bindForm(form, source, [...attributes], params.write);
  watchAttributes(source, () => {
    const { record } = params;
    if (!record || record.name === shown) return;
    shown = record.name;
    describeSignal(hint, record);
    showUsed(form, record);
    revealChosen(picker);
  });
}
