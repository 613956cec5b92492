import { workletName } from '../messages.js';

/** Tells the page the name and the version of this script. All modules of a context share the names of processors. */
export function registerScript(file: string): void {
  registerOnce(
    workletName(file),
    class extends AudioWorkletProcessor {
      process(): boolean {
        return false;
      }
    },
  );
}

/** Registers a processor. If the name is taken, by another module of the library in the same context, the first one counts. */
export function registerOnce(...registration: Parameters<typeof registerProcessor>): void {
  try {
    registerProcessor(...registration);
  } catch {}
}
