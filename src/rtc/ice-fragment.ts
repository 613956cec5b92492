/** What `application/trickle-ice-sdpfrag` carries (RFC 8840): the credentials of an ICE session, and candidates. */
export interface IceFragment {
  readonly ufrag: string;
  readonly pwd: string;
  /** As in SDP, without `a=`: `candidate:…`. */
  readonly candidates: readonly string[];
}

const attribute = (sdp: string, name: string): string | undefined =>
  new RegExp(`^a=${name}:[ \\t]*(\\S+)[ \\t]*$`, 'm').exec(sdp)?.[1];

const lines = (sdp: string): string[] => sdp.split(/\r\n|\r|\n/).filter((line) => line !== '');

/**
 * Writes the fragment of a local description. Everything is bundled, so only the first media section of the bundle has
 * candidates, and the fragment holds that one alone.
 */
export function writeFragment(sdp: string, candidates: readonly string[], complete: boolean): string {
  const section = lines(sdp.slice(Math.max(0, sdp.search(/^m=/m))));
  const [media = 'm=audio 9 UDP/TLS/RTP/SAVPF 0'] = section;
  const group = /^a=group:BUNDLE.*$/m.exec(sdp)?.[0];
  return [
    ...(group ? [group.trimEnd()] : []),
    media,
    `a=mid:${attribute(sdp, 'mid') ?? '0'}`,
    `a=ice-ufrag:${attribute(sdp, 'ice-ufrag') ?? ''}`,
    `a=ice-pwd:${attribute(sdp, 'ice-pwd') ?? ''}`,
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(complete ? ['a=end-of-candidates'] : []),
    '',
  ].join('\r\n');
}

/** Reads a fragment that answers an ICE restart; `null` when it has no credentials. */
export function readFragment(text: string): IceFragment | null {
  const [ufrag, pwd] = [attribute(text, 'ice-ufrag'), attribute(text, 'ice-pwd')];
  if (!ufrag || !pwd) return null;
  const candidates = lines(text).filter((line) => line.startsWith('a=candidate:'));
  return { ufrag, pwd, candidates: candidates.map((line) => line.slice(2).trimEnd()) };
}

/**
 * The answer to an ICE restart: the last one with other credentials and candidates, since a restart exchanges nothing
 * else. A fragment without candidates leaves those that were there (RFC 9725, 4.3.3: they are optional).
 */
export function withFragment(sdp: string, { ufrag, pwd, candidates }: IceFragment): string {
  const fresh = candidates.length > 0;
  const kept = lines(sdp).flatMap((line) => {
    if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${ufrag}`];
    if (line.startsWith('a=ice-pwd:')) {
      return [`a=ice-pwd:${pwd}`, ...(fresh ? candidates.map((candidate) => `a=${candidate}`) : [])];
    }
    return fresh && /^a=(candidate:|end-of-candidates)/.test(line) ? [] : [line];
  });
  return `${kept.join('\r\n')}\r\n`;
}
