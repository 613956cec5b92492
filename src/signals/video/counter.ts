import { createPicture } from '../picture.js';
import { black, rgbToYcc, white } from './color.js';
import { drawTextAt, fillPicture, fittingScale } from './ink.js';
import type { Pattern } from './pattern.js';
import { timeText } from './time.js';

/** The number of the frame as large as it goes, and its time below, in `color` (white) on `background` (black). */
export const counter: Pattern = {
  name: 'counter',
  prepare(description) {
    const { width, height, colorSpace, color = white, background = black, speed } = description;
    const picture = createPicture(width, height, colorSpace);
    const [ink, paper] = [color, background].map((rgb) => rgbToYcc(rgb, picture.colorSpace));
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        fillPicture(picture, paper);
        const count = Math.floor(n * speed);
        const number = (count < 0 ? '-' : '') + `${Math.abs(count)}`.padStart(6, '0');
        const time = timeText(n, description);
        drawTextAt(
          picture,
          ink,
          number,
          width / 2,
          height * 0.38,
          fittingScale(number.length, width * 0.9, height * 0.5),
        );
        drawTextAt(picture, ink, time, width / 2, height * 0.72, fittingScale(time.length, width * 0.6, height * 0.12));
      },
    };
  },
};
