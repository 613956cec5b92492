/** A button that copies the text of the element with the id in its `data-copy`. */
export function bindCopy(button: HTMLButtonElement): void {
  const text = button.textContent ?? '';
  let back: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener('click', async () => {
    const code = document.getElementById(button.dataset.copy ?? '');
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      // The browser keeps its clipboard to itself: selected, the text is one key away.
      getSelection()?.selectAllChildren(code);
      button.textContent = 'Selected';
    }
    clearTimeout(back);
    back = setTimeout(() => {
      button.textContent = text;
    }, 1500);
  });
}
