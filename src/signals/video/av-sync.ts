import { fittingUnit } from './lettering.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import { timeInPeriod } from './time.js';

const params = {
  period: { type: 'number', default: 2, min: 0.1, max: 60, unit: 's' },
  flash: { type: 'number', default: 0.1, min: 0, max: 60, unit: 's' },
} as const;

/** To both sides of the line, in milliseconds. */
const REACH = 100;

/**
 * A marker that runs to a line, and a flash of the whole field when it is there: at every whole multiple of `period`,
 * when the tone of the same name beeps. Below, the hundred milliseconds around it on a scale: where the marker is when
 * the beep is heard tells how far they are apart.
 */
export const avSync: Pattern<typeof params> = {
  name: 'av-sync',
  params,
  prepare(description, { period, flash }) {
    const { width, height, speed } = description;
    const { picture, painter, ...colors } = createPainter(description);
    const inks = [colors.ink, colors.paper];
    const middle = width / 2;
    const track = width * 0.9;
    const scaleWidth = width * 0.8;
    const thick = Math.max(2, 2 * Math.floor(height / 360));
    const letters = fittingUnit(28, scaleWidth, height * 0.04);
    // What stands still, dark and as it is in a flash.
    const fields = [inks, [...inks].reverse()].map(([ink, paper]) => {
      const { picture, painter: field } = createPainter(description);
      const upright = (x: number, top: number, bottom: number, wide: number) =>
        field.fill([x - wide / 2, height * top, x + wide / 2, height * bottom], ink);
      field.cover(paper);
      upright(middle, 0.08, 0.36, thick);
      upright(middle, 0.36, 0.36 + thick / height, track);
      for (let mark = -REACH; mark <= REACH; mark += 10) {
        const x = middle + (mark / REACH / 2) * scaleWidth;
        upright(x, mark % 50 ? 0.65 : 0.62, 0.68, thick / (mark % 50 ? 2 : 1));
        const text = mark > 0 ? `+${mark}` : mark ? `${mark}` : '0 ms';
        if (mark % 50 === 0) field.text(x, height * 0.73, text, letters, ink);
      }
      upright(middle, 0.68, 0.68 + thick / height, scaleWidth + thick);
      return { field: picture, ink };
    });
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const { field, ink } = fields[timeInPeriod(period, n, description) < flash ? 1 : 0];
        painter.cover(field);
        // From half a period before the line to half a period after it, in milliseconds.
        const since = timeInPeriod(period, n, description, 1000);
        const offset = since < period * 500 ? since : since - period * 1000;
        const mark = (x: number, top: number, bottom: number) =>
          painter.fill([x - 2 * thick, height * top, x + 2 * thick, height * bottom], ink);
        mark(middle + (offset / period / 1000) * track, 0.16, 0.36);
        if (Math.abs(offset) <= REACH) mark(middle + (offset / REACH / 2) * scaleWidth, 0.56, 0.68);
      },
    };
  },
};
