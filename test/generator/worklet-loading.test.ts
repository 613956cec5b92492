/* A worklet's script tells which one it is: another script, another version and one that never loads are errors. */
import { addToWorklet } from '../../dist/generator/page/add-to-worklet.js';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { hurryTimeouts } from '../support/timers.js';

const FILE = 'track-elements-test-worklet.js';

/** A script that is not in the folder of the library, so that it is loaded from its text. */
const scriptOf = (text: string) => ({ file: FILE, text: async () => ({ text }) });

const registration = (name: string) =>
  `registerProcessor('${name}', class extends AudioWorkletProcessor { process() { return false; } });`;

function makeContext(): AudioContext {
  const context = new AudioContext();
  onCleanup(() => context.close());
  return context;
}

const { version } = await (await fetch('/package.json')).json();

describe('A script of a worklet', () => {
  it('loads if it registers its name and the version of the package', async () => {
    await addToWorklet(makeContext(), scriptOf(registration(`${FILE} ${version}`)));
  });

  for (const [what, text] of [
    ['is empty', ''],
    ['registers a processor of a page', registration('track-elements-tones')],
    ['is of another version', registration(`${FILE} 0.0.1`)],
    ['throws', 'throw new Error("not today");'],
  ] as const) {
    it(`is refused if it ${what}`, async () => {
      const error = await rejectionOf(addToWorklet(makeContext(), scriptOf(text)));
      assert.equal(error.name, 'NetworkError');
      assert.match(
        error.message,
        new RegExp(`^${FILE} did not load from a blob: URL \\(.+\\)\\. If a content security`),
      );
      if (what !== 'throws') assert.include(error.message, '(another script, or one of another version, is there)');
    });
  }

  it('is refused if it does not load within ten seconds', async () => {
    const delays = hurryTimeouts();
    const context = { audioWorklet: { addModule: () => new Promise(() => {}) } } as unknown as AudioContext;
    const error = await rejectionOf(addToWorklet(context, scriptOf('')));
    assert.include(error.message, `${FILE} did not load from a blob: URL (it did not load within 10 seconds). If a`);
    // One for the file that does not exist, and one for the text.
    assert.deepEqual(delays, [10_000, 10_000]);
  });
});
