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

/** The content of `application/trickle-ice-sdpfrag` (RFC 8840): the credentials of an ICE session, and candidates. */
export interface IceFragment {
  readonly ufrag: string;
  readonly pwd: string;
  /** As in SDP, without `a=`: `candidate:…`. */
  readonly candidates: readonly string[];
}

/**
 * Writes the fragment of a local description. All media is in one bundle, so only the first media section has candidates,
 * and the fragment holds that section alone.
 *
 * @param isComplete Whether no more candidates will follow.
 */
export function writeFragment(sdp: string, candidates: readonly string[], isComplete: boolean): string {
  const [media = 'm=audio 9 UDP/TLS/RTP/SAVPF 0'] = linesOf(sdp.slice(Math.max(0, sdp.search(/^m=/m))));
  const group = /^a=group:BUNDLE.*$/m.exec(sdp)?.[0];
  return [
    ...(group ? [group.trimEnd()] : []),
    media,
    `a=mid:${attributeOf(sdp, 'mid') ?? '0'}`,
    `a=ice-ufrag:${attributeOf(sdp, 'ice-ufrag') ?? ''}`,
    `a=ice-pwd:${attributeOf(sdp, 'ice-pwd') ?? ''}`,
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(isComplete ? ['a=end-of-candidates'] : []),
    '',
  ].join('\r\n');
}

/** Parses the fragment that answers an ICE restart; `null` if it has no credentials. */
export function parseFragment(text: string): IceFragment | null {
  const [ufrag, pwd] = [attributeOf(text, 'ice-ufrag'), attributeOf(text, 'ice-pwd')];
  if (!ufrag || !pwd) return null;
  const candidates = linesOf(text).filter((line) => line.startsWith('a=candidate:'));
  return { ufrag, pwd, candidates: candidates.map((line) => line.slice(2).trimEnd()) };
}

/**
 * The answer after an ICE restart: the previous answer with the credentials and candidates of the fragment, because a
 * restart exchanges nothing else. If the fragment has no candidates, the previous ones stay (RFC 9725, 4.3.3: they are
 * optional).
 */
export function withFragment(sdp: string, { ufrag, pwd, candidates }: IceFragment): string {
  const replacesCandidates = candidates.length > 0;
  const lines = linesOf(sdp).flatMap((line) => {
    if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${ufrag}`];
    if (line.startsWith('a=ice-pwd:')) {
      return [`a=ice-pwd:${pwd}`, ...candidates.map((candidate) => `a=${candidate}`)];
    }
    return replacesCandidates && /^a=(candidate:|end-of-candidates)/.test(line) ? [] : [line];
  });
  return `${lines.join('\r\n')}\r\n`;
}

const attributeOf = (sdp: string, name: string): string | undefined =>
  new RegExp(`^a=${name}:[ \\t]*(\\S+)[ \\t]*$`, 'm').exec(sdp)?.[1];

const linesOf = (sdp: string): string[] => sdp.split(/\r\n|\r|\n/).filter((line) => line !== '');
