/**
 * What an import costs: bundled, minified and compressed with gzip, in bytes. One record an import: its `entry`; the
 * `files` that it loads besides, wherever it runs; its `limit`.
 *
 * @typedef {{ entry: string, files?: string[], limit?: number }} Size
 * @type {Size[]}
 */
export const sizes = [
  { entry: 'track-elements/generator', limit: 5_000 },
  { entry: 'track-elements/define/pattern-source', files: ['dist/engine/worker/engine-worker.js'], limit: 20_000 },
  {
    entry: 'track-elements/define/tone-source',
    files: ['dist/engine/worker/engine-worker.js', 'dist/engine/worker/audio-part.js'],
  },
  { entry: 'track-elements/define/track-generator', files: ['dist/engine/worker/engine-worker.js'] },
  {
    entry: 'track-elements/define/rtc-loopback',
    files: ['dist/engine/worker/engine-worker.js', 'dist/rtc/worker/impairment-part.js'],
  },
  { entry: 'track-elements/define/whip-publisher' },
  { entry: 'track-elements/define/whep-player' },
  { entry: 'track-elements/define/track-recorder' },
  { entry: 'track-elements/define/all', files: ['dist/engine/worker/engine-worker.js'] },
  { entry: 'track-elements/rtc/whip-client' },
  { entry: 'track-elements/rtc/whep-client' },
  { entry: 'track-elements/polyfill' },
  { entry: 'track-elements/signals' },
];
