import { whenLoaded } from '../../generator/page/when-loaded.js';

/** The texts of a pattern that its picture shows, and other values. */
interface PatternTexts {
  readonly label?: unknown;
  readonly params?: Readonly<Record<string, unknown>> | null;
}

/** Warns of characters in the texts of a pattern that the font of the pictures lacks. */
export function warnOfUnreadableTexts({ label, params }: PatternTexts, warn: (error: Error) => void): void {
  // Other texts, such as that of a QR code, are not lettering.
  const texts = [label, params?.title].filter((value) => typeof value === 'string' && /[^ -~]/.test(value)).join(' ');
  if (!texts) return;
  whenLoaded(import('../../signals/video/unreadable-text.js'), ({ unreadableText }) => {
    const error = unreadableText(texts);
    if (error) warn(error);
  });
}
