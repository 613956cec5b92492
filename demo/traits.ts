/** Which attributes make a difference to a signal: found out by making one. */
import { samplePicture, sampleWave } from './samples.js';

const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

function differ(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  return Array.from(one).some((value, index) => value !== other[index]);
}

function trait(name: string, holds: () => boolean): string[] {
  try {
    return holds() ? [name] : [];
  } catch {
    // What refuses one of the two values tells them apart.
    return [name];
  }
}

/** Some of `color`, `background` and `speed`. */
export function patternTraits(pattern: string): string[] {
  const size = { width: 32, height: 18 };
  const planes = (change: object) => {
    const { y, u, v } = samplePicture(pattern, { ...size, ...change });
    return [...y, ...u, ...v];
  };
  return [
    ...trait('color', () => differ(planes({ color: red }), planes({ color: blue }))),
    ...trait('background', () => differ(planes({ background: red }), planes({ background: blue }))),
    ...trait('speed', () => differ(planes({ speed: 1 }), planes({ speed: 3 }))),
  ];
}

/** Some of `frequency` and `level`. */
export function waveformTraits(waveform: string): string[] {
  return [
    ...trait('frequency', () =>
      differ(sampleWave(waveform, { frequency: 500 }), sampleWave(waveform, { frequency: 700 })),
    ),
    ...trait('level', () => differ(sampleWave(waveform, { level: -6 }), sampleWave(waveform, { level: -12 }))),
  ];
}

/** Shows the fields of a form that make a difference, and no others. */
export function showTraits(form: HTMLFormElement, traits: readonly string[]): void {
  for (const field of form.querySelectorAll<HTMLElement>('[data-trait]')) {
    field.hidden = !traits.includes(field.dataset.trait ?? '');
  }
}
