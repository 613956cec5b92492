/**
 * The errors of elements that are no sinks, and of ids that no element has. This file is loaded when there is one.
 *
 * @param areNamed Whether `for` names them; otherwise `sinks` has them.
 */
export const missingSinks = (others: readonly (Element | string)[], areNamed: boolean): Error[] =>
  others.map((other) =>
    typeof other === 'string' ? missing(other) : refused(other, areNamed ? `for names "${other.id}",` : 'sinks has'),
  );

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
