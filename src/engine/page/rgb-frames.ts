/* This file is loaded where the browser has no `VideoFrame`. */
import type { Script } from '../../generator/page/load-script.js';
import { standInClass } from '../../generator/rgb-frame.js';

/**
 * Makes the worker do without `VideoFrame`.
 *
 * @throws {DOMException} `NotSupportedError` where that cannot work; as `loadPart()`.
 */
export function useRgbFrames(worker: Worker, loadPart: (worker: Worker, part: Script) => Promise<void>): Promise<void> {
  standInClass();
  return loadPart(worker, rgbFramesPart);
}

const rgbFramesPart: Script = {
  file: 'track-elements-rgb-frames-part.js',
  text: () => import('../../workers/track-elements-rgb-frames-part-text.js'),
};
