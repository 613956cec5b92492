import {
  ADTS,
  AudioSampleSink,
  BlobSource,
  EncodedPacketSink,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  UrlSource,
  type VideoSample,
  VideoSampleSink,
  WAVE,
  WEBM,
} from 'mediabunny';
import { parseRate, type Rate } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { DecodedAudio, FileInfo, FileRequests, VideoInfo } from '../messages.js';

/** A picture or a block of samples of a file. */
export type MediaItem = VideoItem | AudioItem;

interface VideoItem {
  /** The receiver closes it. */
  readonly frame: VideoFrame;
  readonly planes?: undefined;
  readonly sampleRate?: undefined;
  /** Seconds since the beginning of the file. */
  readonly time: number;
}

interface AudioItem {
  readonly frame?: undefined;
  readonly planes: Float32Array[];
  readonly sampleRate: number;
  readonly time: number;
}

/** An open media file, with at most one track of each kind. */
export class MediaFile {
  readonly info: FileInfo;
  readonly #input: Input;
  readonly #video: InputVideoTrack | null;
  readonly #audio: InputAudioTrack | null;
  #decoded: DecodedAudio | null = null;
  /** The first timestamp: files that were cut out of a stream do not begin at 0. */
  readonly #first: number;

  /**
   * Opens a file.
   *
   * @throws {DOMException} `NetworkError` for a file that does not load; `EncodingError` for one that is no media file, or has no
   * such track; `NotSupportedError` for a codec that this browser does not decode.
   */
  static async open({
    location,
    name,
    kind,
    hasAudioDecoder,
  }: Parameters<FileRequests['open']>[0]): Promise<MediaFile> {
    let networkError: DOMException | null = null;
    const fetchFn = async (url: RequestInfo | URL, init?: RequestInit) => {
      try {
        return await fetchMedia(name, url, init);
      } catch (error) {
        networkError = error as DOMException;
        throw error;
      }
    };
    const source =
      typeof location === 'string'
        ? new UrlSource(location, { fetchFn, getRetryDelay: () => null })
        : new BlobSource(location);
    const input = new Input({ source, formats: FORMATS });
    try {
      // It also throws, for example at a file of a few bytes.
      const canRead = await input.canRead().catch(() => false);
      if (!canRead) throw fileError('EncodingError', name, `it must be a media file: ${FORMAT_NAMES}`);
      const video = kind === 'audio' ? null : await input.getPrimaryVideoTrack();
      const audio = kind === 'video' ? null : await input.getPrimaryAudioTrack();
      if (!video && !audio) throw fileError('EncodingError', name, `it has no ${kind ?? 'video and no audio'}`);
      if (video) await checkCodec(video, name);
      const undecoded = audio && (await undecodedCodec(audio, hasAudioDecoder));
      const tracks = [video, audio].filter((track) => track !== null);
      const first = Math.max(0, await input.getFirstTimestamp(tracks));
      const duration = (await input.computeDuration(tracks)) - first;
      const info = { duration, video: video && (await videoInfo(video)), hasAudio: audio !== null, undecoded };
      return new MediaFile(info, { input, video, audio, first });
    } catch (error) {
      input.dispose();
      throw networkError ?? error;
    }
  }

  private constructor(info: FileInfo, { input, video, audio, first }: OpenedFile) {
    this.info = info;
    this.#input = input;
    this.#video = video;
    this.#audio = audio;
    this.#first = first;
  }

  get kinds(): readonly TrackKind[] {
    return [...(this.#video ? ['video' as const] : []), ...(this.#audio ? ['audio' as const] : [])];
  }

  /** Decodes from a position on: first the picture that is on show there, or the samples from there on. */
  read(kind: TrackKind, position: number): AsyncGenerator<MediaItem, void, undefined> {
    return kind === 'video' ? this.#readVideo(position) : this.#readAudio(position);
  }

  close(): void {
    this.#input.dispose();
  }

  /** Plays these samples instead of those that the worker would decode. */
  setAudio(decoded: DecodedAudio): void {
    this.#decoded = decoded;
  }

  async *#readVideo(position: number): AsyncGenerator<VideoItem, void, undefined> {
    const sink = new VideoSampleSink(this.#video as InputVideoTrack);
    for await (const sample of sink.samples(this.#first + position)) {
      const time = sample.timestamp - this.#first;
      yield { frame: toFrame(sample), time };
    }
  }

  async *#readAudio(position: number): AsyncGenerator<AudioItem, void, undefined> {
    if (this.#decoded) {
      yield* blocksOf(this.#decoded, position);
      return;
    }
    const sink = new AudioSampleSink(this.#audio as InputAudioTrack);
    for await (const sample of sink.samples(this.#first + position)) {
      const { sampleRate, numberOfFrames, numberOfChannels } = sample;
      const time = sample.timestamp - this.#first;
      // Samples before the position, and those before the beginning, with which decoders warm up.
      const skipped = Math.max(0, Math.round((position - time) * sampleRate));
      const planes = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
        const plane = new Float32Array(numberOfFrames);
        sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
        return plane.subarray(skipped);
      });
      sample.close();
      if (skipped < numberOfFrames) yield { planes, sampleRate, time: time + skipped / sampleRate };
    }
  }
}

interface OpenedFile {
  readonly input: Input;
  readonly video: InputVideoTrack | null;
  readonly audio: InputAudioTrack | null;
  readonly first: number;
}

const FORMATS = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS];
const FORMAT_NAMES = 'MP4, MOV, Matroska, WebM, WAVE, Ogg, FLAC, MP3, ADTS or MPEG-TS';

const fileError = (errorName: string, name: string, reason: string): DOMException =>
  new DOMException(`${name}; ${reason}.`, errorName);

async function fetchMedia(name: string, url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    const reason = `it did not load (${error.message.replace(/\.$/, '')}): a server of another origin has to allow it by CORS`;
    throw fileError('NetworkError', name, reason);
  });
  if (response.ok) return response;
  throw fileError(
    'NetworkError',
    name,
    `it must be the URL of a media file, and the server answered ${response.status}`,
  );
}

async function checkCodec(track: InputVideoTrack, name: string): Promise<void> {
  if (await track.canDecode()) return;
  const reason = `its video is ${await codecOf(track)}, which this browser does not decode`;
  throw fileError('NotSupportedError', name, `${reason}: use a file with video in H.264, VP8 or VP9`);
}

/** The codec of a track that the worker cannot decode; `null` if it can. PCM needs no decoder. */
async function undecodedCodec(track: InputAudioTrack, hasDecoder: boolean): Promise<string | null> {
  const isPcm = /^(pcm|ulaw|alaw)/.test((await track.getCodec()) ?? '');
  return (isPcm || hasDecoder) && (await track.canDecode()) ? null : codecOf(track);
}

async function codecOf(track: InputVideoTrack | InputAudioTrack): Promise<string> {
  const codec = (await track.getCodecParameterString()) ?? (await track.getCodec());
  if (codec) return codec;
  // Such as `mp4v` in a file of MP4.
  const id = await track.getInternalCodecId();
  return typeof id === 'string' ? id : 'a codec that is not known';
}

/** Blocks of samples from a position on. */
function* blocksOf({ planes, sampleRate }: DecodedAudio, position: number): Generator<AudioItem> {
  const length = planes[0]?.length ?? 0;
  for (let at = Math.round(position * sampleRate); at < length; at += BLOCK_LENGTH) {
    yield { planes: planes.map((plane) => plane.slice(at, at + BLOCK_LENGTH)), sampleRate, time: at / sampleRate };
  }
}

/** In samples. */
const BLOCK_LENGTH = 4096;

async function videoInfo(track: InputVideoTrack): Promise<VideoInfo> {
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  return { width, height, frameRate: nearestRate(usualRate(await pictureTimes(track))) };
}

/** The times of the first pictures in seconds, in the order in which they are shown. */
async function pictureTimes(track: InputVideoTrack): Promise<number[]> {
  const times: number[] = [];
  for await (const { timestamp } of new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  })) {
    times.push(timestamp);
    if (times.length === COUNTED_FRAMES) break;
  }
  return times.sort((a, b) => a - b);
}

const COUNTED_FRAMES = 151;

/**
 * Pictures per second where none is left out: files with a variable rate leave out pictures that are equal to the previous one.
 * 0 without pictures.
 */
function usualRate(times: readonly number[]): number {
  const intervals = times
    .slice(1)
    .map((time, i) => time - (times[i] as number))
    .filter((interval) => interval > 0)
    .sort((a, b) => a - b);
  const median = intervals[Math.floor(intervals.length / 2)] ?? 0;
  const usual = intervals.filter((interval) => Math.abs(interval / median - 1) < USUAL_INTERVAL_TOLERANCE);
  return usual.length / usual.reduce((sum, interval) => sum + interval, 0) || 0;
}

/** WebM has whole milliseconds: at 240 frames per second, a frame takes 4 or 5. */
const USUAL_INTERVAL_TOLERANCE = 0.3;

/** The rate that is meant: WebM has times in whole milliseconds, so that an average is a little off. */
function nearestRate(average: number): Rate {
  if (!(average > 0)) return parseRate(30);
  const distance = (rate: Rate) => Math.abs(rate.numerator / rate.denominator / average - 1);
  const [nearest] = USUAL_RATES.map((rate) => parseRate(rate)).sort((a, b) => distance(a) - distance(b)) as [Rate];
  if (distance(nearest) < RATE_TOLERANCE) return nearest;
  return parseRate(Math.min(240, Math.max(1, Math.round(average * 1000) / 1000)));
}

const USUAL_RATES = [10, 12, 15, '24000/1001', 24, 25, '30000/1001', 30, 48, 50, '60000/1001', 60, 90, 100, 120];
const RATE_TOLERANCE = 0.002;

/** A sample as a frame, which has to be closed; the sample is closed. A picture that the file turns is drawn. */
function toFrame(sample: VideoSample): VideoFrame {
  try {
    if (sample.rotation === 0 && !sample.flip) return sample.toVideoFrame();
    const canvas = new OffscreenCanvas(sample.displayWidth, sample.displayHeight);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new DOMException('The picture cannot be turned: there is no canvas.', 'InvalidStateError');
    sample.draw(context, 0, 0);
    return new VideoFrame(canvas, { timestamp: sample.microsecondTimestamp });
  } finally {
    sample.close();
  }
}
