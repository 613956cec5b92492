/* The stream of a generator: the same checks as write(), piping, locking, transferring. */
import { TrackGenerator } from 'track-elements/generator';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { videoBackends, videoGenerator } from '../support/generators.js';
import { assertRejects } from '../support/rejections.js';
import { describeIf } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas, makeFrame, makePicture, makeSolidCanvas, quarters } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent, waitFor } from '../support/waiting.js';

const locked = { name: 'InvalidStateError', says: [/locked/, /writer/] };

for (const backend of videoBackends) {
  describe(`writable of a video generator by ${backend}`, () => {
    it('is a WritableStream, and stays the same object', () => {
      const generator = videoGenerator(backend);
      assert.instanceOf(generator.writable, WritableStream);
      assert.equal(generator.writable, generator.writable);
    });

    it('accepts everything that write() accepts, and closes frames', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const writer = generator.writable.getWriter();
      const frame = new VideoFrame(makeSolidCanvas([240, 240, 240]), { timestamp: 0 });
      await writer.write(frame);
      assert.isNull(frame.format);
      for (const data of [makePicture(), await createImageBitmap(makeCanvas()), makeCanvas()]) await writer.write(data);
      await screen.shows(quarters);
    });

    it('can be piped into', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const frames = [makeSolidCanvas([240, 0, 0]), makeCanvas()].map(
        (canvas, n) => new VideoFrame(canvas, { timestamp: n }),
      );
      const source = new ReadableStream<VideoFrame>({
        pull(controller) {
          const frame = frames.shift();
          if (frame) controller.enqueue(frame);
          else controller.close();
        },
      });
      await source.pipeTo(generator.writable, { preventClose: true });
      await screen.shows(quarters);
      assert.equal(generator.track.readyState, 'live');
    });

    it('ends the track when the piped stream ends', async () => {
      const generator = videoGenerator(backend);
      const ended = nextEvent(generator, 'ended');
      const source = new ReadableStream<HTMLCanvasElement>({
        start(controller) {
          controller.enqueue(makeCanvas());
          controller.close();
        },
      });
      await source.pipeTo(generator.writable);
      await ended;
      assert.equal(generator.track.readyState, 'ended');
    });

    it('while locked makes write() reject and leave the frame open', async () => {
      const generator = videoGenerator(backend);
      const writer = generator.writable.getWriter();
      const frame = makeFrame();
      await assertRejects(generator.write(frame), locked);
      assert.isNotNull(frame.format);
      frame.close();
      writer.releaseLock();
      assert.equal(await generator.write(makeCanvas()), true);
    });

    it('rejects everything that write() rejects, and the track stays live', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const writer = generator.writable.getWriter();
      await assertRejects(writer.write('frame' as never), { name: 'TypeError', says: [/"frame"/, /VideoFrame/] });
      writer.releaseLock();
      assert.equal(generator.track.readyState, 'live');
      assert.equal(await generator.write(makeCanvas()), true);
      await screen.shows(quarters);
    });
  });
}

describe('writable of an audio generator', () => {
  it('rejects pictures and leaves them open', async () => {
    const generator = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    const frame = makeFrame();
    await assertRejects(generator.writable.getWriter().write(frame), {
      name: 'TypeError',
      says: [/VideoFrame/, /AudioData/],
    });
    assert.isNotNull(frame.format);
    frame.close();
  });

  it('accepts samples', async () => {
    const generator = stopAfterTest(new TrackGenerator({ kind: 'audio' }));
    const writer = generator.writable.getWriter();
    await writer.write(new Float32Array(480));
    await writer.close();
    assert.equal(generator.track.readyState, 'ended');
  });
});

/** A stream can be posted where the browser lets it. */
function canTransferStreams(): boolean {
  const stream = new WritableStream();
  const { port1 } = new MessageChannel();
  try {
    port1.postMessage(stream, [stream as unknown as Transferable]);
    return true;
  } catch {
    return false;
  }
}

/** Writes pictures of one colour as fast as the stream accepts them, and posts the error of a bad write. */
const writerText = `
  onmessage = async ({ data: { writable, color, bad } }) => {
    const writer = writable.getWriter();
    const canvas = new OffscreenCanvas(64, 48);
    const context = canvas.getContext('2d');
    context.fillStyle = color;
    context.fillRect(0, 0, 64, 48);
    try {
      for (let n = 0; n < 5; n++) await writer.write(new VideoFrame(canvas, { timestamp: n * 40000 }));
      if (bad) {
        await writer.write(bad);
        await writer.closed;
      }
      postMessage('written');
    } catch (error) {
      postMessage(String(error));
    }
  };
`;

function writerWorker(): Worker {
  const url = URL.createObjectURL(new Blob([writerText], { type: 'text/javascript' }));
  const worker = new Worker(url);
  onCleanup(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
  return worker;
}

describeIf(canTransferStreams(), 'this browser does not transfer streams', 'writable in a worker', () => {
  for (const backend of videoBackends) {
    it(`shows by ${backend} the frames that a worker writes, and the page cannot write`, async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const worker = writerWorker();
      const answer = nextEvent<MessageEvent>(worker, 'message');
      const { writable } = generator;
      worker.postMessage({ writable, color: 'rgb(30, 180, 90)' }, [writable as unknown as Transferable]);
      await assertRejects(generator.write(makeCanvas()), locked);
      assert.equal((await answer).data, 'written');
      await screen.showsColor([30, 180, 90]);
      await waitFor(async () => (await generator.getStats()).produced >= 1, 'a frame that was counted');
    });

    it(`rejects a bad write in the worker by ${backend}, and the track stays live`, async () => {
      const generator = videoGenerator(backend);
      const worker = writerWorker();
      const answer = nextEvent<MessageEvent>(worker, 'message');
      const { writable } = generator;
      worker.postMessage({ writable, color: 'red', bad: 'frame' }, [writable as unknown as Transferable]);
      assert.match((await answer).data, /TypeError.*"frame"/);
      assert.equal(generator.track.readyState, 'live');
    });
  }
});
