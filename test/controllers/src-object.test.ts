/* `srcObject` of sink elements: tracks that do not belong to a source of the library. */
import { LitElement } from 'lit';
import 'track-elements/define/all';
import { TrackSinkController, type TrackSinkHost } from '../../dist/controllers/track-sink-controller.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { connectPeers } from '../support/peers.js';
import { record } from '../support/recorder.js';
import { describeIf, encodesVideo, hasPeers, noPeers, noVideoEncoder, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels, VideoScreen } from '../support/video-pixels.js';
import { eventually, waitFor } from '../support/waiting.js';

/** A sink element as small as one can be, which notes what it is given. */
class PlainSink extends LitElement implements TrackSinkHost {
  static override properties = { srcObject: { attribute: false } };
  declare srcObject: MediaStream | null;
  readonly changes: [string, MediaStreamTrack | null][] = [];
  readonly errors: Error[] = [];
  readonly sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => this.changes.push([kind, track]),
    failed: (error) => this.errors.push(error),
  });

  constructor() {
    super();
    this.srcObject = null;
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.sink.addTrack(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.sink.removeTrack(track);
  }
}

customElements.define('plain-sink', PlainSink);

/** A track of the browser itself. */
function canvasTrack(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  return stopAfterTest(canvas.captureStream().getVideoTracks()[0] as MediaStreamTrack);
}

function audioTrack(): MediaStreamTrack {
  const context = new AudioContext();
  onCleanup(() => context.close());
  return context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack;
}

const has = (sink: PlainSink, tracks: readonly MediaStreamTrack[]) =>
  eventually(() => assert.sameMembers([...sink.sink.tracks], [...tracks]));

describe('srcObject of a sink', () => {
  it('gives one live track of each kind', async () => {
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const [ended, video, audio] = [canvasTrack(), canvasTrack(), audioTrack()];
    ended.stop();
    sink.srcObject = new MediaStream([ended, video, audio]);
    await has(sink, [video, audio]);
    assert.lengthOf(sink.changes, 2);
    sink.srcObject = null;
    await has(sink, []);
    assert.equal(video.readyState, 'live');
  });

  it('may be set before the element is upgraded or connected', async () => {
    const track = canvasTrack();
    const early = Object.assign(document.createElement('early-sink'), { srcObject: new MediaStream([track]) });
    customElements.define('early-sink', class extends PlainSink {});
    document.body.append(early);
    onCleanup(() => early.remove());
    await has(early as unknown as PlainSink, [track]);
  });

  it('loses to a source that comes later, and is used again when that leaves', async () => {
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const track = canvasTrack();
    sink.srcObject = new MediaStream([track]);
    await has(sink, [track]);
    sink.innerHTML = '<pattern-source width="64" height="64"></pattern-source>';
    const source = sink.firstElementChild as HTMLElementTagNameMap['pattern-source'];
    await has(sink, [await source.ready]);
    source.remove();
    await has(sink, [track]);
  });

  it('follows the stream of an element of the library', async () => {
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const source = place<HTMLElementTagNameMap['pattern-source']>(
      '<pattern-source width="64" height="64"></pattern-source>',
    );
    sink.srcObject = source.stream;
    const first = await source.ready;
    await has(sink, [first]);
    source.stop();
    await has(sink, []);
    await source.start();
    await has(sink, [source.track as MediaStreamTrack]);
    assert.notEqual(source.track, first);
  });

  it('takes another track of the stream when one ends by itself', async function () {
    if (!hasPeers) skip(this, noPeers);
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const call = await connectPeers([canvasTrack(), canvasTrack()]);
    sink.srcObject = new MediaStream(call.tracks);
    // Streams have no order of tracks.
    await eventually(() => assert.lengthOf(sink.sink.tracks, 1));
    const [used] = sink.sink.tracks;
    call.receiver
      .getTransceivers()
      .find(({ receiver }) => receiver.track === used)
      ?.stop();
    await has(
      sink,
      call.tracks.filter((track) => track !== used),
    );
  });

  it('stays while the element is moved, and follows the stream afterwards', async () => {
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const [first, second] = [canvasTrack(), canvasTrack()];
    const stream = new MediaStream([first]);
    sink.srcObject = stream;
    await has(sink, [first]);
    document.body.append(sink);
    assert.lengthOf(sink.changes, 1);
    stream.removeTrack(first);
    stream.addTrack(second);
    stream.dispatchEvent(new Event('addtrack'));
    await has(sink, [second]);
  });

  it('reports any other value, and keeps the tracks of its sources', async () => {
    const sink = place<PlainSink>('<plain-sink></plain-sink>');
    const track = canvasTrack();
    sink.srcObject = new MediaStream([track]);
    await has(sink, [track]);
    sink.srcObject = track as unknown as MediaStream;
    await eventually(() => assert.lengthOf(sink.errors, 1));
    assert.match((sink.errors[0] as Error).message, /srcObject is .*; it must be a MediaStream, or null\./);
    await has(sink, [track]);
  });
});

/** A stream of a red canvas, which the library did not make. */
function redCanvas(): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const paint = () => {
    context.fillStyle = 'red';
    context.fillRect(0, 0, 320, 240);
  };
  paint();
  const timer = setInterval(paint, 50);
  onCleanup(() => clearInterval(timer));
  const stream = canvas.captureStream();
  for (const track of stream.getTracks()) stopAfterTest(track);
  return stream;
}

describeIf(hasPeers, noPeers, 'srcObject of an rtc-loopback', () => {
  it('is sent, and the received track shows it', async () => {
    const loopback = place<HTMLElementTagNameMap['rtc-loopback']>('<rtc-loopback></rtc-loopback>');
    loopback.srcObject = redCanvas();
    await waitFor(() => loopback.track, 'a received track');
    await new VideoScreen(loopback.track as MediaStreamTrack).showsColor([255, 0, 0], 9);
  });
});

describeIf(encodesVideo, noVideoEncoder, 'srcObject of a track-recorder', () => {
  it('is recorded', async () => {
    const recorder = place<HTMLElementTagNameMap['track-recorder']>(
      '<track-recorder timeslice="200"></track-recorder>',
    );
    recorder.srcObject = redCanvas();
    const blob = await record(recorder);
    const video = place<HTMLVideoElement>('<video muted autoplay loop></video>');
    video.src = URL.createObjectURL(blob);
    onCleanup(() => URL.revokeObjectURL(video.src));
    await eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), [255, 0, 0]), 16));
    assert.deepEqual([video.videoWidth, video.videoHeight], [320, 240]);
  });
});

for (const name of ['whip-publisher', 'rtc-loopback', 'track-recorder'] as const) {
  describe(`srcObject of a ${name}`, () => {
    it('makes an error event for another value', async () => {
      const element = place<HTMLElementTagNameMap[typeof name]>(`<${name}></${name}>`);
      const errors: ErrorEvent[] = [];
      // An engine without peer connections has another error to report.
      element.addEventListener('error', (event) => errors.push(event as ErrorEvent));
      element.srcObject = {} as MediaStream;
      await eventually(() =>
        assert.lengthOf(
          errors.filter(({ message }) => message.startsWith('srcObject is ')),
          1,
        ),
      );
    });

    it('is no media element in the eyes of a source that names it with for', async () => {
      const element = place<HTMLElementTagNameMap[typeof name]>(`<${name} id="sink"></${name}>`);
      const source = place<HTMLElementTagNameMap['pattern-source']>(
        '<pattern-source for="sink" width="64" height="64"></pattern-source>',
      );
      await source.ready;
      assert.isNull(element.srcObject);
    });
  });
}
