/**
 * Members of the page's own objects and classes that are replaced for a while. Afterwards everything is as before, also if
 * others replace the same members, such as a second copy of the library, and in whatever order they restore them.
 */
export class ReplacedMembers {
  readonly #restores: (() => void)[] = [];

  /**
   * Replaces a method where it is found: on the object, or on the prototype that has it. Does nothing where the browser has no
   * such method. If the method is called on anything but the object, or an object of its class, the browser's own method is
   * called, which throws or rejects.
   *
   * @param make Makes the new method from the previous one, which is called with the object as `this`.
   */
  replaceMethod<Owner extends object, Name extends keyof Owner & string>(
    object: Owner | undefined,
    name: Name,
    make: (before: MethodOf<Owner, Name>) => (this: Owner, ...args: ArgumentsOf<Owner, Name>) => unknown,
  ): void {
    const owner = object && ownerOf(object, name);
    const before = owner && Object.getOwnPropertyDescriptor(owner, name)?.value;
    if (!owner || typeof before !== 'function') return;
    const replacement = make(before) as (...args: unknown[]) => unknown;
    // As a method, so that it is no constructor.
    const { [name]: value } = {
      [name](this: unknown, ...args: unknown[]): unknown {
        return (isInstance(this, owner) ? replacement : before).apply(this, args);
      },
    };
    // Programs look at both.
    Object.defineProperty(value, 'length', { value: before.length, configurable: true });
    this.#define(owner, name, { value });
  }

  /** Replaces an attribute of a class, as `replaceMethod()` does. */
  replaceGetter<Owner extends object, Name extends keyof Owner & string>(
    object: Owner | undefined,
    name: Name,
    make: (before: () => Owner[Name]) => (this: Owner) => Owner[Name],
  ): void {
    const owner = object && ownerOf(object, name);
    const before = owner && Object.getOwnPropertyDescriptor(owner, name)?.get;
    if (!owner || !before) return;
    const replacement = make(before);
    const getter = {
      get [name](): unknown {
        return (isInstance(this, owner) ? replacement : before).call(this as never);
      },
    };
    const { get } = Object.getOwnPropertyDescriptor(getter, name) ?? {};
    this.#define(owner, name, { get });
  }

  /**
   * Adds a member that an object lacks, or keeps the one that others have added in this way. It stays until the last of them
   * restores the object. Returns the member.
   */
  shareMember<Member extends object>(object: object, name: PropertyKey, value: Member): Member {
    const before: Shared<Member> | undefined = Object.getOwnPropertyDescriptor(object, name)?.value;
    // A member that others have added in another way belongs to them.
    if (before && !isShared(before)) return before;
    const member: Shared<Member> = before ?? value;
    if (!before) Object.defineProperty(object, name, { configurable: true, value });
    member[USERS] = (member[USERS] ?? 0) + 1;
    this.#restores.push(() => {
      member[USERS] = (member[USERS] ?? 1) - 1;
      if (member[USERS] === 0) Reflect.deleteProperty(object, name);
    });
    return member;
  }

  /** Puts everything back, the last first. */
  restore(): void {
    for (const restore of this.#restores.splice(0).reverse()) restore();
  }

  #define(owner: object, name: string, part: { readonly value?: unknown } | { readonly get?: () => unknown }): void {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (!descriptor) return;
    Object.defineProperty(owner, name, { ...descriptor, ...part });
    const replacement = functionOf(Object.getOwnPropertyDescriptor(owner, name));
    this.#restores.push(() => {
      if (functionOf(Object.getOwnPropertyDescriptor(owner, name)) === replacement) {
        Object.defineProperty(owner, name, inUse(descriptor));
      } else if (replacement) {
        // Other code has replaced it since, and calls this method, which then passes all calls on.
        Object.defineProperty(replacement, RELEASED, { value: descriptor });
      }
    });
  }
}

/** The key under which a shared member has the number of its users: the same for every copy of the library. */
const USERS: unique symbol = Symbol.for('track-elements/users');

type Shared<Member> = Member & { [USERS]?: number };

/** Whether an object is a member that {@link ReplacedMembers} gave to another object. */
export const isShared = (value: object): boolean => USERS in value;

type PossiblyReleased = object & { readonly [RELEASED]?: PropertyDescriptor };

/** The key under which a function that is no longer needed has the property that it replaced. */
const RELEASED: unique symbol = Symbol.for('track-elements/released');

/** The function of a method or of an attribute. */
const functionOf = (property: PropertyDescriptor | undefined): PossiblyReleased | undefined =>
  property?.value ?? property?.get;

/** The property itself, or the previous one if its function is no longer needed. */
function inUse(descriptor: PropertyDescriptor): PropertyDescriptor {
  const before = functionOf(descriptor)?.[RELEASED];
  return before ? inUse(before) : descriptor;
}

type MethodOf<Owner, Name extends keyof Owner> = Extract<Owner[Name], (...args: never[]) => unknown>;

type ArgumentsOf<Owner, Name extends keyof Owner> = Parameters<MethodOf<Owner, Name>>;

/** Whether a value is the object that has a member, or inherits it. A prototype is no object of its class. */
const isInstance = (value: unknown, owner: object): boolean =>
  value === owner ? !Object.hasOwn(owner, 'constructor') : Object.prototype.isPrototypeOf.call(owner, Object(value));

/** The object of a prototype chain that has a member of its own. */
function ownerOf(object: object, name: string): object | null {
  for (let owner: object | null = object; owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, name)) return owner;
  }
  return null;
}
