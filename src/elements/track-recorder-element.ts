import { css, html, LitElement, nothing } from 'lit';
import { warnOfUnknownAttributes } from '../controllers/attribute-check.js';
import { CommandController } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { ElementStateController } from '../controllers/element-state-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { waitForSources } from '../controllers/wait-for-sources.js';
import { has } from '../generator/features.js';
import { LatestRun } from '../generator/latest-run.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { fileEndingOf, pickerTypesOf, TrackRecording } from '../recorder/track-recording.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { number, numberOrNull, object, text } from './converters.js';
import { property } from './property.js';
import { RecordedEvent } from './recorded-event.js';
import { RecordingProgressEvent } from './recording-progress-event.js';
import { styledRoot } from './styled-root.js';

/** The states of a recorder. */
export type RecorderState = 'idle' | 'starting' | 'recording' | 'paused' | 'stopping' | 'stopped' | 'failed';

/** The events of a recorder, for `addEventListener`. */
export interface RecorderEventMap {
  statechange: Event;
  error: ErrorEvent;
  warning: ErrorEvent;
  progress: RecordingProgressEvent;
  recorded: RecordedEvent;
}

/**
 * Records one video track and one audio track, of the sources inside the element or of those that name it with `for`. It
 * does not start by itself.
 *
 * ```html
 * <track-recorder id="recorder">
 *   <pattern-source></pattern-source>
 *   <tone-source></tone-source>
 * </track-recorder>
 * <button commandfor="recorder" command="--start">Record</button>
 * <button commandfor="recorder" command="--stop">Stop</button>
 * ```
 *
 * Tracks may come, go and be exchanged while it records: the file has one track of each kind, which shows the last picture
 * and is silent while there is none. A complete recording is offered by a link that saves it. Recordings are made in
 * memory; in browsers with a file picker, `--start-file` records into a file. Commands: `--start`, `--start-file`, `--stop`, `--pause`, `--resume`.
 *
 * @summary Records tracks into memory or a file.
 * @tag track-recorder
 * @slot - Sources whose tracks are recorded.
 * @slot download - The text of the link.
 * @csspart download - The link that saves the recording.
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do. The message also goes
 * to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - Something is wrong, but the element continues to work. `error` says what is wrong, and what to
 * do. The message also goes to the console, unless a listener calls `preventDefault()`.
 * @event {RecordingProgressEvent} progress - Everything recorded so far is written: `duration` in seconds, `size` in bytes.
 * @event {RecordedEvent} recorded - A recording is complete, also after the element was removed: `blob`, its `duration` in
 * seconds, and its `filename`. After an error it has everything up to the error, and the state is `failed`.
 * @cssstate idle - Nothing is recorded.
 * @cssstate starting - The recording is about to begin.
 * @cssstate recording - It records.
 * @cssstate paused - It is paused.
 * @cssstate stopping - The recording is being completed.
 * @cssstate stopped - There is a complete recording.
 * @cssstate failed - Something is wrong. `start()` tries again.
 */
export class TrackRecorderElement extends LitElement implements TrackSink {
  static override styles = css`
    :host { display: contents; }
    slot:not([name]) { display: none; }
  `;

  /**
   * Container and codecs, such as `video/webm;codecs=vp9,opus`; empty for WebM. Containers: WebM, Matroska, MP4, QuickTime;
   * Ogg, WAVE, FLAC, MP3 and AAC for audio alone; with the codecs that the browser can encode.
   */
  @property({ type: text, reflect: true })
  type = '';

  /** Bit rate of the video in bits per second. Unset, it suits the size of the picture. */
  @property({ type: numberOrNull, attribute: 'video-bitrate', reflect: true })
  videoBitrate: number | null = null;

  /** Bit rate of the audio in bits per second. Unset, it is high enough for high quality. */
  @property({ type: numberOrNull, attribute: 'audio-bitrate', reflect: true })
  audioBitrate: number | null = null;

  /**
   * Interval in milliseconds, at least 100, in which the recorder writes what it has recorded, and fires a `progress` event. If
   * the page crashes, a file has everything up to the last interval.
   */
  @property({ type: number, reflect: true })
  timeslice = 1000;

  /** The name of the saved file, without the extension. */
  @property({ type: text, reflect: true })
  filename = 'recording';

  /**
   * A stream whose tracks are recorded, besides those of sources: a camera, a screen, tracks of another library. It uses one
   * live track of each kind. A stream fires no event when a script calls its `addTrack()`: after that, set a new stream.
   */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  declare addEventListener: TypedListenerMethod<RecorderEventMap>;
  declare removeEventListener: TypedListenerMethod<RecorderEventMap, EventListenerOptions>;

  readonly #states = new ElementStateController<RecorderState>(this, 'idle');
  readonly #sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => this.#trackChanged(kind, track),
    failed: (error) => this.#states.reportError(error),
  });
  /** From a start to the end of the recording. */
  readonly #run = new LatestRun();
  #recording: TrackRecording | null = null;
  #blob: Blob | null = null;
  #url = '';

  constructor() {
    super();
    new CommandController(this, {
      '--start': () => this.start(),
      '--start-file': () => this.startFile(),
      '--stop': () => this.stop(),
      '--pause': () => this.pause(),
      '--resume': () => this.resume(),
    });
    new ConnectionController(this, {
      onConnected: () => {
        this.#updateUrl();
        warnOfUnknownAttributes(this);
      },
      onRemoved: () => {
        this.stop();
        this.#updateUrl();
      },
    });
  }

  /** The recorder's state, also a custom state: `:state(recording)`. */
  get state(): RecorderState {
    return this.#states.state;
  }

  /**
   * The last complete recording, or `null`. It stays when the element is removed. A recording that has failed is here too: with
   * everything up to the error, as far as that could be saved.
   */
  get blob(): Blob | null {
    return this.#blob;
  }

  /**
   * Object URL of the last complete recording, to play or save it; empty without one, and while the element is not in a
   * document. The element revokes it when the next recording is complete, and when it is removed. Make a URL of your own from
   * `blob` for longer.
   */
  get url(): string {
    return this.#url;
  }

  /** Recorded time in seconds. */
  get duration(): number {
    return this.#recording?.duration ?? 0;
  }

  /** Recorded size in bytes. */
  get size(): number {
    return this.#recording?.size ?? 0;
  }

  /** Adds a track, which replaces the last one of its kind. Sources call this method; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#sink.addTrack(track, source);
  }

  /** Gives up a track. A recording continues without it. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /**
   * Starts a recording, unless one is running. It waits until the sources inside have their tracks, five seconds at most.
   * Resolves when it records, or when `stop()` came first; rejects with the error of the `error` event if it could not start. The rejection need
   * not be handled.
   *
   * @param file Records into this file; into memory unless given.
   */
  start(file?: FileSystemFileHandle): Promise<void> {
    const started = this.#start(file);
    started.catch(() => {});
    return started;
  }

  async #start(file: FileSystemFileHandle | undefined): Promise<void> {
    if (ACTIVE_STATES.includes(this.state)) return;
    const signal = this.#run.begin();
    this.#states.set('starting');
    try {
      await this.updateComplete;
      // A recording that lacks one of two tracks has to be made once more.
      await waitForSources(this.#sink, signal);
      if (!signal.aborted) await this.#record(signal, file);
    } catch (error) {
      if (signal.aborted) return;
      this.#states.fail(error as Error);
      throw error;
    }
  }

  /** Asks for a file and records into it. Browsers allow that only after a user gesture. */
  async startFile(): Promise<void> {
    if (ACTIVE_STATES.includes(this.state)) return;
    try {
      if (!has('showSaveFilePicker')) {
        throw new DOMException('This browser has no file picker: start() records into memory.', 'NotSupportedError');
      }
      const kinds = this.#sink.tracks.map(({ kind }) => kind as TrackKind);
      const options = { suggestedName: this.#fileName(this.type), types: pickerTypesOf(this.type, kinds) };
      // The gesture was in the window in which the element is.
      const view = (this.ownerDocument.defaultView ?? window) as unknown as FilePickerWindow;
      const file = await view.showSaveFilePicker(options);
      // It reports its own errors.
      await this.start(file).catch(() => {});
    } catch (error) {
      // Closing the picker is not an error.
      if ((error as Error).name !== 'AbortError') this.#states.fail(error as Error);
    }
  }

  /** Pauses the recording. */
  pause(): void {
    if (this.state !== 'recording' || !this.#recording) return;
    this.#recording.paused = true;
    this.#states.set('paused');
  }

  /** Continues a paused recording. */
  resume(): void {
    if (this.state !== 'paused' || !this.#recording) return;
    this.#recording.paused = false;
    this.#states.set('recording');
  }

  /** Completes the recording: `blob` and `url` have it when the state is `stopped`. */
  stop(): void {
    if (!ACTIVE_STATES.includes(this.state)) return;
    if (this.state === 'starting') {
      this.#run.cancel();
      this.#states.set('idle');
      return;
    }
    this.#states.set('stopping');
    this.#recording?.stop();
  }

  /** @internal Called when the element is moved to another document. */
  adoptedCallback(): void {
    styledRoot(this);
  }

  protected override createRenderRoot(): ShadowRoot {
    return styledRoot(this);
  }

  protected override render() {
    return html`
      <slot></slot>
      ${this.#url && this.#blob ? this.#renderLink(this.#blob) : nothing}
    `;
  }

  #renderLink(blob: Blob) {
    const name = this.#fileName(blob.type || (this.#recording?.type ?? ''));
    return html`<a part="download" href=${this.#url} download=${name}><slot name="download">Save the recording</slot></a>`;
  }

  #fileName(type: string): string {
    return `${this.filename}.${fileEndingOf(type)}`;
  }

  async #record(signal: AbortSignal, file: FileSystemFileHandle | undefined): Promise<void> {
    const { type, videoBitrate, audioBitrate, timeslice } = this;
    const options = {
      type,
      timeslice,
      ...(videoBitrate !== null && { videoBitrate }),
      ...(audioBitrate !== null && { audioBitrate }),
      ...(file && { file }),
    };
    const { tracks } = this.#sink;
    const recording = await TrackRecording.start(tracks, options, {
      progressed: (duration) => {
        if (!signal.aborted) this.dispatchEvent(new RecordingProgressEvent(duration, this.size));
      },
      ended: (blob) => {
        if (!signal.aborted) this.#finish(blob, () => this.#states.set('stopped'));
      },
      failed: (error, blob) => {
        if (signal.aborted) return;
        if (blob) this.#finish(blob, () => this.#states.fail(error));
        else this.#states.fail(error);
      },
      warned: (error) => {
        if (!signal.aborted) this.#states.warn(error);
      },
    });
    if (signal.aborted) {
      recording.stop();
      return;
    }
    this.#recording = recording;
    // It may have failed in the meantime.
    if (this.state !== 'starting') return;
    this.#states.set('recording');
    // Tracks may have changed while the recording was started.
    for (const kind of ['video', 'audio'] as const) {
      const now = trackOf(this.#sink.tracks, kind);
      if (now !== trackOf(tracks, kind)) this.#trackChanged(kind, now);
    }
  }

  #trackChanged(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (!this.#recording || (this.state !== 'recording' && this.state !== 'paused')) return;
    if (this.#recording.setTrack(kind, track)) return;
    this.stop();
    this.#states.reportError(
      new DOMException(
        'A track was exchanged, which ends the recording in a browser without encoders: call start() to begin another one.',
        'InvalidModificationError',
      ),
    );
  }

  /** Offers a recording. */
  #finish(blob: Blob, setState: () => void): void {
    this.#blob = blob;
    this.#updateUrl();
    setState();
    const filename = this.#fileName(blob.type || (this.#recording?.type ?? ''));
    this.dispatchEvent(new RecordedEvent(blob, this.duration, filename));
  }

  /** There is a URL while there is a recording and the element is in a document, so that none is left behind. */
  #updateUrl(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = this.#blob && this.isConnected ? URL.createObjectURL(this.#blob) : '';
    this.requestUpdate();
  }
}

interface FilePickerWindow {
  showSaveFilePicker(options: object): Promise<FileSystemFileHandle>;
}

const trackOf = (tracks: readonly MediaStreamTrack[], kind: TrackKind): MediaStreamTrack | null =>
  tracks.find((track) => track.kind === kind) ?? null;

const ACTIVE_STATES: readonly RecorderState[] = ['starting', 'recording', 'paused', 'stopping'];

declare global {
  interface HTMLElementTagNameMap {
    'track-recorder': TrackRecorderElement;
  }
}
