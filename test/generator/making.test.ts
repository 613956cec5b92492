/* The options of a new generator, its properties and its errors. */
import { TrackGenerator } from 'track-elements/generator';
import { stopAfterTest } from '../support/cleanup.js';
import { audioBackends, videoBackends } from '../support/generators.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

const make = (init: unknown): TrackGenerator => stopAfterTest(new TrackGenerator(init as never));

/** The error that the constructor throws. */
function thrown(init: unknown): Error {
  try {
    make(init);
  } catch (error) {
    return error as Error;
  }
  return assert.fail('the constructor did not throw');
}

describe('new TrackGenerator()', () => {
  for (const [name, init] of Object.entries({
    nothing: undefined,
    null: null,
    'an empty string': '',
    'an empty object': {},
    'a number': 1,
    'a string': 'data',
    'a bare kind': 'video',
    'another kind': { kind: 'data' },
    'another case': { kind: 'Video' },
    'a kind that is null': { kind: null },
    'a kind that is an array': { kind: ['video'] },
  })) {
    it(`throws a TypeError that names both kinds for ${name}`, () => {
      const error = thrown(init);
      assert.instanceOf(error, TypeError);
      assert.match(error.message, /"video"/);
      assert.match(error.message, /"audio"/);
    });
  }

  it('names the given kind', () => {
    assert.match(thrown({ kind: 'data' }).message, /"data"/);
    assert.match(thrown({}).message, /undefined/);
  });

  for (const [kind, others] of [
    ['video', ['webgl', 'worklet', ' ', 'Native', 1]],
    ['audio', ['canvas', 'worker', 'alsa']],
  ] as const) {
    for (const backend of others) {
      it(`throws a TypeError that names the backends of ${kind} for ${JSON.stringify(backend)}`, () => {
        const error = thrown({ kind, backend });
        assert.instanceOf(error, TypeError);
        assert.include(error.message, JSON.stringify(backend));
        assert.match(error.message, /native/);
        assert.match(error.message, kind === 'video' ? /canvas/ : /worklet/);
      });
    }
  }

  it('chooses the backend for an unset value', () => {
    for (const kind of ['video', 'audio'] as const) {
      const { backend: best } = make({ kind });
      for (const backend of ['', null, undefined]) {
        assert.equal(make({ kind, backend }).backend, best);
      }
    }
  });

  it('throws a NotSupportedError for a backend that this browser lacks', function () {
    if (isNative) skip(this, 'this browser has the native backend');
    for (const kind of ['video', 'audio'] as const) {
      const error = thrown({ kind, backend: 'native' });
      assert.equal(error.name, 'NotSupportedError');
      assert.match(error.message, /native/);
    }
  });

  it('uses the given backend, or else the best one', () => {
    for (const backend of videoBackends) assert.equal(make({ kind: 'video', backend }).backend, backend);
    for (const backend of audioBackends) assert.equal(make({ kind: 'audio', backend }).backend, backend);
    assert.equal(make({ kind: 'video' }).backend, isNative ? 'native' : 'canvas');
    assert.equal(make({ kind: 'audio' }).backend, isNative ? 'native' : 'worklet');
  });

  for (const sampleRate of [0, -1, 2999, 384001, Number.NaN, Number.POSITIVE_INFINITY, '48k']) {
    it(`throws a RangeError for a sampleRate of ${sampleRate}`, () => {
      const error = thrown({ kind: 'audio', sampleRate });
      assert.instanceOf(error, RangeError);
      assert.include(error.message, String(sampleRate));
      assert.match(error.message, /3000.*384000/);
    });
  }

  for (const channels of [0, 9, 1.5, -2, Number.NaN]) {
    it(`throws a RangeError for ${channels} channels`, () => {
      const error = thrown({ kind: 'audio', channels });
      assert.instanceOf(error, RangeError);
      assert.include(error.message, String(channels));
      assert.match(error.message, /1 to 8/);
    });
  }

  it('has a live track of its kind at once, which stays the same object', () => {
    for (const kind of ['video', 'audio'] as const) {
      const generator = make({ kind });
      const { track } = generator;
      assert.instanceOf(track, MediaStreamTrack);
      assert.deepEqual([track.kind, track.readyState, track.enabled], [kind, 'live', true]);
      assert.equal(generator.track, track);
      assert.equal(generator.kind, kind);
    }
  });

  it('counts nothing at first', async () => {
    const generator = make({ kind: 'video' });
    assert.deepEqual(await generator.getStats(), {
      kind: 'video',
      backend: generator.backend,
      produced: 0,
      dropped: 0,
      late: 0,
      repeated: 0,
      underruns: 0,
    });
  });
});
