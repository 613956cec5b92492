import { css, type PropertyDeclarations } from '@lit/reactive-element';
import { CommandController } from '../controllers/command-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { TrackRecording } from '../recorder/track-recording.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { RecordingProgressEvent } from './recording-progress-event.js';
import { TrackElement, type TrackElementEventMap } from './track-element.js';

export type RecorderState = 'idle' | 'starting' | 'recording' | 'paused' | 'stopping' | 'stopped' | 'failed';

export interface RecorderEventMap extends TrackElementEventMap {
  progress: RecordingProgressEvent;
}

/**
 * Records what comes in: of the sources that stand inside it, or that name it with `for`, one of video and one of audio.
 * It starts when it is told to.
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
 * When there is a recording, the element shows a link that saves it. The recording grows in memory, or, where the browser
 * has a file picker, in a file: `--start-file`.
 *
 * @summary Records what comes in, into memory or a file.
 * @tag track-recorder
 * @slot - Sources whose tracks are recorded.
 * @slot download - The text of the link.
 * @csspart download - The link that saves the recording.
 * @event {RecordingProgressEvent} progress - The recording has grown: `duration` in seconds, `size` in bytes.
 * @cssstate idle - Nothing has been recorded.
 * @cssstate starting - It waits for a file.
 * @cssstate recording - It records.
 * @cssstate paused - It has been told to pause.
 * @cssstate stopping - The last piece is on its way.
 * @cssstate stopped - There is a recording.
 * @cssstate failed - Something is wrong; starting again tries again.
 */
export class TrackRecorderElement extends TrackElement<RecorderEventMap> implements TrackSink {
  static override properties: PropertyDeclarations = {
    type: { type: String, reflect: true, useDefault: true },
    videoBitrate: { type: Number, reflect: true, attribute: 'video-bitrate', useDefault: true },
    audioBitrate: { type: Number, reflect: true, attribute: 'audio-bitrate', useDefault: true },
    timeslice: { type: Number, reflect: true, useDefault: true },
    filename: { type: String, reflect: true, useDefault: true },
  };

  static override styles = css`
    :host { display: contents; }
    slot:not([name]) { display: none; }
    [hidden] { display: none; }
  `;

  /** Container and codecs, such as `video/webm;codecs=vp9,opus`; empty for the best of the usual ones that the browser has. */
  declare type: string;
  /** Bits a second; 0 for the browser's choice. */
  declare videoBitrate: number;
  /** Bits a second; 0 for the browser's choice. */
  declare audioBitrate: number;
  /** Milliseconds between two pieces, and so between two `progress` events: at least 100. */
  declare timeslice: number;
  /** What the recording is saved as, without its ending. */
  declare filename: string;

  readonly #intake = new TrackSinkController(this, () => this.#tracksChanged());
  readonly #link = document.createElement('a');
  #recording: TrackRecording | null = null;
  #state: RecorderState = 'idle';
  #blob: Blob | null = null;
  #url = '';
  #attempt = 0;

  constructor() {
    super();
    this.type = '';
    this.videoBitrate = 0;
    this.audioBitrate = 0;
    this.timeslice = 1000;
    this.filename = 'recording';
    new CommandController(this, {
      '--start-file': () => this.startFile(),
      '--pause': () => this.pause(),
      '--resume': () => this.resume(),
    });
    const text = document.createElement('slot');
    text.name = 'download';
    text.textContent = 'Save the recording';
    this.#link.part.add('download');
    this.#link.hidden = true;
    this.#link.append(text);
  }

  /** What it is doing. Also a custom state: `:state(recording)`. */
  override get state(): RecorderState {
    return this.#state;
  }

  /** The last recording that is complete, or `null`. */
  get blob(): Blob | null {
    return this.#blob;
  }

  /** Where the last recording can be played or saved from, an object URL; empty while there is none. It is revoked with the next one, and when the element is removed. */
  get url(): string {
    return this.#url;
  }

  /** Seconds that are recorded. */
  get duration(): number {
    return this.#recording?.duration ?? 0;
  }

  /** Bytes that are recorded. */
  get size(): number {
    return this.#recording?.size ?? 0;
  }

  /** @internal */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#intake.addTrack(track, source);
  }

  /** @internal */
  removeTrack(track: MediaStreamTrack): void {
    this.#intake.removeTrack(track);
  }

  /**
   * Starts a recording, unless one is running; in a file while it is made, where one is given. The tracks are those that
   * come in then: one that is exchanged ends the recording.
   */
  override async start(file?: FileSystemFileHandle): Promise<void> {
    if (active.includes(this.#state)) return;
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    this.#change('starting');
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
      const recording = await TrackRecording.start(this.#intake.tracks, options, {
        progressed: () =>
          isCurrent() && this.dispatchEvent(new RecordingProgressEvent(recording.duration, recording.size)),
        ended: (blob) => isCurrent() && this.#finish(blob),
        failed: (error) => isCurrent() && this.#fail(error),
      });
      if (!isCurrent()) {
        recording.stop();
        return;
      }
      this.#recording = recording;
      this.#change('recording');
    } catch (error) {
      if (isCurrent()) this.#fail(error as Error);
    }
  }

  /** Asks for a file and records into it. The browser wants a user gesture for that. */
  async startFile(): Promise<void> {
    if (active.includes(this.#state)) return;
    const { showSaveFilePicker } = window as { showSaveFilePicker?(options: object): Promise<FileSystemFileHandle> };
    try {
      if (!showSaveFilePicker) {
        throw new DOMException('This browser has no file picker: start() records into memory.', 'NotSupportedError');
      }
      await this.start(await showSaveFilePicker.call(window, { suggestedName: `${this.filename}.webm` }));
    } catch (error) {
      // Whoever closes the picker has not made a mistake.
      if ((error as Error).name !== 'AbortError') this.#fail(error as Error);
    }
  }

  pause(): void {
    if (this.#state !== 'recording' || !this.#recording) return;
    this.#recording.paused = true;
    this.#change('paused');
  }

  resume(): void {
    if (this.#state !== 'paused' || !this.#recording) return;
    this.#recording.paused = false;
    this.#change('recording');
  }

  /** Completes the recording: `blob` and `url` have it when the state is `stopped`. */
  override stop(): void {
    if (!active.includes(this.#state)) return;
    if (this.#state === 'starting') {
      this.#attempt++;
      this.#change('idle');
      return;
    }
    this.#change('stopping');
    this.#recording?.stop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved is not removed.
    setTimeout(() => this.isConnected || this.#forget());
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.#link);
    return root;
  }

  #tracksChanged(): void {
    if (this.#state !== 'recording' && this.#state !== 'paused') return;
    this.stop();
    this.reportError(
      new DOMException('A track was exchanged, which ends the recording: start() another.', 'InvalidModificationError'),
    );
  }

  #finish(blob: Blob): void {
    this.#forget();
    if (!this.isConnected) {
      this.#change('stopped');
      return;
    }
    this.#blob = blob;
    this.#url = URL.createObjectURL(blob);
    const ending = /\/(\w+)/.exec(blob.type || (this.#recording?.type ?? ''))?.[1] ?? 'webm';
    Object.assign(this.#link, { href: this.#url, download: `${this.filename}.${ending}`, hidden: false });
    this.#change('stopped');
  }

  #fail(error: Error): void {
    this.#change('failed');
    this.reportError(error);
  }

  #forget(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#link.hidden = true;
    this.#url = '';
    this.#blob = null;
  }

  #change(state: RecorderState): void {
    this.#state = state;
    this.showState();
  }
}

const active: readonly RecorderState[] = ['starting', 'recording', 'paused', 'stopping'];

declare global {
  interface HTMLElementTagNameMap {
    'track-recorder': TrackRecorderElement;
  }
}
