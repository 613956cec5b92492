import { html, nothing, type PropertyValues } from 'lit';
import { CommandController } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { checkTrack } from '../processor/page/is-track.js';
import { checkOneOf } from '../signals/check-names.js';
import type { TrackKind } from '../signals/track-kind.js';
import { MediaElementSink } from '../sinks/media-element-sink.js';
import { boolean, oneOf, text, wordList } from './converters.js';
import { MeasuringElement, type MeasuringElementEventMap } from './measuring-element.js';
import { measuringStyles } from './measuring-styles.js';
import { type MonitorBadge, monitorBadges } from './monitor-badges.js';
import { MONITOR_GUIDES, type MonitorGuide, renderGuides } from './monitor-guides.js';
import { type MonitorIcon, renderIcon } from './monitor-icons.js';
import { property } from './property.js';
import { ShownElements } from './shown-elements.js';
import { ShownFrameRate } from './shown-frame-rate.js';
import { SnapshotEvent } from './snapshot-event.js';
import { trackMonitorStyles } from './track-monitor-styles.js';
import { saveFile, videoSnapshot } from './video-snapshot.js';

/**
 * How the picture is shown: `contain` shows all of it, and `actual-size` shows each pixel of the picture as one pixel of the
 * screen.
 */
export type MonitorFit = 'contain' | 'actual-size';

const MONITOR_FITS: readonly MonitorFit[] = ['contain', 'actual-size'];

/** The events of a monitor, for `addEventListener`. */
export interface MonitorEventMap extends MeasuringElementEventMap {
  snapshot: SnapshotEvent;
}

/**
 * Shows a track as a monitor does: the picture or the trace of the audio, meters beside it, the size, the rate and the state,
 * and buttons for the audio, for lines over the picture, for its size, for figures, for a snapshot, and for full screen.
 *
 * ```html
 * <track-monitor label="Camera 1">
 *   <pattern-source></pattern-source>
 *   <tone-source></tone-source>
 * </track-monitor>
 * ```
 *
 * The audio is not heard until the user, or `audible`, asks for it. Meters, the trace and the figures are loaded when they are
 * shown. Commands: `--toggle-audio`, `--toggle-guides`, `--toggle-fit`, `--toggle-figures`, `--snapshot`,
 * `--toggle-picture-in-picture`, `--toggle-fullscreen`.
 *
 * @summary Shows a track with its meters and figures.
 * @tag track-monitor
 * @slot - Sources whose tracks are shown.
 * @slot label - The title, in place of `label`.
 * @slot empty - The text of a monitor without a track.
 * @csspart header - The line above the picture.
 * @csspart label - The title.
 * @csspart badges - The list of badges; each also has a part of its own, such as `badge-size`.
 * @csspart stage - The picture and the meters beside it.
 * @csspart picture - The box of the picture, or of the trace of the audio.
 * @csspart video - The `<video>`.
 * @csspart guides - The lines over the picture.
 * @csspart empty - The text of a monitor without a track.
 * @csspart meter - The meters of the audio.
 * @csspart trace - The trace of a track of audio alone.
 * @csspart controls - The line of buttons.
 * @csspart button - Each button; it also has a part of its own, such as `button-snapshot`.
 * @csspart figures - The figures of the probe.
 * @cssprop [--track-monitor-aspect-ratio=16 / 9] - The shape of the picture's box; that of the picture unless given.
 * @cssprop [--track-monitor-guides=rgb(255 255 255 / 85%)] - The colour of the lines over the picture.
 * @event {SnapshotEvent} snapshot - A snapshot was made: `blob`, a PNG. It is saved as a file, unless a listener calls
 * `preventDefault()`.
 */
export class TrackMonitorElement extends MeasuringElement<MonitorEventMap> {
  static override styles = [measuringStyles, trackMonitorStyles];

  /** The title above the picture. */
  @property({ type: text, reflect: true })
  label = '';

  /** Lets the user hear the audio. Browsers require a user gesture for this; without one, a `warning` event says so. */
  @property({ type: boolean, reflect: true })
  audible = false;

  /**
   * How the picture is shown: `contain` shows all of it, and `actual-size` shows each pixel of the picture as one pixel of the
   * screen.
   */
  @property({ type: oneOf<MonitorFit>(), reflect: true })
  fit: MonitorFit = 'contain';

  /** Lines over the picture, separated by spaces: `safe-areas`, `center`, `thirds`. */
  @property({ type: wordList<MonitorGuide>(), reflect: true })
  guides: readonly MonitorGuide[] = [];

  /** Shows the figures of a `<track-probe>` below the picture. */
  @property({ type: boolean, reflect: true })
  figures = false;

  declare addEventListener: TypedListenerMethod<MonitorEventMap>;
  declare removeEventListener: TypedListenerMethod<MonitorEventMap, EventListenerOptions>;

  readonly #video = document.createElement('video');
  readonly #frameRate = new ShownFrameRate(this.#video, () => this.requestUpdate());
  readonly #inside = new ShownElements(
    () => this.requestUpdate(),
    (error) => this.states.warn(error),
  );
  readonly #sources = new WeakMap<MediaStreamTrack, HTMLElement>();
  readonly #played = new Map<TrackKind, MediaStreamTrack>();
  /** Ends the listening to the tracks. */
  #following = new AbortController();
  /** The guides that the button brings back. */
  #lastGuides: readonly MonitorGuide[] = ['safe-areas', 'center'];

  constructor() {
    super();
    Object.assign(this.#video, { autoplay: true, playsInline: true, muted: true });
    this.#video.setAttribute('part', 'video');
    for (const type of ['resize', 'enterpictureinpicture', 'leavepictureinpicture']) {
      this.#video.addEventListener(type, () => this.requestUpdate());
    }
    this.addEventListener('fullscreenchange', () => this.requestUpdate());
    new CommandController(this, {
      '--toggle-audio': () => this.#toggleAudio(),
      '--toggle-guides': () => this.#toggleGuides(),
      '--toggle-fit': () => this.#toggleFit(),
      '--toggle-figures': () => this.#toggleFigures(),
      '--snapshot': () => this.#saveSnapshot(),
      '--toggle-picture-in-picture': () => this.#togglePictureInPicture(),
      '--toggle-fullscreen': () => this.#toggleFullscreen(),
    });
    new ConnectionController(this, {
      onConnected: () => this.#frameRate.start(),
      onRemoved: () => this.#frameRate.stop(),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A video pauses when it leaves its document.
    if (this.#played.size > 0) this.#video.play().catch(() => {});
  }

  override addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    checkTrack(track);
    this.#sources.set(track, source);
    super.addTrack(track, source);
  }

  /**
   * A picture of what is shown, a PNG in the size of the track.
   *
   * @throws {DOMException} `InvalidStateError` (as a rejection) while there is no picture.
   */
  async snapshot(): Promise<Blob> {
    return videoSnapshot(this.#video);
  }

  protected override measure(kind: TrackKind, track: MediaStreamTrack | null): void {
    const sink = MediaElementSink.of(this.#video);
    const previous = this.#played.get(kind);
    if (previous) sink.removeTrack(previous);
    if (track) sink.addTrack(track, this);
    if (track) this.#played.set(kind, track);
    else this.#played.delete(kind);
    this.#inside.setTrack(kind, track, (track && this.#sources.get(track)) ?? this);
    this.#frameRate.reset();
    this.#followTracks();
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    // By script: a strict policy forbids the attribute `style`.
    const picture = this.renderRoot.querySelector<HTMLElement>('[part=picture]');
    if (width && height) picture?.style.setProperty('--_aspect-ratio', `${width} / ${height}`);
    if (changed.has('guides')) {
      this.#check(() => {
        for (const guide of Array.isArray(this.guides) ? this.guides : [this.guides])
          checkOneOf('guides', MONITOR_GUIDES, guide);
      });
    }
    if (changed.has('fit')) this.#check(() => checkOneOf('fit', MONITOR_FITS, this.fit));
    if (!changed.has('audible')) return;
    this.#video.muted = !this.audible;
    if (this.audible) this.#video.play().catch((error) => this.#takeRefusal(error));
  }

  protected override render() {
    const [video, audio] = [this.#played.get('video') ?? null, this.#played.get('audio') ?? null];
    const { videoWidth: width, videoHeight: height } = this.#video;
    const badges = monitorBadges({
      video,
      audio,
      hasEnded: this.state === 'ended',
      width,
      height,
      rate: this.#frameRate.value,
      backend: this.#backend,
    });
    return html`
      <div part="header">
        <div part="label"><slot name="label">${this.label}</slot></div>
        <ul part="badges" aria-label=${`State of ${this.#name}`}>${badges.map(renderBadge)}</ul>
        <span class="heard-only" role="status">${badges[0]?.description}</span>
      </div>
      <div part="stage">
        ${this.#renderPicture(video, audio)}
        ${video && audio ? this.#renderMeter('vertical') : nothing}
      </div>
      ${audio && !video ? this.#renderMeter('horizontal') : nothing}
      <div part="controls" role="group" aria-label=${`Controls of ${this.#name}`}>
        ${this.#renderButtons(video, audio)}
      </div>
      ${this.figures && this.tracks.length > 0 ? html`<div part="figures">${this.#inside.get('track-probe')}</div>` : nothing}
      <slot></slot>
    `;
  }

  #renderPicture(video: MediaStreamTrack | null, audio: MediaStreamTrack | null) {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const isActual = this.fit === 'actual-size' && video !== null;
    const scale = devicePixelRatio || 1;
    Object.assign(
      this.#video.style,
      isActual ? { width: `${width / scale}px`, height: `${height / scale}px` } : { width: '', height: '' },
    );
    this.#video.setAttribute('aria-label', `Picture of ${this.#name}`);
    return html`
      <div
        part="picture"
        class=${isActual ? 'actual' : ''}
        role=${isActual ? 'region' : nothing}
        aria-label=${isActual ? `Picture of ${this.#name}, which scrolls` : nothing}
        tabindex=${isActual ? 0 : nothing}
      >
        ${this.#video}
        ${!video && audio ? this.#renderTrace() : nothing}
        ${isActual ? nothing : renderGuides(this.#knownGuides, width, height)}
        ${video || audio ? nothing : this.#renderEmpty()}
      </div>
    `;
  }

  #renderEmpty() {
    if (this.state === 'ended') return html`<div part="empty"><strong>The track has ended.</strong></div>`;
    const example = `for="${this.id || 'monitor'}"`;
    return html`
      <div part="empty">
        <slot name="empty">
          <strong>No track yet</strong>
          <span>Put a source such as <code>&lt;pattern-source&gt;</code> inside,
            name this monitor with <code>${example}</code>, or set <code>srcObject</code>.</span>
        </slot>
      </div>
    `;
  }

  #renderTrace() {
    const scope = this.#inside.get('signal-scope');
    if (scope) Object.assign(scope, { view: 'oscilloscope' });
    return html`<div part="trace">${scope}</div>`;
  }

  #renderMeter(orientation: 'vertical' | 'horizontal') {
    const meter = this.#inside.get('level-meter');
    if (meter) Object.assign(meter, { orientation, compact: true });
    return html`<div part="meter" class=${orientation}>${meter}</div>`;
  }

  #renderButtons(video: MediaStreamTrack | null, audio: MediaStreamTrack | null) {
    const { audible, fit, figures } = this;
    const hasGuides = this.#knownGuides.length > 0;
    return html`
      ${audio ? this.#button(audible ? 'audible' : 'muted', 'Audio', () => this.#toggleAudio(), audible) : nothing}
      ${video ? this.#button('guides', 'Guides', () => this.#toggleGuides(), hasGuides) : nothing}
      ${video ? this.#button('fit', 'Actual size', () => this.#toggleFit(), fit === 'actual-size') : nothing}
      ${video || audio ? this.#button('figures', 'Figures', () => this.#toggleFigures(), figures) : nothing}
      <span class="space"></span>
      ${video ? this.#button('snapshot', 'Snapshot', () => this.#saveSnapshot()) : nothing}
      ${
        video && this.ownerDocument.pictureInPictureEnabled
          ? this.#button(
              'picture-in-picture',
              'Picture in picture',
              () => this.#togglePictureInPicture(),
              this.#isFloating,
            )
          : nothing
      }
      ${
        this.ownerDocument.fullscreenEnabled
          ? this.#button('fullscreen', 'Full screen', () => this.#toggleFullscreen(), this.matches(':fullscreen'))
          : nothing
      }
    `;
  }

  /** A button; one that is switched on and off has a state. Its text is hidden in a narrow monitor, and is its name there too. */
  #button(icon: MonitorIcon, name: string, run: () => unknown, isPressed?: boolean) {
    const part = icon === 'muted' || icon === 'audible' ? 'audio' : icon;
    return html`
      <button
        type="button"
        part=${`button button-${part}`}
        title=${name}
        aria-pressed=${isPressed === undefined ? nothing : isPressed}
        @click=${run}
      >
        ${renderIcon(icon)}<span>${name}</span>
      </button>
    `;
  }

  /** The monitor's name, as its parts are told to screen readers. */
  get #name(): string {
    return this.label || this.id || 'the track';
  }

  get #knownGuides(): readonly MonitorGuide[] {
    return Array.isArray(this.guides) ? this.guides.filter((guide) => MONITOR_GUIDES.includes(guide)) : [];
  }

  /** How the source makes its track, if it tells: the sources of this library do. */
  get #backend(): string | null {
    const tracks = [...this.#played.values()];
    const sources = tracks.map((track) => this.#sources.get(track) as { backend?: string | null } | undefined);
    return sources.find((source) => source?.backend)?.backend ?? null;
  }

  /** The browser has paused a video that became audible without a gesture: the picture continues without the audio. */
  #takeRefusal(error: DOMException): void {
    if (error.name !== 'NotAllowedError') return;
    this.audible = false;
    this.#video.muted = true;
    this.#video.play().catch(() => {});
    const message = 'The browser plays audio after a click or a key on the page only: the audio button plays it.';
    this.states.warn(new DOMException(message, 'NotAllowedError'));
  }

  /** Follows the state of the tracks, and the pixels of the screen, which are others after a zoom. */
  #followTracks(): void {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    const update = () => this.requestUpdate();
    if (this.#played.size > 0) addEventListener('resize', update, { signal });
    for (const track of this.#played.values()) {
      for (const type of ['mute', 'unmute', 'ended']) track.addEventListener(type, update, { signal });
    }
  }

  #check(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }

  #toggleAudio(): void {
    this.audible = !this.audible;
  }

  #toggleGuides(): void {
    if (this.#knownGuides.length > 0) this.#lastGuides = this.guides;
    this.guides = this.#knownGuides.length > 0 ? [] : this.#lastGuides;
  }

  #toggleFit(): void {
    this.fit = this.fit === 'actual-size' ? 'contain' : 'actual-size';
  }

  #toggleFigures(): void {
    this.figures = !this.figures;
  }

  async #saveSnapshot(): Promise<void> {
    try {
      const blob = await this.snapshot();
      const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
      const event = new SnapshotEvent(blob, `${this.#name} ${time}.png`.replaceAll(/[\\/]/g, '-'));
      if (this.dispatchEvent(event)) saveFile(event);
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }

  /** Whether the picture is in a window of its own. */
  get #isFloating(): boolean {
    return (this.renderRoot as ShadowRoot).pictureInPictureElement === this.#video;
  }

  readonly #togglePictureInPicture = (): Promise<void> =>
    this.#report(() =>
      this.#isFloating ? this.ownerDocument.exitPictureInPicture() : this.#video.requestPictureInPicture(),
    );

  readonly #toggleFullscreen = (): Promise<void> =>
    this.#report(() => (this.matches(':fullscreen') ? this.ownerDocument.exitFullscreen() : this.requestFullscreen()));

  /** Reports that the browser refused an action. */
  async #report(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }
}

function renderBadge({ name, text, description, tone }: MonitorBadge) {
  return html`<li part=${`badge badge-${name}`} class=${`badge ${name} ${tone ?? ''}`} title=${description}>${text}</li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'track-monitor': TrackMonitorElement;
  }
}
