import { resolveColor, resolveColors } from '../engine/page/css-color.js';
import type { LocalSource, Reference } from '../measure/page/track-probe.js';
import { valueError } from '../signals/checks.js';
import type { MarkOptions } from '../signals/mark/mark-layout.js';
import { parseRate } from '../signals/rate.js';
import type { PatternDescription } from '../signals/video/pattern.js';
import { ancestorsOf } from '../sinks/ancestors.js';
import { checkParams } from './converters.js';
import type { PatternSourceElement } from './pattern-source-element.js';

/** The properties of a source whose pictures or audio carry marks. */
type MarkedSource = HTMLElement & {
  readonly mark?: boolean;
  readonly sourceId?: number;
  readonly markPlace?: MarkOptions['place'];
  readonly markSize?: number;
};

/**
 * The pattern of a source, which is an element or its id in the tree of `host`.
 *
 * @throws {TypeError | RangeError} for one that is no pattern source, or whose properties cannot be read.
 */
export function namedReference(name: string | HTMLElement, host: HTMLElement): Reference | null {
  const root = host.getRootNode() as Document | ShadowRoot;
  const source = typeof name === 'string' ? root.getElementById?.(name) : name;
  if (isPatternSource(source)) return referenceOf(source);
  throw valueError('reference', name, 'the id of a pattern-source, such an element, or a description of it');
}

/** The marked source with this number, in the document or in the tree of `host`; `null` if it is in neither. */
export function findLocalSource(id: number, host: HTMLElement): LocalSource | null {
  const source = findMarkedSource(id, [document, host.getRootNode() as Document | ShadowRoot]);
  if (!source) return null;
  try {
    return { reference: referenceOf(source) };
  } catch {
    // The source itself reports what is wrong with it.
    return { reference: null };
  }
}

/** Whether an element has the properties of a `<pattern-source>`, of this copy of the library or of another one. */
const isPatternSource = (value: unknown): value is PatternSourceElement =>
  typeof value === 'object' && value !== null && 'nodeType' in value && 'pattern' in value && 'frameRate' in value;

/** Whether an element has the properties of a `<track-generator>`, whatever its tag is. */
const isGenerator = (element: Element): boolean => 'queueLimit' in element && 'writable' in element;

/**
 * The pattern that a source plays, as a reference for pictures that were received; `null` if it depends on more than its frame
 * numbers: in a generator, on the other layers, and for a countdown, on the time of its start.
 *
 * @throws {TypeError | RangeError} for properties that cannot be read.
 */
function referenceOf(source: PatternSourceElement & MarkedSource): Reference | null {
  const { pattern, width, height, speed, label, timecode, dropFrame, frameCounter } = source;
  const { flip, scrollX, scrollY, animation, seed, timeZone, colorSpace, markPlace, markSize } = source;
  if (ancestorsOf(source).some(isGenerator) || pattern === 'countdown') return null;
  const color = resolveColor('color', source.color, source);
  const background = resolveColor('background', source.background, source);
  const description: PatternDescription = {
    ...{ pattern, width, height, speed, label, timecode, dropFrame, frameCounter },
    ...{ flip, scrollX, scrollY, animation, seed, timeZone },
    frameRate: parseRate(source.frameRate),
    ...(color && { color }),
    ...(background && { background }),
    ...(colorSpace && { colorSpace }),
    params: resolveColors(checkParams(source.params), source),
  };
  const mark: MarkOptions = { ...(markPlace && { place: markPlace }), ...(markSize && { size: markSize }) };
  return { pattern: description, mark };
}

/** The marked source with this number, among the pattern sources of some trees. */
function findMarkedSource(id: number, trees: readonly ParentNode[]): PatternSourceElement | null {
  const found = trees
    .flatMap((tree) => [...tree.querySelectorAll<MarkedSource>('pattern-source')])
    .find(({ mark, sourceId }) => mark && sourceId === id);
  return isPatternSource(found) ? found : null;
}
