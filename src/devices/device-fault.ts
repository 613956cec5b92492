import { checkOneOf } from '../signals/check-names.js';

/**
 * The ways in which a request of a page fails: `denied` and `dismissed` (`NotAllowedError`), `not-found` (`NotFoundError`),
 * `busy` (`NotReadableError`), `aborted` (`AbortError`), `overconstrained` (`OverconstrainedError`); empty for nothing.
 */
export type DeviceFault = '' | 'denied' | 'dismissed' | 'not-found' | 'busy' | 'aborted' | 'overconstrained';

const deviceFaults: readonly DeviceFault[] = ['denied', 'dismissed', 'not-found', 'busy', 'aborted', 'overconstrained'];

/** @throws {TypeError} for anything but a fault. */
export function checkFault(fault: unknown): void {
  if (fault !== '') checkOneOf('fault', deviceFaults, fault);
}

/** The error of a request, with the names and sentences that browsers have. */
export function faultError(fault: Exclude<DeviceFault, ''>): DOMException {
  if (fault === 'overconstrained') return overconstrainedError('deviceId', 'No device satisfies the constraint.');
  const [name, message] = errors[fault];
  return new DOMException(message, name);
}

const errors = {
  denied: ['NotAllowedError', 'Permission denied'],
  dismissed: ['NotAllowedError', 'Permission dismissed'],
  'not-found': ['NotFoundError', 'Requested device not found'],
  busy: ['NotReadableError', 'Device in use'],
  aborted: ['AbortError', 'Starting the source was aborted'],
} as const;

/** The error that no device satisfies a constraint. Some browsers have the class and do not let a page construct it. */
export function overconstrainedError(constraint: string, message: string): OverconstrainedError {
  const { OverconstrainedError: Class } = globalThis as { OverconstrainedError?: typeof OverconstrainedError };
  try {
    if (Class) return new Class(constraint, message);
  } catch {
    // It gets a stand-in.
  }
  const error = new DOMException(message, 'OverconstrainedError');
  if (Class) Object.setPrototypeOf(error, Class.prototype);
  // The members of the prototype ask for an object that the browser has made.
  const members = { constraint, message, name: 'OverconstrainedError' };
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(error, name, { value, configurable: true });
  return error as OverconstrainedError;
}
