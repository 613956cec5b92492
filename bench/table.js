/** The results of a run. They are printed at once and kept for the file. */
export class Table {
  figures = [];
  notes = [];

  title(text) {
    console.log(`\n${text}`);
  }

  /** Adds the measured values from which a result is calculated. */
  note(what, values) {
    this.notes.push({ what, ...values });
    const parts = Object.entries(values).map(([name, value]) => `${name} ${format(value)}`);
    console.log(`    ${what.padEnd(48)} ${parts.join(', ')}`);
  }

  /**
   * Adds a result. It is missed if it is above `most` or below `least`. `row` and `part` say where the documents have it:
   * see write-documents.js.
   */
  add(what, { value, unit = '', most, least, row, part }) {
    const good = (most === undefined || value <= most) && (least === undefined || value >= least);
    const bound = most !== undefined ? `≤ ${most}${unit}` : least !== undefined ? `≥ ${least}${unit}` : '';
    const verdict = bound ? (good ? 'ok' : 'missed') : '';
    this.figures.push({ what, value, unit, most, least, verdict, row, part });
    console.log(line([what, `${format(value)}${unit}`, bound, verdict]));
  }

  /** Adds the reason why something was not measured. */
  skip(what, reason) {
    this.figures.push({ what, verdict: 'skipped', reason });
    console.log(line([what, '', '', `skipped: ${reason}`]));
  }

  /** Prints all results as one table. */
  print() {
    console.log(`\n${line(['result', 'value', 'target', ''])}`);
    for (const { what, value, unit, most, least, verdict, reason } of this.figures) {
      const bound = most !== undefined ? `≤ ${most}${unit}` : least !== undefined ? `≥ ${least}${unit}` : '';
      console.log(line([what, value === undefined ? '' : `${format(value)}${unit}`, bound, reason ?? verdict]));
    }
  }
}

const line = ([what, value, bound, verdict]) =>
  `  ${what.padEnd(62)} ${value.padStart(10)}   ${bound.padEnd(12)} ${verdict}`.trimEnd();

/** Three significant digits. */
export const format = (value) =>
  typeof value !== 'number'
    ? String(value)
    : Number.isInteger(value)
      ? String(value)
      : String(Number(value.toPrecision(3)));
