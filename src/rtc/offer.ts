/**
 * An offer as it is sent. With everything in one bundle Firefox writes the port 0 into all sections but the first, as
 * JSEP has it for `bundle-only` ones (RFC 9429, 5.2.1); servers take that for a section that is refused, and leave out
 * the pictures. Chromium, and the examples of RFC 9725, write port 9.
 */
export function sentOffer(sdp: string): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => (/^a=bundle-only\s*$/m.test(section) ? section.replace(/^(m=\w+) 0 /, '$1 9 ') : section))
    .join('');
}
