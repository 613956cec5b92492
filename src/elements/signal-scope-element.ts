import { css, html, nothing, svg } from 'lit';
import { SizeController } from '../controllers/size-controller.js';
import { VisibilityController } from '../controllers/visibility-controller.js';
import { resolveColor } from '../engine/page/css-color.js';
import { emptyGraticule, type Graticule } from '../measure/scopes/graticule.js';
import { graticuleOf } from '../measure/scopes/graticule-of.js';
import type { ScopeFormat } from '../measure/scopes/messages.js';
import { ScopeClient } from '../measure/scopes/page/scope-client.js';
import {
  checkScopeSettings,
  isSquare,
  kindOfView,
  type ScopeComponents,
  type ScopeGraticule,
  type ScopeView,
} from '../measure/scopes/scope-settings.js';
import { number, oneOf, type ValueType } from './converters.js';
import { MeasuringElement } from './measuring-element.js';
import { measuringStyles } from './measuring-styles.js';
import { property } from './property.js';
import { isMotionReduced } from './reduced-motion.js';
import { type PlotPlace, placeLabels, plotPlace } from './scope-layout.js';

/**
 * Shows a track as the instruments of a studio do: waveform, parade, vectorscope and histogram of a picture, oscilloscope, spectrum,
 * spectrogram and goniometer of audio.
 *
 * ```html
 * <signal-scope view="vectorscope">
 *   <pattern-source pattern="smpte-hd"></pattern-source>
 * </signal-scope>
 * ```
 *
 * It draws in a worker, from the frame's own Y′CbCr where the browser gives it, and only while it can be seen. The screen is
 * dark in light pages too, as that of an instrument. It is as wide as its container, and has the shape 16:9 or a square, unless
 * CSS says otherwise.
 *
 * @summary Shows a track as waveform, vectorscope, spectrum and more.
 * @tag signal-scope
 * @slot - Sources whose tracks are shown on the scope. They are not shown themselves.
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do. The message also goes
 * to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - Something is not as it should be, and the element works: there is only a track of the kind that the
 * view does not show, or the browser waits for a user gesture before it lets audio run.
 * @csspart scope - The whole scope.
 * @csspart screen - The canvas with the trace.
 * @csspart graticule - The lines and labels, an SVG.
 * @csspart message - The text in place of a trace: why there is none.
 * @cssproperty --track-elements-scope-screen - The colour behind the trace. Default `#0a0d11`, in light pages too.
 * @cssproperty --track-elements-scope-trace - The colour of the trace of waveform, oscilloscope, spectrum and goniometer. The other
 * views have colours with a meaning. Default `#8ff0b4`.
 * @cssproperty --track-elements-scope-graticule - The colour of the lines. Default a transparent white.
 * @cssproperty --track-elements-scope-scale - The colour of the labels and of the message. Default `#aeb6c2`.
 * @cssstate idle - It has no track.
 * @cssstate measuring - It has a track.
 * @cssstate ended - The last track has ended, or was taken away.
 * @cssstate failed - Something is wrong.
 */
export class SignalScopeElement extends MeasuringElement {
  static override styles = [
    measuringStyles,
    css`
      :host {
        --_screen: var(--track-elements-scope-screen, #0a0d11);
        --_trace: var(--track-elements-scope-trace, #8ff0b4);
        --_graticule: var(--track-elements-scope-graticule, rgb(255 255 255 / 20%));
        --_limit: var(--track-elements-scope-graticule, rgb(255 255 255 / 42%));
        --_scale: var(--track-elements-scope-scale, #aeb6c2);
        aspect-ratio: 16 / 9;
        min-width: 0;
        border-radius: var(--_radius);
        background: var(--_screen);
        color: var(--_scale);
        overflow: hidden;
        /* The colours of a trace have a meaning, like those of a photograph. */
        forced-color-adjust: none;
      }
      :host([view='vectorscope']), :host([view='goniometer']) { aspect-ratio: 1; }
      [part='scope'] {
        position: relative;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }
      /* The width where the container takes that of its content, as a flexbox may: nothing else in here has a width of its own. */
      [part='scope']::before {
        content: '';
        display: block;
        width: min(480px, 100vw - 2rem);
        max-width: 100%;
      }
      canvas, svg { position: absolute; }
      /* Axes are not mirrored in pages that are written from right to left. */
      svg { inset: 0; direction: ltr; overflow: hidden; font: 10px / 1 var(--_font); font-variant-numeric: tabular-nums; }
      path, rect, circle { fill: none; stroke: var(--_graticule); vector-effect: non-scaling-stroke; }
      .limit, rect { stroke: var(--_limit); }
      text { fill: var(--_scale); dominant-baseline: central; paint-order: stroke; stroke: var(--_screen); stroke-width: 3px; }
      [part='message'] {
        position: absolute;
        inset: 0;
        width: fit-content;
        height: fit-content;
        margin: auto;
        padding: 0.5rem 1rem;
        background: var(--_screen);
        text-align: center;
        text-wrap: balance;
      }
      @media (forced-colors: active) {
        :host {
          --_graticule: rgb(255 255 255 / 55%);
          --_limit: #ffffff;
          --_scale: #ffffff;
          outline: 1px solid CanvasText;
          outline-offset: -1px;
        }
      }
    `,
  ];

  /**
   * The instrument. Of video: `waveform`, luma over the width; `parade`, three components beside each other; `vectorscope`, hue and
   * saturation; `histogram`, how often each level occurs. Of audio: `oscilloscope`, the wave; `spectrum`, levels of frequencies;
   * `spectrogram`, the spectrum of the last ten seconds; `goniometer`, left against right.
   */
  @property({ type: oneOf<ScopeView>(), reflect: true })
  view: ScopeView = 'waveform';

  /**
   * The scale of waveform, parade and histogram, with black and white at 0 and 100 `percent` or `ire`, 16 and 235 in `8-bit`, 64 and 940
   * in `10-bit`. `none`: a trace without lines and labels, in every view.
   */
  @property({ type: oneOf<ScopeGraticule>(), reflect: true })
  graticule: ScopeGraticule = 'percent';

  /** The components of the parade: `rgb` for R′, G′ and B′, `ycbcr` for Y′, Cb and Cr. */
  @property({ type: oneOf<ScopeComponents>(), reflect: true })
  components: ScopeComponents = 'rgb';

  /** The colour bars that the boxes of the vectorscope are for, in percent: 75 or 100. */
  @property({ type: number as ValueType<number> as ValueType<75 | 100>, reflect: true })
  targets: 75 | 100 = 75;

  /** Drawings per second, from 1 to 60. At most 4 for people who prefer reduced motion. */
  @property({ type: number, attribute: 'refresh-rate', reflect: true })
  refreshRate = 15;

  /** Factor of the brightness of the trace, from 0.1 to 10. */
  @property({ type: number, reflect: true })
  intensity = 1;

  /** Factor by which vectorscope, oscilloscope and goniometer magnify, from 0.1 to 100. */
  @property({ type: number, reflect: true })
  gain = 1;

  /** Milliseconds that the oscilloscope shows, from 1 to 1000. */
  @property({ type: number, attribute: 'time-span', reflect: true })
  timeSpan = 20;

  readonly #size = new SizeController(this);
  readonly #visibility = new VisibilityController(this);
  #client: ScopeClient | null = null;
  /** The track that could not be shown. It is not tried once more. */
  #failed: MediaStreamTrack | null = null;
  /** The canvas of the client, which a worker draws on. */
  #canvas: HTMLCanvasElement | null = null;
  #format: Pick<ScopeFormat, 'matrix' | 'channels'> = unknownFormat;
  #summary = '';
  #isBlocked = false;
  /** The message of the error in a property; empty if all are accepted. */
  #fault = '';
  /** Waits before it warns: the other track may be about to come. */
  #warning: ReturnType<typeof setTimeout> | undefined;
  #warnedOf: ScopeView | null = null;

  /**
   * The reading in words, as a screen reader gets it, such as "Luma from 0 % to 100 %". It changes rarely. Empty until the scope has
   * drawn, which it does only while it can be seen.
   */
  get summary(): string {
    return this.#summary;
  }

  protected override measure(): void {
    // During an update, which has a change of `srcObject`, another one cannot be asked for.
    queueMicrotask(() => this.requestUpdate());
    this.#failed = null;
    if (this.tracks.length === 0) this.#close();
  }

  protected override willUpdate(): void {
    this.#check();
    const track = this.#track;
    this.#watchKind(track);
    if (!track) this.#close();
    else if (track !== this.#failed) this.#client ??= this.#open();
  }

  protected override updated(): void {
    const client = this.#client;
    if (!client) return;
    const { width, height } = this.#plot(this.#graticule());
    const hasRoom = width > 0 && height > 0;
    client.read(hasRoom && this.#visibility.isVisible ? this.#track : null);
    if (!hasRoom) return;
    const scale = devicePixelRatio;
    const { view, components, intensity, gain, timeSpan } = this;
    const { r, g, b } = resolveColor('trace', 'var(--_trace)', this) ?? { r: 255, g: 255, b: 255 };
    client.configure({
      ...{ view, components, intensity, gain, timeSpan, color: [r, g, b] },
      refreshRate: isMotionReduced() ? Math.min(this.refreshRate, REDUCED_RATE_HZ) : this.refreshRate,
      width: Math.round(width * scale),
      height: Math.round(height * scale),
    });
  }

  protected override render() {
    const graticule = this.#graticule();
    const plot = this.#plot(graticule);
    const message = this.#message;
    return html`
      <slot></slot>
      <div part="scope" role="img" aria-label=${this.#label(message)}>
        ${this.#place(plot)} ${this.#renderGraticule(graticule, plot)}
        ${message ? html`<p part="message">${message}</p>` : nothing}
      </div>
    `;
  }

  /** The track that the view shows. */
  get #track(): MediaStreamTrack | null {
    if (this.#fault) return null;
    return this.tracks.find(({ kind }) => kind === kindOfView(this.view)) ?? null;
  }

  /** Why there is no trace; empty if there is one. */
  get #message(): string {
    if (this.#fault) return this.#fault;
    if (this.#track && this.#track === this.#failed) return 'The track cannot be shown';
    if (this.#track) return this.#isBlocked ? 'Click to let the browser run audio' : '';
    if (this.tracks.length > 0) return wrongKind(this.view);
    return this.state === 'ended' ? 'The track has ended' : 'No track';
  }

  #label(message: string): string {
    if (this.#fault) return `Scope: ${message}`;
    const { view, components } = this;
    const title = view === 'parade' && components === 'ycbcr' ? 'Y′CbCr parade' : titles[view];
    const reading = message || this.#summary;
    return reading ? `${title}: ${reading}` : title;
  }

  #graticule(): Graticule {
    return this.#fault ? emptyGraticule : graticuleOf(this, this.#format.matrix, this.#format.channels);
  }

  #plot(graticule: Graticule): PlotPlace {
    return plotPlace(this.#size.width, this.#size.height, graticule, isSquare(this.view));
  }

  #place({ x, y, width, height }: PlotPlace) {
    const canvas = this.#canvas;
    if (!canvas) return nothing;
    Object.assign(canvas.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return canvas;
  }

  #renderGraticule(graticule: Graticule, plot: PlotPlace) {
    const { x, y, width, height } = plot;
    if (graticule.lines.length === 0 || width === 0) return nothing;
    const [atX, atY] = [(share: number) => x + share * width, (share: number) => y + share * height];
    const path = (weight: 'line' | 'limit') =>
      graticule.lines
        .filter((line) => line.weight === weight)
        .map(({ x1, y1, x2, y2 }) => `M${atX(x1)} ${atY(y1)}L${atX(x2)} ${atY(y2)}`)
        .join('');
    return html`<svg part="graticule" aria-hidden="true" width=${this.#size.width} height=${this.#size.height}>
      <path d=${path('line')} /><path class="limit" d=${path('limit')} />
      ${graticule.circles.map(
        (circle) => svg`<circle cx=${atX(circle.x)} cy=${atY(circle.y)} r=${circle.radius * width} />`,
      )}
      ${graticule.boxes.map(
        (box) => svg`<rect x=${atX(box.x)} y=${atY(box.y)} width=${box.width * width} height=${box.height * height} />`,
      )}
      ${placeLabels(graticule, plot).map(
        ({ text, ...label }) => svg`<text x=${label.x} y=${label.y} text-anchor=${label.anchor}>${text}</text>`,
      )}
    </svg>`;
  }

  /** Reports a wrong property once, and shows nothing while it is wrong. */
  #check(): void {
    let error: Error | null = null;
    try {
      checkScopeSettings(this);
    } catch (reason) {
      error = reason as Error;
    }
    const message = error?.message ?? '';
    if (message === this.#fault) return;
    this.#fault = message;
    this.states.substitute(error ? 'failed' : null);
    if (error) this.states.reportError(error);
  }

  #open(): ScopeClient {
    this.#canvas = document.createElement('canvas');
    this.#canvas.part.add('screen');
    this.#canvas.width = this.#canvas.height = 1;
    return new ScopeClient(this.#canvas, {
      formatChanged: ({ matrix, channels }) => {
        this.#format = { matrix, channels };
        this.#isBlocked = false;
        this.requestUpdate();
      },
      summarized: (text) => {
        this.#summary = text;
        this.requestUpdate();
      },
      audioBlocked: () => {
        this.#isBlocked = true;
        const message =
          'The browser does not let audio run before a user gesture: the scope shows it from the next click or key on.';
        this.states.warn(new DOMException(message, 'NotAllowedError'));
        this.requestUpdate();
      },
      failed: (error) => {
        this.#failed = this.#track;
        this.#close();
        this.states.fail(error);
        this.requestUpdate();
      },
    });
  }

  #close(): void {
    this.#client?.close();
    this.#client = this.#canvas = null;
    this.#summary = '';
    this.#isBlocked = false;
    this.#format = unknownFormat;
  }

  /** Warns, once for a view, if there is only a track of the other kind. */
  #watchKind(track: MediaStreamTrack | null): void {
    const isWrong = !this.#fault && !track && this.tracks.length > 0;
    if (!isWrong || this.#warnedOf !== this.view) clearTimeout(this.#warning);
    if (!isWrong) {
      this.#warnedOf = null;
      return;
    }
    if (this.#warnedOf === this.view) return;
    this.#warnedOf = this.view;
    this.#warning = setTimeout(() => {
      const error = new TypeError(`view is "${this.view}". ${wrongKind(this.view)}.`);
      this.states.warn(error);
    }, WARNING_DELAY_MS);
  }
}

const unknownFormat = { matrix: 'bt709', channels: 1 } as const;

const titles: Record<ScopeView, string> = {
  waveform: 'Waveform',
  parade: 'RGB parade',
  vectorscope: 'Vectorscope',
  histogram: 'Histogram',
  oscilloscope: 'Oscilloscope',
  spectrum: 'Spectrum',
  spectrogram: 'Spectrogram',
  goniometer: 'Goniometer',
};

/** "The waveform needs a video track, and there is only an audio track". */
function wrongKind(view: ScopeView): string {
  const [needed, given] = kindOfView(view) === 'video' ? ['a video', 'an audio'] : ['an audio', 'a video'];
  return `The ${titles[view].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())} needs ${needed} track, and there is only ${given} track`;
}

const REDUCED_RATE_HZ = 4;

/** A source that starts beside another one has its track by then. */
const WARNING_DELAY_MS = 1000;

declare global {
  interface HTMLElementTagNameMap {
    'signal-scope': SignalScopeElement;
  }
}
