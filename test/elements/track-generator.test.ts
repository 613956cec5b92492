/* <track-generator>: a page writes, a viewer sees and hears it. The generator's own tests have every input and backend. */
import 'track-elements/define/track-generator';
import { amplitudeAt, decibels, peakOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';

type Generator = HTMLElementTagNameMap['track-generator'];

const makeVideo = () => place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
const make = (attributes: string) => place<Generator>(`<track-generator for="screen" ${attributes}></track-generator>`);

function canvasOf(color: string, width = 160, height = 120): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return canvas;
}

const frameOf = (color: string, timestamp = 0) => new VideoFrame(canvasOf(color), { timestamp });
const shows = (video: HTMLVideoElement, color: Rgb) =>
  eventually(() =>
    assert.isAtMost(
      colorDistance(colorAt(readPixels(video), 80, 60), color),
      12,
      `${colorAt(readPixels(video), 80, 60)}`,
    ),
  );

/** A tenth of a second of a sine. */
function sine(frequency: number, part: number): Float32Array {
  return Float32Array.from(
    { length: 4800 },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * frequency * (part * 4800 + i)) / 48000),
  );
}

describe('a track-generator of video', () => {
  it('has its track in the same task in which it is connected', () => {
    const generator = make('kind="video"');
    assert.equal(generator.track?.kind, 'video');
    assert.equal(generator.state, 'live');
    assert.isNotNull(generator.writable);
  });

  it('has its track at once if a script creates it', () => {
    const generator = document.createElement('track-generator');
    generator.kind = 'video';
    place('<div></div>').append(generator);
    assert.equal(generator.track?.readyState, 'live');
  });

  it('shows the frames that are written', async () => {
    const video = makeVideo();
    const generator = make('kind="video"');
    const frame = frameOf('red');
    assert.isTrue(await generator.write(frame));
    assert.isNull(frame.format, 'the frame is closed');
    await shows(video, [255, 0, 0]);
    const canvas = canvasOf('blue');
    assert.isTrue(await generator.write(canvas));
    await shows(video, [0, 0, 255]);
    assert.equal(video.videoWidth, 160);
    const bitmap = await createImageBitmap(canvasOf('lime', 320, 240));
    await generator.write(bitmap);
    await eventually(() => assert.equal(video.videoWidth, 320));
    assert.equal(bitmap.width, 320, 'anything but a frame stays the caller’s');
  });

  it('takes frames by its stream, and rejects write() meanwhile', async () => {
    const video = makeVideo();
    const generator = make('kind="video"');
    const writer = (generator.writable as WritableStream).getWriter();
    const frame = frameOf('red');
    const error = await rejectionOf(generator.write(frame));
    assert.equal(error.name, 'InvalidStateError');
    assert.isNotNull(frame.format, 'a frame that was rejected is still open');
    await writer.write(frame);
    await shows(video, [255, 0, 0]);
    writer.releaseLock();
    assert.isTrue(await generator.write(frameOf('blue')));
    await shows(video, [0, 0, 255]);
  });

  it('is black while it is muted, and drops frames while it is paused', async () => {
    const video = makeVideo();
    const generator = make('kind="video"');
    await generator.write(frameOf('red'));
    await shows(video, [255, 0, 0]);
    generator.muted = true;
    await generator.updateComplete;
    await shows(video, [0, 0, 0]);
    assert.isTrue(await generator.write(frameOf('lime')));
    await shows(video, [0, 0, 0]);
    generator.muted = false;
    await generator.updateComplete;
    await generator.write(frameOf('lime'));
    await shows(video, [0, 255, 0]);
    generator.paused = true;
    await generator.updateComplete;
    const frame = frameOf('blue');
    assert.isFalse(await generator.write(frame));
    assert.isNull(frame.format);
    generator.paused = false;
    await generator.updateComplete;
    assert.isTrue(await generator.write(frameOf('blue')));
    await shows(video, [0, 0, 255]);
  });

  it('rejects data that is not a picture, and continues', async () => {
    const generator = make('kind="video"');
    const error = await rejectionOf(generator.write('a string' as never));
    assert.equal(error.name, 'TypeError');
    assert.include(error.message, 'VideoFrame');
    assert.equal(generator.state, 'live');
    assert.isTrue(await generator.write(frameOf('red')));
  });

  it('rejects write() after stop(), with a clear error', async () => {
    const generator = make('kind="video"');
    generator.stop();
    const frame = frameOf('red');
    const error = await rejectionOf(generator.write(frame));
    assert.equal(error.name, 'InvalidStateError');
    assert.include(error.message, 'stopped');
    assert.include(error.message, 'start()');
    assert.isNotNull(frame.format);
    assert.isNull(generator.writable);
    await generator.start();
    assert.isTrue(await generator.write(frame));
  });

  it('notices at a write() that the page has stopped the track', async () => {
    const generator = make('kind="video"');
    await generator.write(frameOf('red'));
    const removed = nextEvent(generator, 'removetrack');
    generator.track?.stop();
    await generator.write(frameOf('red')).catch(() => {});
    await removed;
    assert.equal(generator.state, 'stopped');
  });

  it('is stopped when its stream is closed', async () => {
    const generator = make('kind="video"');
    const track = generator.track as MediaStreamTrack;
    const ended = nextEvent(track, 'ended');
    await generator.writable?.close();
    await ended;
    await waitFor(() => generator.state === 'stopped', 'stopped');
    assert.equal(track.readyState, 'ended');
  });

  it('counts written frames', async () => {
    const generator = make('kind="video"');
    for (let i = 0; i < 3; i++) await generator.write(frameOf('red', i * 40_000));
    const { produced, dropped } = await generator.getStats();
    assert.isAtLeast(produced + dropped, 3);
  });
});

describe('a track-generator of audio', () => {
  it('plays the samples that are written, else silence', async () => {
    const generator = make('kind="audio"');
    const track = generator.track as MediaStreamTrack;
    assert.equal(track.kind, 'audio');
    const listener = await AudioRecorder.of(generator.stream);
    await generator.write(new Float32Array(480));
    const writing = (async () => {
      for (let part = 0; part < 12; part++) await generator.write(sine(1000, part));
    })();
    const level = decibels(0.5);
    await listener.nextWhere(({ planes }) => Math.abs(decibels(amplitudeAt(planes[0], 48000, 1000)) - level) < 0.3);
    await writing;
    await listener.nextWhere(({ planes }) => peakOf(planes[0]) === 0);
    assert.equal(track.readyState, 'live');
    listener.close();
  });

  it('rejects pictures and NaN, and names the accepted types', async () => {
    const generator = make('kind="audio"');
    const frame = frameOf('red');
    const error = await rejectionOf(generator.write(frame));
    assert.equal(error.name, 'TypeError');
    assert.include(error.message, 'AudioData');
    frame.close();
    assert.equal((await rejectionOf(generator.write(new Float32Array([0, Number.NaN])))).name, 'TypeError');
    assert.equal(generator.state, 'live');
  });
});

describe('a track-generator without a valid kind', () => {
  for (const [what, attributes] of [
    ['none', ''],
    ['an empty one', 'kind=""'],
    ['another one', 'kind="screen"'],
  ]) {
    it(`fails with a TypeError that names both kinds: ${what}`, async () => {
      const generator = document.createElement('track-generator');
      const [, value] = /kind="(.*)"/.exec(attributes) ?? [];
      if (value !== undefined) generator.setAttribute('kind', value);
      const failed = nextEvent<ErrorEvent>(generator, 'error');
      place('<div></div>').append(generator);
      const error = await rejectionOf(generator.ready);
      assert.equal(error.name, 'TypeError');
      assert.include(error.message, '"video"');
      assert.include(error.message, '"audio"');
      assert.isTrue((await failed).error === error);
      assert.equal(generator.state, 'failed');
      assert.isNull(generator.track);
      assert.equal((await rejectionOf(generator.write(new Float32Array(4)))).name, 'InvalidStateError');

      generator.kind = 'audio';
      assert.equal((await waitFor(() => generator.track, 'a track once it has a kind')).kind, 'audio');
      assert.equal(generator.state === 'suspended' ? 'live' : generator.state, 'live');
    });
  }

  it('makes a track of the other kind when its kind changes', async () => {
    const generator = make('kind="video"');
    const video = generator.track as MediaStreamTrack;
    generator.kind = 'audio';
    await waitFor(() => generator.track?.kind === 'audio', 'an audio track');
    assert.equal(video.readyState, 'ended');
    assert.deepEqual(generator.stream.getTracks(), [generator.track]);
  });
});

describe('a track-generator of audio that is written faster than it is played', () => {
  it('plays all of it, tells how much waits, and when all was played', async () => {
    const generator = make('kind="audio"');
    assert.equal(generator.queued, 0);
    const writes = Array.from({ length: 15 }, (_, part) => generator.write(sine(1000, part)));
    assert.closeTo(generator.queued, 1.5, 0.1);
    const event = nextEvent(generator, 'played');
    const started = performance.now();
    assert.isTrue(await generator.played());
    await event;
    assert.isAtLeast(performance.now() - started, 1400);
    assert.deepEqual(await Promise.all(writes), Array(15).fill(true));
    assert.equal(generator.queued, 0);
  });

  it('refuses at once data beyond queue-limit, which may change', async () => {
    const generator = make('kind="audio" queue-limit="1"');
    const writes = Array.from({ length: 12 }, (_, part) => generator.write(sine(1000, part)));
    assert.deepEqual(await Promise.all(writes.slice(10)), [false, false]);
    generator.queueLimit = 60;
    await generator.updateComplete;
    const late = Array.from({ length: 12 }, (_, part) => generator.write(sine(1000, part)));
    assert.deepEqual(await Promise.all(late), Array(12).fill(true));
  });

  it('is emptied by clear(), and keeps its track', async () => {
    const generator = make('kind="audio"');
    const { track } = generator;
    const writes = Array.from({ length: 30 }, (_, part) => generator.write(sine(1000, part)));
    await writes[0];
    generator.clear();
    assert.equal(generator.queued, 0);
    assert.isFalse((await Promise.all(writes)).at(-1));
    assert.isTrue(await generator.write(sine(1000, 0)));
    assert.equal(generator.track, track);
    assert.equal(track?.readyState, 'live');
  });

  it('has nothing to play, nor to clear, without a track', async () => {
    const generator = make('kind="audio" manual');
    generator.clear();
    assert.equal(generator.queued, 0);
    assert.isTrue(await generator.played());
  });

  for (const wrong of ['0', '-1', 'long']) {
    it(`fails for queue-limit="${wrong}", and is mended by a right one`, async () => {
      const generator = document.createElement('track-generator');
      generator.setAttribute('kind', 'audio');
      generator.setAttribute('queue-limit', wrong);
      const failed = nextEvent<ErrorEvent>(generator, 'error');
      place('<div></div>').append(generator);
      assert.match((await failed).message, /queueLimit is .*; it must be a number of seconds above 0/);
      generator.removeAttribute('queue-limit');
      assert.equal((await waitFor(() => generator.track, 'a track')).kind, 'audio');
      assert.equal(generator.queueLimit, 300);
    });
  }
});

describe('a track-generator with pacing="timestamp"', () => {
  it('shows each frame when it is due', async () => {
    const generator = make('kind="video" pacing="timestamp"');
    const started = performance.now();
    for (let n = 0; n < 10; n++) assert.isTrue(await generator.write(frameOf('red', n * 50_000)));
    assert.isAtLeast(performance.now() - started, 250, 'the writer is held back');
    assert.isAbove(generator.queued, 0);
    assert.isTrue(await generator.played());
    assert.isAtLeast(performance.now() - started, 440);
    assert.equal((await generator.getStats()).produced, 10);
  });

  it('drops on clear() the frames that wait', async () => {
    const generator = make('kind="video" pacing="timestamp"');
    const writes = Array.from({ length: 8 }, (_, n) => generator.write(frameOf('red', n * 1_000_000)));
    await waitFor(() => generator.queued > 6, 'frames that wait');
    generator.clear();
    assert.isFalse((await Promise.all(writes)).at(-1));
    assert.equal(generator.queued, 0);
  });

  it('fails for another pacing', async () => {
    const generator = document.createElement('track-generator');
    generator.setAttribute('kind', 'video');
    generator.setAttribute('pacing', 'fps');
    const failed = nextEvent<ErrorEvent>(generator, 'error');
    place('<div></div>').append(generator);
    assert.match((await failed).message, /pacing is "fps"; it must be "timestamp"/);
  });
});
