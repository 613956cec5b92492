/* The settings of a page cannot be taken back, so that the order of these tests matters. */
import 'track-elements/define/pattern-source';
import { configure as configureByItself } from 'track-elements/configure';
import { configure, TrackGenerator } from 'track-elements/generator';
import { stopAfterTest } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas } from '../support/video-inputs.js';
import { waitFor } from '../support/waiting.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];

function thrown(call: () => void): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  return assert.fail('nothing was thrown');
}

/** Settings that mean the default. */
const nothings: readonly unknown[] = [
  undefined,
  null,
  {},
  { baseUrl: '' },
  { baseUrl: null },
  { baseUrl: undefined },
  { backends: null },
  { backends: { video: '', audio: '' } },
  { backends: { video: null, audio: null } },
];

/** The backend of a source whose worker has loaded. */
async function backendOfSource(): Promise<string | null> {
  const source = place<PatternSource>('<pattern-source width="64" height="36"></pattern-source>');
  await source.ready;
  const { backend } = source;
  source.remove();
  await waitFor(() => source.state === 'stopped', 'the end of the source');
  return backend;
}

describe('configure()', () => {
  it('is the same function by each of its entries', () => {
    assert.equal(configure, configureByItself);
  });

  for (const backends of [{ video: 'worklet' }, { audio: 'canvas' }, { audio: 'worker' }, { video: 'gpu' }]) {
    it(`throws a TypeError that names the backends for ${JSON.stringify(backends)}`, () => {
      const error = thrown(() => configure({ backends: backends as never }));
      assert.instanceOf(error, TypeError);
      assert.include(error.message, JSON.stringify(Object.values(backends)[0]));
      for (const wrong of [{ vdeo: 'canvas' }, 'canvas']) {
        const { message } = thrown(() => configure({ backends: wrong as never }));
        assert.match(message, /^backends is .*; it must be an object with video, audio, or both\.$/);
      }
    });
  }

  it('uses the default for unset values, and reports options that it does not know', () => {
    for (const nothing of nothings) configure(nothing as never);
    for (const wrong of [{ vdeo: 'canvas' }, 'canvas']) {
      const { message } = thrown(() => configure({ backends: wrong as never }));
      assert.match(message, /^backends is .*; it must be an object with video, audio, or both\.$/);
    }
  });

  it('brings back the defaults, by which sources and generators then start', async () => {
    const backend = await backendOfSource();
    const kinds = ['video', 'audio'] as const;
    // Contexts of another rate than those of later tests, which have to load the worklet.
    const backendsNow = () =>
      kinds.map((kind) => stopAfterTest(new TrackGenerator({ kind, sampleRate: 44100 })).backend);
    const usual = backendsNow();
    for (const nothing of nothings) {
      configure({ baseUrl: '/nowhere/', backends: { video: 'canvas', audio: 'worklet' } });
      configure({ backends: {}, baseUrl: undefined, ...(nothing as object) });
      const text = JSON.stringify(nothing);
      assert.equal(await backendOfSource(), backend, text);
      assert.deepEqual(backendsNow(), usual, text);
    }
  });

  it('throws a TypeError for a setting that it does not have', () => {
    const error = thrown(() => configure({ workerUrl: '/worker.js' } as never));
    assert.instanceOf(error, TypeError);
    assert.match(error.message, /workerUrl.*baseUrl.*backends/);
  });

  it('throws a TypeError for a folder that is no URL', () => {
    const error = thrown(() => configure({ baseUrl: 'http://' }));
    assert.instanceOf(error, TypeError);
    assert.match(error.message, /baseUrl is "http:\/\/"; it must be the URL of a folder/);
  });

  it('can be called several times: the last value of each property counts', () => {
    configure({ baseUrl: '/first/' });
    configure({ backends: { video: 'canvas', audio: 'worklet' }, baseUrl: '/second' });
    // The refused call sets nothing: neither the folder nor the backend of audio.
    thrown(() => configure({ baseUrl: '/refused/', backends: { audio: 'native', video: 'alsa' as never } }));
  });

  it('sets the backends of later generators', () => {
    const video = stopAfterTest(new TrackGenerator({ kind: 'video' }));
    const audio = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    assert.deepEqual([video.backend, audio.backend], ['canvas', 'worklet']);
  });

  it('sets the folder that the worklet is loaded from, and the error names it', async () => {
    const audio = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    const error = await rejectionOf(audio.write(new Float32Array(480)));
    assert.equal(error.name, 'NetworkError');
    assert.match(
      error.message,
      /^track-elements-generator-worklet\.js did not load from \S+\/second\/.*Serve the files of track-elements\/workers\/ there\.$/,
    );
  });

  it('lets video play by the backend that it sets', async () => {
    const video = stopAfterTest(new TrackGenerator({ kind: 'video' }));
    assert.equal(await video.write(makeCanvas()), true);
  });

  it('does not override the backend of a generator', function () {
    if (!isNative) skip(this, 'this browser has no native backend');
    for (const kind of ['video', 'audio'] as const) {
      assert.equal(stopAfterTest(new TrackGenerator({ kind, backend: 'native' })).backend, 'native');
    }
  });

  it('counts for what starts after it, also after a start', () => {
    configure({ backends: { video: 'canvas', audio: 'worklet' } });
    assert.equal(stopAfterTest(new TrackGenerator({ kind: 'video' })).backend, 'canvas');
    configure({ backends: {} });
    const expected = isNative ? 'native' : 'canvas';
    assert.equal(stopAfterTest(new TrackGenerator({ kind: 'video' })).backend, expected);
  });
});
