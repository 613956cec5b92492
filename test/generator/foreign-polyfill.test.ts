/*
 * A page whose `MediaStreamTrackGenerator` and `MediaStreamTrackProcessor` are of a foreign polyfill. In Chromium it replaces
 * the native ones before the library loads.
 */
import type { LevelMeterElement, PatternSourceElement, ToneSourceElement, TrackProbeElement } from 'track-elements';
import { frequencyOf, peakOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { disguises, ForeignGenerator, ForeignProcessor } from '../support/foreign-polyfill.js';
import { place } from '../support/page.js';
import { placeRecorder, record } from '../support/recorder.js';
import { encodesVideo, isNative, isWebKit, noVideoEncoder, skip } from '../support/skipping.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

const native = isNative ? MediaStreamTrackGenerator : null;
const foreign = { MediaStreamTrackGenerator: ForeignGenerator, MediaStreamTrackProcessor: ForeignProcessor };
Object.assign(globalThis, foreign);

await import('track-elements/define/all');
const { TrackGenerator } = await import('track-elements/generator');
const { TrackProcessor } = await import('track-elements/processor');

afterEach(() => {
  assert.equal(ForeignGenerator.count, 0, 'tracks of the foreign generator');
  assert.equal(ForeignProcessor.count, 0, 'readers of the foreign processor');
});

describe('Beside a foreign polyfill', () => {
  it('a pattern is made as without it, and seen', async () => {
    const source = place<PatternSourceElement>(
      '<pattern-source pattern="solid" color="rgb(0 128 0)" width="64" height="48"></pattern-source>',
    );
    const track = await source.ready;
    assert.equal(source.backend, isWebKit ? 'worker' : 'canvas');
    await new VideoScreen(track).showsColor([0, 128, 0], 6);
  });

  it('a tone is live, and heard', async () => {
    const source = place<ToneSourceElement>('<tone-source frequency="1000"></tone-source>');
    const track = await source.ready;
    assert.deepEqual([source.backend, track.kind], ['worklet', 'audio']);
    if (source.state !== 'live') await nextEvent(source, 'statechange');
    assert.equal(source.state, 'live');
    const recorder = await AudioRecorder.of(track);
    const { planes } = await recorder.nextWhere(({ planes: [left] }) => peakOf(left as Float32Array) > 0.1);
    assert.closeTo(frequencyOf(planes[0] as Float32Array, 48000, 1000), 1000, 5);
  });

  it('a generator of each kind has a track of that kind, and takes writes', async () => {
    const video = stopAfterTest(new TrackGenerator({ kind: 'video' }));
    assert.deepEqual([video.backend, video.track.kind], ['canvas', 'video']);
    assert.isTrue(await video.write(makeSolidCanvas([200, 40, 90])));
    await new VideoScreen(video.track).showsColor([200, 40, 90], 6);
    const audio = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    assert.deepEqual([audio.backend, audio.track.kind], ['worklet', 'audio']);
    assert.isTrue(await audio.write(new Float32Array(480)));
  });

  it('a TrackProcessor reads tracks of each kind as without it', async () => {
    for (const tag of ['pattern-source', 'tone-source'] as const) {
      const track = await place<PatternSourceElement | ToneSourceElement>(`<${tag}></${tag}>`).ready;
      const processor = new TrackProcessor({ track });
      onCleanup(() => processor.close());
      assert.notEqual(processor.backend, 'native');
      const { value } = await processor.readable.getReader().read();
      onCleanup(() => value?.close());
      assert.equal(value?.constructor, track.kind === 'video' ? VideoFrame : AudioData);
    }
  });

  it('a probe reads the marks of pictures and of audio, and a meter the level', async () => {
    const probe = place<TrackProbeElement>(
      `<track-probe>
        <pattern-source mark width="320" height="180"></pattern-source>
        <tone-source mark></tone-source>
      </track-probe>`,
    );
    const meter = place<LevelMeterElement>('<level-meter><tone-source level="-20"></tone-source></level-meter>');
    await waitFor(() => (probe.report.video?.received ?? 0) > 0, 'marks of pictures');
    await waitFor(() => (probe.report.audio?.received ?? 0) > 0, 'marks of audio');
    await waitFor(() => Math.abs((meter.levels?.channels[0]?.peak ?? 0) + 20) < 1, 'the level of the tone');
  });

  it('a recording reads its tracks as without it', async function () {
    if (!encodesVideo) skip(this, noVideoEncoder);
    const recorder = placeRecorder('type="video/webm"');
    const blob = await record(recorder, 0.5);
    assert.isAbove(blob.size, 100);
  });
});

describe('Beside a VideoFrame of a foreign polyfill', () => {
  it('a pattern is seen, and a probe says once that it cannot read pictures', async function () {
    if (isWebKit) skip(this, 'a page of WebKitGTK without its own VideoFrame often crashes');
    const messages: string[] = [];
    const collect = (event: ErrorEvent) => {
      event.preventDefault();
      messages.push(event.message);
    };
    const running = place<PatternSourceElement>(
      '<pattern-source pattern="ball" width="64" height="48"></pattern-source>',
    );
    running.addEventListener('error', collect);
    await running.ready;
    const { VideoFrame: own } = globalThis;
    Object.assign(globalThis, { VideoFrame: class VideoFrame {} });
    onCleanup(() => Object.assign(globalThis, { VideoFrame: own }));
    const source = place<PatternSourceElement>(
      '<pattern-source pattern="solid" color="rgb(0 128 0)" width="64" height="48"></pattern-source>',
    );
    await new VideoScreen(await source.ready).showsColor([0, 128, 0], 6);
    const probe = place<TrackProbeElement>(
      '<track-probe><pattern-source mark width="320" height="180"></pattern-source></track-probe>',
    );
    probe.addEventListener('error', collect);
    await nextEvent(probe, 'error');
    // The time of some frames.
    await sleep(300);
    assert.deepEqual(messages, ['This browser has no VideoFrame: pictures cannot be read.']);
  });
});

describe('A class that is not the browser’s own', () => {
  for (const [name, disguise] of Object.entries(disguises)) {
    it(`is none in the disguise of ${name}`, () => {
      Object.assign(globalThis, { MediaStreamTrackGenerator: disguise(ForeignGenerator) });
      onCleanup(() => Object.assign(globalThis, foreign));
      assert.equal(stopAfterTest(new TrackGenerator({ kind: 'video' })).backend, 'canvas');
    });
  }

  it('is distinguished from the browser’s own class behind a proxy that watches it', function () {
    if (!native) skip(this, 'this engine has no MediaStreamTrackGenerator');
    Object.assign(globalThis, { MediaStreamTrackGenerator: new Proxy(native, {}) });
    onCleanup(() => Object.assign(globalThis, foreign));
    assert.equal(stopAfterTest(new TrackGenerator({ kind: 'video' })).backend, 'native');
  });
});
