/**
 * The parameters of Opus in SDP (RFC 7587, 6.1): `a=fmtp:111 minptime=10;useinbandfec=1`. Except for `sprop-…`, a parameter
 * says what the side that writes it wants to receive. So a sender follows the parameters in the other side's description. No
 * browser has another interface for them.
 */

/** How Opus is encoded. */
export interface OpusOptions {
  /** Bit rate of the audio in bit/s, 6000 to 510 000, all channels together. `null`: the browser's choice, 64 000 (default). */
  readonly audioBitrate?: number | null;
  /** Whether little is sent while the audio is silent (discontinuous transmission). Unless given the server says; usually not. */
  readonly audioDtx?: boolean;
  /** Whether packets carry a copy of the one before (forward error correction). Unless given the server says; usually so. */
  readonly audioFec?: boolean;
}

/** The bit rate that browsers give two channels, in bit/s. */
export const DEFAULT_OPUS_BITRATE = 64_000;

/** Parameters of Opus and their values. */
export type OpusParameters = Readonly<Record<string, number>>;

/** A description with these parameters of Opus in its audio sections. Other parameters are not changed. */
export function withOpusParameters(sdp: string, parameters: OpusParameters): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => (section.startsWith('m=audio') ? withParameters(section, parameters) : section))
    .join('');
}

/**
 * The parameters of a description whose side receives. Two channels are asked for in any case: Chromium mixes them down
 * otherwise, a track of two may come later, and one channel costs little in two that are equal.
 */
export const receivedOpus = ({ audioBitrate, audioDtx, audioFec }: OpusOptions = {}): OpusParameters => ({
  stereo: 1,
  ...(typeof audioBitrate === 'number' && { maxaveragebitrate: audioBitrate }),
  ...(audioDtx !== undefined && { usedtx: Number(audioDtx) }),
  ...(audioFec !== undefined && { useinbandfec: Number(audioFec) }),
});

/** The parameters of a description whose side sends this track. Servers may give them to those who play. */
export const sentOpus = (track: MediaStreamTrack | null | undefined): OpusParameters => ({
  stereo: 1,
  // Some tracks do not tell how many channels they have.
  'sprop-stereo': Number(track?.getSettings().channelCount !== 1),
});

function withParameters(section: string, parameters: OpusParameters): string {
  const payloadTypes = [...section.matchAll(/^a=rtpmap:(\d+) opus\/48000/gim)].map(([, payloadType]) => payloadType);
  return payloadTypes.reduce((text: string, payloadType) => {
    const line = new RegExp(`^a=fmtp:${payloadType} (.*?)\\r?$`, 'm');
    const written = Object.fromEntries(
      (line.exec(text)?.[1] ?? '')
        .split(';')
        .map((part) => part.trim().split('=', 2))
        .filter(([name]) => name),
    );
    const format = Object.entries({ ...written, ...parameters })
      .map(([name, value]) => (value === undefined ? name : `${name}=${value}`))
      .join(';');
    const fmtp = `a=fmtp:${payloadType} ${format}`;
    if (line.test(text)) return text.replace(line, `${fmtp}\r`);
    return text.replace(new RegExp(`^(a=rtpmap:${payloadType} .*?)\\r?$`, 'm'), `$1\r\n${fmtp}\r`);
  }, section);
}
