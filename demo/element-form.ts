/** The form of an element: its fields and its error, rendered again after each change. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { type AttributeFormOptions, attributeFields, fieldNames } from './attribute-form.js';
import { propertyOf } from './attributes.js';
import { type StatefulElement, watchElement } from './element-status.js';
import { errorTemplate, type FormError } from './fields.js';

/** Fields of a form that are not made from attributes. */
interface MoreFields {
  /** Above all others. */
  readonly first?: unknown;
  /** Below the main fields. */
  readonly afterMain?: TemplateResult;
}

/** Shows an element's attributes as fields, and its error beside the field that it is about. */
export function showElementForm(
  place: HTMLElement,
  element: StatefulElement,
  options: Partial<AttributeFormOptions> = {},
  moreFields?: (error: FormError | null) => MoreFields,
): void {
  place.closest('form')?.addEventListener('submit', (event) => event.preventDefault());
  const idPrefix = element.id;
  watchElement(element, (message) => {
    const error = message ? { subject: subjectOf(message, element), message } : null;
    const more = moreFields?.(error) ?? {};
    render(
      html`
        ${more.first} ${attributeFields(element, { ...options, idPrefix, error, afterMain: more.afterMain })}
        ${error && error.subject === '' ? errorTemplate(message, `${idPrefix}-error`) : nothing}
      `,
      place,
    );
  });
}

/**
 * The field that an error is about; empty if there is none. Errors begin with the name of the property, such as
 * `frameRate is …` or `params.size is …`.
 */
function subjectOf(message: string, element: StatefulElement): string {
  const [first = ''] = /^(params\.)?\w+/.exec(message) ?? [];
  if (first.startsWith('params.')) return first;
  return fieldNames(element).find((name) => propertyOf(name).toLowerCase() === first.toLowerCase()) ?? '';
}
