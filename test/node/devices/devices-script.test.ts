/* The script of virtual devices is one text for the page, its workers and its worklets: each of them needs nothing that its scope lacks. */
import { readFile } from 'node:fs/promises';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { assert, before, describe, it } from '../../support/suite.js';

/** With all that works without another file. A comparison with the reference is not in it. */
const LIMIT_BYTES = 97_500;

let script = '';

before(async () => {
  script = await readFile(new URL('../../../dist/cdn/track-elements-devices.js', import.meta.url), 'utf8');
});

/** Runs the text as the page starts it in a worker or a worklet. */
function start(name: string, scope: object): void {
  const text = script.trim().replace(/\(\);?$/, `(${JSON.stringify(name)})`);
  assert.notEqual(text, script.trim());
  runInContext(text, createContext(scope));
}

describe('The script of virtual devices', () => {
  it(`has at most ${LIMIT_BYTES} bytes of gzip`, () => {
    assert.isAtMost(gzipSync(script, { level: 9 }).length, LIMIT_BYTES);
  });

  it('has no code that nothing in it reaches, and imports nothing', () => {
    for (const text of ['timestamp-jump', 'track-elements-faults-part', 'call configure('])
      assert.notInclude(script, text);
    // The worker of the engine has a handler of this name.
    assert.notMatch(script.replace('handlers:{import(', ''), /\bimport\(/);
  });

  for (const [name, processors] of [
    ['engine-worklet', ['track-elements-written', 'track-elements-tones']],
    ['processor-worklet', ['track-elements-processor']],
  ] as const) {
    it(`is the ${name}, in a scope that has what all scopes have, and processors`, () => {
      const registered: string[] = [];
      start(`track-elements-${name}`, {
        Event,
        EventTarget,
        AudioWorkletProcessor: class {},
        registerProcessor: (processor: string) => registered.push(processor),
      });
      assert.includeMembers(registered, [...processors]);
    });
  }

  for (const name of ['engine-worker', 'probe-worker']) {
    it(`is the ${name}, in a scope without a document`, () => {
      const posted: { type: string; script: string }[] = [];
      const scope = { Event, EventTarget, DOMException, performance, addEventListener: () => {} };
      start(`track-elements-${name}`, { ...scope, postMessage: (message: (typeof posted)[0]) => posted.push(message) });
      assert.deepEqual(
        posted.map(({ type, script: file }) => [type, file]),
        [['ready', `track-elements-${name}.js`]],
      );
    });
  }

  it('does nothing on a server', () => {
    const scope = { Event, EventTarget };
    runInContext(script, createContext(scope));
    assert.deepEqual(Object.keys(scope), ['Event', 'EventTarget']);
  });
});
