/** The figures of the table in README.md: processor time, its parts, and how many still tracks play at the same time. */
import { cpu } from './cpu.js';
import { shares } from './shares.js';
import { tracks } from './tracks.js';

export const speed = {
  name: 'speed',
  title: 'Processor time, its parts, and still tracks',

  async run(options) {
    await cpu.run(options);
    await shares.run(options);
    await tracks.run({ ...options, names: ['canvas loop', 'library, still'], overload: false });
  },
};
