/* The descriptions that a session exchanges over HTTP: whole SDP offers, and the fragments that change its ICE part. */

/**
 * The offer as servers understand it. With all media in one bundle, Firefox writes port 0 into every section but the
 * first, as JSEP wants for `bundle-only` sections (RFC 9429, 5.2.1). Servers take port 0 for a rejected section and leave
 * the video out. Chromium, and the examples of RFC 9725, write port 9.
 */
export function withBundlePorts(sdp: string): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => (/^a=bundle-only\s*$/m.test(section) ? section.replace(/^(m=\w+) 0 /, '$1 9 ') : section))
    .join('');
}

/**
 * The answer as every browser understands it. All media shares the transport of the first section, and Chromium refuses an
 * answer that rejects that section and takes another one. The section becomes inactive instead, with the other's transport.
 */
export function withFirstSection(answer: string, offer: string): string {
  const [head = '', first = '', ...others] = answer.split(/^(?=m=)/m);
  const [, offered = ''] = offer.split(/^(?=m=)/m);
  const taken = others.find((section) => !REJECTED.test(section));
  const mid = attributeOf(offered, 'mid');
  if (!REJECTED.test(first) || !taken || !mid) return answer;
  const transport = linesOf(taken).filter((line) => /^a=(ice-|fingerprint:|setup:|candidate:|end-of-)/.test(line));
  const formats = linesOf(offered).filter((line) => /^(m=|a=(rtpmap|fmtp):)/.test(line));
  const [media = '', ...codecs] = formats;
  const section = [
    media.replace(/^(m=\w+) \d+/, '$1 9'),
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=inactive',
    'a=rtcp-mux',
    ...codecs,
    ...transport,
    '',
  ].join('\r\n');
  const bundle = head.replace(/^(a=group:BUNDLE)(.*)$/m, (_, start: string, mids: string) =>
    [start, mid, ...mids.split(/\s+/).filter((other) => other !== '' && other !== mid)].join(' '),
  );
  return [bundle, section, ...others].join('');
}

const REJECTED = /^m=\w+ 0 /;

/**
 * A description that leaves open whether candidates follow. Firefox marks the end of its candidates, and a server that can use
 * none of them, because they are names for multicast DNS, may give ICE up before the first check from the browser arrives. It
 * should wait for that (RFC 8863), and not every server does.
 */
export const withoutEndOfCandidates = (sdp: string): string => sdp.replace(/^a=end-of-candidates[ \t]*\r?\n/gm, '');

/**
 * A local description with the format parameters that it was set with. Firefox leaves out those that it does not know, such
 * as `sprop-stereo`.
 */
export function withFormatsOf(created: string, sdp: string): string {
  const formats = new Map([...created.matchAll(/^(a=fmtp:\d+ ).*$/gm)].map(([line, start = '']) => [start, line]));
  return sdp.replace(/^(a=fmtp:\d+ ).*$/gm, (line, start: string) => formats.get(start) ?? line);
}

/** The content of `application/trickle-ice-sdpfrag` (RFC 8840): the credentials of an ICE session, and candidates. */
export interface IceFragment {
  readonly ufrag: string;
  readonly pwd: string;
  /** As in SDP, without `a=`: `candidate:…`. */
  readonly candidates: readonly string[];
}

/**
 * Writes the fragment of a local description. All media is in one bundle, so only the section that carries it has
 * candidates, and the fragment holds that section alone.
 *
 * @param isComplete Whether no more candidates will follow.
 */
export function writeFragment(sdp: string, candidates: readonly string[], isComplete: boolean): string {
  const section = transportSection(sdp);
  const [media = 'm=audio 9 UDP/TLS/RTP/SAVPF 0'] = linesOf(section);
  // Chromium writes the options into the sections, Firefox before them. In a fragment they stand first (RFC 9725, 4.3.3).
  const options = lineOf(sdp, /^a=ice-options:.*$/m);
  const group = lineOf(sdp, /^a=group:BUNDLE.*$/m);
  return [
    ...(options ? [options] : []),
    ...(group ? [group] : []),
    media,
    `a=mid:${attributeOf(section, 'mid') ?? '0'}`,
    `a=ice-ufrag:${attributeOf(section, 'ice-ufrag') ?? attributeOf(sdp, 'ice-ufrag') ?? ''}`,
    `a=ice-pwd:${attributeOf(section, 'ice-pwd') ?? attributeOf(sdp, 'ice-pwd') ?? ''}`,
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(isComplete ? ['a=end-of-candidates'] : []),
    '',
  ].join('\r\n');
}

/**
 * Parses the fragment that answers an ICE restart; `null` if it has no credentials. If it has several sections, the section of
 * the bundle counts. Credentials and candidates may also stand before all sections.
 */
export function parseFragment(text: string): IceFragment | null {
  const section = transportSection(text);
  const common = text.slice(0, sectionStart(text));
  const ufrag = attributeOf(section, 'ice-ufrag') ?? attributeOf(common, 'ice-ufrag');
  const pwd = attributeOf(section, 'ice-pwd') ?? attributeOf(common, 'ice-pwd');
  if (!ufrag || !pwd) return null;
  const candidates = linesOf(common + section).filter((line) => line.startsWith('a=candidate:'));
  return { ufrag, pwd, candidates: [...new Set(candidates.map((line) => line.slice(2).trimEnd()))] };
}

/**
 * The answer after an ICE restart: the server's previous description with the credentials and candidates of the fragment,
 * because a restart exchanges nothing else. If the fragment has no candidates, the previous ones stay (RFC 9725, 4.3.3: they
 * are optional).
 */
export function withFragment(sdp: string, { ufrag, pwd, candidates }: IceFragment): string {
  const transport = transportSection(sdp);
  return sectionsOf(sdp)
    .map((section) => {
      const lines = linesOf(section).flatMap((line) => {
        if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${ufrag}`];
        if (line.startsWith('a=ice-pwd:')) return [`a=ice-pwd:${pwd}`];
        return candidates.length > 0 && /^a=(candidate:|end-of-candidates)/.test(line) ? [] : [line];
      });
      if (section === transport) lines.push(...candidates.map((candidate) => `a=${candidate}`));
      return `${lines.join('\r\n')}\r\n`;
    })
    .join('');
}

/**
 * The server's offer as an answer to a later offer of the client, for an ICE restart that the client begins. The role in DTLS
 * stays as negotiated (RFC 8842, 5.5), and so do the directions and the rejection of media. Header extensions to which the later
 * offer gives another id are left out: Firefox numbers them by itself.
 *
 * @param answer The client's answer to the server's offer.
 * @param laterOffer The client's offer.
 */
export function answerOfOffer(offer: string, answer: string, laterOffer: string): string {
  const role = attributeOf(answer, 'setup') === 'passive' ? 'active' : 'passive';
  const [, ...answered] = sectionsOf(answer);
  const [, ...laterSections] = sectionsOf(laterOffer);
  const [common = '', ...sections] = sectionsOf(offer);
  const isRejected = (index: number) => {
    const section = answered[index] ?? '';
    return /^m=\S+ 0 /.test(section) && !/^a=bundle-only/m.test(section);
  };
  const rejectedMids = sections.map((section, index) => (isRejected(index) ? attributeOf(section, 'mid') : undefined));
  const bundle = (_: string, name: string, mids: string) =>
    [name, ...mids.split(/\s+/).filter((mid) => mid !== '' && !rejectedMids.includes(mid))].join(' ');
  return [
    common.replace(/^(a=group:BUNDLE)(.*)$/m, bundle),
    ...sections.map((section, index) => {
      const [direction = 'sendrecv'] = DIRECTION.exec(answered[index] ?? '') ?? [];
      return section
        .replace(DIRECTION, `a=${mirrored[direction.slice(2)] ?? 'sendrecv'}`)
        .replace(/^(m=\S+) \d+ /, isRejected(index) ? '$1 0 ' : '$&')
        .replace(EXTENSION, (line, id: string, uri: string) => {
          const offered = [...(laterSections[index] ?? '').matchAll(EXTENSION)];
          return offered.some(([, otherId, otherUri]) => otherId === id && otherUri === uri) ? line : '';
        });
    }),
  ]
    .join('')
    .replace(/^a=setup:actpass[ \t]*$/gm, `a=setup:${role}`);
}

/** A header extension: its id and its URI. */
const EXTENSION = /^a=extmap:(\d+)(?:\/\w+)?[ \t]+(\S+).*\r?\n/gm;

const DIRECTION = /^a=(?:sendrecv|sendonly|recvonly|inactive)$/m;

/** A direction as the other side sees it. */
const mirrored: Readonly<Record<string, string>> = { sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' };

/** The part before all sections, and the sections. */
const sectionsOf = (sdp: string): string[] => sdp.split(/^(?=m=)/m);

const sectionStart = (sdp: string): number => {
  const start = sdp.search(/^m=/m);
  return start === -1 ? sdp.length : start;
};

/** The section that carries the bundle: the first of its group, else the first with credentials, else the first. */
function transportSection(sdp: string): string {
  const sections = sectionsOf(sdp.slice(sectionStart(sdp)));
  const mid = /^a=group:BUNDLE[ \t]+(\S+)/m.exec(sdp)?.[1];
  return (
    sections.find((section) => mid !== undefined && attributeOf(section, 'mid') === mid) ??
    sections.find((section) => attributeOf(section, 'ice-ufrag') !== undefined) ??
    sections[0] ??
    ''
  );
}

const attributeOf = (sdp: string, name: string): string | undefined =>
  new RegExp(`^a=${name}:[ \\t]*(\\S+)[ \\t]*$`, 'm').exec(sdp)?.[1];

const lineOf = (sdp: string, pattern: RegExp): string | undefined => pattern.exec(sdp)?.[0].trimEnd();

const linesOf = (sdp: string): string[] => sdp.split(/\r\n|\r|\n/).filter((line) => line !== '');
