import { type PropertyValues, ReactiveElement, unsafeCSS } from '@lit/reactive-element';
import { warnOfUnknownAttributes } from '../controllers/attribute-check.js';
import { FaultController } from '../controllers/fault-controller.js';
import { completeFault, type FaultDescription, type FaultKind } from '../engine/fault-timeline.js';
import { offerFaultsPart } from '../engine/page/faults-part-script.js';
import { report } from '../generator/page/report.js';
import { number, numberOrNull, oneOf } from './converters.js';
import { property } from './property.js';
import { styledRoot } from './styled-root.js';

/**
 * A fault in the track of the source around it, at times that are the same in each run.
 *
 * ```html
 * <pattern-source for="screen" pattern="ball" mark>
 *   <signal-fault kind="freeze" at="2" duration="0.5" every="10"></signal-fault>
 * </pattern-source>
 * ```
 *
 * Inside a `<track-generator>` it is a fault of the generator's track, whether it is beside a source or inside one.
 *
 * @summary A fault in the track of the source around it, at times that are the same in each run.
 * @tag signal-fault
 * @event {ErrorEvent} error - An attribute has a value that is not accepted; the fault does not occur. `error` says what was given, what is
 * accepted, and what to do. The message also goes to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - An attribute is not known. The message also goes to the console, unless a listener calls `preventDefault()`.
 */
export class SignalFaultElement extends ReactiveElement {
  static override styles = unsafeCSS(':host { display: none; }');

  /**
   * Of video: `freeze`, `black`, `drop`, `repeat`, `jitter`, `timestamp-jump`, `clock-drift`, `resolution-ramp`, `rate-change`, `mute`,
   * `unplug`. Of audio: `freeze`, `drop`, `repeat`, `jitter`, `timestamp-jump`, `clock-drift`, `silence`, `mute`, `unplug`. A source
   * with tracks of both kinds gives each track the faults of its kind.
   */
  @property({ type: oneOf<FaultKind>(), reflect: true })
  kind: FaultKind = 'freeze';

  /** Seconds from the first frame that is played with the fault to its first occurrence. */
  @property({ type: number, reflect: true })
  at = 0;

  /** Seconds that an occurrence lasts, and at least one frame. */
  @property({ type: number, reflect: true })
  duration = 1;

  /** Seconds from the beginning of one occurrence to that of the next, at least `duration`; 0: it occurs once. */
  @property({ type: number, reflect: true })
  every = 0;

  /** Share of the occurrences that happen, 0 to 1. */
  @property({ type: number, reflect: true })
  probability = 1;

  /** Selects the occurrences that happen, and the frames: an integer. Equal seeds select the same ones. */
  @property({ type: number, reflect: true })
  seed = 0;

  /**
   * How strong the fault is. `drop` and `repeat`: the share of the frames, 0 to 1. `jitter`: the longest delay in milliseconds.
   * `timestamp-jump`: milliseconds. `clock-drift`: parts per million. `resolution-ramp`: the share of the size. `rate-change`: frames
   * per second. Unset: 1 for `drop`, 0.5 for `repeat`, 50 ms, 1000 ms, 100 ppm, 0.25, and 10. Other kinds have none.
   */
  @property({ type: numberOrNull, reflect: true })
  amount: number | null = null;

  #fault: FaultDescription | null = null;
  #failure = '';

  constructor() {
    super();
    offerFaultsPart();
    new FaultController(this, () => this.#fault);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    warnOfUnknownAttributes(this);
  }

  /** @internal Called when the element is moved to another document. */
  adoptedCallback(): void {
    styledRoot(this);
  }

  protected override createRenderRoot(): ShadowRoot {
    return styledRoot(this);
  }

  /** Before the controller gives the description to the source. */
  protected override update(changed: PropertyValues<this>): void {
    const { kind, at, duration, every, probability, seed, amount } = this;
    const fault = { kind, at, duration, every, probability, seed, amount };
    try {
      completeFault(fault);
      this.#fault = fault;
      this.#failure = '';
    } catch (error) {
      this.#fault = null;
      const { message } = error as Error;
      if (message !== this.#failure) report(this, 'error', error as Error);
      this.#failure = message;
    }
    super.update(changed);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'signal-fault': SignalFaultElement;
  }
}
