/* The worklet that plays written sound. */

import type { AudioFormat } from '../audio-format.js';
import { QueuedSamples } from '../sample-source.js';
import { registerSound } from './audio-processor.js';

registerSound(
  'track-elements-written',
  (report, { format }: { format: AudioFormat }) => new QueuedSamples(report, format),
);
