import { readAttribute, watchAttributes, writeAttribute } from './attribute.js';

type Control = HTMLInputElement | HTMLSelectElement | RadioNodeList;

/**
 * Keeps a form and an element in step: each control whose name is an attribute's writes that attribute and follows it.
 * After each change of the element the form fires `synced`.
 */
export function bindForm(
  form: HTMLFormElement,
  element: Element,
  attributes: readonly string[],
  writeTo: typeof writeAttribute = writeAttribute,
): void {
  const controlOf = (name: string) => form.elements.namedItem(name) as Control;

  const write = (event: Event) => {
    const control = event.target as HTMLInputElement;
    // A number that is half typed would be another number.
    if (!attributes.includes(control.name) || (event.type === 'input' && control.type === 'number')) return;
    writeTo(element, control.name, control.type === 'checkbox' ? control.checked : control.value);
  };

  form.addEventListener('input', write);
  form.addEventListener('change', write);
  form.addEventListener('submit', (event) => event.preventDefault());

  watchAttributes(element, () => {
    for (const name of attributes) {
      const control = controlOf(name);
      if (control instanceof HTMLInputElement && control.type === 'checkbox') {
        control.checked = element.hasAttribute(name);
      } else {
        const value = readAttribute(element, name);
        if (control.value !== value) control.value = value;
      }
    }
    form.dispatchEvent(new Event('synced'));
  });
}
