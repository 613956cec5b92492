/* The controls of a camera, which pages find among its capabilities: Image Capture, section "Constrainable Properties". */
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, checkObject, valueError } from '../signals/checks.js';
import type { Capabilities, Capability, Settings } from './capabilities.js';
import { type ControlName, controlNames, typeOfProperty } from './constrainable-properties.js';
import { clamp } from './interval.js';

/** The numbers that a control can have. */
export interface ControlRange {
  readonly min: number;
  readonly max: number;
  /** Their step, as pages see it. */
  readonly step?: number;
}

type ControlsOf<Names extends string, Value> = { readonly [name in Names]?: Value };

/** The controls of a camera: `{ torch: true, zoom: { min: 1, max: 5, step: 0.1 }, focusMode: ['continuous', 'manual'] }`. */
export interface CameraControls
  extends ControlsOf<'torch' | 'backgroundBlur', true | readonly boolean[]>,
    ControlsOf<'focusMode' | 'exposureMode' | 'whiteBalanceMode', readonly string[]>,
    ControlsOf<Exclude<ControlName, BooleanControl | ModeControl>, ControlRange> {}

type BooleanControl = 'torch' | 'backgroundBlur';
type ModeControl = 'focusMode' | 'exposureMode' | 'whiteBalanceMode';

/**
 * Checks and copies controls.
 *
 * @throws {RangeError | TypeError} for a control that cameras do not have, or for values that it cannot have.
 */
export function readControls(given: CameraControls): CameraControls {
  checkObject('controls', given, 'an object of controls such as { torch: true, zoom: { min: 1, max: 5 } }');
  const present = Object.entries(given).filter(([, values]) => values !== undefined && values !== null);
  return Object.fromEntries(present.map(([name, values]) => [name, readControl(name as ControlName, values)]));
}

function readControl(name: ControlName, values: unknown): Capability {
  checkOneOf('A name in controls', controlNames, name);
  const path = `controls.${name}`;
  const type = typeOfProperty(name);
  if (type === 'boolean' || type === 'DOMString') {
    const item = type === 'boolean' ? 'boolean' : 'string';
    const isList = Array.isArray(values) && values.length > 0 && values.every((value) => typeof value === item);
    const accepted =
      type === 'boolean' ? 'true, or a list of booleans' : 'a list of modes such as ["continuous", "manual"]';
    if (!isList && !(type === 'boolean' && values === true)) throw valueError(path, values, accepted, TypeError);
    return isList ? [...values] : true;
  }
  checkObject(path, values, 'a range such as { min: 1, max: 5, step: 0.1 }');
  const { min, max, step } = values as Partial<ControlRange>;
  checkNumber(`${path}.min`, min);
  checkNumber(`${path}.max`, max, { min });
  if (step === undefined) return { min, max };
  checkNumber(`${path}.step`, step, { above: 0 });
  return { min, max, step } as ControlRange;
}

/** The values until a page asks for others: no torch, no zoom, nothing turned or corrected. */
export function initialControls(controls: Capabilities): Settings {
  const initial = ([name, values]: [string, Capability]): [string, Settings[ControlName]] => {
    if (values === true) return [name, false];
    if (Array.isArray(values)) return [name, values.includes(false) ? false : values[0]];
    return [name, clamp(values as ControlRange, name === 'zoom' ? 1 : 0)];
  };
  return Object.fromEntries(Object.entries(controls).map(initial));
}
