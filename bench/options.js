/** The options of the command line. */
import { parseArgs } from 'node:util';

export const usage = `npm run bench -- [--only cpu,write] [--rounds 5] [--quick] [--write]
  --only    run only these measures: cpu, shares, blocked, hidden, tracks, write, pipe, start, leaks, audio, drift, publish, loopback, engines, signals, mark, scopes, meters, probe, devices;
            element: as many minutes as --minutes says, in Firefox;
            speed: cpu, shares and the still tracks, which are the table in README.md
  --rounds  how often each case is measured, in turn with the cases it is compared with
  --minutes how long element listens; 10
  --quick   measure for a short time, to see that everything runs; the numbers mean nothing
  --write   writes the results of speed into README.md and docs/performance.md`;

/**
 * @param names the names of all measures.
 * @param usual those that run if `--only` is not given.
 */
export function readOptions(names, usual) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: usual.join() },
      rounds: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '10' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',').map((name) => name.trim());
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only is "${unknown.join()}"; it must be some of ${names.join(', ')}.`);
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds is ${values.rounds}; it must be a whole number of at least 1.`);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is ${values.minutes}; it must be a number above 0.`);
  if (values.write && !(values.only === 'speed'))
    throw new Error('--write needs --only speed: the documents have its table.');
  return { only, rounds, minutes, quick: values.quick, write: values.write, help: values.help };
}
