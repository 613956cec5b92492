/* A processor whose worker cannot read the track. The page is its own, so that no worker without the fault runs. */
import { TrackGenerator } from 'track-elements/generator';
import { TrackProcessor } from 'track-elements/processor';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { describeIf, isWebKit } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';

/** Stands for any fault of the reading. */
const fault = `
  globalThis.MediaStreamTrackProcessor = class {
    constructor() {
      throw new TypeError('no such source');
    }
  };`;

class FailingWorker extends Worker {
  constructor(url: string | URL) {
    const script = `${fault} import(${JSON.stringify(new URL(url, location.href).href)});`;
    super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { type: 'module' });
  }
}

describeIf(isWebKit, 'only WebKit reads in a worker', 'A processor whose worker cannot read the track', () => {
  it('has the error in its stream', async () => {
    globalThis.Worker = FailingWorker;
    const generator = new TrackGenerator({ kind: 'video' });
    const processor = new TrackProcessor({ track: generator.track });
    onCleanup(() => {
      processor.close();
      generator.stop();
    });
    const error = await rejectionOf(processor.readable.getReader().read());
    assert.deepEqual([error.name, error.message], ['TypeError', 'no such source']);
  });
});
