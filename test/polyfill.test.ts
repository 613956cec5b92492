/*
 * The global `MediaStreamTrackGenerator`, native or ours: both answer to the same tests, where Chromium's own does as the
 * specification says.
 */
import { TrackGenerator } from 'track-elements/generator';
import { audioData, sine } from './support/audio-inputs.js';
import { AudioRecorder } from './support/audio-recording.js';
import { onCleanup, stopAfterTest } from './support/cleanup.js';
import { assertRejects, rejectionOf } from './support/rejections.js';
import { isNative, isWebKit, skip } from './support/skipping.js';
import { assert, describe, it } from './support/suite.js';
import { makeCanvas, makeFrame, quarters } from './support/video-inputs.js';
import { VideoScreen } from './support/video-pixels.js';
import { nextEvent, waitFor } from './support/waiting.js';

const native: unknown = Reflect.get(globalThis, 'MediaStreamTrackGenerator');
const hadOwn = isNative;
await import('track-elements/polyfill');

function open<T extends VideoFrame | AudioData>(init: unknown): MediaStreamTrackGenerator<T> {
  const generator = new MediaStreamTrackGenerator<T>(init as 'video');
  onCleanup(() => generator.stop());
  return generator;
}

describe('track-elements/polyfill', () => {
  it('leaves a native one alone, and defines one in other browsers', () => {
    assert.isFunction(MediaStreamTrackGenerator);
    if (hadOwn) assert.equal(MediaStreamTrackGenerator, native);
    else assert.isUndefined(native);
  });

  it('is not enumerable, as no global interface is', () => {
    assert.notInclude(Object.keys(globalThis), 'MediaStreamTrackGenerator');
  });

  it('brings the processor, and nothing else', () => {
    assert.equal('VideoTrackGenerator' in globalThis, false);
    assert.equal('MediaStreamTrackProcessor' in globalThis, true);
  });
});

describe('A TrackGenerator beside the polyfill', () => {
  it('has the backend it has without', async () => {
    for (const kind of ['video', 'audio'] as const) {
      const generator = stopAfterTest(new TrackGenerator({ kind }));
      assert.equal(generator.backend, hadOwn ? 'native' : { video: 'canvas', audio: 'worklet' }[kind]);
      assert.equal(await generator.write(kind === 'video' ? makeCanvas() : new Float32Array(480)), true);
    }
  });
});

describe('MediaStreamTrackGenerator', () => {
  for (const kind of ['video', 'audio'] as const) {
    for (const [name, init] of Object.entries({ 'an object': { kind }, 'a string': kind })) {
      it(`is a live ${kind} track with writable, made from ${name}`, () => {
        const generator = open(init);
        assert.instanceOf(generator, MediaStreamTrack);
        assert.instanceOf(generator, MediaStreamTrackGenerator);
        assert.deepEqual([generator.kind, generator.readyState], [kind, 'live']);
        assert.instanceOf(generator.writable, WritableStream);
        assert.equal(generator.writable, generator.writable);
        assert.isFalse(generator.writable.locked);
        const [track] = new MediaStream([generator]).getTracks();
        assert.equal(track, generator);
      });
    }
  }

  it('wants new', () => {
    assert.throws(
      () => (MediaStreamTrackGenerator as unknown as (init: unknown) => void)({ kind: 'video' }),
      TypeError,
    );
  });

  for (const [name, init] of Object.entries({
    'a missing kind': {},
    'no argument': undefined,
    'another kind': { kind: 'data' },
    'another string': 'screen',
    'a number': 1,
  })) {
    it(`throws a TypeError for ${name}`, () => {
      assert.throws(() => open(init), TypeError);
    });
  }

  it('has no write() and no track: it is the track', () => {
    const generator = open({ kind: 'video' });
    assert.isFalse('write' in generator);
    assert.isFalse('track' in generator);
  });

  it('clones into tracks that are no generators', () => {
    const clone = open({ kind: 'video' }).clone();
    onCleanup(() => clone.stop());
    assert.instanceOf(clone, MediaStreamTrack);
    assert.isFalse('writable' in clone);
  });

  it('shows written frames, and closes them', async () => {
    const generator = open<VideoFrame>({ kind: 'video' });
    const screen = new VideoScreen(generator);
    const writer = generator.writable.getWriter();
    const frame = makeFrame(0, 320, 240);
    await writer.write(frame);
    assert.isNull(frame.format);
    // Chromium's own generator does not repeat frames for late viewers.
    await waitFor(async () => {
      await writer.write(makeFrame(40_000, 320, 240));
      return screen.video.readyState >= 2;
    }, 'a picture');
    await screen.shows(quarters);
    assert.deepEqual(screen.size, [320, 240]);
  });

  it('plays written samples', async function () {
    // Reading an AudioData ends WebKitGTK's web process.
    if (isWebKit) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
    const generator = open<AudioData>({ kind: 'audio' });
    const writer = generator.writable.getWriter();
    const block = audioData([sine(500, 0.02)], 'f32-planar');
    await writer.write(block);
    assert.isNull(block.format);
    // Chromium's own generator does not pace audio: blocks that are written at once are lost.
    const timer = setInterval(() => void writer.write(audioData([sine(500, 0.02)], 'f32-planar')).catch(() => {}), 20);
    onCleanup(() => clearInterval(timer));
    const recording = await AudioRecorder.of(generator);
    await recording.audible(0.1);
  });

  for (const [kind, name, make] of [
    ['video', 'a string', () => 'frame'],
    ['video', 'an AudioData', () => audioData([sine(500, 0.01)], 'f32-planar')],
    ['video', 'an ImageBitmap', () => createImageBitmap(makeCanvas())],
    ['video', 'a canvas', () => makeCanvas()],
    ['audio', 'a VideoFrame', () => makeFrame()],
    ['audio', 'samples', () => new Float32Array(480)],
    ['video', 'nothing', () => undefined],
  ] as const) {
    it(`of ${kind} rejects ${name} with a TypeError and leaves it open`, async () => {
      const generator = open<VideoFrame>({ kind });
      const data = await make();
      const error = await rejectionOf(generator.writable.getWriter().write(data as never));
      assert.equal(error.name, 'TypeError');
      if (data instanceof VideoFrame || data instanceof AudioData) {
        assert.isNotNull(data.format);
        data.close();
      }
      assert.equal(generator.readyState, 'live');
    });
  }

  it('rejects a closed frame with a TypeError', async () => {
    const frame = makeFrame();
    frame.close();
    const error = await rejectionOf(open<VideoFrame>({ kind: 'video' }).writable.getWriter().write(frame));
    assert.equal(error.name, 'TypeError');
  });

  it('rejects a write after stop()', async () => {
    const generator = open<VideoFrame>({ kind: 'video' });
    const frame = makeFrame();
    onCleanup(() => frame.close());
    generator.stop();
    await rejectionOf(generator.writable.getWriter().write(frame));
  });

  it('rejects it with a TypeError and leaves the frame open, also while a clone is live', async function () {
    if (hadOwn)
      skip(this, "the browser's own rejects once the clone has stopped, with another error, and closes the frame");
    const generator = open<VideoFrame>({ kind: 'video' });
    const clone = generator.clone();
    onCleanup(() => clone.stop());
    const frame = makeFrame();
    onCleanup(() => frame.close());
    generator.stop();
    const error = await rejectionOf(generator.writable.getWriter().write(frame));
    assert.equal(error.name, 'TypeError');
    assert.isNotNull(frame.format);
  });

  for (const [name, end] of Object.entries({
    closed: (writable: WritableStream) => writable.close(),
    aborted: (writable: WritableStream) => writable.abort('enough'),
  })) {
    it(`ends, with one event, when its writable is ${name}`, async () => {
      const generator = open<VideoFrame>({ kind: 'video' });
      let events = 0;
      generator.addEventListener('ended', () => events++);
      const ended = nextEvent(generator, 'ended');
      await end(generator.writable);
      await ended;
      assert.equal(generator.readyState, 'ended');
      assert.equal(events, 1);
    });
  }

  it('answers with a rejection once its own stop() was noticed', async function () {
    // Chromium's own writer.closed stays pending.
    if (hadOwn) skip(this, 'the browser has its own MediaStreamTrackGenerator');
    const generator = open<VideoFrame>({ kind: 'video' });
    const writer = generator.writable.getWriter();
    generator.stop();
    await assertRejects(writer.closed, { name: 'TypeError', says: [/ended/] });
  });
});
