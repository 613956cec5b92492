import type { Picture } from '../picture.js';
import type { Levels } from './color.js';
import { fittingUnit } from './lettering.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import { timeInPeriod } from './time.js';

const params = {
  period: { type: 'number', default: 2, min: 0.1, max: 60, unit: 's' },
  flash: { type: 'number', default: 0.1, min: 0, max: 60, unit: 's' },
} as const;

/** The range of the scale, to either side of the line. */
const REACH_MS = 100;

/**
 * The video half of the signal `av-sync`, whose waveform of the same name is in `audio/av-sync.ts`: a marker runs to a
 * line and the whole picture flashes when it reaches it, at every multiple of `period`, when the tone beeps. The scale
 * below covers 100 ms to either side: the place of its marker when the beep is heard is the error of lip sync.
 */
export const avSync: Pattern<typeof params> = {
  name: 'av-sync',
  params,
  *prepare(description, { period, flash }) {
    const { width, height, speed } = description;
    const { picture, painter, ...colors } = yield* createPainter(description);
    const inks = [colors.ink, colors.paper];
    const middle = width / 2;
    const track = width * 0.9;
    const scaleWidth = width * 0.8;
    const thick = Math.max(2, 2 * Math.floor(height / 360));
    const letters = fittingUnit(28, scaleWidth, height * 0.04);
    // The parts that do not move, once dark and once inverted for the flash.
    const fields: { readonly field: Picture; readonly ink: Levels }[] = [];
    for (const [ink, paper] of [inks, [...inks].reverse()]) {
      yield;
      const { picture, painter: field } = yield* createPainter(description);
      const upright = (x: number, top: number, bottom: number, wide: number) =>
        field.fill([x - wide / 2, height * top, x + wide / 2, height * bottom], ink);
      field.cover(paper);
      yield;
      upright(middle, 0.08, 0.36, thick);
      upright(middle, 0.36, 0.36 + thick / height, track);
      for (let mark = -REACH_MS; mark <= REACH_MS; mark += 10) {
        const x = middle + (mark / REACH_MS / 2) * scaleWidth;
        upright(x, mark % 50 ? 0.65 : 0.62, 0.68, thick / (mark % 50 ? 2 : 1));
        const text = mark > 0 ? `+${mark}` : mark ? `${mark}` : '0 ms';
        if (mark % 50 === 0) yield* field.writing(x, height * 0.73, text, letters, ink);
        yield;
      }
      upright(middle, 0.68, 0.68 + thick / height, scaleWidth + thick);
      fields.push({ field: picture, ink });
    }
    let shown: Picture | null = null;
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const { field, ink } = fields[timeInPeriod(period, n, description) < flash ? 1 : 0];
        if (shown === field) painter.erase(field);
        else painter.cover(field);
        shown = field;
        painter.remember();
        // Milliseconds from the nearest flash, negative before it.
        const since = timeInPeriod(period, n, description, 1000);
        const offset = since < period * 500 ? since : since - period * 1000;
        const mark = (x: number, top: number, bottom: number) =>
          painter.fill([x - 2 * thick, height * top, x + 2 * thick, height * bottom], ink);
        mark(middle + (offset / period / 1000) * track, 0.16, 0.36);
        if (Math.abs(offset) <= REACH_MS) mark(middle + (offset / REACH_MS / 2) * scaleWidth, 0.56, 0.68);
      },
    };
  },
};
