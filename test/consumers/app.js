/*
 * The page of an application that uses the library. It starts a generator, a pattern and a tone, which need the worker and
 * the worklet, and posts the results to the page that has it in a frame.
 */
import { configure } from 'track-elements/configure';
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import { TrackGenerator } from 'track-elements/generator';

const POLL_INTERVAL_MS = 20;
const START_TIMEOUT_MS = 6000;

const query = new URLSearchParams(location.search);

/** The URL of a file that the page serves itself: as text, or as a trusted URL for a page that requires one. */
const fileUrl = (name) => {
  const url = new URL(`files/${name}`, location.href).href;
  if (query.get('urls') !== 'trusted' || !globalThis.trustedTypes) return url;
  return trustedTypes.createPolicy(`track-elements-${name}`, { createScriptURL: (text) => text }).createScriptURL(url);
};

configure({
  ...(query.has('audio') && { backends: { audio: query.get('audio') } }),
  ...(query.has('urls') && { workerUrl: fileUrl('engine-worker.js'), workletUrl: fileUrl('engine-worklet.js') }),
});

/** Waits until a generator or an element has produced frames or blocks. */
async function waitForOutput(source) {
  for (const deadline = performance.now() + START_TIMEOUT_MS; performance.now() < deadline; ) {
    if ((await source.getStats()).produced >= 3) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
  throw new Error(`nothing was produced (${source.backend}, ${source.state ?? (source.suspended && 'suspended')})`);
}

async function startElement(element) {
  document.body.append(element);
  await element.ready;
  await waitForOutput(element);
  return `${element.state} by ${element.backend}`;
}

/** The things to start, by name. Each resolves to a result as text, such as `live by native`. */
const starts = {
  async written() {
    const generator = new TrackGenerator({ kind: 'audio' });
    const accepted = await generator.write(new Float32Array(4800));
    await waitForOutput(generator);
    generator.stop();
    return `${accepted} by ${generator.backend}`;
  },
  pattern() {
    const source = document.createElement('pattern-source');
    return startElement(Object.assign(source, { pattern: 'ball', label: 'A', width: 64, height: 36 }));
  },
  tone: () => startElement(document.createElement('tone-source')),
};

// A function, because a classic script cannot use `await` at its top level.
async function postResults() {
  const results = {};
  for (const [name, start] of Object.entries(starts)) {
    results[name] = await start().catch((error) => `${error.name}: ${error.message}`);
  }
  parent.postMessage({ results }, '*');
}

void postResults();
