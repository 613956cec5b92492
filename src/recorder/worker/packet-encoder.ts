import {
  type AudioCodec,
  type AudioSample,
  AudioSampleSource,
  MkvOutputFormat,
  NullTarget,
  Output,
  Quality,
  type VideoCodec,
  type VideoSample,
  VideoSampleSource,
} from 'mediabunny';
import type { Packet } from './container-file.js';

/** Receives the packets of an encoder and its errors. */
export interface PacketSink {
  add(packet: Packet): void;
  fail(error: unknown): void;
}

interface SampleSource<Sample> {
  add(sample: Sample, options?: VideoEncoderEncodeOptions): Promise<void>;
}

/** Encodes frames of one size, or blocks of audio, apart from the file: a file may have several encoders, one after the other. */
abstract class PacketEncoder<Sample extends VideoSample | AudioSample> {
  readonly #output = new Output({ format: new MkvOutputFormat({ appendOnly: true }), target: new NullTarget() });
  readonly #source: SampleSource<Sample>;
  readonly #started: Promise<void>;
  readonly #sink: PacketSink;
  /** The samples that are being handed to the encoder. */
  readonly #pending = new Set<Promise<void>>();
  /** The last encoding: they run one after the other, because otherwise all waiting frames would be copied at the same time. */
  #last: Promise<void>;

  protected constructor(source: SampleSource<Sample>, addTrack: (output: Output) => void, sink: PacketSink) {
    this.#sink = sink;
    this.#source = source;
    addTrack(this.#output);
    this.#started = this.#output.start();
    this.#last = this.#started;
  }

  get queued(): number {
    return this.#pending.size;
  }

  /** Encodes a sample and closes it. An encoder may drop a picture, unless it is a key frame. */
  encode(sample: Sample, options?: VideoEncoderEncodeOptions): void {
    const encoding = this.#last
      .then(() => this.#source.add(sample, options))
      .catch((error) => this.#sink.fail(error))
      .finally(() => {
        sample.close();
        this.#pending.delete(encoding);
      });
    this.#last = encoding;
    this.#pending.add(encoding);
  }

  /** Resolves when all packets were handed over. */
  async finish(): Promise<void> {
    await Promise.all(this.#pending);
    await this.#started;
    await this.#output.finalize();
  }
}

/** Encodes pictures of the size of the first one; others are fitted into it. */
export class VideoPacketEncoder extends PacketEncoder<VideoSample> {
  readonly width: number;
  readonly height: number;

  constructor(codec: string, bitrate: number | undefined, { width, height }: PictureSize, sink: PacketSink) {
    // H.264 and H.265 have even sizes.
    const isOdd = (codec === 'avc' || codec === 'hevc') && (width % 2 === 1 || height % 2 === 1);
    const source = new VideoSampleSource({
      codec: codec as VideoCodec,
      quality: qualityOf(bitrate),
      keyFrameInterval: KEY_FRAME_INTERVAL_S,
      latencyMode: 'realtime',
      sizeChangeBehavior: 'contain',
      ...(isOdd && { transform: { width: width & ~1, height: height & ~1 } }),
      onEncodedPacket: (packet, meta) => sink.add({ kind: 'video', packet, meta }),
    });
    super(source, (output) => output.addVideoTrack(source), sink);
    this.width = width;
    this.height = height;
  }
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Encodes stereo at 48 kHz. */
export class AudioPacketEncoder extends PacketEncoder<AudioSample> {
  constructor(codec: string, bitrate: number | undefined, sink: PacketSink) {
    const source = new AudioSampleSource({
      codec: codec as AudioCodec,
      quality: qualityOf(bitrate),
      onEncodedPacket: (packet, meta) => sink.add({ kind: 'audio', packet, meta }),
    });
    super(source, (output) => output.addAudioTrack(source), sink);
  }
}

/** A file without its end is lost from the last key frame on where it consists of fragments. */
const KEY_FRAME_INTERVAL_S = 1;

const qualityOf = (bitrate: number | undefined): Quality =>
  new Quality(bitrate ? { bitrate: Math.round(bitrate) } : { quality: 'high', preferBitrate: true });
