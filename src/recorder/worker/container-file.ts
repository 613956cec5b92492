import {
  AdtsOutputFormat,
  BlobSource,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FlacOutputFormat,
  Input,
  MATROSKA,
  MkvOutputFormat,
  MovOutputFormat,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  QTFF,
  StreamTarget,
  type StreamTargetChunk,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import type { TrackKind } from '../../signals/track-kind.js';
import type { RecordingStorage } from '../recording-storage.js';
import type { ContainerName } from '../recording-type.js';

/** An encoded frame or block, with its kind. */
export interface Packet {
  readonly kind: TrackKind;
  readonly packet: EncodedPacket;
  readonly meta: EncodedVideoChunkMetadata | EncodedAudioChunkMetadata | undefined;
}

/** A complete file. */
export interface FinishedFile {
  readonly blob: Blob;
  /** The error for which the file has kept its live form, without duration and index; `undefined` if there was none. */
  readonly warning: unknown;
}

type Codecs = Readonly<Record<TrackKind, string | undefined>>;

/**
 * The file of a recording: a container with at most one track of each kind, written while it is made. A container lists
 * its tracks at its beginning. If a second kind begins later, what was written is copied once into a file with two.
 */
export class ContainerFile {
  readonly #container: ContainerName;
  readonly #codecs: Codecs;
  #storage: RecordingStorage;
  /** All changes of the file run one after the other. */
  #pending: Promise<unknown> = Promise.resolve();
  /** Everything that changes the storage. */
  #pendingWrites: Promise<unknown> = Promise.resolve();
  #output: Output | null = null;
  readonly #sources = new Map<TrackKind, EncodedVideoPacketSource | EncodedAudioPacketSource>();
  /** The configuration of the decoder of each kind. */
  readonly #metas = new Map<TrackKind, Packet['meta']>();
  /** Packets from before the file was opened. */
  #early: Packet[] = [];

  /** @param codecs The codec of each kind, in the words of `mediabunny`. */
  constructor(container: ContainerName, codecs: Codecs, storage: RecordingStorage) {
    this.#container = container;
    this.#codecs = codecs;
    this.#storage = storage;
  }

  /** The bytes so far. */
  get size(): number {
    return this.#storage.size;
  }

  /** The kinds of the tracks in the file. */
  get kinds(): readonly TrackKind[] {
    return [...this.#sources.keys()];
  }

  /** The codec of a kind as its decoder names it, such as `avc1.42e01e`. */
  codecString(kind: TrackKind): string {
    return this.#metas.get(kind)?.decoderConfig?.codec ?? '';
  }

  /** Adds a packet. The first packets of all kinds that are to be expected open the file. */
  add(packet: Packet, expected: readonly TrackKind[]): Promise<void> {
    return this.#inTurn(async () => {
      const { kind } = packet;
      if (!this.#metas.has(kind)) this.#metas.set(kind, packet.meta);
      if (!this.#output) {
        this.#early.push(packet);
        if (expected.every((one) => this.#metas.has(one))) await this.#writeEarly();
      } else if (this.#sources.has(kind)) {
        await this.#write(packet);
      } else {
        await this.#addKind(packet);
      }
    });
  }

  /** Makes everything so far survive the end of the page. */
  commit(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#storing(() => this.#storage.commit());
    });
  }

  /** Opens the file with the kinds that have come, so that no kind holds up another. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#output && this.#early.length > 0) await this.#writeEarly();
    });
  }

  /** Ends the file: nothing is added any more. */
  end(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#output && this.#early.length > 0) await this.#writeEarly();
      await this.#finalize();
    });
  }

  /** Gives the file, once it has ended, its duration and an index. If that fails, the live form stays, which plays too. */
  finish(): Promise<FinishedFile> {
    return this.#inTurn(async () => {
      let warning: unknown;
      // A file that could not be completed is used in its present state.
      if (isLive(this.#container) && this.#output?.state === 'finalized') {
        await this.#index().catch((error) => {
          warning = error;
        });
      }
      return { blob: await this.#storage.read(), warning };
    });
  }

  /** Discards the file. Everything committed stays. */
  async abort(): Promise<void> {
    await this.#inTurn(() => this.#storage.discard()).catch(() => {});
  }

  /** Hands over the last bytes, unless that was done before a copy that failed. */
  async #finalize(): Promise<void> {
    if (this.#output?.state !== 'finalized') await this.#output?.finalize();
    await this.#pendingWrites;
  }

  async #writeEarly(): Promise<void> {
    const packets = this.#early;
    this.#early = [];
    await this.#openOutput([...this.#metas.keys()], true);
    for (const packet of packets) await this.#write(packet);
  }

  /** Copies the file into one with a further track, and continues with that. */
  async #addKind(packet: Packet): Promise<void> {
    await this.#finalize();
    const isReplaced = await this.#replace([...this.#sources.keys(), packet.kind], true, packet);
    if (isReplaced) return;
    throw new DOMException('This browser cannot add a track to a file that it has begun.', 'NotSupportedError');
  }

  /** Copies a live file into one with an index, from which every player knows duration and positions. */
  async #index(): Promise<void> {
    await this.#replace([...this.#sources.keys()], false);
  }

  /**
   * Copies the file into another version of it, and continues with that. If anything fails, the first version stays.
   *
   * @returns Whether the storage allows it.
   */
  async #replace(kinds: readonly TrackKind[], live: boolean, first?: Packet): Promise<boolean> {
    const blob = await this.#storage.read();
    const replacement = await this.#storage.replacement();
    if (!replacement) return false;
    const [storage, output, sources] = [this.#storage, this.#output, new Map(this.#sources)];
    this.#storage = replacement;
    try {
      await this.#openOutput(kinds, live);
      // A track without a packet would hold up the others.
      if (first) await this.#write(first);
      for await (const packet of packetsOf(blob)) await this.#write(packet);
      if (live) await this.#storing(() => replacement.reopen());
      else {
        await this.#finalize();
        await replacement.close();
      }
      return true;
    } catch (error) {
      if (this.#output !== output) await this.#output?.cancel().catch(() => {});
      await replacement.discard().catch(() => {});
      [this.#storage, this.#output, this.#pendingWrites] = [storage, output, Promise.resolve()];
      this.#sources.clear();
      for (const [kind, source] of sources) this.#sources.set(kind, source);
      throw error;
    }
  }

  async #openOutput(kinds: readonly TrackKind[], live: boolean): Promise<void> {
    this.#sources.clear();
    const writable = new WritableStream<StreamTargetChunk>({
      write: ({ data, position }) => this.#storing(() => this.#storage.write(data, position)),
    });
    const output = new Output({ format: formats[this.#container](live), target: new StreamTarget(writable) });
    for (const kind of kinds) {
      const metadata = { decoderConfig: this.#metas.get(kind)?.decoderConfig } as object;
      if (kind === 'video') {
        const source = new EncodedVideoPacketSource(this.#codecs.video as 'vp9');
        this.#sources.set(kind, source);
        output.addVideoTrack(source, metadata);
      } else {
        const source = new EncodedAudioPacketSource(this.#codecs.audio as 'opus');
        this.#sources.set(kind, source);
        output.addAudioTrack(source, metadata);
      }
    }
    await output.start();
    this.#output = output;
  }

  async #write({ kind, packet }: Packet): Promise<void> {
    await this.#sources.get(kind)?.add(packet, this.#metas.get(kind) as object);
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#pending.then(run);
    this.#pending = result.catch(() => {});
    return result;
  }

  #storing(run: () => void | Promise<void>): Promise<void> {
    const result = this.#pendingWrites.then(run);
    this.#pendingWrites = result;
    result.catch(() => {});
    return result;
  }
}

const formats: Readonly<Record<ContainerName, (live: boolean) => OutputFormat>> = {
  webm: (appendOnly) => new WebMOutputFormat({ appendOnly }),
  mkv: (appendOnly) => new MkvOutputFormat({ appendOnly }),
  mp4: (live) => new Mp4OutputFormat({ fastStart: live && 'fragmented' }),
  mov: (live) => new MovOutputFormat({ fastStart: live && 'fragmented' }),
  ogg: () => new OggOutputFormat(),
  wav: () => new WavOutputFormat(),
  mp3: () => new Mp3OutputFormat(),
  flac: () => new FlacOutputFormat(),
  adts: () => new AdtsOutputFormat(),
};

/** Containers that have a live form, whose parts play without the end of the file, and a complete form with an index. */
const isLive = (container: ContainerName): boolean => ['webm', 'mkv', 'mp4', 'mov'].includes(container);

/** The packets of a file, in the order of their time. */
async function* packetsOf(blob: Blob): AsyncGenerator<Packet> {
  const input = new Input({ source: new BlobSource(blob), formats: [MATROSKA, WEBM, MP4, QTFF] });
  try {
    const heads = [];
    for (const track of await input.getTracks()) {
      const packets = new EncodedPacketSink(track).packets();
      heads.push({ kind: track.type as TrackKind, packets, next: await packets.next() });
    }
    for (;;) {
      const [earliest] = heads.sort((a, b) => timeOf(a.next) - timeOf(b.next));
      if (!earliest || earliest.next.done) return;
      yield { kind: earliest.kind, packet: earliest.next.value, meta: undefined };
      earliest.next = await earliest.packets.next();
    }
  } finally {
    input.dispose();
  }
}

const timeOf = ({ done, value }: IteratorResult<EncodedPacket, unknown>): number =>
  done ? Number.POSITIVE_INFINITY : value.timestamp;
