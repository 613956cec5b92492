/* Two copies of the library on one page: of the same version, and of another one. */
import { mayDefine } from '../../dist/elements/may-define.js';
import { VERSION } from '../../dist/generator/version.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';

const KEY = Symbol.for('track-elements/version');

/** Collects warnings in place of printing them, until the end of the test. */
function collectWarnings(): readonly string[] {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => warnings.push(text);
  onCleanup(() => {
    console.warn = warn;
  });
  return warnings;
}

function define(tag: string, elementClass: CustomElementConstructor): void {
  if (mayDefine(tag, elementClass)) customElements.define(tag, elementClass);
}

const newClass = (): CustomElementConstructor => class extends HTMLElement {};

describe('A tag that is registered twice', () => {
  it('by copies of the same version stays with the first one, silently', () => {
    const warnings = collectWarnings();
    const [first, second] = [newClass(), newClass()];
    define('test-same-version', first);
    define('test-same-version', second);
    assert.equal(customElements.get('test-same-version'), first);
    assert.deepEqual(warnings, []);
  });

  it('by another version or another library is reported once, with the versions', () => {
    const warnings = collectWarnings();
    const old = Object.assign(newClass(), { [KEY]: '0.0.1' });
    customElements.define('test-old-version', old);
    customElements.define('test-other-library', newClass());
    define('test-old-version', newClass());
    define('test-other-library', newClass());
    assert.equal(customElements.get('test-old-version'), old);
    assert.lengthOf(warnings, 1);
    assert.match(warnings[0] as string, /<test-old-version> is registered already, by version 0\.0\.1\. Version/);
    assert.include(warnings[0], `Version ${VERSION} is not used`);
  });
});
