/* This file is loaded when something is at a wrong place. */

/** An element that gives tracks. */
interface Giver extends HTMLElement {
  readonly htmlFor: string;
  readonly sinks: Iterable<Element> | null;
}

/**
 * The errors of elements that are no sinks, of ids that no element has, of an element around the host that is not defined, and of
 * elements inside it, which are not shown.
 *
 * @param others The elements and ids of `for` or `sinks` that are no sinks.
 * @param around The elements around the host, the nearest first.
 * @param inside The elements inside the host that a page shows.
 */
export const misplaced = (
  host: Giver,
  others: readonly (Element | string)[],
  around: readonly Element[],
  inside: readonly Element[],
): Error[] => [
  ...others.map((other) =>
    typeof other === 'string' ? missing(other) : refused(other, host.sinks ? 'sinks has' : `for names "${other.id}",`),
  ),
  ...inUndefinedContainer(host, around),
  ...aroundShown(host, inside),
];

const ACCEPTED = 'a <video>, <audio>, <rtc-loopback>, <track-recorder>, <whip-publisher> or an element that measures';

const missing = (id: string): Error =>
  new DOMException(
    `for names "${id}", and no element of this document or shadow tree has that id. It must name ${ACCEPTED}; the tracks ` +
      'go there when it comes.',
    'NotFoundError',
  );

function refused(element: Element, begin: string): Error {
  const why = element.matches(':defined') ? 'which takes no tracks' : 'which is not defined: import its module';
  return new TypeError(`${begin} a <${element.localName}>, ${why}. It must be ${ACCEPTED}.`);
}

/** The elements of this library that contain sources. */
const CONTAINERS =
  /^(track-(generator|monitor|probe|recorder)|virtual-\w+|level-meter|rtc-loopback|signal-scope|whip-publisher)$/;

/** A source gives its track to the nearest of them; it makes none inside a generator. */
function inUndefinedContainer(host: Element, around: readonly Element[]): Error[] {
  const container = around.find(({ localName }) => CONTAINERS.test(localName));
  if (!container || container.matches(':defined')) return [];
  const message = `This <${host.localName}> is inside a <${container.localName}>, which is not defined: import its module.`;
  return [new DOMException(message, 'NotFoundError')];
}

/**
 * HTML reads `<pattern-source />` as a start tag: everything that follows is then inside the element, and is not shown. A media
 * element may be inside on purpose, for example a film that an `<element-source>` shows, unless the track goes to it.
 */
function aroundShown(host: Giver, inside: readonly Element[]): Error[] {
  const first = inside.find((each) => !each.matches('video,audio') || isSinkOf(host, each));
  if (!first || first.parentElement?.closest(host.localName) !== host) return [];
  const message =
    `A <${first.localName}> is inside this <${host.localName}>, and so is not shown: end the element before it, with ` +
    `</${host.localName}>; HTML does not know <${host.localName} />.`;
  return [new DOMException(message, 'HierarchyRequestError')];
}

const isSinkOf = ({ htmlFor, sinks }: Giver, element: Element): boolean =>
  sinks ? Symbol.iterator in Object(sinks) && [...sinks].includes(element) : htmlFor.split(/\s+/).includes(element.id);
