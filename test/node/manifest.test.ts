/* `custom-elements.json` describes everything that users of the elements meet: editors, Storybook and docs/ show it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../dist/signals/index.js';
import { root } from '../../scripts/process.js';
import { assert, describe, it } from '../support/suite.js';

interface Entry {
  name?: string;
  description?: string;
  type?: { text: string };
  default?: string;
}

interface Member extends Entry {
  kind: 'field' | 'method';
  attribute?: string;
}

interface Declaration {
  kind: string;
  name: string;
  tagName?: string;
  summary?: string;
  description?: string;
  members?: Member[];
  attributes?: Entry[];
  events?: Entry[];
  slots?: Entry[];
  cssParts?: Entry[];
  cssProperties?: Entry[];
  cssStates?: Entry[];
}

const { modules } = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8')) as {
  modules: { declarations?: Declaration[] }[];
};
const classes = modules.flatMap(({ declarations = [] }) => declarations).filter(({ kind }) => kind === 'class');
const elements = classes.filter(({ tagName }) => tagName);

const described = ['members', 'attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const;

/** Members of HTML elements. The analyzer takes an assignment to them, in a constructor, for a member of the class. */
const ofHtmlElements =
  /^(name|textContent|innerHTML|hidden|className|id|title|style|disabled|type|href|download|srcObject|value|on[a-z]+)$/;

const literalUnion = /^'[^']+'( \| '[^']+')+$/;

for (const element of classes) {
  const { name, tagName, members = [], attributes = [], events = [], cssStates = [] } = element;

  describe(`custom-elements.json: ${tagName ? `<${tagName}>` : name}`, () => {
    it('has a description for everything', () => {
      const lacking = described.flatMap((kind) =>
        (element[kind] ?? [])
          .filter(({ description }) => !description?.trim())
          .map((entry) => `${kind}: ${entry.name}`),
      );
      assert.deepEqual(lacking, []);
    });

    it('has a name and a type for every event', () => {
      assert.deepEqual(
        events.filter((event) => !event.name || !event.type?.text),
        [],
      );
    });

    it('has a type for every property', () => {
      const lacking = members.filter(({ kind, type }) => kind === 'field' && !type?.text).map((member) => member.name);
      assert.deepEqual(lacking, []);
    });

    it('has no member of another object', () => {
      const strangers = members.filter(
        ({ name = '', attribute, description }) => ofHtmlElements.test(name) && !attribute && !description,
      );
      assert.deepEqual(strangers, []);
    });

    it('has a type, a default and a name in kebab-case for every attribute', () => {
      const lacking = attributes.filter(
        (attribute) =>
          !attribute.type?.text || attribute.default === undefined || !/^[a-z]+(-[a-z]+)*$/.test(attribute.name ?? ''),
      );
      assert.deepEqual(lacking, []);
    });

    if (tagName) {
      it('has a summary', () => assert.match(element.summary ?? '', /\w+ \w+/));

      // A fault is a part of its source, which has the state.
      if (tagName === 'signal-fault') return;

      it('has a `state` that spells out its values, each of which is a custom state', () => {
        const type = members.find((member) => member.name === 'state')?.type?.text ?? '';
        assert.match(type, literalUnion);
        const values = type.split(' | ').map((value) => value.slice(1, -1));
        assert.includeMembers(
          cssStates.map((state) => state.name),
          values,
        );
      });
    }
  });
}

describe('custom-elements.json: the names of the catalogue', () => {
  for (const [attribute, kind] of Object.entries({ pattern: 'video', waveform: 'audio' })) {
    it(`are the values of \`${attribute}\`, besides those that a page defines`, () => {
      const type = elements.flatMap(({ attributes = [] }) => attributes).find(({ name }) => name === attribute)?.type;
      const names = catalogue.filter((signal) => signal.kind === kind).map(({ name }) => `'${name}'`);
      assert.equal(type?.text, [...names, 'string'].join(' | '));
    });
  }
});
