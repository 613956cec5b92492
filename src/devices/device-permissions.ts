/** The names by which `permissions.query()` asks. */
export type DevicePermission = 'camera' | 'microphone';

/** The permissions of the virtual devices, and the objects that tell a page of them. */
export class DevicePermissions {
  readonly #stateOf: (name: DevicePermission) => PermissionState;
  readonly #told: { readonly name: DevicePermission; readonly status: PermissionStatus; state: PermissionState }[] = [];

  constructor(stateOf: (name: DevicePermission) => PermissionState) {
    this.#stateOf = stateOf;
  }

  /** The answer of `permissions.query()`: an object of the browser's own class, whose state follows. */
  query(name: DevicePermission): PermissionStatus {
    const target = new EventTarget();
    const status = target as PermissionStatus;
    const { PermissionStatus: Class } = globalThis as Partial<typeof globalThis>;
    // The methods of an event target work because it is one.
    if (Class) Object.setPrototypeOf(status, Class.prototype);
    let onchange: PermissionStatus['onchange'] = null;
    const members: PropertyDescriptorMap = {
      name: { value: name },
      state: { get: () => this.#stateOf(name) },
      onchange: {
        get: () => onchange,
        set: (value) => {
          onchange = typeof value === 'function' ? value : null;
        },
      },
    };
    for (const member of Object.values(members)) Object.assign(member, { configurable: true, enumerable: true });
    Object.defineProperties(status, members);
    target.addEventListener('change', (event) => onchange?.call(status, event));
    this.#told.push({ name, status, state: status.state });
    return status;
  }

  /** Tells the pages whose answers have changed. */
  update(): void {
    for (const told of this.#told) {
      const state = this.#stateOf(told.name);
      if (state === told.state) continue;
      told.state = state;
      told.status.dispatchEvent(new Event('change'));
    }
  }

  /** Forgets the pages that have asked. */
  clear(): void {
    this.#told.length = 0;
  }
}
