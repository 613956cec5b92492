/*
 * The workers and worklets of the script, and the parts that workers load. The page and all of them are one text, so that what they
 * share is in the script once.
 */

import { install as installAudio } from '../engine/worker/audio-part.js';
import { install as installDecorations } from '../engine/worker/decorations-part.js';
import { start as startEngineWorker } from '../engine/worker/engine-worker.js';
import { install as installExtraPatterns } from '../engine/worker/extra-patterns-part.js';
import { install as installFaults } from '../engine/worker/faults-part.js';
import { install as installInputs } from '../engine/worker/input-part.js';
import { install as installRgbFrames } from '../engine/worker/rgb-frames-part.js';
import { start as startEngineWorklet } from '../engine/worklet/engine-worklet.js';
import { start as startGeneratorWorker } from '../generator/worker/generator-worker.js';
import { install as installProbeAudio } from '../measure/worker/probe-audio-part.js';
import { start as startProbeWorker } from '../measure/worker/probe-worker.js';
import { start as startProcessorWorklet } from '../processor/worklet/processor-worklet.js';

/** The workers and worklets, by the names of their files. */
const starts: Readonly<Record<string, () => void>> = {
  'track-elements-engine-worker': startEngineWorker,
  'track-elements-engine-worklet': startEngineWorklet,
  'track-elements-generator-worker': startGeneratorWorker,
  'track-elements-probe-worker': startProbeWorker,
  'track-elements-processor-worklet': startProcessorWorklet,
};

/** The parts, by the names of their files. */
const parts: Readonly<Record<string, (scope: never) => void>> = {
  'track-elements-audio-part': installAudio,
  'track-elements-decorations-part': installDecorations,
  'track-elements-extra-patterns-part': installExtraPatterns,
  'track-elements-faults-part': installFaults,
  'track-elements-input-part': installInputs,
  'track-elements-probe-audio-part': installProbeAudio,
  'track-elements-rgb-frames-part': installRgbFrames,
};

/** Makes this global scope a worker or a worklet. The text of a part takes it from the global `trackElementsParts`. */
export function startWorker(name: string): void {
  Object.assign(globalThis, { trackElementsParts: parts });
  starts[name]?.();
}
