import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { absence, chosenEngines, launch } from './scripts/browsers/engines.js';
import { frameworkBundles } from './scripts/framework-bundles.js';
import { responseHeaders } from './scripts/response-headers.js';
import { commands } from './scripts/test-commands.js';
import { countsReporter } from './scripts/test-counts.js';

const browsers = [];
for (const engine of chosenEngines()) {
  const found = await engine.find();
  if (found) browsers.push(await launch(engine, found));
  else if (engine.required) throw new Error(absence(engine));
  else console.warn(absence(engine));
}
console.log(`Engines: ${browsers.map(({ name }) => name).join(', ')}`);

export default {
  files: ['test/**/*.test.ts', '!test/node/**'],
  browsers,
  // One page at a time in each engine: pages that share a browser compete for processor time and focus.
  concurrentBrowsers: browsers.length,
  concurrency: 1,
  nodeResolve: true,
  plugins: [frameworkBundles, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }), ...commands],
  middleware: [responseHeaders],
  testFramework: { config: { ui: 'bdd', timeout: 60_000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  staticLogging: !process.stdout.isTTY,
  reporters: [defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) }), countsReporter()],
};
