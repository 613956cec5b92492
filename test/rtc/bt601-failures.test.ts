/* Recoding to BT.601 that fails: the pictures are sent without it. */
import { VideoSending } from '../../dist/rtc/video-sending.js';
import { install } from '../../dist/rtc/worker/bt601-part.js';
import { onCleanup } from '../support/cleanup.js';
import { describeIf, hasProcessor, noProcessor } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

/** A frame of 2x2 pixels of BT.709. */
const frameAt = (timestamp: number): VideoFrame =>
  new VideoFrame(new Uint8Array([180, 180, 180, 180, 128, 128]), {
    format: 'I420',
    codedWidth: 2,
    codedHeight: 2,
    timestamp,
    colorSpace: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: false },
  });

const unreadable = (timestamp: number): VideoFrame =>
  Object.assign(frameAt(timestamp), { copyTo: () => Promise.reject(new RangeError('no bytes')) });

/** Recodes frames. Resolves when all have passed, or when the destination has refused one. */
async function recode(frames: readonly VideoFrame[], write: (frame: VideoFrame) => void): Promise<MessageEvent[]> {
  const handlers: Record<string, (message: never) => void> = {};
  install({ handlers } as never);
  const { port1, port2: port } = new MessageChannel();
  const events: MessageEvent[] = [];
  port1.onmessage = (event) => events.push(event);
  const closed = Promise.race([nextEvent(port1, 'close'), new Promise((resolve) => setTimeout(resolve, 500))]);
  const readable = new ReadableStream<VideoFrame>({
    start(controller) {
      for (const frame of frames) controller.enqueue(frame);
      controller.close();
    },
  });
  handlers['recode-to-bt601']?.({ readable, writable: new WritableStream({ write }), port } as never);
  await closed;
  return events;
}

describeIf(hasProcessor, noProcessor, 'A frame that cannot be recoded', () => {
  it('is sent as it is, and so are those after it; the page gets one warning', async () => {
    const frames = [frameAt(1), unreadable(2), frameAt(3), unreadable(4)];
    const sent: (readonly [number, unknown])[] = [];
    const events = await recode(frames, (frame) => {
      sent.push([frame.timestamp, frame.colorSpace.matrix]);
      frame.close();
    });
    assert.deepEqual(sent, [
      [1, 'smpte170m'],
      [2, 'bt709'],
      [3, 'bt709'],
      [4, 'bt709'],
    ]);
    assert.deepEqual(
      events.map(({ data }) => data),
      [{ type: 'failed', error: { name: 'RangeError', message: 'no bytes' } }],
    );
    assert.deepEqual(
      frames.map(({ format }) => format),
      [null, null, null, null],
    );
  });

  it('is closed if the track does not take it', async () => {
    const frame = unreadable(1);
    await recode([frame], () => {
      throw new DOMException('The track has ended.', 'InvalidStateError');
    });
    assert.isNull(frame.format);
  });
});

/** A sender of VP8, whose receiver does not know of colour spaces. */
function fakeSender() {
  const tracks: (MediaStreamTrack | null)[] = [];
  const sender = {
    track: null,
    getParameters: () => ({ codecs: [{ mimeType: 'video/VP8' }], headerExtensions: [] }),
    replaceTrack: async (track: MediaStreamTrack | null) => {
      tracks.push(track);
      await replacing.promise;
    },
  };
  const replacing = Promise.withResolvers<void>();
  return { sender: sender as unknown as RTCRtpSender, tracks, replacing };
}

function makeTrack(): MediaStreamTrack {
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  onCleanup(() => track.stop());
  return track;
}

describeIf(hasProcessor, noProcessor, 'The recoded track of a VP8 sender', () => {
  it('is closed if the session ends while the sender takes it', async () => {
    const { sender, tracks, replacing } = fakeSender();
    const video = new VideoSending(sender, ({ message }) => assert.fail(message));
    const sending = video.send(makeTrack());
    await waitFor(() => tracks.length === 1, 'a track');
    video.close();
    replacing.resolve();
    await sending;
    assert.equal(tracks[0]?.readyState, 'ended');
  });

  it('is closed if the sender refuses it, and can be sent again', async () => {
    const { sender, tracks, replacing } = fakeSender();
    const video = new VideoSending(sender, ({ message }) => assert.fail(message));
    onCleanup(() => video.close());
    const track = makeTrack();
    replacing.promise.catch(() => {});
    replacing.reject(new DOMException('The track does not fit.', 'InvalidModificationError'));
    for (const count of [1, 2]) {
      const error = await video.send(track).catch((reason) => reason);
      assert.equal(error.name, 'InvalidModificationError');
      assert.equal(tracks.length, count);
      assert.equal(tracks.at(-1)?.readyState, 'ended');
    }
  });

  it('follows the contentHint of its source', async () => {
    const { sender, tracks, replacing } = fakeSender();
    replacing.resolve();
    const video = new VideoSending(sender, ({ message }) => assert.fail(message));
    onCleanup(() => video.close());
    const track = makeTrack();
    await video.send(track);
    assert.notEqual(tracks[0], track);
    track.contentHint = 'detail';
    await waitFor(() => tracks[0]?.contentHint === 'detail', 'the hint');
  });

  it('gives way to the source when recoding fails, with one warning', async () => {
    const { sender, tracks, replacing } = fakeSender();
    replacing.resolve();
    const warnings: string[] = [];
    const video = new VideoSending(sender, ({ message }) => warnings.push(message));
    onCleanup(() => video.close());
    const { postMessage } = Worker.prototype;
    onCleanup(() => Object.assign(Worker.prototype, { postMessage }));
    Object.assign(Worker.prototype, {
      postMessage(this: Worker, message: { type?: string; port: MessagePort }, ...rest: [never]) {
        if (message.type !== 'recode-to-bt601') postMessage.call(this, message, ...rest);
        else message.port.postMessage({ type: 'failed', error: { name: 'Error', message: 'no bytes' } });
      },
    });
    const track = makeTrack();
    await video.send(track);
    await waitFor(() => tracks.at(-1) === track, 'the source');
    await waitFor(() => tracks[0]?.readyState === 'ended', 'the end of the recoded track');
    await video.send(track);
    assert.equal(tracks.length, 2);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /cannot be recoded: no bytes$/);
  });
});
