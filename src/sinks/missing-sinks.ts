/** The errors of ids in `for` that name no sink. This file is loaded when there is such an id. */
export const missingSinks = (
  ids: readonly string[],
  elements: readonly Element[],
  isSink: (element: Element) => boolean,
): Error[] =>
  ids.flatMap((id) => {
    const element = elements.find((candidate) => candidate.id === id);
    return element && isSink(element) ? [] : missingSink(id, element);
  });

function missingSink(id: string, element: Element | undefined): Error {
  const sinks = '<video>, <audio>, <rtc-loopback>, <track-recorder> or <whip-publisher>';
  if (!element) {
    return new DOMException(
      `for names "${id}", and no element of this document or shadow tree has that id. It must name a ${sinks}; the tracks ` +
        'go there when it comes.',
      'NotFoundError',
    );
  }
  const why = element.matches(':defined') ? 'which takes no tracks' : 'which is not defined: import its module';
  return new TypeError(`for names "${id}", a <${element.localName}>, ${why}. It must name a ${sinks}.`);
}
