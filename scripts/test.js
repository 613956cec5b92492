/** `npm test`: runs every step, then prints the flaky files and the counts of all steps and tests. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.js';
import { steps } from './test-steps.js';

mkdirSync(join(root, '.cache'), { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const flaky = [];
const failures = [];

async function countsOf(step) {
  try {
    return await step.run();
  } catch (error) {
    console.error(error);
    return { failed: 1 };
  }
}

/** Runs a step. Resolves to whether the next ones make sense. */
async function runStep(step) {
  console.log(`\n── ${step.name}`);
  const started = performance.now();
  const counts = await countsOf(step);
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  flaky.push(...(counts.flaky ?? []));
  if (counts.failed) failures.push(...(counts.failures ?? [{ file: step.name }]));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${step.name}: ${counts.failed ? 'failed' : 'passed'} in ${seconds} s`);
  return !(counts.failed && step.essential);
}

/** Runs the steps of a lane. Two lanes that were given the same iterator share its steps: each takes the next one. */
async function runInTurn(lane) {
  for (const step of lane) if (!(await runStep(step))) return false;
  return true;
}

for (const step of steps) {
  const isGood = Array.isArray(step) ? !(await Promise.all(step.map(runInTurn))).includes(false) : await runStep(step);
  if (!isGood) break;
}

/** Prints where tests were flaky, or failed, with the errors: what comes before may be thousands of lines. */
function list(name, places) {
  if (places.length === 0) return;
  console.log(`\n${places.length} ${name}:`);
  for (const { file, engine, errors = [] } of places) {
    console.log([engine ? `${file} (${engine})` : file, ...errors.map(shortened)].join('\n    '));
  }
}

const shortened = (text) => (text.length > 600 ? `${text.slice(0, 600)}…` : text);

list('flaky', flaky);
list('failed', failures);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
