import type { Picture } from 'track-elements/signals';
import { samplePicture } from './samples.js';
import { fillPicker } from './signal-picker.js';

/** Patterns, each shown by a small picture that the library itself has drawn. */
export function fillPatterns(group: HTMLElement): void {
  fillPicker(group, 'video', 'pattern', ({ name }) => canvasOf(samplePicture(name)));
}

function canvasOf({ width, height, y, u, v, colorSpace }: Picture): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const planes = new Uint8Array([...y, ...u, ...v]);
  const frame = new VideoFrame(planes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix: colorSpace === 'bt601' ? 'smpte170m' : 'bt709', fullRange: false },
  });
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  frame.close();
  return canvas;
}
