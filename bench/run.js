/**
 * `npm run bench`: measures this library beside the code that a page would have without it, on the same machine in the
 * same run. Compare ratios between runs and machines, not times. README.md explains the measures.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/process.js';
import { startBenchServer } from './bench-server.js';
import { audio } from './measures/audio.js';
import { blocked } from './measures/blocked.js';
import { cpu } from './measures/cpu.js';
import { devices } from './measures/devices.js';
import { drift } from './measures/drift.js';
import { element } from './measures/element.js';
import { engines } from './measures/engines.js';
import { hidden } from './measures/hidden.js';
import { leaks } from './measures/leaks.js';
import { loopback } from './measures/loopback.js';
import { mark } from './measures/mark.js';
import { meters } from './measures/meters.js';
import { pipe } from './measures/pipe.js';
import { probe } from './measures/probe.js';
import { publish } from './measures/publish.js';
import { scopes } from './measures/scopes.js';
import { shares } from './measures/shares.js';
import { signals } from './measures/signals.js';
import { speed } from './measures/speed.js';
import { start } from './measures/start.js';
import { tracks } from './measures/tracks.js';
import { write } from './measures/write.js';
import { readOptions, usage } from './options.js';
import { Table } from './table.js';
import { writeDocuments } from './write-documents.js';

const single = [
  cpu,
  shares,
  blocked,
  hidden,
  tracks,
  write,
  pipe,
  start,
  leaks,
  audio,
  drift,
  publish,
  loopback,
  engines,
  signals,
  mark,
  scopes,
  meters,
  probe,
  devices,
];
const measures = [...single, element, speed];

async function bench({ only, rounds, minutes, quick }) {
  const table = new Table();
  const [load] = loadavg();
  if (load > 1)
    console.warn(
      `This machine is busy (load ${load.toFixed(1)} on ${availableParallelism()} cores): frames can get lost because of it.`,
    );
  const server = await startBenchServer();
  try {
    for (const measure of measures.filter(({ name }) => only.includes(name))) {
      table.title(measure.title);
      await measure
        .run({ url: server.url, rounds, minutes, quick, table })
        .catch((error) => table.skip(measure.name, error.stack));
    }
  } finally {
    server.stop();
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

const options = readOptions(
  measures.map(({ name }) => name),
  single.map(({ name }) => name),
);
if (options.help) console.log(usage);
else {
  const table = await bench(options);
  await save(table, options);
  if (options.write) await writeDocuments(table, options);
}
// Ends the processes that were started for the browsers, such as a sound server.
process.exit();
