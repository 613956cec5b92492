/** How long the button says that it has copied. */
const FEEDBACK_MS = 1500;

/** A button that copies the text of the element with the id in its `data-copy`. */
export function setUpCopyButton(button: HTMLButtonElement): void {
  const text = button.textContent ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener('click', async () => {
    const code = document.getElementById(button.dataset.copy ?? '');
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      button.textContent = 'Copied';
    } catch {
      // The browser does not allow it. With the text selected, the visitor needs one key to copy it.
      getSelection()?.selectAllChildren(code);
      button.textContent = 'Selected';
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = text;
    }, FEEDBACK_MS);
  });
}
