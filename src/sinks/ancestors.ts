/** The elements around an element, the nearest first, also those around its shadow tree. */
export function ancestorsOf({ parentElement, parentNode }: Element): Element[] {
  const around = parentElement ?? (parentNode as Partial<ShadowRoot> | null)?.host;
  return around ? [around, ...ancestorsOf(around)] : [];
}

/** Whether a tag is not registered, or not yet. */
export const isUndefined = (element: Element): boolean => element.matches(':not(:defined)');
