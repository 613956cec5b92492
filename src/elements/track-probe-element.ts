import { css, html, nothing, type PropertyValues } from 'lit';
import { CommandController } from '../controllers/command-controller.js';
import {
  type ClockOffset,
  type ProbeBounds,
  type ProbeReport,
  type Reference,
  ReportEvent,
  TrackProbe,
} from '../measure/page/track-probe.js';
import type { TrackKind } from '../signals/track-kind.js';
import { number, numberOrNull, object, rate, type ValueType } from './converters.js';
import { MeasuringElement, type MeasuringElementEventMap } from './measuring-element.js';
import type { PatternSourceElement } from './pattern-source-element.js';
import { hasAnyChanged, property } from './property.js';
import { styledRoot } from './styled-root.js';

/** The events of a probe element, for `addEventListener`. */
export interface ProbeElementEventMap extends MeasuringElementEventMap {
  report: ReportEvent;
}

/**
 * Measures what happened to a video track, an audio track, or both on their way. It reads the marks that their sources put into
 * pictures and audio, and reports frames that were lost, repeated or damaged, latency, freezes, the offset between audio and
 * picture, and the quality of the picture. It shows the figures in a table, and also measures while it is `hidden`.
 *
 * ```html
 * <track-probe>
 *   <rtc-loopback>
 *     <pattern-source mark></pattern-source>
 *     <tone-source mark></tone-source>
 *   </rtc-loopback>
 * </track-probe>
 * ```
 *
 * Marks are read in a worker. A figure that is not known is `null`, and `unsupported` of the report says why. Commands: `--reset`.
 *
 * @summary Measures loss, latency, lip sync and quality of a received track.
 * @tag track-probe
 * @event {ReportEvent} report - Fired once a second while it measures. `report` has all figures.
 * @csspart base - The frame round everything.
 * @csspart table - The table of the figures.
 * @csspart caption - The line above it, with the state.
 * @csspart row - A row of the table. Each has a second part of its own: `latency`, `latency-95`, `received`, `lost`, `repeated`,
 * `out-of-order`, `corrupt`, `frame-rate`, `jitter`, `freezes`, `longest-freeze`, `size`, `psnr`, `ssim`, `startup`, `offset`, `drift`.
 * @csspart stages - The times of the stages of a peer connection.
 * @csspart findings - The list of what is wrong.
 * @csspart unsupported - The figures that are not known, with the reasons.
 * @cssproperty --track-elements-surface - The background.
 * @cssproperty --track-elements-sunken - The background of findings.
 * @cssproperty --track-elements-line - The lines.
 * @cssproperty --track-elements-text - The colour of figures.
 * @cssproperty --track-elements-quiet - The colour of labels.
 * @cssproperty --track-elements-accent - The colour of the focus ring.
 * @cssproperty --track-elements-good - The colour of the dot while it measures.
 * @cssproperty --track-elements-warning - The colour beside findings.
 * @cssproperty --track-elements-bad - The colour of losses.
 * @cssproperty --track-elements-radius - The radius of the corners.
 * @cssproperty --track-elements-font - The font.
 */
export class TrackProbeElement extends MeasuringElement<ProbeElementEventMap> {
  // Those of the table come with it.
  static override styles = css`:host { display: block; } :host([hidden]), slot { display: none; }`;

  /**
   * The clock of the source minus the clock of this page, in milliseconds: 0 if both run on one machine. The property also
   * accepts the result of `measureClock()`. If it is unset, the probe reports a latency only if the marked source is on this
   * page.
   */
  @property({ type: numberOrNull as ValueType<number | ClockOffset | null> })
  clock: number | ClockOffset | null = null;

  /**
   * The pattern that was sent, with which the received pictures are compared: the id of a `<pattern-source>`, that element, or
   * its description `{ pattern, mark }`. Unset, it is the pattern of the marked source if this is on the page.
   */
  @property({ type: object<string | Reference | PatternSourceElement | null>() })
  reference: string | Reference | PatternSourceElement | null = null;

  /** Compares every n-th picture with the reference: a whole number of at least 1. */
  @property({ type: number, attribute: 'compare-every' })
  compareEvery = 30;

  /** Frames per second of the marks in audio, 10 to 120. It is used while no marked picture tells the rate. */
  @property({ type: rate, attribute: 'frame-rate' })
  frameRate: number | string = 30;

  /** The peer connection whose statistics tell the `stages`, or a list of the connections of both ends. */
  @property({ type: object<RTCPeerConnection | readonly RTCPeerConnection[] | null>(), attribute: false })
  peerConnection: RTCPeerConnection | readonly RTCPeerConnection[] | null = null;

  readonly #probe: TrackProbe;
  #sources: SourceModule | null = null;
  /** The error of a source that `reference` names and that was not found: it may come later. */
  #missingReference = '';
  #table: typeof import('./probe-table.js') | null = null;

  constructor() {
    super();
    this.#probe = new TrackProbe({ findSource: (id) => this.#sources?.findLocalSource(id, this) ?? null });
    this.#probe.addEventListener('report', ({ report }) => {
      // The last report may come when the page is being taken down.
      if (this.tracks.length > 0) void this.#followReference();
      this.requestUpdate();
      this.dispatchEvent(new ReportEvent(report));
    });
    for (const type of ['error', 'warning'] as const) {
      this.#probe.addEventListener(type, (event) => {
        // It is reported once, with this element.
        event.preventDefault();
        if (type === 'error') this.states.fail(event.error);
        else this.states.warn(event.error);
      });
    }
    new CommandController(this, { '--reset': () => this.reset() });
  }

  /** The last report. Before the first one it has no figures. */
  get report(): ProbeReport {
    return this.#probe.toJSON();
  }

  /** All figures now. */
  getReport(): Promise<ProbeReport> {
    return this.#probe.getReport();
  }

  /** The last report, for `JSON.stringify()`. */
  toJSON(): ProbeReport {
    return this.#probe.toJSON();
  }

  /**
   * Waits until this number of `frames` has come, and the figures of all bounds are known. Resolves to the report if all bounds
   * hold; rejects with a `VerificationError` that has one sentence for each bound that does not.
   *
   * ```ts
   * await probe.verify({ frames: 300, lost: 0, latency: 200, offset: [-45, 125], psnr: 30 });
   * ```
   *
   * @param signal Ends the waiting: it rejects with its reason.
   */
  async verify(bounds: ProbeBounds, signal?: AbortSignal): Promise<ProbeReport> {
    await this.updateComplete;
    return this.#probe.verify(bounds, signal);
  }

  /** Forgets all figures, and begins again with the same tracks. */
  reset(): void {
    this.#probe.reset();
    this.requestUpdate();
  }

  /** @internal Called when the element is moved to another document. */
  override adoptedCallback(): void {
    styledRoot(this, this.#table?.probeTableStyles);
  }

  protected override measure(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#probe.setTrack(kind, track);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!hasAnyChanged(changed, ['clock', 'reference', 'compareEvery', 'frameRate', 'peerConnection'])) return;
    const probe = this.#probe;
    if (changed.has('reference')) this.#missingReference = '';
    try {
      probe.clock = this.clock;
      probe.compareEvery = this.compareEvery;
      probe.frameRate = this.frameRate;
      const peers = this.peerConnection;
      probe.peerConnections = peers === null ? [] : Array.isArray(peers) ? peers : [peers as RTCPeerConnection];
      probe.reference = isSourceName(this.reference) ? null : this.reference;
    } catch (error) {
      this.states.fail(error as Error);
      return;
    }
    if (this.state === 'failed') this.states.set(this.tracks.length > 0 ? 'measuring' : 'idle');
    if (isSourceName(this.reference)) void this.#followReference();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // A probe that is never shown needs no table.
    if (!this.#table && !this.hidden) this.#loadTable().catch((error) => this.states.warn(error));
  }

  override render() {
    return html`${this.#table?.probeTable(this.report, this.state) ?? nothing}<slot></slot>`;
  }

  async #loadTable(): Promise<void> {
    const table = await import('./probe-table.js');
    if (this.#table) return;
    this.#table = table;
    styledRoot(this, table.probeTableStyles);
    this.requestUpdate();
  }

  /** Follows the source that is the reference: also its changes, and one that was added later. */
  async #followReference(): Promise<void> {
    const { reference } = this;
    try {
      this.#sources ??= await import('./pattern-reference.js');
      if (!isSourceName(reference)) return;
      this.#probe.reference = this.#sources.namedReference(reference, this);
      if (this.#missingReference) this.states.set(this.tracks.length > 0 ? 'measuring' : 'idle');
      this.#missingReference = '';
    } catch (error) {
      const { message } = error as Error;
      // A new track is a change of state, and no reason to tell it again.
      if (message === this.#missingReference) this.states.set('failed');
      else this.states.fail(error as Error);
      this.#missingReference = message;
    }
  }
}

type SourceModule = typeof import('./pattern-reference.js');

/** Whether a reference is the id of a source, or an element, and not a description. */
const isSourceName = (reference: unknown): reference is string | HTMLElement =>
  typeof reference === 'string' || typeof Object(reference).localName === 'string';

declare global {
  interface HTMLElementTagNameMap {
    'track-probe': TrackProbeElement;
  }
}
