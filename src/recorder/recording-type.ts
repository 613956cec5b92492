/* The types of recordings: which containers and codecs can be written, and how their files are named. */
import type { TrackKind } from '../signals/track-kind.js';

/** The containers that are written. */
export type ContainerName = 'webm' | 'mkv' | 'mp4' | 'mov' | 'ogg' | 'wav' | 'mp3' | 'flac' | 'adts';

/** A type of recording, taken apart. */
export interface RecordingFormat {
  /** The type as it was given. */
  readonly type: string;
  readonly container: ContainerName;
  /** The type without parameters, such as `video/webm`; empty if the tracks decide between video and audio. */
  readonly mimeType: string;
  /** Codecs by kind, best first. A kind without codecs is not recorded. */
  readonly codecs: Readonly<Record<TrackKind, readonly string[]>>;
}

interface Container {
  /** Types with the ending of their files. */
  readonly types: Readonly<Record<string, string>>;
  /** Codecs in the words of `mediabunny`, best first. */
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

const containers: Readonly<Record<ContainerName, Container>> = {
  webm: {
    types: { 'video/webm': 'webm', 'audio/webm': 'webm' },
    video: ['vp9', 'vp8', 'av1'],
    audio: ['opus', 'vorbis'],
  },
  mkv: {
    types: {
      'video/x-matroska': 'mkv',
      'video/matroska': 'mkv',
      'audio/x-matroska': 'mka',
      'audio/matroska': 'mka',
    },
    video: ['vp9', 'vp8', 'avc', 'av1', 'hevc'],
    audio: ['opus', 'aac', 'vorbis', 'flac', 'mp3', 'pcm-s16'],
  },
  mp4: {
    types: { 'video/mp4': 'mp4', 'audio/mp4': 'm4a', 'audio/x-m4a': 'm4a', 'audio/m4a': 'm4a', 'video/x-m4v': 'm4v' },
    video: ['avc', 'vp9', 'av1', 'hevc'],
    audio: ['aac', 'opus', 'mp3', 'flac'],
  },
  mov: { types: { 'video/quicktime': 'mov' }, video: ['avc', 'hevc'], audio: ['aac', 'pcm-s16'] },
  ogg: {
    types: { 'audio/ogg': 'ogg', 'application/ogg': 'ogg', 'audio/opus': 'opus' },
    video: [],
    audio: ['opus', 'vorbis', 'flac'],
  },
  wav: {
    types: { 'audio/wav': 'wav', 'audio/wave': 'wav', 'audio/x-wav': 'wav', 'audio/vnd.wave': 'wav' },
    video: [],
    audio: ['pcm-s16'],
  },
  mp3: { types: { 'audio/mpeg': 'mp3', 'audio/mp3': 'mp3' }, video: [], audio: ['mp3'] },
  flac: { types: { 'audio/flac': 'flac', 'audio/x-flac': 'flac' }, video: [], audio: ['flac'] },
  adts: { types: { 'audio/aac': 'aac', 'audio/x-aac': 'aac' }, video: [], audio: ['aac'] },
};

/** The endings of types that are not written, and whose subtype is not their ending. */
const otherEndings: Readonly<Record<string, string>> = {
  'video/ogg': 'ogv',
  'video/3gpp': '3gp',
  'audio/3gpp': '3gp',
  'video/3gpp2': '3g2',
  'video/mp2t': 'ts',
  'video/mpeg': 'mpg',
  'video/x-msvideo': 'avi',
  'video/x-ms-wmv': 'wmv',
  'audio/x-ms-wma': 'wma',
  'audio/midi': 'mid',
  'audio/basic': 'au',
};

/** How codecs are called in a type, by their name in `mediabunny`. */
const codecNames: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['vp8', /^vp0?8/],
  ['vp9', /^vp0?9/],
  ['av1', /^av0?1/],
  ['avc', /^(avc[13]|avc$|h\.?264)/],
  ['hevc', /^(hvc1|hev1|hevc$|h\.?265)/],
  ['opus', /^opus/],
  ['vorbis', /^vorbis/],
  ['flac', /^flac/],
  ['mp3', /^(mp3|mp4a\.(69|6b|40\.34))/],
  ['aac', /^(mp4a|aac)/],
  ['pcm-s16', /^(pcm|1$|sowt)/],
];

/** The error for a type that cannot be recorded. */
export const unsupportedType = (type: string, examples: readonly string[]): DOMException =>
  new DOMException(
    `type is "${type.slice(0, 100)}"; it must be a type that this browser can record, for example ${examples.join(' or ')}.`,
    'NotSupportedError',
  );

/** Types that can be recorded in every browser with encoders, for tracks of these kinds. */
export const usualTypes = (kinds: readonly TrackKind[]): readonly string[] =>
  kinds.includes('video')
    ? ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/mp4']
    : ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/wav'];

/** The type without its parameters, in lower case. */
const essenceOf = (type: string): string => (type.toLowerCase().split(';')[0] ?? '').trim();

/**
 * Takes a type apart, such as `video/webm;codecs=vp9,opus`. An empty type means WebM.
 *
 * @returns `undefined` for a type that cannot be written.
 */
export function parseRecordingType(type: string): RecordingFormat | undefined {
  const mimeType = essenceOf(type);
  const container = mimeType ? containerOf(mimeType) : 'webm';
  if (!container) return undefined;
  const { video, audio } = containers[container];
  const possible = { video: mimeType.startsWith('audio/') ? [] : video, audio };
  const named = namedCodecs(type);
  if (named.length === 0) return { type, container, mimeType, codecs: possible };
  const all = [...possible.video, ...possible.audio];
  if (named.some((codec) => !codec || !all.includes(codec))) return undefined;
  const chosen = (codecs: readonly string[]) => {
    const wanted = codecs.filter((codec) => named.includes(codec));
    return wanted.length > 0 ? wanted : codecs;
  };
  return { type, container, mimeType, codecs: { video: chosen(possible.video), audio: chosen(possible.audio) } };
}

/** The codecs that a type names; `undefined` stands for one that is unknown. */
function namedCodecs(type: string): (string | undefined)[] {
  const list = /;\s*codecs\s*=\s*"?([^";]*)/i.exec(type)?.[1] ?? '';
  const names = list
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return names.filter(Boolean).map((name) => codecNames.find(([, pattern]) => pattern.test(name))?.[0]);
}

const containerOf = (mimeType: string): ContainerName | undefined =>
  (Object.keys(containers) as ContainerName[]).find((name) => mimeType in containers[name].types);

/** The ending of a file of this type: `webm` for `video/webm;codecs=vp9`, and for an empty type. */
export function fileEndingOf(type: string): string {
  const mimeType = essenceOf(type);
  const container = containerOf(mimeType);
  if (container) return containers[container].types[mimeType] ?? container;
  // The subtype of an unknown type, without the prefix that says so, and without what is no letter or digit.
  const subtype = /\/(?:x-|vnd\.)?([a-z\d]{2,})/.exec(mimeType)?.[1];
  return otherEndings[mimeType] ?? subtype ?? 'webm';
}

/** The `types` that a dialog for saving a file offers for this type of recording. */
export function pickerTypesOf(type: string, kinds: readonly TrackKind[]): readonly object[] {
  const isAudio = kinds.length === 1 && kinds[0] === 'audio';
  const mimeType = essenceOf(type) || (isAudio ? 'audio/webm' : 'video/webm');
  const ending = fileEndingOf(mimeType);
  const content = mimeType.startsWith('audio/') ? 'audio' : 'video';
  return [{ description: `${ending.toUpperCase()} ${content}`, accept: { [mimeType]: [`.${ending}`] } }];
}
