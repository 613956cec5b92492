/** An error as plain data: not every engine keeps the class of one that is posted. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
}

export function plainError(error: unknown): PlainError {
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : new Error(`${error}`);
  return { name, message };
}

/** The error that was posted, in the class the platform would use. */
export function revive({ name, message }: PlainError): Error {
  const Class = { Error, TypeError, RangeError }[name];
  return Class ? new Class(message) : new DOMException(message, name);
}
