let query: MediaQueryList | undefined;

/** Whether the user asks for less motion. The query is kept: to make one costs more than to draw a level. */
export function isMotionReduced(): boolean {
  query ??= globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');
  return query?.matches ?? false;
}
