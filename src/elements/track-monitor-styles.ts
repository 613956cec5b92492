import { css } from 'lit';

/** How a monitor looks. It follows its own width, not that of the page. */
export const trackMonitorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    /* The width where the container takes that of its content, as a flexbox may. */
    contain-intrinsic-inline-size: min(30rem, 100vw - 2.25rem);
    box-sizing: border-box;
    overflow: clip;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  [part='header'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    padding: 9px 12px;
  }
  [part='label'] {
    flex: 1 1 auto;
    min-inline-size: 0;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [part='label']:empty { display: none; }

  [part='badges'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .badge {
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: var(--_sunken);
    color: var(--_quiet);
    font-size: 0.75rem;
    line-height: 1.5;
    white-space: nowrap;
    /* A size such as 1280×720 is read from left to right in every language. */
    unicode-bidi: plaintext;
  }
  .state { display: inline-flex; align-items: center; gap: 6px; color: var(--_text); }
  .state::before { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--_quiet); content: ''; }
  .state.live::before { background: var(--_good); }
  .state.waiting::before { border-radius: 1px; background: var(--_warning); }
  .state.over::before { border-radius: 0; background: var(--_bad); }

  [part='stage'] { display: flex; flex: 1 0 auto; min-block-size: 0; background: #000; }
  [part='picture'] {
    position: relative;
    flex: 1 1 auto;
    min-inline-size: 0;
    aspect-ratio: var(--track-monitor-aspect-ratio, var(--_aspect-ratio, 16 / 9));
    overflow: hidden;
  }
  .actual { overflow: auto; }
  .actual:focus-visible { outline: 2px solid var(--_accent); outline-offset: -2px; }
  video { display: block; inline-size: 100%; block-size: 100%; object-fit: contain; }
  .actual video { max-inline-size: none; }
  [part='guides'] {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    fill: none;
    stroke: var(--track-monitor-guides, rgb(255 255 255 / 85%));
    pointer-events: none;
  }
  [part='guides'] path { stroke-width: 1px; vector-effect: non-scaling-stroke; }
  [part='guides'] .below { stroke: rgb(0 0 0 / 55%); stroke-width: 3px; }

  [part='empty'] {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 4px;
    position: absolute;
    inset: 0;
    padding: 12px;
    background: var(--_sunken);
    color: var(--_quiet);
    text-align: center;
    unicode-bidi: plaintext;
  }
  [part='empty'] span { unicode-bidi: plaintext; }
  [part='empty'] strong { color: var(--_text); font-weight: 600; }
  code { font-family: var(--_mono); font-size: 0.92em; }

  [part='meter'] { display: grid; flex: none; padding: 8px 4px 8px 10px; background: var(--_surface); --level-meter-thickness: 0.625rem; }
  /* Their place, before they have loaded: nothing moves then. */
  [part='meter'].vertical { box-sizing: border-box; inline-size: 5.25rem; }
  [part='meter'].horizontal { padding: 8px 12px 4px; }
  [part='trace'] { display: grid; position: absolute; inset: 0; }

  [part='controls'] { display: flex; flex-wrap: wrap; gap: 2px; padding: 5px 6px; }
  [part~='button'] {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 5px 8px;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) - 2px);
    background: none;
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }
  [part~='button']:hover { background: var(--_sunken); }
  [part~='button']:focus-visible { outline: 2px solid var(--_accent); outline-offset: -1px; }
  [part~='button'][aria-pressed='true'] { border-color: var(--_line); background: var(--_sunken); color: var(--_accent); }
  [part~='button'] svg {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.6;
  }
  .space { flex: 1; }

  [part='figures'] { padding: 4px 12px 12px; border-block-start: 1px solid var(--_line); }
  .heard-only { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  @container (inline-size < 50rem) {
    [part~='button'] span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    [part~='button'] { padding: 7px; }
  }

  :host(:fullscreen) { border: 0; border-radius: 0; }
  :host(:fullscreen) [part='stage'] { flex: 1 1 0; }
  :host(:fullscreen) [part='picture'] { aspect-ratio: auto; }
  :host([hidden]) { display: none; }

  @media (forced-colors: active) {
    .badge, [part~='button'] { border-color: CanvasText; }
    [part~='button'][aria-pressed='true'] { border-color: Highlight; color: Highlight; }
    .state::before { forced-color-adjust: none; }
  }
`;
