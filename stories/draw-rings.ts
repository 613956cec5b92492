/** The colors of the color bars. */
const colors = ['#f2e05c', '#5fd7e0', '#63d27f', '#d878d8', '#ef6a6a', '#6c86f5'];

/** A canvas with six rings, to be written to a generator. */
export function drawRings(width = 640, height = 360): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('The browser gave no canvas context.');
  context.fillStyle = '#0b0d14';
  context.fillRect(0, 0, width, height);
  context.lineWidth = height / 40;
  colors.forEach((color, index) => {
    context.strokeStyle = color;
    context.beginPath();
    context.arc(width / 2, height / 2, (height * (index + 1)) / 14, 0, 2 * Math.PI);
    context.stroke();
  });
  return canvas;
}
