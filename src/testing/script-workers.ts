/*
 * The workers and worklets of the script, and the parts that workers load. The page and all of them are one text, so that what they
 * share is in the script once.
 */

import { install as installAudio } from '../engine/worker/audio-part.js';
import { install as installDecorations } from '../engine/worker/decorations-part.js';
import { start as startEngineWorker } from '../engine/worker/engine-worker.js';
import { install as installExtraPatterns } from '../engine/worker/extra-patterns-part.js';
import { install as installInputs } from '../engine/worker/input-part.js';
import { install as installRgbFrames } from '../engine/worker/rgb-frames-part.js';
import { start as startEngineWorklet } from '../engine/worklet/engine-worklet.js';
import { install as installProbeAudio } from '../measure/worker/probe-audio-part.js';
import { start as startProbeWorker } from '../measure/worker/probe-worker.js';
import { start as startProcessorWorklet } from '../processor/worklet/processor-worklet.js';

/** The workers and worklets, by the names of their files. */
const starts: Readonly<Record<string, () => void>> = {
  'track-elements-engine-worker': startEngineWorker,
  'track-elements-engine-worklet': startEngineWorklet,
  'track-elements-probe-worker': startProbeWorker,
  'track-elements-processor-worklet': startProcessorWorklet,
};

/** The parts, by the names of their files. */
const parts: Readonly<Record<string, (scope: never) => void>> = {
  'track-elements-audio-part.js': installAudio,
  'track-elements-decorations-part.js': installDecorations,
  'track-elements-extra-patterns-part.js': installExtraPatterns,
  'track-elements-input-part.js': installInputs,
  'track-elements-probe-audio-part.js': installProbeAudio,
  'track-elements-rgb-frames-part.js': installRgbFrames,
};

/** Makes this global scope a worker or a worklet. A worker takes its parts from the global `trackElementsParts`, in place of importing them. */
export function startWorker(name: string): void {
  Object.assign(globalThis, { trackElementsParts: parts });
  starts[name]?.();
}
