/** The names by which `permissions.query()` asks. */
export type DevicePermission = 'camera' | 'microphone';

/** A permission of virtual devices. `real` is the permission for the real devices, as far as the browser tells it. */
type PermissionReader = (name: DevicePermission, real: PermissionState | null) => PermissionState;

/** The permissions of the virtual devices, and the objects that tell a page of them. */
export class DevicePermissions {
  readonly #stateOf: PermissionReader;
  /** Tell the pages that have asked, if the state is another one. */
  #tellings: (() => void)[] = [];

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
    const stateOf = this.#stateOf;
    let onchange: PermissionStatus['onchange'] = null;
    const members = {
      name,
      get state() {
        return stateOf(name, real?.state ?? null);
      },
      get onchange() {
        return onchange;
      },
      set onchange(value) {
        onchange = typeof value === 'function' ? value : null;
      },
    };
    Object.defineProperties(status, Object.getOwnPropertyDescriptors(members));
    target.addEventListener('change', (event) => onchange?.call(status, event));
    let told = status.state;
    const tell = () => {
      if (status.state === told) return;
      told = status.state;
      status.dispatchEvent(new Event('change'));
    };
    // Also after the devices have gone.
    real?.addEventListener('change', tell);
    this.#tellings.push(tell);
    return status;
  }

  /** Tells the pages whose answers have changed. */
  readonly update = (): void => {
    for (const tell of this.#tellings) tell();
  };

  /** Forgets the pages that have asked, after a last change. */
  clear(): void {
    this.update();
    this.#tellings = [];
  }
}
