/* A part of the engine's worker: impairs what peer connections receive. */
import { Impairer } from './impairer.js';

export function install(): void {
  addEventListener('rtctransform', (event) => new Impairer((event as RTCTransformEvent).transformer));
}
