/*
 * A page of somebody who uses the library. It starts what needs the worker and the worklet, first the generator's own,
 * then the engine's, and tells the page around it what came of each.
 */
import { configure } from 'track-elements/configure';
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import { TrackGenerator } from 'track-elements/generator';

const query = new URLSearchParams(location.search);
const url = (name) => {
  const file = new URL(`files/${name}`, location.href).href;
  if (query.get('urls') !== 'trusted' || !globalThis.trustedTypes) return file;
  return trustedTypes.createPolicy(`track-elements-${name}`, { createScriptURL: (text) => text }).createScriptURL(file);
};

configure({
  ...(query.has('audio') && { backends: { audio: query.get('audio') } }),
  ...(query.has('urls') && { workerUrl: url('worker.js'), workletUrl: url('worklet.js') }),
});

async function produces(source) {
  for (let tries = 0; tries < 300; tries++) {
    if ((await source.getStats()).produced >= 3) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing was produced (${source.backend}, ${source.state ?? (source.suspended && 'suspended')})`);
}

async function run(source) {
  document.body.append(source);
  await source.ready;
  await produces(source);
  return `${source.state} by ${source.backend}`;
}

const starts = {
  async written() {
    const generator = new TrackGenerator({ kind: 'audio' });
    const taken = await generator.write(new Float32Array(4800));
    await produces(generator);
    generator.stop();
    return `${taken} by ${generator.backend}`;
  },
  pattern: () =>
    run(
      Object.assign(document.createElement('pattern-source'), { pattern: 'ball', label: 'A', width: 64, height: 36 }),
    ),
  tone: () => run(document.createElement('tone-source')),
};

// As a function, since not every kind of script may wait at its top.
async function tell() {
  const results = {};
  for (const [name, start] of Object.entries(starts)) {
    results[name] = await start().catch((error) => `${error.name}: ${error.message}`);
  }
  parent.postMessage({ results }, '*');
}

void tell();
