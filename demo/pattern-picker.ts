import type { Picture } from 'track-elements/signals';
import { whenIdle } from './idle.js';
import { samplePicture } from './samples.js';
import { fillPicker } from './signal-picker.js';

const size = { width: 160, height: 90 };

/** Patterns, each shown by a small picture that the library itself draws when the page has time. */
export function fillPatterns(box: HTMLElement): void {
  const drawings: (() => void)[] = [];
  fillPicker(box, 'video', 'pattern', ({ name }) => {
    const canvas = Object.assign(document.createElement('canvas'), size);
    // Made twice as large: fine lines and text come out softer, not broken.
    drawings.push(() => draw(canvas, samplePicture(name, 2 * size.width, 2 * size.height)));
    return canvas;
  });
  whenIdle(drawings);
}

function draw(canvas: HTMLCanvasElement, { width, height, y, u, v, colorSpace }: Picture): void {
  const planes = new Uint8Array(y.length + u.length + v.length);
  planes.set(y);
  planes.set(u, y.length);
  planes.set(v, y.length + u.length);
  const frame = new VideoFrame(planes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix: colorSpace === 'bt601' ? 'smpte170m' : 'bt709', fullRange: false },
  });
  canvas.getContext('2d')?.drawImage(frame, 0, 0, canvas.width, canvas.height);
  canvas.dataset.drawn = '';
  frame.close();
}
