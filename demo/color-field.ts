/**
 * A swatch beside a text field: the swatch writes the text, and shows the color that the text means.
 *
 * @param over Ends it, for a field that leaves while its form stays.
 */
export function bindColor(field: HTMLElement, over?: AbortSignal): void {
  const [swatch, text] = field.querySelectorAll('input');
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  swatch.addEventListener('input', (event) => {
    event.stopPropagation();
    text.value = swatch.value;
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const follow = () => {
    if (!context || !CSS.supports('color', text.value)) return;
    context.fillStyle = text.value;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    swatch.value = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  text.form?.addEventListener('synced', follow, { signal: over });
  follow();
}
