import type { ArgTypes } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };

/** The args and controls of an element: its attributes, as `custom-elements.json` has them. */
export interface Controls {
  readonly args: Record<string, string | number | boolean>;
  readonly argTypes: ArgTypes;
}

interface Attribute {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

/** One more word than the manifest can say: what an attribute accepts. */
type Options = Readonly<Record<string, readonly string[]>>;

export function controlsOf(tagName: string, options: Options = {}): Controls {
  const declarations = manifest.modules.flatMap((module) => module.declarations as { tagName?: string }[]);
  const element = declarations.find((declaration) => declaration.tagName === tagName);
  const { attributes = [] } = element as { attributes?: readonly Attribute[] };
  const args: Controls['args'] = {};
  const argTypes: ArgTypes = {};
  for (const attribute of attributes) {
    const value = defaultOf(attribute);
    args[attribute.name] = value;
    const choices = options[attribute.name];
    argTypes[attribute.name] = {
      description: attribute.description,
      control: choices ? 'select' : control[typeof value as 'string'],
      ...(choices && { options: choices }),
      table: {
        category: 'attributes',
        type: { summary: attribute.type?.text ?? 'string' },
        defaultValue: { summary: String(value) },
      },
    };
  }
  return { args, argTypes };
}

const control = { string: 'text', number: 'number', boolean: 'boolean' } as const;

function defaultOf({ default: source = "''", type }: Attribute): string | number | boolean {
  if (type?.text === 'boolean') return source === 'true';
  const text = source === 'null' || source === '[]' ? '' : source.replace(/^'|'$/g, '');
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
