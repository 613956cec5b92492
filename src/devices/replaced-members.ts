/** Members of the page's own objects that are replaced for a while. Afterwards everything is as it was. */
export class ReplacedMembers {
  readonly #restores: (() => void)[] = [];

  /**
   * Replaces a method where it is found: on the object, or on the prototype that has it. Does nothing where the browser has
   * no such method.
   *
   * @param make Makes the new method of the one before, which is called with the object as `this`.
   */
  replaceMethod<Owner extends object, Name extends keyof Owner & string>(
    object: Owner | undefined,
    name: Name,
    make: (before: MethodOf<Owner, Name>) => MethodOf<Owner, Name>,
  ): void {
    const owner = object && ownerOf(object, name);
    const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!owner || !descriptor || typeof descriptor.value !== 'function') return;
    const before = descriptor.value as MethodOf<Owner, Name>;
    const value = make(before);
    // Programs look at both.
    Object.defineProperty(value, 'name', { value: name, configurable: true });
    Object.defineProperty(value, 'length', { value: before.length, configurable: true });
    Object.defineProperty(owner, name, { ...descriptor, value });
    this.#restores.push(() => {
      // Somebody may have replaced it since, and calls this one: it then passes everything on.
      if (Object.getOwnPropertyDescriptor(owner, name)?.value === value) Object.defineProperty(owner, name, descriptor);
    });
  }

  /** Gives an object a member that it lacks. */
  addMember(object: object, name: PropertyKey, value: unknown): void {
    Object.defineProperty(object, name, { configurable: true, value });
    this.#restores.push(() => {
      Reflect.deleteProperty(object, name);
    });
  }

  /** Puts everything back, the last first. */
  restore(): void {
    for (const restore of this.#restores.splice(0).reverse()) restore();
  }
}

type MethodOf<Owner, Name extends keyof Owner> = Extract<Owner[Name], (...args: never[]) => unknown>;

/** The object of a prototype chain that has a member of its own. */
function ownerOf(object: object, name: string): object | null {
  for (let owner: object | null = object; owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, name)) return owner;
  }
  return null;
}
