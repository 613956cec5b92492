/** `npm test`: every step, and a closing line that counts them and all tests. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.js';
import { steps } from './steps.js';

mkdirSync(join(root, '.cache'), { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };

async function tallyOf(step) {
  try {
    return await step.run();
  } catch (error) {
    console.error(error);
    return { failed: 1 };
  }
}

for (const step of steps) {
  console.log(`\n── ${step.name}`);
  const started = performance.now();
  const tally = await tallyOf(step);
  for (const key of Object.keys(total)) total[key] += tally[key] ?? 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${step.name}: ${tally.failed ? 'failed' : 'passed'} in ${seconds} s`);
  if (tally.failed && step.essential) break;
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
