/** The names that users of GStreamer's `audiotestsrc` and of FFmpeg's `anoisesrc` and `anullsrc` know. */
export const aliases: Readonly<Record<string, string>> = {
  saw: 'sawtooth',
  'sine-table': 'sine',
  'red-noise': 'brown-noise',
  white: 'white-noise',
  pink: 'pink-noise',
  brown: 'brown-noise',
  blue: 'blue-noise',
  violet: 'violet-noise',
  velvet: 'velvet-noise',
  anullsrc: 'silence',
};
