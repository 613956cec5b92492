/** The figures of a run: printed as they come, kept for the file. */
export class Table {
  figures = [];
  notes = [];

  title(text) {
    console.log(`\n${text}`);
  }

  /** What was measured on the way to a figure. */
  note(what, values) {
    this.notes.push({ what, ...values });
    const parts = Object.entries(values).map(([name, value]) => `${name} ${format(value)}`);
    console.log(`    ${what.padEnd(48)} ${parts.join(', ')}`);
  }

  /** A figure with the bound it has to keep: at `most` or at `least`; neither for one that is only told. */
  add(what, { value, unit = '', most, least }) {
    const good = (most === undefined || value <= most) && (least === undefined || value >= least);
    const bound = most !== undefined ? `≤ ${most}${unit}` : least !== undefined ? `≥ ${least}${unit}` : '';
    const verdict = bound ? (good ? 'ok' : 'missed') : '';
    this.figures.push({ what, value, unit, most, least, verdict });
    console.log(line([what, `${format(value)}${unit}`, bound, verdict]));
  }

  /** Why something could not be measured. */
  skip(what, reason) {
    this.figures.push({ what, verdict: 'skipped', reason });
    console.log(line([what, '', '', `skipped: ${reason}`]));
  }

  /** Everything once more, in one place. */
  print() {
    console.log(`\n${line(['figure', 'value', 'target', ''])}`);
    for (const { what, value, unit, most, least, verdict, reason } of this.figures) {
      const bound = most !== undefined ? `≤ ${most}${unit}` : least !== undefined ? `≥ ${least}${unit}` : '';
      console.log(line([what, value === undefined ? '' : `${format(value)}${unit}`, bound, reason ?? verdict]));
    }
  }
}

const line = ([what, value, bound, verdict]) =>
  `  ${what.padEnd(62)} ${value.padStart(10)}   ${bound.padEnd(12)} ${verdict}`.trimEnd();

/** Three digits that say something. */
const format = (value) =>
  typeof value !== 'number'
    ? String(value)
    : Number.isInteger(value)
      ? String(value)
      : String(Number(value.toPrecision(3)));
