/**
 * `npm run analyze` writes `custom-elements.json`. With `--check` it writes nothing, and fails when the committed file differs
 * from what the sources give.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { root } from './process.js';

const file = join(root, 'custom-elements.json');
const manifest = await cli({ argv: ['analyze', '--quiet'], cwd: root, noWrite: true });
const text = `${JSON.stringify(manifest, null, 2)}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(file, text);
} else if (text !== (await readFile(file, 'utf8').catch(() => ''))) {
  console.error('custom-elements.json is stale: run `npm run analyze` and commit it.');
  process.exitCode = 1;
}
