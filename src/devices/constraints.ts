/*
 * Constraints as a page gives them to `getUserMedia()`, `getDisplayMedia()` and `applyConstraints()`, read as a browser
 * reads them: by the conversions of WebIDL.
 */
import { valueError } from '../signals/checks.js';
import {
  controlNames,
  type DeviceKind,
  isPropertyOf,
  type PropertyName,
  propertyNames,
  typeOfProperty,
  type ValueType,
} from './constrainable-properties.js';

/** A number, or limits of it. */
export interface NumberLimits {
  exact?: number;
  ideal?: number;
  min?: number;
  max?: number;
}

export type Choice = string | boolean;

/** A string, a boolean, or several strings that are equally good. */
export interface Choices {
  exact?: Choice | string[];
  ideal?: Choice | string[];
}

/** The constraint of one property. A bare value is `ideal`, and `exact` in a set of `advanced`. */
export type Constraint = number | Choice | string[] | NumberLimits | Choices;

export type ConstraintSet = { [name in PropertyName]?: Constraint };

/** Plain data with the known properties only. */
export interface Constraints extends ConstraintSet {
  advanced?: ConstraintSet[];
}

/**
 * The constraints that a page gave, in a copy: `getConstraints()` returns it. `undefined`, `null` and `true` are no constraints.
 * Properties that are unknown are left out.
 *
 * @throws {TypeError} where WebIDL does: for anything that is no dictionary, and for a number that is not finite or a
 * symbol.
 */
export function readConstraints(given: unknown): Constraints {
  const dictionary = given === true ? {} : readDictionary('constraints', given);
  const constraints: Constraints = readSet(dictionary);
  const advanced = dictionary.advanced;
  if (advanced === undefined) return constraints;
  if (!isIterable(advanced)) throw valueError('advanced', advanced, 'a list of constraint sets', TypeError);
  const sets = [...advanced].map((set, index) => readSet(readDictionary(`advanced[${index}]`, set)));
  return { ...constraints, advanced: sets };
}

/** The constraints that have an effect on a device of this kind: the constraints of its properties. */
export function constraintsOf(kind: DeviceKind, { advanced, ...basic }: Constraints): Constraints {
  const ofKind = (set: ConstraintSet): ConstraintSet =>
    Object.fromEntries(Object.entries(set).filter(([name]) => isPropertyOf(name as PropertyName, kind)));
  return { ...ofKind(basic), ...(advanced && { advanced: advanced.map(ofKind) }) };
}

/** Whether constraints are of the controls of a camera alone, such as its torch. */
export function areControls({ advanced = [], ...basic }: Constraints): boolean {
  const names = [basic, ...advanced].flatMap((set) => Object.keys(set));
  return names.length > 0 && names.every((name) => (controlNames as readonly string[]).includes(name));
}

/** The members of a constraint: a bare value stands under the name that it is short for, and empty lists are left out. */
export interface ConstraintMembers {
  exact?: number | Choice | string[];
  ideal?: number | Choice | string[];
  min?: number;
  max?: number;
}

/** Reads a constraint as its members. */
export function membersOf(constraint: Constraint | undefined, bareValueIs: 'ideal' | 'exact'): ConstraintMembers {
  if (constraint === undefined) return {};
  const isBare = typeof constraint !== 'object' || Array.isArray(constraint);
  const members: ConstraintMembers = isBare ? { [bareValueIs]: constraint } : { ...constraint };
  for (const name of ['exact', 'ideal'] as const) {
    const value = members[name];
    if (Array.isArray(value) && value.length === 0) delete members[name];
  }
  return members;
}

/** The number of a member; `undefined` for `true` and `false`, by which a page asks for a control without a value. */
export const numberOf = (value: ConstraintMembers['ideal']): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Whether a device must satisfy the constraint. */
export const isRequired = ({ exact, min, max }: ConstraintMembers): boolean =>
  exact !== undefined || min !== undefined || max !== undefined;

/** The strings or booleans that are equally good. */
export const choicesIn = (value: number | Choice | string[]): Choice[] =>
  Array.isArray(value) ? value : [value as Choice];

/**
 * Checks what `getDisplayMedia()` does not accept: a page must not choose among screens by constraints.
 *
 * @throws {TypeError} for `min`, `exact` and `advanced`.
 */
export function checkScreenRequest(constraints: Constraints): void {
  const accepted = 'without "advanced", "min" and "exact" for getDisplayMedia()';
  if (constraints.advanced) throw valueError('advanced', constraints.advanced, accepted, TypeError);
  for (const [name, constraint] of Object.entries(constraints)) {
    const hasForbiddenLimit = typeof constraint === 'object' && ('min' in constraint || 'exact' in constraint);
    if (hasForbiddenLimit) throw new TypeError(`${name} is ${JSON.stringify(constraint)}; it must be ${accepted}.`);
  }
}

type Dictionary = Record<string, unknown>;

function readDictionary(name: string, given: unknown): Dictionary {
  if (given === undefined || given === null) return {};
  if (isObject(given)) return given;
  throw valueError(name, given, 'an object of constraints such as { width: 1280 }', TypeError);
}

/** All known properties, also those that the kind of device does not have. */
function readSet(dictionary: Dictionary): ConstraintSet {
  const set: ConstraintSet = {};
  // In the order in which WebIDL reads a dictionary, which a page can see by getters.
  for (const name of [...propertyNames].sort()) {
    const given = dictionary[name];
    if (given !== undefined) set[name] = readConstraint(name, given);
  }
  return set;
}

function readConstraint(name: PropertyName, given: unknown): Constraint {
  const type = typeOfProperty(name);
  const hasLists = type === 'DOMString';
  if (type === 'boolean or double' && typeof given === 'boolean') return given;
  if (given !== null && !isObject(given)) return convert(type, name, given);
  if (hasLists && isIterable(given)) return readList(name, given);
  const isNumber = type === 'unsigned long' || type.endsWith('double');
  const limits: Record<string, unknown> = {};
  for (const member of isNumber ? ['max', 'min', 'exact', 'ideal'] : ['exact', 'ideal']) {
    const value = given?.[member];
    if (value === undefined) continue;
    const path = `${name}.${member}`;
    limits[member] = hasLists && isIterable(value) ? readList(path, value) : convert(type, path, value);
  }
  return limits;
}

const readList = (name: string, list: Iterable<unknown>): string[] =>
  [...list].map((value, index) => toText(`${name}[${index}]`, value));

function convert(type: ValueType, name: string, value: unknown): number | Choice {
  switch (type) {
    case 'unsigned long':
      return toUnsignedLong(toNumber(name, value));
    case 'double':
    case 'boolean or double': {
      const number = toNumber(name, value);
      if (!Number.isFinite(number)) throw valueError(name, value, 'a finite number', TypeError);
      return number;
    }
    case 'boolean':
      return Boolean(value);
    case 'boolean or DOMString':
      return typeof value === 'boolean' ? value : toText(name, value);
    case 'DOMString':
      return toText(name, value);
  }
}

function toNumber(name: string, value: unknown): number {
  if (typeof value === 'symbol' || typeof value === 'bigint') throw valueError(name, value, 'a number', TypeError);
  return Number(value);
}

/** `[Clamp] unsigned long`: out of range is the nearest end, half-way is the even neighbor, and NaN is 0. */
function toUnsignedLong(number: number): number {
  const clamped = Math.min(Math.max(number, 0), 0xffff_ffff) || 0;
  const floor = Math.floor(clamped);
  const fraction = clamped - floor;
  return fraction > 0.5 || (fraction === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function toText(name: string, value: unknown): string {
  if (typeof value === 'symbol') throw valueError(name, value, 'text', TypeError);
  return String(value);
}

const isObject = (value: unknown): value is Dictionary =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
