/* Component tests of applications run in Node, with a DOM that has no media: using the elements there disturbs nobody. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/process.js';
import { assert, before, describe, it } from '../support/suite.js';

interface Report {
  /** Everything that was thrown, or printed to be seen. */
  readonly problems: readonly string[];
  /** Messages of errors, as events and in the console. */
  readonly infos: readonly string[];
  /** The state of each element after `start()`. */
  readonly states: Readonly<Record<string, string>>;
}

function use(environment: string): Promise<Report> {
  const child = fork(join(root, 'test/consumers/component-test.js'), [environment]);
  return new Promise((resolve, reject) => {
    child.once('message', (report: Report) => resolve(report));
    child.once('exit', (code) => reject(new Error(`The component test ended with ${code} before it reported.`)));
  });
}

for (const environment of ['jsdom', 'happy-dom']) {
  describe(`A component test in ${environment}`, () => {
    let report: Report;

    before(async () => {
      report = await use(environment);
    });

    it('constructs, connects, configures, moves and removes every element, and waits, and nothing is thrown or warned of', () => {
      assert.deepEqual(report.problems, []);
    });

    it('finds the elements in a state that says that there is no media, for a reason', () => {
      assert.deepEqual(report.states, {
        'camera-source': 'failed',
        'canvas-source': 'failed',
        'element-source': 'failed',
        'file-source': 'failed',
        'level-meter': 'idle',
        'pattern-source': 'failed',
        'rtc-loopback': 'failed',
        'screen-source': 'failed',
        'signal-scope': 'idle',
        'tone-source': 'failed',
        'track-generator': 'failed',
        'track-monitor': 'idle',
        'track-probe': 'idle',
        'track-recorder': 'failed',
        // Nobody has asked for them.
        'virtual-camera': 'idle',
        'virtual-microphone': 'idle',
        'virtual-screen': 'idle',
        'whep-player': 'failed',
        // It waits for a track.
        'whip-publisher': 'connecting',
      });
      assert.include(report.infos, 'This DOM has no tracks: sources run in browsers.');
      for (const info of report.infos) assert.match(info, /^[A-Zt].* .*\.$/, 'a sentence');
    });
  });
}
