/* configure() is for the whole page and comes before the first start: the tests stand in the order of a page's life. */
import { configure as configureByItself } from 'track-elements/configure';
import { configure, TrackGenerator } from 'track-elements/generator';
import { stopAfterTest } from '../support/cleanup.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas } from '../support/video-inputs.js';

function thrown(call: () => void): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  return assert.fail('nothing was thrown');
}

describe('configure()', () => {
  it('is the same function by each of its entries', () => {
    assert.equal(configure, configureByItself);
  });

  for (const backends of [{ video: 'worklet' }, { audio: 'canvas' }, { audio: 'worker' }, { video: '' }]) {
    it(`throws a TypeError that names the backends for ${JSON.stringify(backends)}`, () => {
      const error = thrown(() => configure({ backends: backends as never }));
      assert.instanceOf(error, TypeError);
      assert.include(error.message, JSON.stringify(Object.values(backends)[0]));
      assert.match(error.message, 'video' in backends ? /native.*worker.*canvas/ : /native.*worklet/);
    });
  }

  it('takes nothing of what it refuses', () => {
    thrown(() => configure({ workerUrl: '/nowhere.js', backends: { video: 'alsa' as never } }));
  });

  it('can be called again before the first start', () => {
    configure({});
    configure({ backends: { video: 'canvas' } });
    configure({ backends: { video: 'canvas', audio: 'worklet' } });
  });

  it('says the backends of what starts from then on', async () => {
    const video = stopAfterTest(new TrackGenerator({ kind: 'video' }));
    const audio = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    assert.deepEqual([video.backend, audio.backend], ['canvas', 'worklet']);
    assert.equal(await video.write(makeCanvas()), true);
    assert.equal(await audio.write(new Float32Array(480)), true);
  });

  it('gives way to what a generator asks for', function () {
    if (!isNative) skip(this, 'this browser has no native backend');
    for (const kind of ['video', 'audio'] as const) {
      assert.equal(stopAfterTest(new TrackGenerator({ kind, backend: 'native' })).backend, 'native');
    }
  });

  it('throws InvalidStateError after the first start, and says when to call it', () => {
    const error = thrown(() => configure({ workerUrl: '/worker.js' }));
    assert.equal(error.name, 'InvalidStateError');
    assert.match(error.message, /before/);
  });
});
