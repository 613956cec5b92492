/**
 * Describes the elements to frameworks and editors, from `custom-elements.json`: writes `dist/types/*.d.ts` for JSX, Vue
 * and Svelte, `dist/editors/*.json` for VS Code and the editors of JetBrains. It is a part of the build, and does nothing
 * while neither the manifest nor this script has changed.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: types of TypeScript, such as `${number}`, stand in texts.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './process.js';

const types = join(root, 'dist/types');
const editors = join(root, 'dist/editors');
const stamp = join(root, 'dist/.framework-types');

export async function writeFrameworkTypes() {
  const sources = ['custom-elements.json', 'package.json', 'package-lock.json'].map((name) => join(root, name));
  const texts = await Promise.all([fileURLToPath(import.meta.url), ...sources].map((file) => readFile(file, 'utf8')));
  const hash = createHash('sha256').update(texts.join('\0')).digest('hex');
  if (hash === (await readFile(stamp, 'utf8').catch(() => ''))) return;

  const manifest = elementsOf(JSON.parse(texts[1]));
  await Promise.all([types, editors].map((folder) => rm(folder, { recursive: true, force: true })));
  await Promise.all([types, editors].map((folder) => mkdir(folder, { recursive: true })));
  await writeJsx(manifest);
  await writeVue(manifest);
  await writeSvelte(manifest);
  await writeEditors(manifest);
  await writeFile(stamp, hash);
}

/** A manifest with nothing but the elements: the generators take base classes for elements too. */
function elementsOf({ modules, ...manifest }) {
  const elements = ({ declarations = [], ...module }) => ({
    ...module,
    declarations: declarations.filter(({ tagName }) => tagName),
  });
  return { ...manifest, modules: modules.map(elements).filter(({ declarations }) => declarations.length > 0) };
}

const classesOf = ({ modules }) => modules.flatMap(({ declarations }) => declarations);

/** A copy of the manifest in which `change` has replaced each class. */
const mapClasses = (manifest, change) => ({
  ...manifest,
  modules: manifest.modules.map((module) => ({ ...module, declarations: module.declarations.map(change) })),
});

const listText = "`${number}` | `${number}${' ' | ','}${string}`";

/** The texts that a property or its attribute accepts besides values of its own type, as the converters read them. */
const acceptedTexts = {
  number: '`${number}`',
  'number | null': '`${number}`',
  'number | readonly number[]': listText,
  'readonly number[]': listText,
  'readonly TrackKind[]': "'video' | 'audio' | 'video audio' | 'audio video'",
  'readonly MonitorGuide[]': 'string',
  '75 | 100': "'75' | '100'",
  'number | ClockOffset | null': '`${number}`',
  'Readonly<Record<string, unknown>>': '`{${string}`',
  CameraControls: '`{${string}`',
  'readonly RTCIceServer[] | null': 'string',
};

/** Types that name nothing but what every file knows. */
const isPlain = (type) => /^(number|string|boolean|null|'[^']*'|\s|\|)+$/.test(type);

/**
 * The type of the values that a property can be set to: templates and JSX write texts, and `undefined` and `null` stand for
 * the default. The generators would give the type of the values that are read.
 */
function settableType(className, name, type) {
  const offersNames = name === 'pattern' || name === 'waveform';
  const own = isPlain(type) && !offersNames ? type : `${className}['${name}']`;
  return [own, ...(acceptedTexts[type] ? [acceptedTexts[type]] : []), 'null', 'undefined'].join(' | ');
}

/** The manifest of all that can be set: read-only members are not properties of a template. */
const settable = (manifest) =>
  mapClasses(manifest, (element) => {
    const typeOf = (name) => {
      const member = element.members.find((candidate) => candidate.name === name);
      return { text: settableType(element.name, name, member.type.text) };
    };
    return {
      ...element,
      members: element.members
        .filter(({ kind, readonly }) => kind === 'field' && !readonly)
        .map((member) => ({ ...member, type: typeOf(member.name) })),
      attributes: element.attributes.map((attribute) => ({ ...attribute, type: typeOf(attribute.fieldName) })),
    };
  });

/** `frame-rate` and `frameRate` in one list: the generators for Vue and Svelte give templates the attributes alone. */
function allNames({ members, attributes }) {
  const names = new Set(attributes.map(({ name }) => name));
  return [...attributes, ...members.filter(({ name }) => !names.has(name))];
}

const importOf = (names) => `import type { ${[...new Set(names)].sort().join(', ')} } from 'track-elements';\n`;

const classNames = (manifest) => classesOf(manifest).map(({ name }) => name);

/** The names in the types of events that are of the package: the generators import those of the DOM from it as well. */
const eventTypeNames = (manifest) =>
  classesOf(manifest)
    .flatMap(({ events }) => events)
    .flatMap(({ type }) => type.text.match(/\w+/g))
    .filter((name) => !/^(Event|ErrorEvent|MediaStreamTrackEvent)$/.test(name));

/** Replaces a text that has to be there: a new version of a generator may write another one. */
function replace(text, pattern, replacement) {
  const result = text.replace(pattern, replacement);
  if (result === text) throw new Error(`A generator no longer writes ${pattern}: change scripts/framework-types.js.`);
  return result;
}

/** A module that adds the elements to the JSX of a framework, and what else its types lack. */
const augmentation = (module, elements, additions = '') => `import type { ${elements} } from './jsx.js';

declare module '${module}' {
  namespace JSX {
    interface IntrinsicElements extends ${elements} {}
  }${additions}
}
`;

/** The attributes of HTML by which a button commands an element. */
const commandAttributes = `
    command?: string | undefined;
    commandfor?: string | undefined;`;

const reactButtons = `
  interface ButtonHTMLAttributes<T> {${commandAttributes}
  }`;

/** Solid reads \`frameRate\` as \`framerate\`, which no element has: the names of properties need its \`prop:\`. */
const attributesOnly = `
type AttributesOnly<Props> = { [Name in keyof Props as Name extends Lowercase<Name & string> ? Name : never]: Props[Name] };
`;

async function writeJsx(manifest) {
  const { generateJsxTypes } = await import('@wc-toolkit/jsx-types');
  const generated = generateJsxTypes(settable(manifest), {
    fileName: '',
    componentTypePath: () => 'track-elements',
    useCemTypes: true,
    stronglyTypedEvents: true,
    includeDefaultDOMEvents: true,
    excludeCssCustomProperties: true,
    componentDescriptionOptions: { descriptionSrc: 'summary', apis: noDescriptions },
  });
  // It adds to nine modules at once, of which an application has one or two: the others are errors of TypeScript.
  const shared = replace(generated, /export type CustomCssProperties[\s\S]*$/, '');
  // `useRef()` of React and Preact gives an object.
  const withRefs = replace(
    shared,
    /ref\?: \(T \| \(\(e: T\) => void\)\) \| undefined/,
    'ref?: T | ((e: T) => void) | { current: T | null } | null | undefined',
  );
  const forSolid = replace(withRefs, /<(\w+Props) & (\w+SolidJsProps)/g, '<AttributesOnly<$1> & $2');
  await Promise.all([
    writeFile(join(types, 'jsx.d.ts'), importOf(eventTypeNames(manifest)) + attributesOnly + forSolid),
    writeFile(join(types, 'react.d.ts'), augmentation('react', 'CustomElements', reactButtons)),
    writeFile(join(types, 'preact.d.ts'), augmentation('preact', 'CustomElements')),
    writeFile(join(types, 'solid.d.ts'), augmentation('solid-js/jsx-runtime', 'CustomElementsSolidJs')),
  ]);
}

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);

async function writeVue(manifest) {
  const { generateVuejsTypes } = await import('custom-element-vuejs-integration');
  const forTemplates = mapClasses(settable(manifest), (element) => ({
    ...element,
    attributes: allNames(element),
    members: [],
    // Vue takes `@statechange` for `onStatechange`.
    events: element.events.map((event) => ({ ...event, name: capitalised(event.name) })),
  }));
  generateVuejsTypes(forTemplates, { outdir: types, fileName: 'vue.d.ts', hideLogs: true, ...shortDescriptions });
  await rewrite(join(types, 'vue.d.ts'), (text) => {
    // The events are no `CustomEvent`s.
    const ownEvents = replace(text, /CustomEvent<(.+?)>(?=\))/g, '$1');
    // Vue has no global JSX, and must not use that of another framework.
    const withoutJsx = replace(ownEvents, /declare global \{[\s\S]*$/, '');
    // Without these, `id` and `@click` are unknown.
    const withGlobals = replace(
      withoutJsx,
      /DefineComponent<(\w+Props)>/g,
      'DefineComponent<$1 & Omit<HTMLAttributes, keyof $1>>',
    );
    const withImport = replace(
      withGlobals,
      'import type { DefineComponent }',
      'import type { DefineComponent, HTMLAttributes }',
    );
    const withButtons = replace(
      withImport,
      /\}\s*$/,
      `\n  interface ButtonHTMLAttributes {${commandAttributes}\n  }\n}\n`,
    );
    return importOf([...classNames(manifest), ...eventTypeNames(manifest)]) + withButtons;
  });
}

async function writeSvelte(manifest) {
  const { generateSvelteTypes } = await import('custom-element-svelte-integration');
  const handler = ({ name, description, type }) => ({
    name: `on${name}`,
    description,
    type: { text: `((event: ${type.text}) => void) | null` },
  });
  const forTemplates = mapClasses(settable(manifest), (element) => ({
    ...element,
    // Svelte 5 writes `onstatechange`; the generator knows `on:statechange`.
    attributes: [...allNames(element), ...element.events.map(handler)],
    members: [],
  }));
  generateSvelteTypes(forTemplates, { outdir: types, fileName: 'svelte.d.ts', hideLogs: true, ...shortDescriptions });
  await rewrite(join(types, 'svelte.d.ts'), (text) => {
    const ownEvents = replace(text, /CustomEvent<(.+?)>(?=\))/g, '$1');
    // Its list of global attributes uses a global `JSX`, which Svelte does not have.
    const withoutList = replace(ownEvents, /type BaseProps = \{[\s\S]*?\n\};\n\ntype BaseEvents = \{\};\n/, '');
    const elements = replace(
      withoutList,
      /Partial<(\w+)Props & BaseProps & BaseEvents>/g,
      '$1Props & Omit<HTMLAttributes<$1>, keyof $1Props>',
    );
    // In a module this namespace would not be Svelte's.
    const augmented = replace(
      elements,
      /declare namespace svelteHTML \{[\s\S]*$/,
      "declare module 'svelte/elements' {\n  export interface SvelteHTMLElements extends CustomElements {}\n}\n",
    );
    const names = [...classNames(manifest), ...eventTypeNames(manifest)];
    return `import type { HTMLAttributes } from 'svelte/elements';\n${importOf(names)}${augmented}`;
  });
}

/** The properties and events are described where they are declared, and not a second time in a list at the element. */
const noDescriptions = { attrsAndProps: null, events: null, slots: null, methods: null, cssState: null };
const shortDescriptions = { descriptionSrc: 'summary', hideEventDocs: true, hideMethodDocs: true, hideSlotDocs: true };

const rewrite = async (file, change) => writeFile(file, change(await readFile(file, 'utf8')));

async function writeEditors(manifest) {
  const { getVsCodeHtmlCustomData } = await import('custom-element-vs-code-integration');
  const { getWebTypesData } = await import('custom-element-jet-brains-integration');
  await Promise.all([
    writeFile(join(editors, 'vscode.html-custom-data.json'), getVsCodeHtmlCustomData(structuredClone(manifest), {})),
    writeFile(join(editors, 'web-types.json'), getWebTypesData(structuredClone(manifest), {})),
  ]);
}
