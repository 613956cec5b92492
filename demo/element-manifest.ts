/** The attributes of the library's elements, as `custom-elements.json` describes them. */

/** An attribute of an element: its type is TypeScript's, such as `number` or `'video' | 'audio' | null`. */
export interface AttributeRecord {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** The default as source text, such as `1280` or `'sine'`. */
  readonly default: string;
}

/** As much of `custom-elements.json` as this needs. */
export interface ElementManifest {
  readonly modules: readonly { readonly declarations?: readonly object[] }[];
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly {
    readonly name: string;
    readonly description?: string;
    readonly type?: { readonly text: string };
    readonly default?: string;
  }[];
}

export function attributesOf(manifest: ElementManifest, tagName: string): AttributeRecord[] {
  const declarations: Declaration[] = manifest.modules.flatMap((module) => module.declarations ?? []);
  const declaration = declarations.find((each) => each.tagName === tagName);
  if (!declaration) throw new Error(`custom-elements.json has no <${tagName}>.`);
  return (declaration.attributes ?? []).map(({ name, description = '', type, default: value = "''" }) => ({
    name,
    description,
    type: type?.text ?? 'string',
    default: value,
  }));
}
