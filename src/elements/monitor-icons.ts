import { svg } from 'lit';

/** Lines in a square of 24, for the buttons of a monitor. */
const paths = {
  muted: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4zM16 9.5l5 5M21 9.5l-5 5',
  audible: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  guides: 'M3.5 5.5h17v13h-17zM7 9h10v6H7zM12 10.5v3M10.5 12h3',
  fit: 'M3.5 5.5h17v13h-17zM8 9.5v5M16 9.5v5M12 10.4v.1M12 13.6v.1',
  figures: 'M4.5 19.5v-6M9.5 19.5v-10M14.5 19.5v-7M19.5 19.5v-14',
  snapshot: 'M4 8h3.2l1.6-2.5h6.4L16.8 8H20v10.5H4zM12 16.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  'picture-in-picture': 'M3.5 5.5h17v13h-17zM12 12h6v4.5h-6z',
  fullscreen: 'M4.5 9.5v-5h5M14.5 4.5h5v5M19.5 14.5v5h-5M9.5 19.5h-5v-5',
} as const;

/** The name of an icon. */
export type MonitorIcon = keyof typeof paths;

export const renderIcon = (name: MonitorIcon) =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]}></path></svg>`;
