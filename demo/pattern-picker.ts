import type { Picture } from 'track-elements/signals';
import { renderPicture } from './render-signals.js';
import { runWhenIdle } from './run-when-idle.js';
import { fillPicker } from './signal-picker.js';

const size = { width: 160, height: 90 };

/** A picker of patterns. Each one is shown by a small picture, which is drawn when the page is idle. */
export function fillPatternPicker(box: HTMLElement): void {
  const drawings: (() => void)[] = [];
  fillPicker(box, 'video', 'pattern', ({ name }) => {
    const canvas = Object.assign(document.createElement('canvas'), size);
    // Drawn at twice the size and scaled down, so that fine lines and text become softer and do not disappear.
    drawings.push(() => draw(canvas, renderPicture(name, 2 * size.width, 2 * size.height)));
    return canvas;
  });
  runWhenIdle(drawings);
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
