import { html, render, type TemplateResult } from 'lit';
import { watchAttributes } from './attributes.js';

type WrittenAttribute = Readonly<Pick<Attr, 'name' | 'value'>>;

/** Attributes that only the demo needs: they would distract in markup to copy. */
const omittedAttributes = ['aria-label', 'manual'];

/** A tag longer than this is broken into several lines. */
const LINE_LENGTH = 50;

/**
 * Shows the markup of elements of this page, and the script that registers them; updated after each change. `for` names
 * only those elements that are shown. An element inside another one is written inside it.
 */
export function showMarkup(place: HTMLElement, elements: readonly Element[]): void {
  const ids = elements.map(({ id }) => id);
  const outer = elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
  const insideOf = (element: Element) => elements.filter(({ parentElement }) => parentElement === element);
  const written = (element: Element, indent = ''): unknown =>
    tagOf(
      element,
      ids,
      indent,
      insideOf(element).map((inner) => ['\n', written(inner, `${indent}  `)]),
    );
  const show = () => render([outer.map((element) => [written(element), '\n']), '\n', registration], place);
  for (const element of elements) watchAttributes(element, show);
}

function tagOf(element: Element, ids: readonly string[], indent: string, inside: readonly unknown[]): TemplateResult {
  const { localName } = element;
  const onlyShown = (names: string) => names.split(' ').filter((name) => ids.includes(name));
  const attributes: readonly WrittenAttribute[] = [...element.attributes]
    .filter(({ name }) => !omittedAttributes.includes(name))
    .map(({ name, value }) => ({ name, value: name === 'for' ? onlyShown(value).join(' ') : value }));
  const lengthOf = ({ name, value }: WrittenAttribute) => 1 + name.length + (value === '' ? 0 : value.length + 3);
  const length = attributes.reduce((sum, attribute) => sum + lengthOf(attribute), localName.length);
  const separator = (index: number) => (length > LINE_LENGTH && index > 1 ? `\n${indent}  ` : ' ');
  const name = html`<span class="tint-name">${localName}</span>`;
  const written = attributes.map((attribute, index) => [separator(index), attributeTemplate(attribute)]);
  const end = html`${inside.length > 0 ? `\n${indent}` : ''}<span class="tag">&lt;/${name}&gt;</span>`;
  return html`${indent}<span class="tag">&lt;${name}</span>${written}&gt;${inside}${end}`;
}

function attributeTemplate({ name, value }: WrittenAttribute): TemplateResult {
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
