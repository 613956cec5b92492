/** The elements as `custom-elements.json` describes them. */

/** A property that a page can set. */
export interface ManifestProperty {
  readonly name: string;
  /** Its attribute; `undefined` for a property without one. */
  readonly attribute: string | undefined;
  /** Whether the attribute follows the property. */
  readonly reflects: boolean;
  readonly type: string;
  readonly default: unknown;
}

export interface ManifestElement {
  readonly tagName: string;
  readonly className: string;
  readonly properties: readonly ManifestProperty[];
}

interface Member {
  readonly kind: string;
  readonly name: string;
  readonly attribute?: string;
  readonly reflects?: boolean;
  readonly readonly?: boolean;
  readonly type?: { readonly text: string };
  readonly default?: string;
}

interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly members?: readonly Member[];
}

/** Loads the manifest, in a browser. */
export async function loadManifest(): Promise<readonly ManifestElement[]> {
  const { modules } = (await (await fetch('/custom-elements.json')).json()) as {
    readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
  };
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .flatMap(({ name, tagName, members = [] }) =>
      tagName ? [{ tagName, className: name, properties: members.flatMap(propertyOf) }] : [],
    );
}

function propertyOf({
  kind,
  name,
  attribute,
  reflects = false,
  readonly,
  type,
  default: initial,
}: Member): ManifestProperty[] {
  if (kind !== 'field' || readonly || !type || initial === undefined) return [];
  return [{ name, attribute, reflects, type: type.text, default: JSON.parse(initial.replaceAll("'", '"')) }];
}
