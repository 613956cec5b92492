/** The pictures that canvas loops draw with a 2D context, by the name of the pattern that is like them. */
export const drawings = {
  ball(context, n, { width, height, rate }) {
    const radius = Math.min(width, height) / 10;
    const x = radius + (width - 2 * radius) * bounce((n / rate) * 0.17);
    const y = radius + (height - 2 * radius) * bounce((n / rate) * 0.29);
    context.fillStyle = 'black';
    context.fillRect(0, 0, width, height);
    context.fillStyle = 'white';
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  },

  'smpte-hd'(context, _n, { width, height }) {
    let top = 0;
    for (const [share, fields] of bands) {
      const whole = fields.reduce((sum, [part]) => sum + part, 0);
      let left = 0;
      for (const [part, color] of fields) {
        context.fillStyle = color;
        context.fillRect((left / whole) * width, (top / 12) * height, (part / whole) * width, (share / 12) * height);
        left += part;
      }
      top += share;
    }
  },
};

const bounce = (turns) => 1 - Math.abs(2 * (turns % 1) - 1);

/** The rows of the bars: twelfths of the height, and fields with their share of the width. */
const bands = [
  [
    7,
    [
      [7, '#666'],
      [6, '#bfbfbf'],
      [6, '#bfbf00'],
      [6, '#00bfbf'],
      [6, '#00bf00'],
      [6, '#bf00bf'],
      [6, '#bf0000'],
      [6, '#0000bf'],
      [7, '#666'],
    ],
  ],
  [
    1,
    [
      [7, '#0ff'],
      [6, '#003f69'],
      [36, '#bfbfbf'],
      [7, '#00f'],
    ],
  ],
  [
    1,
    [
      [7, '#ff0'],
      [6, '#410077'],
      [30, '#808080'],
      [6, '#fff'],
      [7, '#f00'],
    ],
  ],
  [
    3,
    [
      [7, '#262626'],
      [9, '#000'],
      [12, '#fff'],
      [22, '#000'],
      [7, '#262626'],
    ],
  ],
];
