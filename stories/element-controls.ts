import type { ArgTypes } from '@storybook/web-components-vite';
import type { DirectiveResult } from 'lit/directive.js';
import manifest from '../custom-elements.json' with { type: 'json' };
import { type AttributeRecord, attributesOf } from '../demo/element-manifest.js';
import { attributes } from './attributes.js';

/** The args of a story: values of attributes. */
export type Args = Readonly<Record<string, unknown>>;

/** The part of a story's meta that follows from the attributes of an element, as `custom-elements.json` has them. */
export interface ElementControls {
  readonly component: string;
  readonly args: Record<string, string | number | boolean>;
  readonly argTypes: ArgTypes;
}

/** @param options Values to choose from, by attribute. The manifest does not have the types of the catalogue and of WebRTC. */
export function controlsOf(
  tagName: string,
  options: Readonly<Record<string, readonly string[]>> = {},
): ElementControls {
  const args: ElementControls['args'] = {};
  const argTypes: ArgTypes = {};
  for (const attribute of attributesOf(manifest, tagName)) {
    const value = defaultOf(attribute);
    const choices = options[attribute.name];
    args[attribute.name] = value;
    argTypes[attribute.name] = {
      description: attribute.description,
      control: choices ? 'select' : controlTypes[typeof value as keyof typeof controlTypes],
      ...(choices && { options: choices }),
      table: {
        category: 'attributes',
        type: { summary: attribute.type },
        defaultValue: { summary: String(value) },
      },
    };
  }
  return { component: tagName, args, argTypes };
}

/** Sets the attributes of a story's args on an element, without defaults. */
export const argsOf = ({ args }: ElementControls, given: Args): DirectiveResult => attributes(given, args);

const controlTypes = { string: 'text', number: 'number', boolean: 'boolean' } as const;

function defaultOf({ default: source, type }: AttributeRecord): string | number | boolean {
  if (type === 'boolean') return source === 'true';
  const isEmpty = ['null', '[]', '{}'].includes(source);
  const text = isEmpty ? '' : source.replace(/^'|'$/g, '');
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
