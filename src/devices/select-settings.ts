/*
 * The algorithm SelectSettings of Media Capture and Streams, and the choice of a device by it. Its result is the same as in the
 * standard, which tries every possible settings dictionary: the number within the limits that is nearest to the ideal one has
 * the smallest distance of all.
 */
import { describeRange } from '../signals/checks.js';
import { type Candidate, type Capabilities, choicesOf, isInterval, type Settings } from './capabilities.js';
import { type PropertyName, propertyNames, typeOfProperty } from './constrainable-properties.js';
import { type ConstraintSet, type Constraints, choicesIn, isRequired, membersOf, numberOf } from './constraints.js';
import { distanceFrom } from './fitness-distance.js';
import type { Size } from './picture-size.js';
import { PossibleSettings } from './possible-settings.js';

/** The settings that constraints lead to. */
export interface Settled {
  readonly settings: Settings;
  /** The fitness distance. */
  readonly distance: number;
}

/** No settings satisfy the constraints: the arguments of `OverconstrainedError`. */
export interface Overconstrained {
  readonly failedConstraint: PropertyName | '';
  readonly message: string;
}

export interface Selected<T extends Candidate> extends Settled {
  readonly candidate: T;
}

/** The settings of one device. `nativeSizes` as in `Candidate`. */
export function settle(
  capabilities: Capabilities,
  defaults: Settings,
  constraints: Constraints,
  nativeSizes?: readonly Size[],
): Settled | Overconstrained {
  const candidate = { capabilities, defaults, ...(nativeSizes && { nativeSizes }) };
  const selected = selectDevice([candidate], constraints);
  return 'failedConstraint' in selected ? selected : { settings: selected.settings, distance: selected.distance };
}

/**
 * The device with the least fitness distance, the first of several. An advanced set that some devices can satisfy rules out
 * the others. The list has a device.
 */
export function selectDevice<T extends Candidate>(
  candidates: readonly T[],
  constraints: Constraints,
): Selected<T> | Overconstrained {
  let best: Selected<T> | undefined;
  for (const { candidate, possible } of possibleCandidates(candidates, constraints)) {
    const settings = possible.best(constraints);
    const distance = distanceTo(constraints, settings);
    if (!best || distance < best.distance) best = { candidate, settings, distance };
  }
  return best ?? describeFailure(candidates, constraints);
}

interface PossibleCandidate<T extends Candidate> {
  readonly candidate: T;
  readonly possible: PossibleSettings;
}

/** The devices that satisfy the constraints, and the settings of each that do so. */
function possibleCandidates<T extends Candidate>(
  candidates: readonly T[],
  constraints: Constraints,
): readonly PossibleCandidate<T>[] {
  const restrict = (from: readonly PossibleCandidate<T>[], set: ConstraintSet, bareValueIs: 'ideal' | 'exact') =>
    from.flatMap(({ candidate, possible }) => {
      const restricted = possible.restrictedBy(set, bareValueIs);
      return restricted ? [{ candidate, possible: restricted }] : [];
    });
  const all = candidates.map((candidate) => ({ candidate, possible: PossibleSettings.of(candidate) }));
  let left = restrict(all, constraints, 'ideal');
  for (const set of constraints.advanced ?? []) {
    const satisfied = restrict(left, set, 'exact');
    if (satisfied.length > 0) left = satisfied;
  }
  return left;
}

/** The fitness distance of settings that satisfy all that is required. */
function distanceTo(set: ConstraintSet, settings: Settings): number {
  let sum = 0;
  for (const name of propertyNames) {
    const { ideal } = membersOf(set[name], 'ideal');
    const actual = settings[name];
    if (ideal === undefined) continue;
    if (actual === undefined) sum += 1;
    else if (typeof actual === 'number') sum += distanceFrom(numberOf(ideal), actual);
    else sum += choicesIn(ideal).includes(actual) ? 0 : 1;
  }
  return sum;
}

/**
 * Names a constraint that alone excludes all devices. If there is none, names the one that excludes the devices that the
 * constraints before it have left.
 */
function describeFailure(candidates: readonly Candidate[], constraints: Constraints): Overconstrained {
  const required = propertyNames.filter((name) => isRequired(membersOf(constraints[name], 'ideal')));
  const ruleOutAll = (names: PropertyName[]) => {
    const set = Object.fromEntries(names.map((name) => [name, constraints[name]])) as ConstraintSet;
    return !candidates.some((candidate) => PossibleSettings.of(candidate).restrictedBy(set, 'ideal'));
  };
  const alone = required.find((name) => ruleOutAll([name]));
  const until = (name: PropertyName) => required.slice(0, required.indexOf(name) + 1);
  const failed = alone ?? required.find((name) => ruleOutAll(until(name)));
  if (!failed) return { failedConstraint: '', message: 'No device satisfies the constraints.' };
  const others = until(failed).slice(0, -1).join(', ');
  const accepted = alone ? describeAccepted(failed, candidates) : `one that a device has together with ${others}`;
  const message = `${failed} is ${JSON.stringify(constraints[failed])}; it must be ${accepted}.`;
  return { failedConstraint: failed, message };
}

function describeAccepted(name: PropertyName, candidates: readonly Candidate[]): string {
  // A page may not know yet which devices there are.
  if (name === 'deviceId' || name === 'groupId') return `the ${name} of a device`;
  const descriptions = candidates.flatMap(({ capabilities }) => {
    const capability = capabilities[name];
    if (!isInterval(capability)) return choicesOf(capability).map((choice) => JSON.stringify(choice));
    const range = { min: capability.min, max: capability.max };
    const isSide = name === 'width' || name === 'height';
    return [describeRange({ ...range, whole: typeOfProperty(name) === 'unsigned long', even: isSide })];
  });
  return [...new Set(descriptions)].join(' or ') || 'left out, because no device has this property';
}
