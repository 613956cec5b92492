/** The fields of an element's attributes, made from `custom-elements.json` and the data of `form-layouts.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { readAttribute, writeAttribute } from './attributes.js';
import { type AttributeRecord, attributesOf, type ElementManifest } from './element-manifest.js';
import { type Control, errorTemplate, type Field, type FormError, fieldTemplate, type Option } from './fields.js';
import { type AttributeView, type FormLayout, formLayouts, hiddenAttributes } from './form-layouts.js';
import { prose } from './signal-picker.js';
import { sizePresets } from './size-presets.js';

const manifest = (await (await fetch(new URL('../custom-elements.json', import.meta.url))).json()) as ElementManifest;

export interface AttributeFormOptions {
  readonly idPrefix: string;
  readonly error: FormError | null;
  /** Options of an attribute that only the browser knows. */
  readonly options?: Readonly<Record<string, readonly Option[]>>;
  readonly afterMain?: TemplateResult;
  /** Leaves an attribute out that makes no difference now. */
  isUsed?(attribute: string): boolean;
}

/** The main fields of an element, then its groups, each behind a heading. */
export function attributeFields(element: Element, options: AttributeFormOptions): TemplateResult {
  const layout = formLayouts[element.localName];
  const attributes = new Map(
    attributesOf(manifest, element.localName)
      .filter(({ name }) => !hiddenAttributes.has(name))
      .map((attribute) => [attribute.name, attribute]),
  );
  const show = (names: readonly string[]) => names.map((name) => rowOf(name, attributes, element, layout, options));
  const groups = completeGroups(layout, [...attributes.keys()]);
  return html`
    ${show(layout.main)} ${options.afterMain ?? nothing}
    ${groups.map(
      ({ title, names }) => html`
        <details class="more">
          <summary>${title}</summary>
          <div class="more-fields">${show(names)}</div>
        </details>
      `,
    )}
  `;
}

/** The subjects of errors that a form has a field for. */
export const fieldNames = (element: Element): string[] =>
  attributesOf(manifest, element.localName)
    .map(({ name }) => name)
    .filter((name) => !hiddenAttributes.has(name));

/** The groups of a layout. The last one gets every attribute that the layout does not name. */
function completeGroups({ main, groups, views = {} }: FormLayout, all: readonly string[]): FormLayout['groups'] {
  const paired = Object.values(views).flatMap(({ pair }) => (pair ? [pair.name] : []));
  const named = new Set([...main, ...groups.flatMap(({ names }) => names), ...paired]);
  const unnamed = all.filter((name) => !named.has(name));
  return groups.map((group, index) =>
    index < groups.length - 1 ? group : { ...group, names: [...group.names, ...unnamed] },
  );
}

function rowOf(
  name: string,
  attributes: ReadonlyMap<string, AttributeRecord>,
  element: Element,
  { views = {} }: FormLayout,
  { idPrefix, error, options = {}, isUsed }: AttributeFormOptions,
): TemplateResult | typeof nothing {
  const attribute = attributes.get(name);
  if (!attribute || isUsed?.(name) === false) return nothing;
  const view: AttributeView = { ...views[name], ...(options[name] && { options: options[name] }) };
  const second = view.pair && attributes.get(view.pair.name);
  if (second) return pairTemplate(element, [attribute, second], view, idPrefix, error);
  return fieldTemplate(fieldOf(element, attribute, view), idPrefix, error);
}

function fieldOf(element: Element, attribute: AttributeRecord, view: AttributeView): Field {
  const { name, type, description } = attribute;
  return {
    name,
    label: view.label ?? wordsOf(name),
    hint: view.hint ?? prose(firstSentenceOf(description)),
    control: controlOf(attribute, view),
    value: type === 'boolean' ? element.hasAttribute(name) : readAttribute(element, name),
    change: (value) => writeAttribute(element, name, value),
  };
}

/** `frame-rate` is “Frame rate” to readers. */
const wordsOf = (name: string) => name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

const firstSentenceOf = (text: string) => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;

function controlOf({ name, type }: AttributeRecord, view: AttributeView): Control {
  const { unit, range, maxLength, placeholder } = view;
  if (type === 'boolean') return { type: 'switch' };
  if (view.isColor) return { type: 'color' };
  const options = view.options ?? optionsOf(type);
  if (options) return { type: 'choice', options };
  // Attributes that take a number for all channels, or a list of one a channel, are edited as a number.
  if (type.split(' | ').includes('number')) return { type: 'number', unit, range, whole: name === 'seed' };
  return { type: 'text', maxLength, placeholder };
}

/** The options of a type that is a union of texts, such as `'' | 'bt601' | 'bt709'`. */
function optionsOf(type: string): Option[] | undefined {
  const members = type.split(' | ');
  if (members.length < 2 || !members.every((member) => /^'.*'$/.test(member))) return undefined;
  return members.map((member) => member.slice(1, -1)).map((value) => ({ value, text: value || 'none' }));
}

/** Two numbers in a row. Width and height have presets above them. */
function pairTemplate(
  element: Element,
  attributes: readonly AttributeRecord[],
  { label = '', hint, pair }: AttributeView,
  idPrefix: string,
  error: FormError | null,
): TemplateResult {
  const names = attributes.map(({ name }) => name);
  const message = error && names.includes(error.subject) ? error.message : '';
  const id = `${idPrefix}-${names[0]}`;
  const inputs = names.map(
    (name, index) => html`
      ${index === 1 ? html`<span aria-hidden="true">${pair?.sign}</span>` : nothing}
      <input
        name=${name}
        type="number"
        aria-label=${wordsOf(name)}
        aria-describedby=${`${id}-${message && error?.subject === name ? 'error' : 'hint'}`}
        aria-invalid=${message && error?.subject === name ? 'true' : nothing}
        .value=${live(readAttribute(element, name))}
        @change=${({ target }: Event) => writeAttribute(element, name, (target as HTMLInputElement).value)}
      />
    `,
  );
  return html`
    <div class="field" data-field=${names.join(' ')}>
      <span class="label">${label}</span>
      ${names.includes('width') ? sizePresets(element) : nothing}
      <div class="pair">${inputs}</div>
      <p class="hint" id="${id}-hint">${hint}</p>
      ${message ? errorTemplate(message, `${id}-error`) : nothing}
    </div>
  `;
}
