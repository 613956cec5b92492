import { code, codes, generatedNotice, page, section, sectionsOf, table } from './markdown.js';

/** The page of all patterns and waveforms, from the catalogue; what is true of all of them, from the prose file. */
export function signalsPage(catalogue, prose) {
  const texts = sectionsOf(prose);
  const ofKind = (kind) => catalogue.filter((record) => record.kind === kind);
  return page(
    generatedNotice('the catalogue of `track-elements/signals`', 'scripts/docs/signals.md'),
    '# Signals',
    texts[''],
    section('## Patterns', texts.Patterns, groupTable(ofKind('video')), ...groupSections(ofKind('video'))),
    section('## Waveforms', texts.Waveforms, groupTable(ofKind('audio')), ...groupSections(ofKind('audio'))),
    section('## Signals without a browser', texts['Signals without a browser']),
    section('## See also', texts['See also']),
  );
}

/** Where the picture of a pattern lies, from the folder of the page. */
export const pictureFile = (name) => `signals/${name}.png`;

const groupsOf = (records) => [...new Set(records.map(({ group }) => group))];

function groupTable(records) {
  const rows = groupsOf(records).map((group) => [group, codes(namesIn(records, group))]);
  return table(['Group', 'Names'], rows);
}

const namesIn = (records, group) => records.filter((record) => record.group === group).map(({ name }) => name);

const groupSections = (records) =>
  groupsOf(records).flatMap((group) => [
    `### ${group}`,
    ...records.filter((record) => record.group === group).map(signalSection),
  ]);

function signalSection(record) {
  const { kind, name, title, summary, standard, uses, aliases, parameters } = record;
  const facts = [
    standard && `Standard: ${standard}.`,
    uses.length > 0 && `Attributes that change it: ${codes(uses)}.`,
    aliases.length > 0 && `Other names: ${codes(aliases)}.`,
  ];
  return page(
    `#### ${code(name)}`,
    kind === 'video' && `![${title}](${pictureFile(name)})`,
    `${title}. ${summary}`,
    facts.filter(Boolean).join(' '),
    parameters.length > 0 && parameterTable(parameters),
  ).trimEnd();
}

function parameterTable(parameters) {
  const rows = parameters.map((parameter) => [
    code(parameter.name),
    valuesOf(parameter),
    defaultOf(parameter),
    parameter.summary,
  ]);
  return table(['`params`', 'Values', 'Default', 'Description'], rows);
}

const kindsOfValues = {
  number: ({ min, max, whole, unit }) =>
    [whole ? 'whole number' : 'number', rangeText(min, max), unit && `(${unit})`].filter(Boolean).join(' '),
  boolean: () => '`true`, `false`',
  choice: ({ options }) => codes(options),
  text: () => 'text',
  color: () => 'CSS color',
  list: ({ item, min, max }) => `list${countText(min, max)}: ${itemText(item)}`,
};

const valuesOf = (parameter) => kindsOfValues[parameter.type](parameter);

function rangeText(min, max) {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `${min} or more`;
  return max === undefined ? '' : `${max} or less`;
}

function countText(min, max) {
  if (min !== undefined && min === max) return ` of ${max}`;
  return max === undefined ? '' : ` of up to ${max}`;
}

/** The item of a list is a parameter, or a table of named ones. */
function itemText(item) {
  if (typeof item.type === 'string') return valuesOf(item);
  return Object.entries(item)
    .map(([name, parameter]) => `${code(name)}, ${valuesOf(parameter)}`)
    .join('; ');
}

/** Longer defaults are described in the summary. */
const LONGEST_DEFAULT = 30;

function defaultOf({ default: value }) {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_DEFAULT ? '' : code(text);
}
