/** What the command line asks for. */
import { parseArgs } from 'node:util';

export const usage = `npm run bench -- [--only cpu,write] [--rounds 5] [--quick]
  --only    some of the measures: cpu, blocked, hidden, tracks, write, start, leaks, audio, drift, publish, engines, signals
  --rounds  how often what is compared is measured, one after the other
  --quick   shorter windows: to see that everything runs, not to judge by`;

export function readOptions(names) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: names.join() },
      rounds: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',').map((name) => name.trim());
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only names ${unknown.join(', ')}; it takes some of ${names.join(', ')}.`);
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds is ${values.rounds}; it takes 1 or more.`);
  return { only, rounds, quick: values.quick, help: values.help };
}
