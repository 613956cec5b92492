/** The names by which `permissions.query()` asks. */
export type DevicePermission = 'camera' | 'microphone';

/** A permission of virtual devices. `real` is that of the real ones, as far as the browser tells it. */
type PermissionReader = (name: DevicePermission, real: PermissionState | null) => PermissionState;

/** An answer that a page has. */
interface Answered {
  readonly name: DevicePermission;
  readonly status: PermissionStatus;
  readonly real: PermissionStatus | null;
  /** The state of which the page was told last. */
  state: PermissionState;
}

/** The permissions of the virtual devices, and the objects that tell a page of them. */
export class DevicePermissions {
  readonly #stateOf: PermissionReader;
  readonly #answered: Answered[] = [];

  constructor(stateOf: PermissionReader) {
    this.#stateOf = stateOf;
  }

  /**
   * The answer of `permissions.query()`: an object of the browser's own class, whose state follows.
   *
   * @param real The browser's own answer, if it knows the permission.
   */
  query(name: DevicePermission, real: PermissionStatus | null): PermissionStatus {
    const target = new EventTarget();
    const status = target as PermissionStatus;
    const { PermissionStatus: Class } = globalThis as Partial<typeof globalThis>;
    // The methods of an event target work because it is one.
    if (Class) Object.setPrototypeOf(status, Class.prototype);
    let onchange: PermissionStatus['onchange'] = null;
    const members: PropertyDescriptorMap = {
      name: { value: name },
      state: { get: () => this.#stateOf(name, real?.state ?? null) },
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
    real?.addEventListener('change', this.#update);
    this.#answered.push({ name, status, real, state: status.state });
    return status;
  }

  /** Tells the pages whose answers have changed. */
  update(): void {
    for (const answered of this.#answered) {
      const { state } = answered.status;
      if (state === answered.state) continue;
      answered.state = state;
      answered.status.dispatchEvent(new Event('change'));
    }
  }

  /** Forgets the pages that have asked. */
  clear(): void {
    for (const { real } of this.#answered.splice(0)) real?.removeEventListener('change', this.#update);
  }

  readonly #update = (): void => this.update();
}
