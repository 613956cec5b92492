/*
 * The settings that a device can have. They begin with its capabilities, and each set of constraints reduces them. Media
 * Capture and Streams calls them "every possible settings dictionary"; here they are one interval or list for each property.
 */
import { type Candidate, choicesOf, isInterval, type Settings } from './capabilities.js';
import { type PropertyName, propertyNames, typeOfProperty } from './constrainable-properties.js';
import {
  type Choice,
  type ConstraintMembers,
  type ConstraintSet,
  choicesIn,
  isRequired,
  membersOf,
  numberOf,
} from './constraints.js';
import { distanceFrom, isCheaper } from './fitness-distance.js';
import { clamp, everyNumber, type Interval, intersect, isEmpty, wholeInterval } from './interval.js';
import { type ChosenSize, chooseSize, type DefaultSize, type IdealSize } from './picture-size.js';

const sizeNames: readonly PropertyName[] = ['width', 'height', 'aspectRatio', 'resizeMode'];

export class PossibleSettings {
  readonly #candidate: Candidate;
  readonly #numbers: ReadonlyMap<PropertyName, Interval>;
  readonly #choices: ReadonlyMap<PropertyName, readonly Choice[]>;

  private constructor(
    candidate: Candidate,
    numbers: ReadonlyMap<PropertyName, Interval>,
    choices: ReadonlyMap<PropertyName, readonly Choice[]>,
  ) {
    this.#candidate = candidate;
    this.#numbers = numbers;
    this.#choices = choices;
  }

  /** All settings of a device. */
  static of(candidate: Candidate): PossibleSettings {
    const numbers = new Map<PropertyName, Interval>();
    const choices = new Map<PropertyName, readonly Choice[]>();
    for (const name of propertyNames) {
      const capability = candidate.capabilities[name];
      if (isInterval(capability)) numbers.set(name, capability);
      else if (choicesOf(capability).length > 0) choices.set(name, choicesOf(capability));
    }
    if (numbers.has('width') && numbers.has('height') && !numbers.has('aspectRatio')) {
      numbers.set('aspectRatio', everyNumber);
    }
    return new PossibleSettings(candidate, numbers, choices);
  }

  /** The settings that also satisfy a set of constraints; `null` if there are none. */
  restrictedBy(set: ConstraintSet, bareValueIs: 'ideal' | 'exact'): PossibleSettings | null {
    const numbers = new Map(this.#numbers);
    const choices = new Map(this.#choices);
    for (const name of propertyNames) {
      const members = membersOf(set[name], bareValueIs);
      if (!isRequired(members)) continue;
      const interval = numbers.get(name);
      const list = choices.get(name);
      const left = interval ? restrictInterval(name, interval, members) : list && restrictList(list, members);
      if (!left) return null;
      if (isInterval(left)) numbers.set(name, left);
      else choices.set(name, left);
    }
    const restricted = new PossibleSettings(this.#candidate, numbers, choices);
    const touchesSize = sizeNames.some((name) => isRequired(membersOf(set[name], bareValueIs)));
    return !touchesSize || restricted.#hasSize() ? restricted : null;
  }

  /** The settings with the least fitness distance to a set whose bare values are ideal. */
  best(set: ConstraintSet): Settings {
    const settings: Settings = {};
    const size = this.#chooseSize(set);
    for (const name of propertyNames) {
      const { ideal } = membersOf(set[name], 'ideal');
      const defaultValue = this.#candidate.defaults[name];
      const interval = this.#numbers.get(name);
      const list = this.#choices.get(name);
      if (size && sizeNames.includes(name)) {
        if (name === 'aspectRatio') settings[name] = size.width / size.height;
        else if (name !== 'resizeMode') settings[name] = size[name as 'width' | 'height'];
        else if (size.resizeMode !== null) settings[name] = size.resizeMode;
      } else if (interval) {
        settings[name] = chooseNumber(interval, numberOf(ideal), defaultValue as number | undefined);
      } else if (list) {
        settings[name] = chooseFromList(list, ideal, defaultValue as Choice | undefined);
      }
    }
    return settings;
  }

  #hasSize(): boolean {
    const isPicture = this.#numbers.has('width') && this.#numbers.has('height');
    return !isPicture || this.#chooseSize({}) !== null;
  }

  #chooseSize(set: ConstraintSet): ChosenSize | null {
    const [width, height] = [this.#numbers.get('width'), this.#numbers.get('height')];
    if (!width || !height) return null;
    const idealNumber = (name: PropertyName) => numberOf(membersOf(set[name], 'ideal').ideal);
    const { ideal: idealModes } = membersOf(set.resizeMode, 'ideal');
    const ideal: IdealSize = {
      width: idealNumber('width'),
      height: idealNumber('height'),
      aspectRatio: idealNumber('aspectRatio'),
      resizeModes: idealModes === undefined ? undefined : (choicesIn(idealModes) as string[]),
    };
    const limits = {
      width,
      height,
      aspectRatio: this.#numbers.get('aspectRatio') ?? everyNumber,
      resizeModes: (this.#choices.get('resizeMode') as string[] | undefined) ?? [null],
    };
    const defaultSize = defaultSizeOf(this.#candidate);
    return chooseSize(limits, ideal, defaultSize, this.#candidate.nativeSizes ?? [defaultSize]);
  }
}

function restrictInterval(name: PropertyName, interval: Interval, members: ConstraintMembers): Interval | null {
  const { min = everyNumber.min, max = everyNumber.max } = members;
  const exact = numberOf(members.exact);
  const limits = intersect(interval, { min, max });
  const left = exact === undefined ? limits : intersect(limits, { min: exact, max: exact });
  const possible = typeOfProperty(name) === 'unsigned long' ? wholeInterval(left) : left;
  return isEmpty(possible) ? null : possible;
}

function restrictList(list: readonly Choice[], { exact }: ConstraintMembers): readonly Choice[] | null {
  const accepted = exact === undefined ? list : choicesIn(exact);
  const left = list.filter((choice) => accepted.includes(choice));
  return left.length > 0 ? left : null;
}

/** The distance is linear or monotone between these numbers, so it is least at one of them. */
function chooseNumber(interval: Interval, ideal: number | undefined, defaultValue: number | undefined): number {
  const { min, max } = interval;
  let best = clamp(interval, defaultValue ?? (Number.isFinite(max) ? max : min));
  for (const number of [clamp(interval, ideal ?? best), min, max]) {
    if (Number.isFinite(number) && isCheaper([distanceFrom(ideal, number)], [distanceFrom(ideal, best)])) best = number;
  }
  return best;
}

function chooseFromList(
  list: readonly Choice[],
  ideal: ConstraintMembers['ideal'],
  defaultValue: Choice | undefined,
): Choice | undefined {
  const ideals = ideal === undefined ? list : choicesIn(ideal).filter((choice) => list.includes(choice));
  const best = ideals.length > 0 ? ideals : list;
  return defaultValue !== undefined && best.includes(defaultValue) ? defaultValue : best[0];
}

function defaultSizeOf({ capabilities, defaults, nativeSizes }: Candidate): DefaultSize {
  const largest = (name: 'width' | 'height') => {
    const capability = capabilities[name];
    return isInterval(capability) ? capability.max : 0;
  };
  return {
    width: Number(defaults.width ?? nativeSizes?.[0]?.width ?? largest('width')),
    height: Number(defaults.height ?? nativeSizes?.[0]?.height ?? largest('height')),
    resizeMode: defaults.resizeMode as string | undefined,
  };
}
