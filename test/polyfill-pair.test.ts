/*
 * The globals `MediaStreamTrackGenerator` and `MediaStreamTrackProcessor` together, native or ours: what mediacapture-transform
 * and the platform's own tests of it ask for, in every engine.
 */
import { onCleanup } from './support/cleanup.js';
import { connectPeers } from './support/peers.js';
import { rejectionOf } from './support/rejections.js';
import { hasPeers, isNative, isWebKit, noPeers, skip } from './support/skipping.js';
import { assert, describe, it } from './support/suite.js';
import { makeSolidCanvas } from './support/video-inputs.js';
import { VideoScreen } from './support/video-pixels.js';
import { waitFor } from './support/waiting.js';

const native: unknown = Reflect.get(globalThis, 'MediaStreamTrackProcessor');
await import('track-elements/polyfill');

declare class MediaStreamTrackProcessor<T extends VideoFrame | AudioData> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<T>;
}

const color = [50, 100, 150] as const;
const [width, height] = [320, 240];

const makeFrame = (timestamp: number): VideoFrame =>
  new VideoFrame(makeSolidCanvas([...color], width, height), { timestamp, alpha: 'discard' });

/** A tenth of a second of 100 Hz. */
function makeData(timestamp: number): AudioData {
  const sampleRate = 30_000;
  const data = Float32Array.from({ length: sampleRate / 10 }, (_, i) => Math.sin((2 * Math.PI * 100 * i) / sampleRate));
  return new AudioData({ timestamp, numberOfFrames: 3000, numberOfChannels: 1, sampleRate, data, format: 'f32' });
}

function generate<T extends VideoFrame | AudioData>(
  init: 'video' | 'audio' | { kind: 'video' | 'audio' },
): MediaStreamTrackGenerator<T> {
  const generator = new MediaStreamTrackGenerator<T>(init);
  onCleanup(() => generator.stop());
  return generator;
}

/** Writes frames of the colour until the test is over. */
function writeOn(generator: MediaStreamTrackGenerator<VideoFrame>): void {
  const writer = generator.writable.getWriter();
  let n = 0;
  const timer = setInterval(() => {
    const frame = makeFrame(n++ * 40_000);
    writer.write(frame).catch(() => frame.close());
  }, 40);
  onCleanup(() => clearInterval(timer));
}

/** A track that is no generator's, as that of a camera. */
function camera(): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
  let n = 0;
  const timer = setInterval(() => {
    if (!context) return;
    context.fillStyle = n++ % 2 ? '#300' : '#030';
    context.fillRect(0, 0, width, height);
  }, 40);
  onCleanup(() => {
    clearInterval(timer);
    track.stop();
  });
  return track;
}

/** The next chunk of a track, by a processor. */
async function readOne<T extends VideoFrame | AudioData>(track: MediaStreamTrack): Promise<T> {
  const reader = new MediaStreamTrackProcessor<T>({ track }).readable.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  assert.exists(value);
  onCleanup(() => value?.close());
  return value as T;
}

describe('MediaStreamTrackGenerator of video', () => {
  it('is a live track of video', async () => {
    const generator = generate<VideoFrame>('video');
    await generator.writable.getWriter().write(makeFrame(1));
    assert.deepEqual([generator.kind, generator.readyState], ['video', 'live']);
  });

  it('forwards a frame of a processor to a processor, with its size and its timestamp', async () => {
    const frame = await readOne<VideoFrame>(camera());
    const { displayWidth, displayHeight, timestamp } = frame;
    const generator = generate<VideoFrame>({ kind: 'video' });
    const received = readOne<VideoFrame>(generator);
    await generator.writable.getWriter().write(frame);
    const arrived = await received;
    assert.deepEqual(
      [arrived.displayWidth, arrived.displayHeight, arrived.timestamp],
      [displayWidth, displayHeight, timestamp],
    );
  });

  it('shows its frames in a video', async () => {
    const generator = generate<VideoFrame>({ kind: 'video' });
    const screen = new VideoScreen(generator);
    writeOn(generator);
    await screen.showsColor([...color], 6);
  });

  it('shows its frames over a peer connection', async function () {
    if (!hasPeers) skip(this, noPeers);
    const generator = generate<VideoFrame>({ kind: 'video' });
    const { tracks } = await connectPeers([generator]);
    writeOn(generator);
    await new VideoScreen(tracks[0] as MediaStreamTrack).showsColor([...color], 12);
  });

  it('is sent smaller by scaleResolutionDownBy', async function () {
    if (!hasPeers) skip(this, noPeers);
    const generator = generate<VideoFrame>({ kind: 'video' });
    const { sender, tracks } = await connectPeers([generator]);
    const [rtpSender] = sender.getSenders();
    const parameters = rtpSender?.getParameters();
    for (const encoding of parameters?.encodings ?? []) encoding.scaleResolutionDownBy = 2;
    await rtpSender?.setParameters(parameters as RTCRtpSendParameters);
    writeOn(generator);
    const screen = new VideoScreen(tracks[0] as MediaStreamTrack);
    await screen.showsColor([...color], 12);
    await waitFor(() => screen.size[0] === width / 2 && screen.size[1] === height / 2, 'half the size');
  });

  it('closes a frame that is written', async () => {
    const frame = makeFrame(1);
    await generate<VideoFrame>('video').writable.getWriter().write(frame);
    assert.throws(() => frame.clone(), DOMException);
  });

  it('rejects audio with a TypeError', async () => {
    const data = makeData(1);
    const writer = generate({ kind: 'video' }).writable.getWriter();
    assert.equal((await rejectionOf(writer.write(data))).name, 'TypeError');
  });
});

describe('MediaStreamTrackGenerator of audio', () => {
  it('is a live track of audio', async function () {
    if (isWebKit) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
    const generator = generate<AudioData>('audio');
    await generator.writable.getWriter().write(makeData(1));
    assert.deepEqual([generator.kind, generator.readyState], ['audio', 'live']);
  });

  it('is not made of another kind', () => {
    assert.throws(() => new MediaStreamTrackGenerator({ kind: 'text' as 'audio' }), TypeError);
  });

  it('is not made without a kind', () => {
    assert.throws(() => Reflect.construct(MediaStreamTrackGenerator, []), TypeError);
  });

  it('rejects a picture with a TypeError', async () => {
    const frame = makeFrame(1);
    onCleanup(() => frame.close());
    const writer = generate('audio').writable.getWriter();
    assert.equal((await rejectionOf(writer.write(frame))).name, 'TypeError');
  });

  it('is played by an audio element', async function () {
    if (isWebKit) skip(this, 'WebKitGTK crashes in AudioData.copyTo()');
    const generator = generate<AudioData>('audio');
    const audio = new Audio();
    onCleanup(() => {
      audio.srcObject = null;
    });
    audio.srcObject = new MediaStream([generator]);
    await audio.play();
    await generator.writable.getWriter().write(makeData(1));
    await waitFor(() => audio.currentTime > 0, 'audio that plays');
  });
});

describe('MediaStreamTrackProcessor', () => {
  it('is left alone where the browser has one, and defined elsewhere', () => {
    assert.isFunction(MediaStreamTrackProcessor);
    if (isNative) assert.equal(MediaStreamTrackProcessor, native);
    else assert.isUndefined(native);
    assert.notInclude(Object.keys(globalThis), 'MediaStreamTrackProcessor');
    assert.equal(MediaStreamTrackProcessor.name, 'MediaStreamTrackProcessor');
  });

  for (const [name, init] of Object.entries({
    'no argument': [],
    'no track': [{}],
    'another object': [{ track: new MediaStream() }],
    null: [{ track: null }],
  })) {
    it(`throws a TypeError for ${name}`, () => {
      assert.throws(() => Reflect.construct(MediaStreamTrackProcessor, init), TypeError);
    });
  }

  it('has one stream, which it does not lock', () => {
    const processor = new MediaStreamTrackProcessor({ track: generate('video') });
    assert.instanceOf(processor.readable, ReadableStream);
    assert.equal(processor.readable, processor.readable);
    assert.isFalse(processor.readable.locked);
  });

  it('reads frames that the reader closes, of a track that is no generator', async () => {
    const frame = await readOne<VideoFrame>(camera());
    assert.instanceOf(frame, VideoFrame);
    assert.deepEqual([frame.displayWidth, frame.displayHeight], [width, height]);
    assert.isNotNull(frame.format);
  });

  it('reads audio of a track that is no generator', async () => {
    const context = new AudioContext();
    onCleanup(() => context.close());
    const tone = context.createOscillator();
    const destination = context.createMediaStreamDestination();
    tone.connect(destination);
    tone.start();
    const data = await readOne<AudioData>(destination.stream.getAudioTracks()[0] as MediaStreamTrack);
    assert.isAbove(data.numberOfFrames, 0);
    assert.equal(data.sampleRate, context.sampleRate);
  });

  for (const [name, make] of Object.entries({
    'a generator': () => generate<VideoFrame>('video'),
    'a camera': camera,
  })) {
    it(`closes its stream when the track of ${name} ends`, async () => {
      const track = make();
      const reader = new MediaStreamTrackProcessor<VideoFrame>({ track }).readable.getReader();
      track.stop();
      for (let done = false; !done; ) {
        const result = await reader.read();
        result.value?.close();
        done = result.done;
      }
      await reader.closed;
    });
  }

  it('keeps the newest frame for a reader that is slow', async function () {
    if (isNative) skip(this, "the browser's own keeps more frames than the standard says");
    const generator = generate<VideoFrame>('video');
    const reader = new MediaStreamTrackProcessor<VideoFrame>({ track: generator }).readable.getReader();
    const writer = generator.writable.getWriter();
    for (const timestamp of [10, 20, 30]) await writer.write(makeFrame(timestamp));
    const { value } = await reader.read();
    assert.equal(value?.timestamp, 30);
    value?.close();
    await reader.cancel();
  });

  it('keeps the number of frames that maxBufferSize sets', async () => {
    const generator = generate<VideoFrame>('video');
    const { readable } = new MediaStreamTrackProcessor<VideoFrame>({ track: generator, maxBufferSize: 5 });
    const reader = readable.getReader();
    const writer = generator.writable.getWriter();
    const timestamps = [10, 20, 30, 40];
    for (const timestamp of timestamps) await writer.write(makeFrame(timestamp));
    for (const timestamp of timestamps) {
      const { value } = await reader.read();
      assert.equal(value?.timestamp, timestamp);
      value?.close();
    }
    await reader.cancel();
  });

  it('reads black of a generator that is disabled', async function () {
    if (isNative) skip(this, "the browser's own is not under test");
    const generator = generate<VideoFrame>('video');
    generator.enabled = false;
    const received = readOne<VideoFrame>(generator);
    await generator.writable.getWriter().write(makeFrame(7));
    const frame = await received;
    const context = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.drawImage(frame, 0, 0, 1, 1);
    assert.deepEqual([...context.getImageData(0, 0, 1, 1).data], [0, 0, 0, 255]);
    assert.equal(frame.timestamp, 7);
  });

  it('makes a track of another one, through a transform', async () => {
    const generator = generate<VideoFrame>('video');
    const { readable } = new MediaStreamTrackProcessor<VideoFrame>({ track: camera() });
    const transform = new TransformStream<VideoFrame, VideoFrame>({
      transform(frame, controller) {
        controller.enqueue(makeFrame(frame.timestamp));
        frame.close();
      },
    });
    const done = readable
      .pipeThrough(transform)
      .pipeTo(generator.writable)
      .catch(() => {});
    await new VideoScreen(generator).showsColor([...color], 6);
    generator.stop();
    await done;
  });
});
