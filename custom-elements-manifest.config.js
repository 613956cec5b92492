/** Makes `custom-elements.json` describe the elements as their users see them, at the paths that are published. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const { catalogue } = await tsImport('./src/signals/catalogue/catalogue.ts', import.meta.url);

const published = (path) => path?.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');

// Every element has these two; classes declare them again only for the types of their events.
const ofEventTarget = ['addEventListener', 'removeEventListener'];

const isHidden = ({ name, privacy, static: isStatic }) =>
  isStatic || privacy === 'private' || privacy === 'protected' || /^[#_]/.test(name) || ofEventTarget.includes(name);

const declarationsOf = ({ modules }) => modules.flatMap(({ declarations = [] }) => declarations);

/** The analyzer also lists `#private` and protected members, and members that override those of Lit. */
function publicMembers() {
  return {
    name: 'public-members',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of declarationsOf(customElementsManifest).filter(({ members }) => members)) {
        const names = new Set(declaration.members.filter(isHidden).map(({ name }) => name));
        declaration.members = declaration.members.filter(({ name }) => !names.has(name));
        declaration.attributes = declaration.attributes?.filter(({ fieldName }) => !names.has(fieldName));
      }
    },
  };
}

/**
 * An event that is dispatched as an instance of its class is listed a second time: without a name, or with that of the first
 * argument.
 */
function namedEvents() {
  return {
    name: 'named-events',
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of declarationsOf(customElementsManifest).filter(({ events }) => events)) {
        const described = declaration.events.filter(({ description }) => description);
        const isOwnClass = (type) =>
          type?.text !== 'Event' && described.some((event) => event.type?.text === type?.text);
        declaration.events = declaration.events.filter(({ description, type }) => description || !isOwnClass(type));
      }
    },
  };
}

/** The class that a class extends, also one to which a mixin gives properties: `extends withSendProperties(Base<State>)`. */
function extended(ts, node) {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (!clause || !ts.isCallExpression(clause.expression)) return { base: clause };
  const [argument] = clause.expression.arguments;
  const base = ts.isExpressionWithTypeArguments(argument) ? argument : { expression: argument };
  return { base, mixin: clause.expression.expression.getText() };
}

/**
 * The analyzer takes a function for a mixin only if the class stands in it, and finds no base with type arguments in the call.
 * `withSendProperties()` is the typed form of the mixin `sendProperties()`.
 */
function typedMixins() {
  const untyped = (name) => name.replace(/^with./, (start) => start.at(-1).toLowerCase());
  return {
    name: 'typed-mixins',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const { base, mixin } = extended(ts, node);
      const declaration = moduleDoc.declarations?.find(({ name }) => name === node.name.text);
      if (!mixin || !declaration) return;
      const name = base.expression.getText();
      const imports = node.getSourceFile().statements.filter(ts.isImportDeclaration);
      const path = imports.find((each) => each.importClause?.getText().includes(name))?.moduleSpecifier.text;
      declaration.superclass = { name, module: join('src/elements', path) };
      declaration.mixins = declaration.mixins.map((each) => ({ ...each, name: untyped(each.name) }));
    },
  };
}

/**
 * A member that is inherited from `class Base<State>` has the type `State`: this puts in what the subclass gives for it,
 * `extends Base<SourceState>`.
 */
function typeArguments() {
  const classes = new Map();

  function resolve(type, className, ancestor) {
    let name = className;
    const chain = [];
    while (name !== ancestor) {
      const { base, given } = classes.get(name) ?? {};
      if (!base) return type;
      chain.unshift({ name, base, given });
      name = base;
    }
    return chain.reduce((text, { base, given }) => {
      const index = classes.get(base)?.parameters.findIndex((parameter) => parameter.name === text) ?? -1;
      return index < 0 ? text : (given[index] ?? classes.get(base).parameters[index].fallback ?? text);
    }, type);
  }

  return {
    name: 'type-arguments',
    analyzePhase({ ts, node }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const { base } = extended(ts, node);
      classes.set(node.name.text, {
        base: base?.expression.getText(),
        given: base?.typeArguments?.map((argument) => argument.getText()) ?? [],
        parameters:
          node.typeParameters?.map((parameter) => ({
            name: parameter.name.text,
            fallback: parameter.default?.getText(),
          })) ?? [],
      });
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { name, members = [] } of declarationsOf(customElementsManifest)) {
        for (const member of members.filter(({ inheritedFrom, type }) => inheritedFrom && type)) {
          member.type = { text: resolve(member.type.text, name, member.inheritedFrom.name) };
        }
      }
    },
  };
}

/** The types that are unions of texts, such as `'idle' | 'live'`, by their names. */
function unions() {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));
  const declaration = /^(?:export )?type (\w+) =\s*\|?((?:\s*\|?\s*'[^']*')+);/gm;
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(join('src', file), 'utf8').matchAll(declaration)].map(([, name, texts]) => [
        name,
        texts.match(/'[^']*'/g).join(' | '),
      ]),
    ),
  );
}

/** Editors and Storybook offer the values of a union only when the manifest spells them out. */
function spelledOutUnions() {
  const byName = unions();
  const spellOut = (text) =>
    text
      .split('|')
      .map((part) => byName.get(part.trim()) ?? part.trim())
      .join(' | ');
  return {
    name: 'spelled-out-unions',
    packageLinkPhase({ customElementsManifest }) {
      for (const { members = [], attributes = [] } of declarationsOf(customElementsManifest)) {
        for (const member of [...members, ...attributes]) {
          if (member.type && /^[\w\s|'-]+$/.test(member.type.text)) {
            member.type = { text: spellOut(member.type.text) };
          }
        }
      }
    },
  };
}

/** Editors offer the names of the catalogue. `string` stays in the type, because pages can define signals. */
function signalNames() {
  const kinds = { pattern: 'video', waveform: 'audio' };
  return {
    name: 'signal-names',
    packageLinkPhase({ customElementsManifest }) {
      for (const { members = [], attributes = [] } of declarationsOf(customElementsManifest)) {
        for (const member of [...members, ...attributes]) {
          const kind = kinds[member.name];
          if (!kind || !member.type) continue;
          const names = catalogue.filter((signal) => signal.kind === kind).map(({ name }) => `'${name}'`);
          member.type = { text: [...names, 'string'].join(' | ') };
        }
      }
    },
  };
}

/** A subclass may make a read-only member of its base class writable, as `kind` is in `<track-generator>`. */
function writableMembers() {
  const writable = new Set();
  return {
    name: 'writable-members',
    moduleLinkPhase({ moduleDoc: { declarations = [] } }) {
      for (const { name, members = [] } of declarations) {
        for (const member of members.filter(({ kind, readonly }) => kind === 'field' && !readonly)) {
          writable.add(`${name}.${member.name}`);
        }
      }
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { name, members = [] } of declarationsOf(customElementsManifest)) {
        for (const member of members) if (writable.has(`${name}.${member.name}`)) delete member.readonly;
      }
    },
  };
}

/** Module paths lead to the files in the package, not to the sources. */
function publishedPaths() {
  const rewrite = (node) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of ['path', 'module']) if (typeof node[key] === 'string') node[key] = published(node[key]);
    Object.values(node).forEach(rewrite);
  };
  return {
    name: 'published-paths',
    packageLinkPhase({ customElementsManifest }) {
      rewrite(customElementsManifest.modules);
      customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

export default {
  globs: ['src/elements/**/*.ts', 'src/define/*.ts'],
  // Style sheets are no public API.
  exclude: ['**/*.d.ts', '**/*-styles.ts'],
  litelement: true,
  plugins: [
    publicMembers(),
    namedEvents(),
    typedMixins(),
    typeArguments(),
    spelledOutUnions(),
    signalNames(),
    writableMembers(),
    publishedPaths(),
  ],
};
