import { css } from 'lit';

/**
 * The look of the meter. A bar is lit as a whole, and a cover lies on the part above the level. Cover and peak mark move by
 * transforms, so that nothing is laid out when levels change. The bars of a meter share one layer: to paint them again costs the
 * browser less than to compose a layer for each moving part.
 */
export const levelMeterStyles = css`
  :host {
    --_thickness: var(--level-meter-thickness, 0.875rem);
    --_length: var(--level-meter-length, 14rem);
    --_direction: 1;
    --_end: right;
    container-type: inline-size;
    /* The width in a container that takes the width of its content, as a flexbox may: without this the width would be 0. */
    contain-intrinsic-inline-size: min(24rem, 100vw - 2rem);
  }
  :host(:dir(rtl)) { --_direction: -1; --_end: left; }
  .panel {
    padding: 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .meter {
    display: grid;
    grid-template-columns: minmax(1.25rem, auto) minmax(0, 1fr) 3.25rem;
    gap: 0.3125rem 0.625rem;
    align-items: center;
    will-change: transform;
  }
  .row { display: contents; }
  .name { color: var(--_quiet); font-weight: 600; text-align: end; }
  /* Numbers have boxes whose size does not depend on them, so that a change lays out nothing else. */
  .value {
    contain: size layout;
    block-size: 1em;
    font: 600 0.875rem / 1 var(--_mono);
    text-align: var(--_end);
    white-space: nowrap;
  }
  /* The sign stands before its number, also in pages that are written from right to left. */
  .value, .readout span { direction: ltr; unicode-bidi: isolate; }
  .bar {
    --_gradient: to right;
    --_high-color: light-dark(#c98a00, var(--_warning));
    position: relative;
    overflow: hidden;
    contain: strict;
    contain-intrinsic-inline-size: 8rem;
    block-size: var(--_thickness);
    border-radius: 3px;
    background: linear-gradient(
      var(--_gradient), var(--_good) var(--_high), var(--_high-color) var(--_high),
      var(--_high-color) var(--_over), var(--_bad) var(--_over)
    );
  }
  .bar:dir(rtl) { --_gradient: to left; }
  .cover, .hold { position: absolute; inset: 0; }
  .cover { background: var(--_sunken); box-shadow: inset 0 0 0 1px var(--_line); }
  /* Zones also differ by their texture: grooves where the level is high, and closer grooves where it is too loud. */
  .zone { position: absolute; inset-block: 0; }
  .zone.high {
    inset-inline: var(--_high) calc(100% - var(--_over));
    background: repeating-linear-gradient(to right, transparent 0 5px, var(--_surface) 5px 6px);
  }
  .zone.over {
    inset-inline: var(--_over) 0;
    background: repeating-linear-gradient(to right, transparent 0 2px, var(--_surface) 2px 3px);
  }
  .hold { border-inline-start: 2px solid var(--_text); margin-inline-start: -2px; }
  .reference { position: absolute; inset-block: 0; }
  .reference { inset-inline: var(--_reference) auto; border-inline-start: 1px dashed var(--_text); opacity: 0.55; }
  .clip {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    padding-inline: 0.375rem;
    border-radius: 3px;
    background: var(--_bad);
    color: light-dark(#fff, #16181b);
    font: 700 0.625rem / 1 var(--_font);
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  .clip[hidden] { display: none; }
  .scale { position: relative; grid-column: 2; block-size: 1.375rem; color: var(--_quiet); font-size: 0.6875rem; }
  .mark {
    position: absolute;
    inset-inline-start: var(--_place);
    padding-block-start: 0.375rem;
    line-height: 1;
    unicode-bidi: plaintext;
    transform: translateX(calc(-50% * var(--_direction)));
    white-space: nowrap;
  }
  .mark::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 50%;
    block-size: 0.25rem;
    border-inline-start: 1px solid currentColor;
  }
  .mark.reference-mark { color: var(--_text); font-weight: 700; }
  .mark:last-child { transform: translateX(calc(-80% * var(--_direction))); }
  .mark:last-child::before { inset-inline-start: 80%; }
  .unit { color: var(--_quiet); font-size: 0.6875rem; text-align: end; }
  .lower {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5rem 1rem;
    margin-block-start: 0.625rem;
    padding-block-start: 0.625rem;
    border-block-start: 1px solid var(--_line);
  }
  .message { flex: 1 0 100%; margin: 0; color: var(--_quiet); }
  .readout {
    display: grid;
    flex: 1 1 15rem;
    grid-template-columns: repeat(auto-fit, minmax(6.25rem, 1fr));
    gap: 0.375rem 0.75rem;
    margin: 0;
  }
  .readout dt { color: var(--_quiet); font-size: 0.75rem; }
  .readout dd {
    contain: size layout;
    block-size: 1.3em;
    margin: 0;
    font: 600 1rem / 1.3 var(--_mono);
    white-space: nowrap;
  }
  .readout small { color: var(--_quiet); font: 400 0.75rem / 1 var(--_font); }
  button {
    margin-inline-start: auto;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_sunken);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover { border-color: var(--_accent); }
  button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }

  @container (width < 27rem) {
    .meter:not(.vertical) .minor { display: none; }
  }

  /* Upright: each row becomes a column. */
  .vertical {
    grid-template-columns: none;
    grid-template-rows: auto var(--_length) auto;
    grid-auto-flow: column;
    grid-auto-columns: minmax(2.75rem, auto);
    justify-content: start;
    justify-items: center;
  }
  .upright { display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; }
  .upright .lower {
    flex: 1 1 8rem;
    flex-direction: column;
    flex-wrap: nowrap;
    align-items: stretch;
    justify-content: space-between;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .upright .message, .upright .readout { flex: none; }
  .upright .readout { grid-template-columns: repeat(auto-fit, minmax(6.25rem, 9rem)); }
  .upright button { align-self: flex-start; margin-inline-start: 0; }
  .vertical .name, .vertical .value, .vertical .unit { text-align: center; }
  .vertical .value { inline-size: 3.25rem; }
  .vertical .unit { grid-area: 1 / var(--_last-column); justify-self: start; padding-inline-start: 0.5rem; }
  .vertical .bar { --_gradient: to top; block-size: 100%; inline-size: calc(var(--_thickness) * 1.5); }
  .vertical .zone { inset-inline: 0; }
  .vertical .zone.high {
    inset-block: calc(100% - var(--_over)) var(--_high);
    background: repeating-linear-gradient(to top, transparent 0 5px, var(--_surface) 5px 6px);
  }
  .vertical .zone.over {
    inset-block: 0 var(--_over);
    background: repeating-linear-gradient(to top, transparent 0 2px, var(--_surface) 2px 3px);
  }
  .vertical .hold { margin: 0 0 -2px; border: 0; border-block-end: 2px solid var(--_text); }
  .vertical .reference { inset: auto 0 var(--_reference); border-inline-start: 0; border-block-end: 1px dashed var(--_text); }
  .vertical .clip { inset: 0 0 auto; padding: 0.1875rem 0; font-size: 0.5625rem; letter-spacing: 0; }
  .vertical .scale { grid-area: 2 / var(--_last-column); block-size: 100%; inline-size: 2.25rem; justify-self: start; }
  .vertical .mark, .vertical .mark:last-child {
    inset-block-end: var(--_place);
    inset-inline-start: 0;
    padding-block-start: 0;
    padding-inline-start: 0.5rem;
    transform: translateY(50%);
  }
  .vertical .mark:last-child { transform: translateY(80%); }
  .vertical .mark::before, .vertical .mark:last-child::before {
    inset-block: 50% auto;
    inset-inline: 0 auto;
    block-size: 0;
    inline-size: 0.25rem;
    border-inline-start: 0;
    border-block-start: 1px solid currentColor;
  }
  .vertical .mark:last-child::before { inset-block-start: 20%; }

  :host([compact]) { container-type: normal; }
  :host([compact]) .panel { block-size: 100%; padding: 0; border: 0; background: none; }
  :host([compact]) .lower, :host([compact]) .minor { display: none; }
  :host([compact]) .vertical {
    grid-template-rows: auto minmax(0, 1fr);
    grid-auto-columns: auto;
    gap: 0.25rem 0.375rem;
    block-size: 100%;
  }
  :host([compact]) .vertical .value { display: none; }
  :host([compact]) .vertical .scale { container-type: size; }
  /* −40 and −6 dBFS, or −14 LUFS: a low scale has no room for them. */
  @container (height < 6.5rem) {
    :host([compact]) .vertical .mark:nth-last-child(2) { display: none; }
    :host([compact]:not([scale='LUFS'])) .vertical .mark:nth-child(2) { display: none; }
  }
  :host([compact]) .meter:not(.vertical) .scale { container-type: inline-size; }
  @container (width < 9rem) {
    :host([compact]) .meter:not(.vertical) .mark:nth-last-child(2) { display: none; }
    :host([compact]:not([scale='LUFS'])) .meter:not(.vertical) .mark:nth-child(2) { display: none; }
  }
  @container (width < 5.5rem) {
    :host([compact]) .meter:not(.vertical) .mark:not(.reference-mark, :last-child) { display: none; }
  }
  :host([compact]) .vertical .unit { padding-inline-start: 0; }
  :host([compact]) .vertical .bar { inline-size: var(--_thickness); }

  @media (forced-colors: active) {
    .bar, .clip { forced-color-adjust: none; }
    .bar { outline: 1px solid CanvasText; background: Highlight; }
    .cover { background: Canvas; }
    .hold, .reference { border-color: CanvasText; }
    .clip { background: CanvasText; color: Canvas; }
  }
`;
