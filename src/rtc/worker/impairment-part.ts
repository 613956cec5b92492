/* A part of the engine's worker: impairs what peer connections receive. */
import { FrameImpairer } from './frame-impairer.js';

export function install(): void {
  addEventListener('rtctransform', (event) => new FrameImpairer((event as RTCTransformEvent).transformer));
}
