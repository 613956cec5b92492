/** The colors of the color bars. */
const colors = ['#f2e05c', '#5fd7e0', '#63d27f', '#d878d8', '#ef6a6a', '#6c86f5'];

/** Six waves in the colors of the color bars, which rise around the pointer. */
export class WaveDrawing {
  readonly #context: CanvasRenderingContext2D;
  readonly #pointer = { x: 0.5, y: 0.5, force: 0, pull: 0 };

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
      this.#pointer.x = offsetX / canvas.clientWidth;
      this.#pointer.y = offsetY / canvas.clientHeight;
      this.#pointer.pull = 1;
    });
    canvas.addEventListener('pointerleave', () => {
      this.#pointer.pull = 0;
    });
  }

  /** Draws the waves of a point in time, in seconds. */
  draw(seconds: number): void {
    const context = this.#context;
    const { width, height } = context.canvas;
    const pointer = this.#pointer;
    pointer.force += (pointer.pull - pointer.force) * 0.15;

    context.fillStyle = '#0b0d14';
    context.fillRect(0, 0, width, height);
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.globalCompositeOperation = 'lighter';
    colors.forEach((color, line) => {
      context.strokeStyle = color;
      context.beginPath();
      for (let x = -8; x <= width + 8; x += 8) {
        const place = x / width;
        const calm =
          Math.sin(place * 5 + seconds * 0.7 + line * 0.5) * Math.sin(seconds * 0.31 + line * 0.9 + place * 2);
        const near = Math.exp(-((place - pointer.x) ** 2) * 40) * pointer.force;
        const swell = Math.sin(place * 28 - seconds * 3 + line) * 0.16 + (pointer.y - 0.5) * 0.75;
        context.lineTo(x, height * (0.5 + (line - 2.5) * 0.035 + calm * 0.26 * (1 - near) + swell * near));
      }
      context.stroke();
    });
    context.globalCompositeOperation = 'source-over';
  }
}
