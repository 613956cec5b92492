/*
 * A component test: uses every element in the DOM that is named as the argument, `jsdom` or `happy-dom`, set up as Vitest does
 * that, and sends its parent process all that was printed or thrown.
 */
import { readFile } from 'node:fs/promises';

const environment = process.argv[2];
const problems = [];
const infos = [];
const states = {};

const describe = (value) => value?.stack ?? String(value);
const collect = (source) => (value) => problems.push(`${source}: ${describe(value)}`);

for (const level of ['error', 'warn', 'trace', 'log', 'debug']) console[level] = collect(`console.${level}`);
console.info = (text, ...more) => {
  infos.push(text);
  // An element of happy-dom fills the terminal.
  if (more.length > 0) problems.push(`console.info has more than a sentence: ${text}`);
};
process.on('uncaughtException', collect('uncaught'));
process.on('unhandledRejection', collect('unhandled'));
process.on('warning', collect('warning of Node'));
// It has ended before it could report.
process.on('exit', () => process.connected && process.stderr.write(problems.join('\n')));

// The timers of Node, because the environment may replace them.
const { setTimeout } = globalThis;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const { builtinEnvironments } = await import('vitest/runtime');
await builtinEnvironments[environment].setup(globalThis, { jsdom: { console: true } });
await import('track-elements');
await import('track-elements/define/all');

const { modules } = JSON.parse(await readFile(new URL('../../custom-elements.json', import.meta.url), 'utf8'));
const elements = modules
  .flatMap(({ declarations = [] }) => declarations)
  .flatMap(({ tagName, members = [] }) => (tagName ? [{ tagName, members }] : []));

/** Sets each property to values that frameworks set, and back. */
async function setProperties(element, members) {
  for (const { name, kind, readonly, default: initial } of members) {
    if (kind !== 'field' || readonly || initial === undefined || name === 'manual') continue;
    for (const value of ['2', undefined, null, '']) element[name] = value;
    await element.updateComplete;
  }
}

for (const { tagName, members } of elements) {
  const constructed = new (customElements.get(tagName))();
  const created = document.createElement(tagName);
  document.body.innerHTML = `<main><${tagName}></${tagName}><video id="screen"></video></main>`;
  const parsed = document.querySelector(tagName);
  for (const element of [constructed, created, parsed]) {
    try {
      element.addEventListener('error', ({ message }) => infos.push(message));
      document.querySelector('main').append(element);
      await setProperties(element, members);
      if (tagName === 'track-generator') element.kind = 'video';
      if ('endpoint' in element) element.endpoint = 'https://media.example/live';
      if ('htmlFor' in element) element.htmlFor = 'screen';
      await element.updateComplete;
      // Elements that measure start by themselves.
      await Promise.resolve(element.start?.()).catch(() => {});
      await element.updateComplete;
      states[tagName] = element.state;
      element.stop?.();
      // Moved, removed, and put back.
      document.body.append(element);
      element.remove();
      await sleep(0);
      document.body.append(element);
      await sleep(0);
      element.remove();
    } catch (error) {
      collect(`<${tagName}> threw`)(error);
    }
  }
}
document.body.innerHTML = '<video id="screen"></video>';
for (const { tagName } of elements) {
  const element = document.createElement(tagName);
  element.addEventListener('error', ({ message }) => infos.push(message));
  if ('htmlFor' in element) element.htmlFor = 'screen missing';
  document.body.append(element);
  // A script may hand the stream over.
  if ('stream' in element) document.querySelector('video').srcObject = element.stream;
}
// Code that is loaded on demand, and after two seconds the search for sinks that are missing.
await sleep(2300);
document.body.innerHTML = '';
process.send({ problems, infos: [...new Set(infos)], states });
process.disconnect();
