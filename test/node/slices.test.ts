/*
 * No slice of a pattern's set-up is long. The measure is not time, which depends on the machine: it is how often V8 ran
 * the functions and blocks of the signals' code between two slices, by its precise coverage.
 */
import { readdir, readFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import { createPicture } from '../../dist/signals/picture.js';
import { corePatterns } from '../../dist/signals/video/core-patterns.js';
import { decorate } from '../../dist/signals/video/decorations.js';
import { extraPatterns } from '../../dist/signals/video/extra-patterns.js';
import { layPicture } from '../../dist/signals/video/lay-picture.js';
import { completePattern } from '../../dist/signals/video/pattern.js';
import { preparing } from '../../dist/signals/video/pattern-renderer.js';
import { finish } from '../../dist/signals/video/slices.js';
import { after, assert, before, describe, it } from '../support/suite.js';

/** Runs of functions and blocks. An unsliced card or Mandelbrot set takes millions. */
const MOST_RUNS = 300_000;

/** The most runs that the first frame may need besides those of the next. */
const MOST_FIRST_RUNS = 200_000;

/** Slices that are measured together, so that the test is quick. */
const TOGETHER = 16;

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

const session = new Session();
session.connect();

function post(method: string, params: object = {}): unknown {
  let answer: unknown;
  // A session of the same thread answers at once.
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}

/** The number of runs since the last call. */
function takeRuns(): number {
  const { result } = post('Profiler.takePreciseCoverage') as Coverage;
  const functions = result.filter(({ url }) => url.includes('/dist/signals/')).flatMap((script) => script.functions);
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

/** The most runs of so many slices, and the number of all slices. */
function measure(slices: Generator<void, unknown>): { readonly runs: number; readonly slices: number } {
  takeRuns();
  for (let [runs, count] = [0, 1]; ; count++) {
    const { done } = slices.next();
    if (!done && count % TOGETHER) continue;
    runs = Math.max(runs, takeRuns());
    if (done) return { runs, slices: count };
  }
}

describe('The slices of a pattern', () => {
  before(() => {
    post('Profiler.enable');
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  });
  after(() => {
    session.disconnect();
  });

  const table = [...corePatterns, ...extraPatterns];
  const describePattern = (pattern: string) =>
    completePattern({ pattern, width: 640, height: 360, colorSpace: 'bt709', label: 'Camera 1', timecode: true });

  for (const { name } of table)
    it(`are short: ${name}`, () => {
      const { runs } = measure(preparing(describePattern(name), table, decorate));
      assert.isAbove(runs, 0);
      assert.isBelow(runs, MOST_RUNS);
    });

  for (const { name } of table)
    it(`leave little for the first frame: ${name}`, () => {
      const renderer = finish(preparing(describePattern(name), table, decorate));
      for (const _ of renderer.catchUp?.(299) ?? []);
      const [first, next] = [299, 300].map((n) => {
        takeRuns();
        renderer.render(n);
        return takeRuns();
      });
      assert.isBelow(first - next, MOST_FIRST_RUNS);
    });

  it('use the memory of a picture for the first time: no pattern calls createPicture()', async () => {
    const folder = new URL('../../src/signals/video/', import.meta.url);
    for (const file of await readdir(folder)) {
      assert.notInclude(await readFile(new URL(file, folder), 'utf8'), 'createPicture(width', file);
    }
  });

  it('use at most 64 kB of a picture at once', () => {
    const [width, height] = [1920, 1080];
    const slices = layPicture(width, height, 'bt709');
    const bytes = (width * height * 3) / 2;
    let count = 1;
    for (let step = slices.next(); ; step = slices.next(), count++) {
      if (!step.done) continue;
      assert.deepEqual(step.value, createPicture(width, height, 'bt709'));
      break;
    }
    assert.isAtLeast(count, bytes / 65536);
  });

  for (const name of ['mandelbrot', 'life'])
    it(`come before the first frame too: ${name}`, () => {
      const { catchUp } = finish(preparing(describePattern(name), table, decorate));
      const slices = [...(catchUp?.(299) ?? [])];
      // One for each row of the two views, or for each generation.
      assert.isAtLeast(slices.length, 290);
    });
});
