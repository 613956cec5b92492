import { css, html, LitElement, nothing } from 'lit';
import { CommandController } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { ElementStateController } from '../controllers/element-state-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { LatestRun } from '../generator/latest-run.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { chooseRecordingType, fileEndingOf, TrackRecording } from '../recorder/track-recording.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { number, object, text } from './converters.js';
import { property } from './property.js';
import { RecordingProgressEvent } from './recording-progress-event.js';

/** The states of a recorder. */
export type RecorderState = 'idle' | 'starting' | 'recording' | 'paused' | 'stopping' | 'stopped' | 'failed';

/** The events of a recorder, for `addEventListener`. */
export interface RecorderEventMap {
  statechange: Event;
  error: ErrorEvent;
  warning: ErrorEvent;
  progress: RecordingProgressEvent;
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
 * A complete recording is offered by a link that saves it. Recordings are made in memory; in browsers with a file picker,
 * `--start-file` records into a file. Commands: `--start`, `--start-file`, `--stop`, `--pause`, `--resume`.
 *
 * @summary Records tracks into memory or a file.
 * @tag track-recorder
 * @slot - Sources whose tracks are recorded.
 * @slot download - The text of the link.
 * @csspart download - The link that saves the recording.
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do.
 * @event {ErrorEvent} warning - Something is not as it should be, and the element works. `error` says what, and what to do. The
 * message also goes to the console, unless a listener calls `preventDefault()`.
 * @event {RecordingProgressEvent} progress - The recording has grown: `duration` in seconds, `size` in bytes.
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

  /** Container and codecs, such as `video/webm;codecs=vp9,opus`; empty for the best usual type that the browser supports. */
  @property({ type: text, reflect: true })
  type = '';

  /** Bit rate of the video in bits per second; 0 for the browser's choice. */
  @property({ type: number, attribute: 'video-bitrate', reflect: true })
  videoBitrate = 0;

  /** Bit rate of the audio in bits per second; 0 for the browser's choice. */
  @property({ type: number, attribute: 'audio-bitrate', reflect: true })
  audioBitrate = 0;

  /** Milliseconds between two pieces of the recording, at least 100. Each piece fires a `progress` event. */
  @property({ type: number, reflect: true })
  timeslice = 1000;

  /** The name of the saved file, without its ending. */
  @property({ type: text, reflect: true })
  filename = 'recording';

  /**
   * A stream whose tracks are recorded, besides those of sources: a camera, a screen, tracks of another library. One live track
   * of each kind counts. A script's own `addTrack()` fires no event on the stream: set another stream after it.
   */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  declare addEventListener: TypedListenerMethod<RecorderEventMap>;
  declare removeEventListener: TypedListenerMethod<RecorderEventMap, EventListenerOptions>;

  readonly #states = new ElementStateController<RecorderState>(this, 'idle');
  readonly #sink = new TrackSinkController(this, {
    trackChanged: () => this.#tracksChanged(),
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
      onRemoved: () => {
        this.stop();
        this.#forget();
      },
    });
  }

  /** The recorder's state, also a custom state: `:state(recording)`. */
  get state(): RecorderState {
    return this.#states.state;
  }

  /** The last complete recording, or `null`. */
  get blob(): Blob | null {
    return this.#blob;
  }

  /**
   * Object URL of the last complete recording, to play or save it; empty without one. It is revoked by the next recording,
   * and when the element is removed.
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

  /** Takes a track in place of the last one of its kind. Sources call it; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#sink.addTrack(track, source);
  }

  /** Gives up a track. During a recording that completes the recording. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /**
   * Starts a recording, unless one is running. It has the tracks of this moment; an exchange of a track completes it.
   *
   * @param file Records into this file; into memory unless given.
   */
  async start(file?: FileSystemFileHandle): Promise<void> {
    if (ACTIVE_STATES.includes(this.state)) return;
    const signal = this.#run.begin();
    this.#states.set('starting');
    try {
      await this.updateComplete;
      const { type, videoBitrate, audioBitrate, timeslice } = this;
      const options = {
        type,
        timeslice,
        ...(videoBitrate !== 0 && { videoBitrate }),
        ...(audioBitrate !== 0 && { audioBitrate }),
        ...(file && { file }),
      };
      const recording = await TrackRecording.start(this.#sink.tracks, options, {
        progressed: () => {
          if (!signal.aborted) this.dispatchEvent(new RecordingProgressEvent(recording.duration, recording.size));
        },
        ended: (blob) => {
          if (!signal.aborted) this.#finish(blob);
        },
        failed: (error) => {
          if (!signal.aborted) this.#states.fail(error);
        },
      });
      if (signal.aborted) {
        recording.stop();
        return;
      }
      this.#recording = recording;
      this.#states.set('recording');
    } catch (error) {
      if (!signal.aborted) this.#states.fail(error as Error);
    }
  }

  /** Asks for a file and records into it. Browsers allow that only after a user gesture. */
  async startFile(): Promise<void> {
    if (ACTIVE_STATES.includes(this.state)) return;
    const { showSaveFilePicker } = window as { showSaveFilePicker?(options: object): Promise<FileSystemFileHandle> };
    try {
      if (!showSaveFilePicker) {
        throw new DOMException('This browser has no file picker: start() records into memory.', 'NotSupportedError');
      }
      const suggestedName = this.#fileName(chooseRecordingType(this.type, this.#sink.tracks));
      await this.start(await showSaveFilePicker.call(window, { suggestedName }));
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

  #tracksChanged(): void {
    if (this.state !== 'recording' && this.state !== 'paused') return;
    this.stop();
    this.#states.reportError(
      new DOMException('A track was exchanged, which ends the recording: start() another.', 'InvalidModificationError'),
    );
  }

  #finish(blob: Blob): void {
    this.#forget();
    if (this.isConnected) {
      this.#blob = blob;
      this.#url = URL.createObjectURL(blob);
      this.requestUpdate();
    }
    this.#states.set('stopped');
  }

  /** Gives up the last complete recording. */
  #forget(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = '';
    this.#blob = null;
    this.requestUpdate();
  }
}

const ACTIVE_STATES: readonly RecorderState[] = ['starting', 'recording', 'paused', 'stopping'];

declare global {
  interface HTMLElementTagNameMap {
    'track-recorder': TrackRecorderElement;
  }
}
