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
 */
export const misplaced = (host: Giver, others: readonly (Element | string)[]): Error[] => [
  ...others.map((other) =>
    typeof other === 'string' ? missing(other) : refused(other, host.sinks ? 'sinks has' : `for names "${other.id}",`),
  ),
  ...undefinedAround(host),
  ...hiddenInside(host),
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
function undefinedAround(host: Element): Error[] {
  for (let around = host.parentElement; around; around = around.parentElement) {
    if (!CONTAINERS.test(around.localName)) continue;
    if (around.matches(':defined')) return [];
    const message = `This <${host.localName}> is inside a <${around.localName}>, which is not defined: import its module.`;
    return [new DOMException(message, 'NotFoundError')];
  }
  return [];
}

/** HTML has no tags that end with `/>`, but for its own empty elements: all that follows one is inside it. */
function hiddenInside(host: Giver): Error[] {
  const hidden = [...host.querySelectorAll<HTMLElement>(`${NEVER_INSIDE},video,audio`)].filter(
    (inside) => inside.matches(NEVER_INSIDE) || isSinkOf(host, inside),
  );
  const [first] = hidden;
  if (!first || first.parentElement?.closest(host.localName) !== host) return [];
  const message =
    `A <${first.localName}> is inside this <${host.localName}>, and so is not shown: end the element before it, with ` +
    `</${host.localName}>; HTML does not know <${host.localName} />.`;
  return [new DOMException(message, 'HierarchyRequestError')];
}

/** Nobody hides these on purpose, as a film that a source inside shows. */
const NEVER_INSIDE = 'button,form,main,h1,h2';

const isSinkOf = ({ htmlFor, sinks }: Giver, element: Element): boolean =>
  sinks ? Symbol.iterator in Object(sinks) && [...sinks].includes(element) : htmlFor.split(/\s+/).includes(element.id);
