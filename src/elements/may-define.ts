import { VERSION } from '../generator/version.js';

/** The key under which a registered class has the version of its library. */
const KEY = Symbol.for('track-elements/version');

let isTold = false;

/**
 * Whether a tag is free for a class of this library, which gets its version. A page may have several copies of the library: of
 * the same version, the second one adds nothing. Another version, or an element of another library, is used instead of this
 * one, and the console says so once.
 *
 * ```ts
 * if (mayDefine('tone-source', ToneSourceElement)) customElements.define('tone-source', ToneSourceElement);
 * ```
 */
export function mayDefine(tag: string, elementClass: CustomElementConstructor): boolean {
  const other = customElements.get(tag) as (CustomElementConstructor & { readonly [KEY]?: string }) | undefined;
  if (!other) {
    Object.defineProperty(elementClass, KEY, { value: VERSION, configurable: true });
    return true;
  }
  if (other[KEY] !== VERSION && !isTold) {
    isTold = true;
    const owner = other[KEY] ? `version ${other[KEY]}` : 'another class';
    console.warn(
      `track-elements: <${tag}> is registered already, by ${owner}. Version ${VERSION} is not used: load one.`,
    );
  }
  return false;
}
