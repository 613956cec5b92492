import { html, render, type TemplateResult } from 'lit';
import { watchAttributes } from './attribute.js';

/** An attribute as it is written. */
type Written = Readonly<Pick<Attr, 'name' | 'value'>>;

/**
 * Writes out elements as they stand in the page, tinted, and again after each change; below them what registers them.
 * `for` names those that are written out.
 */
export function showMarkup(place: HTMLElement, elements: readonly Element[]): void {
  const ids = elements.map(({ id }) => id);
  const show = () => render([elements.map((element) => [tagOf(element, ids), '\n']), '\n', registration], place);
  for (const element of elements) watchAttributes(element, show);
}

/** What only the desk wants of its elements. */
const unsaid = ['aria-label', 'manual'];

function tagOf(element: Element, ids: readonly string[]): TemplateResult {
  const { localName } = element;
  const there = (names: string) => names.split(' ').filter((name) => ids.includes(name));
  const shown: readonly Written[] = [...element.attributes]
    .filter(({ name }) => !unsaid.includes(name))
    .map(({ name, value }) => ({ name, value: name === 'for' ? there(value).join(' ') : value }));
  const lengthOf = ({ name, value }: Written) => 1 + name.length + (value === '' ? 0 : value.length + 3);
  const long = shown.reduce((length, attribute) => length + lengthOf(attribute), localName.length) > 50;
  const attributes = shown.map((attribute, index) => [long && index > 1 ? '\n  ' : ' ', attributeOf(attribute)]);
  const name = html`<span class="tint-name">${localName}</span>`;
  return html`<span class="tag">&lt;${name}</span>${attributes}&gt;<span class="tag">&lt;/${name}&gt;</span>`;
}

function attributeOf({ name, value }: Written): TemplateResult {
  // JSON is easier to read between single quotes.
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"';
  const text = value.replaceAll('&', '&amp;').replaceAll(quote, quote === '"' ? '&quot;' : '&#39;');
  const tinted = html`<span class="tint-attribute">${name}</span>`;
  return value === '' ? tinted : html`${tinted}=<span class="tint-value">${quote}${text}${quote}</span>`;
}

const script = html`<span class="tint-name">script</span>`;
const registration = html`&lt;${script} <span class="tint-attribute">type</span>=<span class="tint-value">"module"</span>&gt;
  <span class="tint-attribute">import</span> <span class="tint-value">'track-elements/define/all'</span>;
&lt;/${script}&gt;`;
