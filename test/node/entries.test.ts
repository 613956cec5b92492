import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assert, describe, it } from '../support/suite.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, string> };

/** Every module that the package exports, a pattern such as `./define/*` filled in from what is there. */
const entries = Object.entries(exports)
  .filter(([, file]) => file.endsWith('.js'))
  .flatMap(([entry, file]) => {
    if (!entry.includes('*')) return [entry];
    const names = readdirSync(join(root, file, '..')).filter((name) => name.endsWith('.js'));
    return names.map((name) => entry.replace('*', name.slice(0, -'.js'.length)));
  })
  .map((entry) => `track-elements${entry.slice(1)}`);

// A flat file runs where there is a worker's or a worklet's scope.
const flat = /\/(worker|worklet|sound|more-patterns|dressing)\.js$/;

/** Runs a module in a Node of its own, without a loader. Resolves to what it prints. */
async function print(module: string): Promise<string> {
  const args = ['--input-type=module', '--eval', module];
  return (await execute(process.execPath, args, { cwd: root })).stdout;
}

/** Imports an entry where `customElements` notes what is defined. Resolves to the names. */
async function defined(entry: string): Promise<string[]> {
  const names = await print(`
    const names = [];
    globalThis.customElements = { define: (name) => names.push(name), get: () => undefined };
    await import('${entry}');
    console.log(JSON.stringify(names));
  `);
  return JSON.parse(names) as string[];
}

describe('Every entry of the package, in plain Node', () => {
  for (const entry of entries.filter((candidate) => !flat.test(candidate))) {
    it(`${entry} can be imported`, async () => {
      assert.equal(await print(`await import('${entry}')`), '');
    });

    if (entry.includes('/define/')) {
      it(`${entry} registers an element`, async () => assert.isNotEmpty(await defined(entry)));
    } else {
      it(`${entry} registers nothing`, async () => assert.isEmpty(await defined(entry)));
    }
  }
});
