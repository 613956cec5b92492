import { html, render, type TemplateResult } from 'lit';
import { watchAttributes } from './attribute.js';

/** Writes out elements as they stand in the page, tinted, and again after each change. */
export function showMarkup(place: HTMLElement, elements: readonly Element[]): void {
  const show = () =>
    render(
      elements.map((element, index) => [index ? '\n' : '', tagOf(element)]),
      place,
    );
  for (const element of elements) watchAttributes(element, show);
}

function tagOf(element: Element): TemplateResult {
  const { localName } = element;
  const attributes = [...element.attributes].filter(({ name }) => name !== 'aria-label').map(attributeOf);
  const name = html`<span class="tint-name">${localName}</span>`;
  return html`<span class="tag">&lt;${name}</span>${attributes}&gt;<span class="tag">&lt;/${name}&gt;</span>`;
}

function attributeOf({ name, value }: Attr): TemplateResult {
  const text = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const tinted = html`<span class="tint-attribute">${name}</span>`;
  return value === '' ? html` ${tinted}` : html` ${tinted}=<span class="tint-value">"${text}"</span>`;
}
