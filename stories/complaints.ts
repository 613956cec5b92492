/** Shows what a source complains of, in its own words, in the `.complaint` beside it, for as long as it holds. */
export const complaints = {
  error({ currentTarget, message }: ErrorEvent): void {
    write(currentTarget as Element, message);
  },
  statechange({ currentTarget }: Event): void {
    const source = currentTarget as Element & { readonly state: string };
    if (source.state !== 'failed') write(source, '');
  },
} as const;

function write(source: Element, message: string): void {
  const place = source.parentElement?.querySelector('.complaint');
  if (place) place.textContent = message;
}
