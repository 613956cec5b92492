import type { PropertyName } from './constrainable-properties.js';
import type { Choice } from './constraints.js';
import type { Interval } from './interval.js';
import type { Size } from './picture-size.js';

/** The values that a property can have: the numbers of a range, one string, or any of a list. `true` means both booleans. */
export type Capability = Interval | string | true | readonly Choice[];

/** As `getCapabilities()` returns them. */
export type Capabilities = { readonly [name in PropertyName]?: Capability };

/** As `getSettings()` returns them. */
export type Settings = { [name in PropertyName]?: number | Choice };

/** A device, as constraints see it. */
export interface Candidate {
  readonly capabilities: Capabilities;
  /** The settings of a request without constraints. Without a default: the largest number, or the first of a list. */
  readonly defaults: Settings;
  /** The sizes that the device has with the resize mode `none`. Without them: the default size. */
  readonly nativeSizes?: readonly Size[];
}

export const isInterval = (capability: Capability | undefined): capability is Interval =>
  typeof capability === 'object' && 'min' in capability;

/** The strings and booleans that a capability lists; none for a property that the device does not have. */
export const choicesOf = (capability: Capability | undefined): readonly Choice[] =>
  capability === true
    ? [false, true]
    : capability === undefined || isInterval(capability)
      ? []
      : typeof capability === 'string'
        ? [capability]
        : capability;
