/**
 * `npm run bench`: this library beside what one would do without it, in one run on this machine. Times of one run say
 * nothing about another's; the ratios do.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/process.js';
import { audio } from './measures/audio.js';
import { blocked } from './measures/blocked.js';
import { cpu } from './measures/cpu.js';
import { drift } from './measures/drift.js';
import { engines } from './measures/engines.js';
import { hidden } from './measures/hidden.js';
import { leaks } from './measures/leaks.js';
import { publish } from './measures/publish.js';
import { signals } from './measures/signals.js';
import { start } from './measures/start.js';
import { tracks } from './measures/tracks.js';
import { write } from './measures/write.js';
import { readOptions, usage } from './options.js';
import { openSite } from './site.js';
import { Table } from './table.js';

const measures = [cpu, blocked, hidden, tracks, write, start, leaks, audio, drift, publish, engines, signals];

async function bench({ only, rounds, quick }) {
  const table = new Table();
  const [load] = loadavg();
  if (load > 1)
    console.warn(
      `This machine is busy (load ${load.toFixed(1)} on ${availableParallelism()} cores): frames get lost for that alone.`,
    );
  const site = await openSite();
  try {
    for (const measure of measures.filter(({ name }) => only.includes(name))) {
      table.title(measure.title);
      await measure
        .run({ url: site.url, rounds, quick, table })
        .catch((error) => table.skip(measure.name, error.stack));
    }
  } finally {
    site.stop();
  }
  table.print();
  return table;
}

async function save({ figures, notes }, options) {
  const folder = join(root, 'bench/results');
  const date = new Date().toISOString();
  const file = join(folder, `${date.replaceAll(':', '-').slice(0, 19)}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ date, options, figures, notes }, null, 2)}\n`);
  console.log(`\n${file}`);
}

const options = readOptions(measures.map(({ name }) => name));
if (options.help) console.log(usage);
else await save(await bench(options), options);
// What was started around the browsers, such as a sound server, ends with this process.
process.exit();
