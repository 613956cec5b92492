import type { PropertyDeclaration, ReactiveElement } from '@lit/reactive-element';
import { isUnset, sendable, type ValueType } from './converters.js';

/** How a property is read, and which attribute it has. */
export interface PropertyOptions<T> {
  /** Reads what the property is set to, and the text of its attribute. */
  readonly type: ValueType<T>;
  /** The attribute's name, if it is not the property's in lower case; `false` for a property without attribute. */
  readonly attribute?: string | false;
  /** Whether the attribute follows the property. */
  readonly reflect?: boolean;
  /** Whether it configures what runs: the signal, the composition or the connection, which follows a change. */
  readonly configures?: boolean;
}

/**
 * Lit's `@property` for values that frameworks may set as text:
 *
 * ```ts
 * @property({ type: number, reflect: true }) width = 1280;
 * ```
 *
 * Values are read when they are set, whether by the attribute or by the property: after `element.width = '640'` the
 * property is 640. `undefined`, `null` and `''` remove the attribute and bring back the default, which is the value of
 * the field's initialiser. A value that cannot be read stays as it is, so that the element's error can name it.
 *
 * The name of the attribute is a property too, `element['frame-rate']`: for templates that set properties by the names that
 * they are given, and so that a list or an object, which an attribute cannot hold, arrives.
 */
export function property<T>({ type, attribute, reflect, configures }: PropertyOptions<T>) {
  return (prototype: object, name: string): void => {
    const attributeName = attribute ?? name.toLowerCase();
    // All that Lit's decorator does to a field. The decorator itself brings a second implementation, for standard decorators.
    const declaration: ConfiguringDeclaration = {
      configures,
      attribute: attributeName,
      reflect,
      // A default is not reflected.
      useDefault: true,
      converter: {
        fromAttribute: (text) => type.fromText?.(text) ?? (isUnset(text) ? DEFAULT : type.read(text)),
        toAttribute: (value) => type.toText(value as T),
      },
    };
    const elementClass = prototype.constructor as typeof ReactiveElement;
    elementClass.createProperty(name, declaration);
    const accessor = Object.getOwnPropertyDescriptor(prototype, name) as Required<PropertyDescriptor>;
    const { get, set } = accessor;
    const defaults = new WeakMap<ReactiveElement, T>();

    function write(this: ReactiveElement, value: unknown): void {
      let read = value;
      if (!defaults.has(this)) {
        // The field's initialiser.
        defaults.set(this, value as T);
      } else if (value === DEFAULT) {
        read = defaults.get(this);
      } else if (isUnset(value)) {
        read = defaults.get(this);
        // This includes an attribute with the default value, because a generator looks at which attributes a source has.
        if (attributeName) this.removeAttribute(attributeName);
        if (get.call(this) === read) return;
      } else {
        read = type.read(value);
      }
      set.call(this, read);
    }
    const descriptor = { ...accessor, set: write };
    Object.defineProperty(prototype, name, descriptor);
    if (!attribute || attribute === name) return;
    // Lit takes over a value of this name that was set before the tag was registered: it would hide the accessor.
    elementClass.createProperty(attribute, { attribute: false });
    Object.defineProperty(prototype, attribute, descriptor);
  };
}

/** The value that an absent or empty attribute stands for. */
const DEFAULT = Symbol();

/** Lit keeps the declaration as it was given. */
interface ConfiguringDeclaration extends PropertyDeclaration {
  readonly configures?: boolean;
}

/** The names of an element's properties that are declared with `configures`. */
const configuringProperties = (element: ReactiveElement): PropertyKey[] =>
  [...(element.constructor as typeof ReactiveElement).elementProperties].flatMap(
    ([name, { configures }]: [PropertyKey, ConfiguringDeclaration]) => (configures ? name : []),
  );

/** Whether one of the changed properties is declared with `configures`. */
export const hasConfigurationChanged = (
  element: ReactiveElement,
  changed: ReadonlyMap<PropertyKey, unknown>,
): boolean => hasAnyChanged(changed, configuringProperties(element));

/** The properties that are declared with `configures`, as they are sent to the engine. */
export const sendableConfiguration = <Description>(element: ReactiveElement): Description =>
  Object.fromEntries(
    configuringProperties(element).map((name) => [name, sendable(element[name as keyof ReactiveElement])]),
  ) as Description;

/** Whether one of an element's properties is among the changed ones. */
export const hasAnyChanged = (changed: ReadonlyMap<PropertyKey, unknown>, names: readonly PropertyKey[]): boolean =>
  names.some((name) => changed.has(name));
