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
 */
export function property<T>({ type, attribute, reflect, configures }: PropertyOptions<T>) {
  return (prototype: object, name: string): void => {
    // All that Lit's decorator does to a field. The decorator itself brings a second implementation, for standard decorators.
    const declaration: ConfiguringDeclaration = {
      configures,
      ...(attribute !== undefined && { attribute }),
      reflect,
      // A default is not reflected.
      useDefault: true,
      converter: {
        fromAttribute: (text) => type.fromText?.(text) ?? (isUnset(text) ? DEFAULT : type.read(text)),
        toAttribute: (value) => type.toText(value as T),
      },
    };
    (prototype.constructor as typeof ReactiveElement).createProperty(name, declaration);
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) as Required<PropertyDescriptor>;
    const attributeName = attribute ?? name.toLowerCase();
    const defaults = new WeakMap<ReactiveElement, T>();

    function write(this: ReactiveElement, value: unknown): void {
      if (!defaults.has(this)) {
        // The field's initialiser.
        defaults.set(this, value as T);
        set.call(this, value);
      } else if (value === DEFAULT) {
        set.call(this, defaults.get(this));
      } else if (isUnset(value)) {
        const initial = defaults.get(this);
        // Also one that writes out the default: a generator looks at which attributes a source has.
        if (attributeName) this.removeAttribute(attributeName);
        if (get.call(this) !== initial) set.call(this, initial);
      } else {
        set.call(this, type.read(value));
      }
    }
    Object.defineProperty(prototype, name, { get, set: write, configurable: true, enumerable: true });
  };
}

/** The value that an absent or empty attribute stands for. */
const DEFAULT = Symbol('default');

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
