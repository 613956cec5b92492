import { code, generatedNotice, page, section, sectionsOf, table } from './markdown.js';

/**
 * The page of an element: its reference from the manifest's declaration, and examples and notes from its prose file. The
 * prose file has second-level headings: `Example`, `Notes`, `Commands`, `Errors`, `See also`, and others, which follow the
 * notes.
 */
export function elementPage(declaration, prose) {
  const { tagName, name, summary, description = '' } = declaration;
  const texts = sectionsOf(prose);
  const fields = declaration.members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  const methods = declaration.members.filter(({ kind }) => kind === 'method');
  const isOwn = ({ inheritedFrom }) => !inheritedFrom;
  const isShared = ({ inheritedFrom }) => Boolean(inheritedFrom);
  const { attributes = [], events = [] } = declaration;
  return page(
    generatedNotice('custom-elements.json', `scripts/docs/elements/${tagName}.md`),
    `# ${code(`<${tagName}>`)}`,
    introduction(summary, description),
    `Registered by ${code(`import 'track-elements/define/${tagName}'`)}. The class is ${code(name)}.`,
    section('## Example', texts.Example),
    section('## Notes', texts.Notes),
    ...Object.keys(texts)
      .filter((heading) => !PLACED_HEADINGS.includes(heading))
      .map((heading) => section(`## ${heading}`, texts[heading])),
    section('## Attributes', attributesNote(attributes), attributeTable(attributes.filter(isOwn))),
    section('### Shared with other elements', attributeTable(attributes.filter(isShared))),
    section('## Properties', fields.length > 0 && 'Besides those of the attributes:', propertyTable(fields)),
    section('## Methods', methodTable(methods)),
    section('## Events', events.length > 0 && 'Events do not bubble.', eventTable(events)),
    section('## Commands', commandsNote(declaration, texts), commandTable(declaration.commands) ?? texts.Commands),
    section('## States', statesNote(declaration), namedTable('State', declaration.cssStates, ownName)),
    section('## Slots', namedTable('Slot', declaration.slots, slotName)),
    section('## CSS parts', namedTable('Part', declaration.cssParts, cssPart)),
    section('## CSS custom properties', namedTable('Property', declaration.cssProperties, ownName)),
    section('## Errors', texts.Errors),
    section('## See also', texts['See also']),
  );
}

const PLACED_HEADINGS = ['', 'Example', 'Notes', 'Commands', 'Errors', 'See also'];

/** The description without its example, which the page has from the prose file; the summary where there is none. */
function introduction(summary, description) {
  const text = description
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return text || summary;
}

/** Longer descriptions are cut in the table after their first sentence and stand below it in full. */
const LONGEST_CELL = 170;

const firstSentence = (text) => /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;

const isLong = ({ description = '' }) =>
  description.length > LONGEST_CELL && firstSentence(description).length < description.length;

const brief = (record) => (isLong(record) ? `${firstSentence(record.description)} (More below.)` : record.description);

/** A description without its line breaks. An example of one line becomes code within the line. */
const inOneLine = (description) =>
  description.replaceAll(/\n*```\w*\n(.*)\n```/g, ' For example: `$1`').replaceAll('\n', ' ');

/** A table of records with a description each, and the long descriptions in full below it. */
function described(header, records, cellsOf, titleOf) {
  if (records.length === 0) return null;
  const rows = records.map((record) => [...cellsOf(record), brief(record)]);
  const details = records
    .filter(isLong)
    .map((record) => `- ${code(titleOf(record))}: ${inOneLine(record.description)}`);
  return [table([...header, 'Description'], rows), details.join('\n')].filter(Boolean).join('\n\n');
}

function attributesNote(attributes) {
  if (attributes.length === 0) return null;
  const renamed = attributes.filter(({ name, fieldName }) => fieldName && camelCase(name) !== fieldName);
  const exceptions = renamed.map(({ name, fieldName }) => `; ${code(name)} is ${code(fieldName)}`).join('');
  const sample = attributes.find(({ name }) => name.includes('-'));
  const example = sample ? ` (${code(sample.name)} is ${code(sample.fieldName)})` : '';
  return `Each attribute is also a property, in camelCase${example}${exceptions}. You can change each of them at any time.`;
}

const camelCase = (name) => name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());

function attributeTable(attributes) {
  const cells = ({ name, type, default: value }) => [code(name), attributeType(name, type?.text), defaultText(value)];
  return described(['Attribute', 'Value', 'Default'], attributes, cells, ({ name }) => name);
}

/** More words than this are too many for a cell. */
const MOST_WORDS = 6;

const signalLinks = {
  pattern: '[name of a pattern](../signals.md#patterns)',
  waveform: '[name of a waveform](../signals.md#waveforms)',
};

/** Types of properties as they are written in markup. */
const inMarkup = {
  boolean: 'present or not',
  'Readonly<Record<string, unknown>>': 'JSON object',
  'readonly number[]': 'numbers with spaces between',
  'number | readonly number[]': 'number, or one for each channel',
  string: 'text',
};

function attributeType(name, type = 'string') {
  if (signalLinks[name]) return signalLinks[name];
  if (inMarkup[type]) return inMarkup[type];
  const parts = type.split(' | ').filter((part) => !["''", 'null', 'undefined'].includes(part));
  const words = parts.filter((part) => /^'.*'$/.test(part)).map((part) => part.slice(1, -1));
  if (words.length > MOST_WORDS) return 'text';
  return parts
    .map((part) => (/^'.*'$/.test(part) ? code(part.slice(1, -1)) : (inMarkup[part] ?? plainType(part))))
    .join(', ');
}

/** `number` is a word that everybody reads; any other type is a name from the library. */
const plainType = (type) => (type === 'number' ? type : code(type));

function defaultText(value) {
  if (value === undefined || ["''", 'null', '[]', 'false', 'undefined'].includes(value)) return '';
  return code(value.replace(/^'(.*)'$/, '$1'));
}

function propertyTable(fields) {
  const cells = ({ name, type, readonly }) => [code(name), `${code(type?.text)}${readonly ? ' (read-only)' : ''}`];
  return described(['Property', 'Type'], fields, cells, ({ name }) => name);
}

function methodTable(methods) {
  const signature = ({ name, parameters = [] }) =>
    `${name}(${parameters.map((parameter) => `${parameter.name}${parameter.optional ? '?' : ''}`).join(', ')})`;
  const cells = (method) => [code(signature(method)), code(method.return?.type?.text ?? 'void')];
  return described(['Method', 'Returns'], methods, cells, signature);
}

function eventTable(events) {
  const cells = ({ name, type }) => [code(name), code(type?.text ?? 'Event')];
  return described(['Event', 'Type'], events, cells, ({ name }) => name);
}

function commandTable(commands = []) {
  return namedTable('Command', commands, ownName);
}

function commandsNote({ tagName, commands }, texts) {
  if (!commands && !texts.Commands) return null;
  const first = commands?.[0]?.name ?? /`(--[\w-]+)`/.exec(texts.Commands)?.[1];
  return `A button gives these commands, without a script: ${code(`<button commandfor="id-of-the-${tagName}" command="${first}">`)}.`;
}

function statesNote({ cssStates = [] }) {
  const { name } = cssStates.find((state) => ['live', 'recording'].includes(state.name)) ?? {};
  return name
    ? `The property \`state\` has these values. Each is also a custom state for CSS: ${code(`:state(${name})`)}.`
    : null;
}

const ownName = ({ name }) => code(name);
const cssPart = ({ name }) => code(`::part(${name})`);
const slotName = ({ name }) => (name ? code(name) : '(default)');

function namedTable(title, records = [], nameOf) {
  return records.length > 0
    ? described(
        [title],
        records,
        (record) => [nameOf(record)],
        ({ name }) => name,
      )
    : null;
}

export const elementsIn = (manifest) =>
  manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
