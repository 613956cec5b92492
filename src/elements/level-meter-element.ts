import { html, nothing, type PropertyValues } from 'lit';
import { CommandController } from '../controllers/command-controller.js';
import { VisibilityController } from '../controllers/visibility-controller.js';
import type { AudioLevels } from '../measure/levels/audio-meter.js';
import { LevelReader } from '../measure/levels/page/level-reader.js';
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import { boolean, number, oneOf } from './converters.js';
import { cancelDrawing, type Drawing, drawSoon } from './drawing-queue.js';
import { LevelEvent } from './level-event.js';
import { levelMeterStyles } from './level-meter-styles.js';
import { type LevelReadout, levelReadouts } from './level-readouts.js';
import { type LevelRow, LevelRows } from './level-rows.js';
import { type LevelMark, type LevelScale, type LevelScaleName, levelScales, levelText } from './level-scale.js';
import { MeasuringElement, type MeasuringElementEventMap } from './measuring-element.js';
import { measuringStyles } from './measuring-styles.js';
import { property } from './property.js';

/** The directions of a meter's bars. */
export type LevelOrientation = 'horizontal' | 'vertical';

/** The events of a level meter, for `addEventListener`. */
export interface LevelMeterEventMap extends MeasuringElementEventMap {
  level: LevelEvent;
}

/**
 * Measures and shows the levels of an audio track: peak, true peak, RMS, and the loudness by ITU-R BS.1770-5 and EBU R 128.
 *
 * ```html
 * <level-meter>
 *   <tone-source level="-18"></tone-source>
 * </level-meter>
 * ```
 *
 * It does not play the track. It measures while it is connected, also when it is `hidden`. Command: `--reset`.
 *
 * @summary Measures and shows the levels and the loudness of an audio track.
 * @tag level-meter
 * @event {LevelEvent} level - There are new `levels`. Fired 20 times per second of audio.
 * @csspart panel - Everything that is shown.
 * @csspart meter - The bars with their scale.
 * @csspart bar - A bar. It has the role `meter`.
 * @csspart label - The name of a bar.
 * @csspart value - The number beside a bar.
 * @csspart clip - The badge of a channel that has clipped.
 * @csspart scale - The marks of the scale.
 * @csspart message - The sentence that is shown instead of levels.
 * @csspart readout - The list of loudness, true peak and correlation.
 * @csspart reset - The button that starts the measurement again.
 * @cssproperty [--level-meter-thickness=0.875rem] - How thick a bar is.
 * @cssproperty [--level-meter-length=14rem] - How long the bars are in a vertical meter.
 * @cssproperty [--track-elements-surface] - The background.
 * @cssproperty [--track-elements-sunken] - The background of bars and buttons.
 * @cssproperty [--track-elements-line] - Thin lines.
 * @cssproperty [--track-elements-text] - Text and marks.
 * @cssproperty [--track-elements-quiet] - Labels.
 * @cssproperty [--track-elements-accent] - The focus.
 * @cssproperty [--track-elements-good] - The part of a bar up to the reference level.
 * @cssproperty [--track-elements-warning] - The part of a bar above the reference level, in dark mode.
 * @cssproperty [--track-elements-bad] - The part of a bar that is too loud, and the badge of clipping.
 * @cssproperty [--track-elements-radius=8px] - The radius of the corners.
 * @cssproperty [--track-elements-font] - The font of texts.
 * @cssproperty [--track-elements-mono] - The font of numbers.
 * @cssstate clipped - A channel has clipped since the start or the last reset.
 * @cssstate suspended - The browser waits for a click or a key on the page before it lets audio run.
 */
export class LevelMeterElement extends MeasuringElement<LevelMeterEventMap> {
  static override styles = [measuringStyles, levelMeterStyles];

  /**
   * `dBFS` shows the peak of each channel, with a mark at −18 dBFS; `LUFS` shows momentary, short-term and integrated loudness, with
   * a mark at −23 LUFS. Everything is measured in both cases.
   */
  @property({ type: oneOf<LevelScaleName>(), reflect: true })
  scale: LevelScaleName = 'dBFS';

  /** Shows only the bars and their scale, in the available height. */
  @property({ type: boolean, reflect: true })
  compact = false;

  /** The direction of the bars. */
  @property({ type: oneOf<LevelOrientation>(), reflect: true })
  orientation: LevelOrientation = 'horizontal';

  /** Seconds, 0 to 3600, for which the highest peak of a channel stays marked. */
  @property({ type: number, attribute: 'peak-hold', reflect: true })
  peakHold = 2;

  readonly #rows = new LevelRows();
  #reader: LevelReader | null = null;
  #levels: AudioLevels | null = null;
  #isSuspended = false;
  /** Whether what is rendered has no numbers yet. */
  #lacksNumbers = true;
  #warning: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is drawn that is not seen. */
  readonly #visibility = new VisibilityController(this);

  constructor() {
    super();
    new CommandController(this, { '--reset': () => this.reset() });
  }

  /** The last levels; `null` before the first ones. */
  get levels(): AudioLevels | null {
    return this.#levels;
  }

  /** Whether the browser waits for a click or a key on the page before it lets audio run. */
  get suspended(): boolean {
    return this.#isSuspended;
  }

  /** Starts integrated loudness, range, maxima, clips and peaks again. */
  reset(): void {
    this.#reader?.reset();
    this.#rows.reset();
    this.#levels = null;
    this.states.toggleCustomState('clipped', false);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#warning);
    cancelDrawing(this.#draw);
  }

  protected override measures(kind: TrackKind, track: MediaStreamTrack | null): boolean {
    if (kind === 'video') this.#warnOfVideo(track);
    return kind === 'audio';
  }

  /** Warns if there is only a video track. */
  #warnOfVideo(track: MediaStreamTrack | null): void {
    clearTimeout(this.#warning);
    if (!track) return;
    this.#warning = setTimeout(() => {
      if (this.tracks.length > 0) return;
      this.states.warn(new TypeError('A <level-meter> needs an audio track, and there is only a video track.'));
    }, WARNING_DELAY_MS);
  }

  protected measure(_kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#reader?.close();
    this.#reader = null;
    this.#setSuspended(false);
    this.#rows.reset();
    if (track) {
      this.#levels = null;
      this.states.toggleCustomState('clipped', false);
      this.#reader = new LevelReader(track, {
        measured: (levels) => this.#take(levels),
        blocked: () => this.#warnOfSuspension(),
        failed: (error) => this.states.fail(error),
      });
    }
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('scale')) this.#check(() => checkOneOf('scale', Object.keys(levelScales), this.scale));
    if (changed.has('orientation')) this.#check(() => checkOneOf('orientation', ORIENTATIONS, this.orientation));
    if (changed.has('peakHold')) this.#check(() => checkNumber('peakHold', this.peakHold, PEAK_HOLD_S));
  }

  protected override render() {
    const scale = this.#scale;
    const message = this.#message;
    const isVertical = this.orientation === 'vertical';
    const rows = this.#rows.of(scale.unit, this.#levels);
    return html`
      <slot></slot>
      <div class=${isVertical ? 'panel upright' : 'panel'} part="panel" role="group" aria-label="Audio levels">
        <div class=${isVertical ? 'meter vertical' : 'meter'} part="meter">
          ${rows.map((row) => renderRow(row, scale))}
          <div class="scale" part="scale" aria-hidden="true">
            ${scale.marks.map(renderMark)}
          </div>
          <span class="unit">${scale.unit}</span>
        </div>
        <div class="lower">
          ${message ? html`<p class="message" part="message">${message}</p>` : nothing}
          <dl class="readout" part="readout">${levelReadouts[scale.unit].map(renderReadout)}</dl>
          <button type="button" part="reset" title=${RESET_TITLE} @click=${() => this.reset()}>Reset</button>
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    this.#placeMarks();
    this.#lacksNumbers = true;
    this.#requestDrawing();
  }

  /** Places are set by script: a strict policy forbids the attribute `style`. */
  #placeMarks(): void {
    const scale = this.#scale;
    const percent = (level: number) => `${(scale.placeOf(level) * 100).toFixed(2)}%`;
    const reference = scale.marks.find(({ isReference }) => isReference)?.value ?? scale.high;
    const places = {
      '--_last-column': `${this.#rows.of(scale.unit, this.#levels).length + 1}`,
      '--_high': percent(scale.high),
      '--_over': percent(scale.over),
      '--_reference': percent(reference),
    };
    const meter = this.renderRoot.querySelector<HTMLElement>('.meter');
    for (const [name, place] of Object.entries(places)) meter?.style.setProperty(name, place);
    for (const [index, mark] of this.renderRoot.querySelectorAll<HTMLElement>('.mark').entries()) {
      const { value = 0 } = scale.marks[index] ?? {};
      mark.style.setProperty('--_place', percent(value));
    }
  }

  get #scale(): LevelScale {
    return levelScales[this.scale] ?? levelScales.dBFS;
  }

  get #message(): string {
    if (this.#isSuspended) return 'The browser lets audio run after a click or a key on the page.';
    if (this.state === 'idle') return 'No audio track yet.';
    if (this.state === 'ended') return 'The track has ended.';
    return this.state === 'failed' ? 'The levels cannot be measured.' : '';
  }

  #check(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }

  #take(levels: AudioLevels): void {
    const hasOtherRows = levels.channels.length !== (this.#levels?.channels.length ?? 2);
    this.#levels = levels;
    this.#rows.advance(levels, Number.isFinite(this.peakHold) ? this.peakHold : 0);
    this.#setSuspended(false);
    this.states.toggleCustomState(
      'clipped',
      levels.channels.some(({ clips }) => clips > 0),
    );
    if (hasOtherRows) this.requestUpdate();
    this.#requestDrawing();
    this.dispatchEvent(new LevelEvent(levels));
  }

  #warnOfSuspension(): void {
    this.#setSuspended(true);
    const message =
      'The browser does not let audio run before a user gesture: it is measured from the next click or key on.';
    this.states.warn(new DOMException(message, 'NotAllowedError'));
  }

  #setSuspended(isSuspended: boolean): void {
    if (isSuspended === this.#isSuspended) return;
    this.#isSuspended = isSuspended;
    this.states.toggleCustomState('suspended', isSuspended);
    this.requestUpdate();
  }

  #requestDrawing(): void {
    const { defaultView } = this.ownerDocument;
    if (defaultView && this.#visibility.isVisible) drawSoon(this.#draw, defaultView);
  }

  readonly #draw: Drawing = (writesNumbers) => {
    const root = this.renderRoot as ShadowRoot;
    const scale = this.#scale;
    const rows = this.#rows.of(scale.unit, this.#levels);
    const writes = writesNumbers || this.#lacksNumbers;
    for (const [index, bar] of root.querySelectorAll<HTMLElement>('.bar').entries()) {
      const row = rows[index];
      if (!row) continue;
      const [cover, hold] = bar.children as unknown as HTMLElement[];
      this.#move(cover, scale.placeOf(row.level));
      this.#move(hold, scale.placeOf(row.held));
      if (writes) writeRow(bar, row, scale);
    }
    if (!writes) return;
    this.#lacksNumbers = false;
    for (const [index, output] of root.querySelectorAll('.readout dd span').entries()) {
      const { read, decimals } = levelReadouts[scale.unit][index];
      setText(output, levelText(this.#levels && read(this.#levels), decimals));
    }
  };

  /** Moves a part of a bar to a place from 0 to 1, by nothing but its transform: nothing is laid out. */
  #move({ style }: HTMLElement, place: number): void {
    const percent = `${(place * 100).toFixed(1)}%`;
    const transform =
      this.orientation === 'vertical' ? `translateY(-${percent})` : `translateX(calc(${percent} * var(--_direction)))`;
    if (style.transform !== transform) style.transform = transform;
  }
}

const ORIENTATIONS: readonly LevelOrientation[] = ['horizontal', 'vertical'];
const PEAK_HOLD_S = { min: 0, max: 3600, unit: 's' } as const;

const RESET_TITLE = 'Starts integrated loudness, range, highest levels and clips again';

const renderMark = ({ value, isReference, isMinor }: LevelMark) => html`
  <span class="mark ${isReference ? 'reference-mark' : isMinor ? 'minor' : ''}">${levelText(value, 0)}</span>
`;

const renderRow = ({ label, name }: LevelRow, { min, max }: LevelScale) => html`
  <div class="row">
    <span class="name" part="label" aria-hidden="true" title=${name}>${label}</span>
    <div class="bar" part="bar" role="meter" aria-label=${name} aria-valuemin=${min} aria-valuemax=${max} aria-valuenow=${min}>
      <div class="cover"></div>
      <div class="hold"></div>
      <div class="zone high"></div>
      <div class="zone over"></div>
      <div class="reference"></div>
      <span class="clip" part="clip" aria-hidden="true" hidden>Clip</span>
    </div>
    <span class="value" part="value" aria-hidden="true">–</span>
  </div>
`;

/** Writes the number of a bar, and the text that screen readers say. */
function writeRow(bar: HTMLElement, { level, held, value, clips, words }: LevelRow, { min, max }: LevelScale): void {
  const now = Math.max(min, Math.min(max, Math.max(level, min)));
  bar.setAttribute('aria-valuenow', now.toFixed(1));
  bar.setAttribute('aria-valuetext', words());
  setHidden(bar.querySelector('.hold'), held <= min);
  setHidden(bar.querySelector('.clip'), clips === 0);
  if (bar.nextElementSibling) setText(bar.nextElementSibling, levelText(value));
}

/** An attribute that stays is not written: the browser would compute the style again. */
function setHidden(element: HTMLElement | null, isHidden: boolean): void {
  if (element && element.hidden !== isHidden) element.hidden = isHidden;
}

/** A text that stays is not written: the browser would lay it out again. The node of a text that changes is kept. */
function setText({ firstChild }: Element, text: string): void {
  if (firstChild && firstChild.nodeValue !== text) firstChild.nodeValue = text;
}

const renderReadout = ({ label, unit, title }: LevelReadout) => html`
  <div title=${title}><dt>${label}</dt><dd><span>–</span>${unit ? html` <small>${unit}</small>` : nothing}</dd></div>
`;

/** A source that starts beside another one has its track by then. */
const WARNING_DELAY_MS = 1000;

declare global {
  interface HTMLElementTagNameMap {
    'level-meter': LevelMeterElement;
  }
}
