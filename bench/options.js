/** The options of the command line. */
import { parseArgs } from 'node:util';

export const usage = `npm run bench -- [--only cpu,write] [--rounds 5] [--quick]
  --only    run only these measures: cpu, blocked, hidden, tracks, write, start, leaks, audio, drift, publish, loopback, engines, signals
  --rounds  how often each case is measured, in turn with the cases it is compared with
  --quick   measure for a short time, to see that everything runs; the numbers mean nothing`;

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
  if (unknown.length > 0) throw new Error(`--only is "${unknown.join()}"; it must be some of ${names.join(', ')}.`);
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds is ${values.rounds}; it must be a whole number of at least 1.`);
  return { only, rounds, quick: values.quick, help: values.help };
}
