/** What `custom-elements.json` says: the elements as their users meet them, at the paths that are published. */
import { tsImport } from 'tsx/esm/api';

const { catalogue } = await tsImport('./src/signals/catalogue/catalogue.ts', import.meta.url);

const published = (path) => path?.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');

// Typed anew by elements with events of their own; every element has them.
const platform = ['addEventListener', 'removeEventListener'];

const hidden = ({ name, privacy, static: isStatic }) =>
  isStatic || privacy === 'private' || privacy === 'protected' || /^[#_]/.test(name) || platform.includes(name);

/** The analyzer lists `#private` and protected members too, and what a class overrides of Lit's. */
function publicMembers() {
  return {
    name: 'public-members',
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const declaration of declarations.filter(({ members }) => members)) {
          const names = new Set(declaration.members.filter(hidden).map(({ name }) => name));
          declaration.members = declaration.members.filter(({ name }) => !names.has(name));
          declaration.attributes = declaration.attributes?.filter(({ fieldName }) => !names.has(fieldName));
        }
      }
    },
  };
}

/** Module paths lead to what the package holds, not to its sources. */
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

/** Editors offer the names of the catalogue; names of a page's own are fine too. */
function signalNames() {
  const kinds = { pattern: 'video', waveform: 'audio' };
  return {
    name: 'signal-names',
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const { members = [], attributes = [] } of declarations) {
          for (const member of [...members, ...attributes]) {
            const kind = kinds[member.name];
            if (!kind || !member.type) continue;
            const names = catalogue.filter((signal) => signal.kind === kind).map(({ name }) => `'${name}'`);
            member.type = { text: [...names, 'string'].join(' | ') };
          }
        }
      }
    },
  };
}

export default {
  globs: ['src/elements/**/*.ts', 'src/define/*.ts'],
  exclude: ['**/*.d.ts'],
  litelement: true,
  plugins: [publicMembers(), publishedPaths(), signalNames()],
};
