import { css } from 'lit';

/**
 * Colours and fonts of the elements that measure and show. Each is a custom property of the page, with a default for light
 * and dark by the page's `color-scheme`. In templates: `var(--_text)`.
 */
export const measuringStyles = css`
  :host {
    --_surface: var(--track-elements-surface, light-dark(#ffffff, #141619));
    --_sunken: var(--track-elements-sunken, light-dark(#f3f4f6, #1c1f24));
    --_line: var(--track-elements-line, light-dark(rgb(17 20 28 / 12%), rgb(255 255 255 / 12%)));
    --_text: var(--track-elements-text, light-dark(#15171c, #eef0f3));
    --_quiet: var(--track-elements-quiet, light-dark(#5d6470, #9ba2ae));
    --_accent: var(--track-elements-accent, light-dark(#3451d1, #93a7ff));
    --_good: var(--track-elements-good, light-dark(#1a7a54, #4cc990));
    --_warning: var(--track-elements-warning, light-dark(#8a5300, #e5b454));
    --_bad: var(--track-elements-bad, light-dark(#c4282d, #ff8f8c));
    --_radius: var(--track-elements-radius, 8px);
    --_font: var(--track-elements-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    --_mono: var(--track-elements-mono, ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace);
    display: block;
    min-inline-size: 0;
    max-inline-size: 100%;
    color: var(--_text);
    font: 0.8125rem / 1.45 var(--_font);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) { display: none; }
  slot:not([name]) { display: none; }
`;
