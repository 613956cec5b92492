/** `npm run gallery`: writes `docs/gallery.png`, one picture of all patterns by their groups, from the real renderer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue, createPatternRenderer } from '../dist/signals/index.js';
import { ContactSheet } from './contact-sheet.js';
import { root } from './process.js';

const columns = 6;
const gap = 20;
const tile = { width: 250, height: 140, radius: 7 };
const heading = { height: 58, scale: 3 };
const name = { height: 40, scale: 2 };

// Readable on a white and on a dark page.
const ink = [118, 126, 139];

const patterns = catalogue.filter(({ kind }) => kind === 'video');
const groups = [...new Set(patterns.map(({ group }) => group))].map((title) => ({
  title,
  records: patterns.filter(({ group }) => group === title),
}));

/** A picture of a pattern, twice as large as it is shown. It is the first of some frames that has more than one color. */
function pictureOf(pattern) {
  const renderer = createPatternRenderer({
    kind: 'video',
    pattern,
    width: 2 * tile.width,
    height: 2 * tile.height,
    frameRate: { numerator: 30, denominator: 1 },
    speed: 1,
    label: '',
    timecode: false,
    seed: 0,
    params: {},
  });
  for (const n of [20, 0, 40, 60, 20]) {
    renderer.render(n);
    if (renderer.picture.y.some((level, _, [first]) => level !== first)) break;
  }
  return renderer.picture;
}

const rowHeight = tile.height + name.height;
const heightOf = ({ records }) => heading.height + Math.ceil(records.length / columns) * rowHeight;

const sheet = new ContactSheet(
  columns * (tile.width + gap) - gap,
  groups.reduce((sum, group) => sum + heightOf(group), 0),
);
let top = 0;
for (const group of groups) {
  sheet.write(group.title, 2, top + 18, heading.scale, ink);
  group.records.forEach((record, index) => {
    const left = (index % columns) * (tile.width + gap);
    const row = top + heading.height + Math.floor(index / columns) * rowHeight;
    sheet.put(pictureOf(record.name), left, row, tile.radius, ink);
    sheet.write(record.name, left + 2, row + tile.height + 8, name.scale, ink);
  });
  top += heightOf(group);
}
const png = sheet.toPng();
await writeFile(join(root, 'docs/gallery.png'), png);
console.log(`docs/gallery.png: ${patterns.length} patterns, ${Math.ceil(png.length / 1024)} KiB`);
