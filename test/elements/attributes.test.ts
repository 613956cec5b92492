/* Every attribute and property of every element, as custom-elements.json lists them. */
import 'track-elements/define/all';
import { loadManifest, type ManifestProperty } from '../support/manifest.js';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';

type Properties = HTMLElement & Record<string, unknown> & { readonly updateComplete: Promise<boolean> };

const elements = await loadManifest();

/** The types of properties that read the text of one number as that number. */
const numberTypes: ReadonlySet<string> = new Set([
  'number',
  'number | null',
  'number | string',
  'number | readonly number[]',
]);

/** A value that is not the default, and the text that the attribute has for it. */
function sampleOf({ name, type, default: initial }: ManifestProperty): readonly [value: unknown, text: string] {
  if (type === 'boolean') return [true, ''];
  if (numberTypes.has(type)) return [3, '3'];
  if (type.startsWith('readonly number[]')) return [[2, 1], '2 1'];
  if (type.startsWith('readonly TrackKind[]')) return [['audio'], 'audio'];
  if (type.startsWith('readonly MonitorGuide[]')) return [['center'], 'center'];
  if (type.startsWith('readonly RTCIceServer[]')) return [[{ urls: 'stun:127.0.0.1' }], '[{"urls":"stun:127.0.0.1"}]'];
  if (type.startsWith('Readonly<Record')) return [{ size: 16 }, '{"size":16}'];
  if (type === 'CameraControls') return [{ torch: true }, '{"torch":true}'];
  if (/^'[^']*'( \| |$)/.test(type) && !type.includes('string')) {
    const word = [...type.matchAll(/'([^']+)'/g)].map(([, each]) => each as string).find((each) => each !== initial);
    return [word, word as string];
  }
  return [`some ${name}`, `some ${name}`];
}

/** Texts that mean a value other than a number or a word. */
const moreTexts: Record<string, readonly (readonly [value: unknown, text: string])[]> = {
  'number | readonly number[]': [
    [[440, 1000.5], '440 1000.5'],
    [[-18, Number.NEGATIVE_INFINITY], '-18 -Infinity'],
  ],
  'number | string': [['30000/1001', '30000/1001']],
};

for (const { tagName, properties } of elements) {
  /** Connected, and not started: half a configuration may be wrong. */
  function make(): Properties {
    const element = document.createElement(tagName) as Properties;
    element.setAttribute('manual', '');
    place('<div></div>').append(element);
    return element;
  }

  describe(`the properties of ${tagName}`, () => {
    it('have the defaults of the manifest', () => {
      const element = document.createElement(tagName) as Properties;
      for (const { name, default: initial } of properties) assert.deepEqual(element[name], initial, name);
    });

    it('write no attribute until they are set', async () => {
      const element = document.createElement(tagName) as Properties;
      element.manual = true;
      place('<div></div>').append(element);
      await element.updateComplete;
      assert.deepEqual(
        element.getAttributeNames().filter((name) => name !== 'manual'),
        [],
      );
    });

    for (const property of properties) {
      const { name, attribute, reflects, type, default: initial } = property;
      if (attribute !== undefined && name !== 'manual') {
        for (const [value, text] of [sampleOf(property), ...(moreTexts[type] ?? [])]) {
          it(`${name} and the attribute ${attribute}="${text}" follow each other`, async () => {
            const element = make();
            element[name] = value;
            await element.updateComplete;
            const reflected = reflects ? text : null;
            assert.equal(element.getAttribute(attribute), reflected, 'the attribute that reflects the property');
            element.setAttribute(attribute, text);

            element.removeAttribute(attribute);
            await element.updateComplete;
            assert.deepEqual(element[name], initial, 'the property without the attribute');

            element.setAttribute(attribute, text);
            assert.deepEqual(element[name], value, 'the property that follows the attribute');
            await element.updateComplete;
            assert.equal(element.getAttribute(attribute), text);
          });
        }
      }

      if (attribute !== undefined && attribute !== name) {
        it(`${name} is also the property ${attribute}, by which templates set it`, async () => {
          const element = make();
          const [value] = sampleOf(property);
          assert.isTrue(attribute in element);
          element[attribute] = value;
          assert.deepEqual([element[name], element[attribute]], [value, value]);
          await element.updateComplete;
          element[attribute] = undefined;
          assert.deepEqual(element[name], initial);
        });
      }

      if (type === 'boolean') {
        it(`${name} reads the text "false" as false, as its attribute does`, () => {
          const element = make();
          for (const text of ['true', name, 'false']) {
            element[name] = text;
            assert.equal(element[name], text !== 'false');
          }
        });
      }

      for (const unset of [undefined, null, '']) {
        it(`${name} = ${JSON.stringify(unset)} brings back the default`, async () => {
          const element = make();
          const [value] = sampleOf(property);
          element[name] = value;
          await element.updateComplete;
          element[name] = unset;
          assert.deepEqual(element[name], initial);
          await element.updateComplete;
          assert.isFalse(attribute !== undefined && element.hasAttribute(attribute), 'no attribute');
        });
      }

      if (numberTypes.has(type)) {
        it(`${name} reads the text "3" as a number`, () => {
          const element = make();
          element[name] = '3';
          assert.equal(element[name], 3);
        });

        it(`${name} keeps text that is not a number`, () => {
          const element = make();
          element[name] = 'much';
          assert.equal(element[name], 'much');
        });
      }
    }

    it('can be set before the element is upgraded', () => {
      const element = document
        .createElement('div')
        .appendChild(document.createElement(`late-${tagName}`)) as Properties;
      const [number] = properties.filter(({ type }) => type === 'number');
      if (number) element[number.name] = '3';
      const registered = customElements.get(tagName) as CustomElementConstructor;
      customElements.define(`late-${tagName}`, class extends registered {});
      element.setAttribute('manual', '');
      place('<div></div>').append(element);
      return element.updateComplete.then(() => {
        if (number) assert.equal(element[number.name], 3);
      });
    });
  });
}

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];

for (const [tag, attributes] of Object.entries({
  'pattern-source': '',
  'tone-source': '',
  'track-generator': ' kind="audio"',
})) {
  describe(`the markup of a ${tag}`, () => {
    it('does not change when the source runs, stops and starts', async () => {
      const element = place<Source>(`<${tag}${attributes}></${tag}>`);
      const before = element.outerHTML;
      await element.ready;
      await element.getStats();
      element.stop();
      await element.start();
      await element.updateComplete;
      assert.equal(element.outerHTML, before);
    });

    it('may be made by a framework that sets properties to null', async () => {
      const element = document.createElement(tag) as Source;
      if (attributes) element.setAttribute('kind', 'audio');
      Object.assign(element, { htmlFor: null, contentHint: null, sinks: undefined, paused: null, muted: '' });
      place('<div></div>').append(element);
      assert.equal((await element.ready).readyState, 'live');
    });
  });
}

describe('a property that is set to null', () => {
  for (const tag of ['pattern-source', 'tone-source', 'track-generator', 'rtc-loopback', 'whip-publisher']) {
    it(`loses an attribute that writes out the default: ${tag}`, async () => {
      const properties = elements.find(({ tagName }) => tagName === tag)?.properties ?? [];
      const numbers = properties.filter(({ type, attribute }) => type === 'number' && attribute);
      assert.isNotEmpty(numbers);
      for (const { name, attribute = '', default: initial } of numbers) {
        const element = place<Properties>(`<${tag} manual ${attribute}="${initial}"></${tag}>`);
        element[name] = null;
        assert.isFalse(element.hasAttribute(attribute), name);
        assert.equal(element[name], initial);
        await element.updateComplete;
        assert.isFalse(element.hasAttribute(attribute), name);
      }
    });
  }
});

describe('an empty attribute', () => {
  it('stays in the markup', async () => {
    const element = place<Source>('<pattern-source manual label="" width=""></pattern-source>');
    await element.updateComplete;
    assert.isTrue(element.hasAttribute('label'));
    assert.isTrue(element.hasAttribute('width'));
  });
});

describe('sinks that are not a list of elements', () => {
  for (const value of [5, 'screen', {}, [5]]) {
    it(`fire an error that names them: ${JSON.stringify(value)}`, async () => {
      const source = place<Source>('<pattern-source manual></pattern-source>');
      const errors: ErrorEvent[] = [];
      source.addEventListener('error', (event) => errors.push(event));
      Object.assign(source, { sinks: value });
      await source.updateComplete;
      assert.lengthOf(errors, 1);
      assert.match((errors[0] as ErrorEvent).message, /^sinks is .*; it must be a list of elements, or null\.$/);
    });
  }
});
