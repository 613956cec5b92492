import { html, nothing, svg } from 'lit';

/** Lines over the picture: `safe-areas` for action and titles, the `center`, and the lines of the `thirds`. */
export type MonitorGuide = 'safe-areas' | 'center' | 'thirds';

export const MONITOR_GUIDES: readonly MonitorGuide[] = ['safe-areas', 'center', 'thirds'];

/**
 * The shares of width and height that the safe areas have in a picture of 16:9, by EBU R 95 and SMPTE ST 2046-1: 93 % for
 * action and 90 % for titles.
 */
const ACTION_SAFE = 0.93;
const TITLE_SAFE = 0.9;

/** The path of a rectangle around the centre that has a share of width and height. */
function rectangle(width: number, height: number, share: number): string {
  const [x, y] = [(width * (1 - share)) / 2, (height * (1 - share)) / 2];
  return `M${x} ${y}h${width * share}v${height * share}h${-width * share}z`;
}

const paths: Readonly<Record<MonitorGuide, (width: number, height: number) => string>> = {
  'safe-areas': (width, height) => rectangle(width, height, ACTION_SAFE) + rectangle(width, height, TITLE_SAFE),
  center(width, height) {
    // Each arm of the cross is a twelfth of the height.
    const arm = height / 12;
    return `M${width / 2 - arm} ${height / 2}h${2 * arm}M${width / 2} ${height / 2 - arm}v${2 * arm}`;
  },
  thirds: (width, height) =>
    [1 / 3, 2 / 3].map((share) => `M${width * share} 0v${height}M0 ${height * share}h${width}`).join(''),
};

/** The path of some guides over a picture of a size. */
export const guidePath = (guides: readonly MonitorGuide[], width: number, height: number): string =>
  guides.map((guide) => paths[guide](width, height)).join('');

/** The guides over a picture that is fitted into the same box. */
export function renderGuides(guides: readonly MonitorGuide[], width: number, height: number) {
  if (guides.length === 0 || !width || !height) return nothing;
  const path = guidePath(guides, width, height);
  // A dark line below the light one, so that they are seen on every picture.
  return html`
    <svg part="guides" viewBox="0 0 ${width} ${height}" aria-hidden="true">
      ${svg`<path class="below" d=${path}></path><path d=${path}></path>`}
    </svg>
  `;
}
