/* The real camera and screen as tracks. A test stands in for them where virtual devices leave the functions of the browser. */
import 'track-elements/define/all';
import { hearScriptedEvents } from '../../dist/generator/page/scripted-events.js';
import { amplitudeAt, decibels, frequencyOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { type Rgb, VideoScreen } from '../support/video-pixels.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type CameraSource = HTMLElementTagNameMap['camera-source'];
type ScreenSource = HTMLElementTagNameMap['screen-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];
type TrackGenerator = HTMLElementTagNameMap['track-generator'];

const workers = countWorkers();
const NATIVE = Symbol.for('track-elements/native-media-devices');
const LEVELS = 12;
const colors: Readonly<Record<string, Rgb>> = { '': [200, 40, 60], second: [50, 70, 210] };

/** Hears 440 Hz at a level. */
async function hasTone(track: MediaStreamTrack, dbfs: number): Promise<void> {
  const recorder = await AudioRecorder.of(track);
  await eventually(async () => {
    const { planes, sampleRate } = await recorder.next(0.2);
    const [samples] = planes as [Float32Array];
    assert.closeTo(frequencyOf(samples, sampleRate, 440), 440, 1);
    assert.closeTo(decibels(amplitudeAt(samples, sampleRate, 440)), dbfs, 0.5);
  });
}

/** The devices of a machine: each request gets a track of its own, of one colour by the id of the device. */
class Devices {
  readonly requests: MediaStreamConstraints[] = [];
  readonly tracks: MediaStreamTrack[] = [];
  refusal: DOMException | null = null;
  /** Whether the user shares the audio of a screen. */
  sharesAudio = true;

  constructor() {
    const open = async (constraints: MediaStreamConstraints = {}) => {
      this.requests.push(constraints);
      if (this.refusal) throw this.refusal;
      const tones: MediaStreamTrack[] = [];
      if (constraints.audio && this.sharesAudio) {
        const tone = await place<ToneSource>('<tone-source frequency="440" level="-12"></tone-source>').ready;
        tones.push(tone);
        this.tracks.push(tone);
      }
      if (!constraints.video) return new MediaStream(tones);
      const { deviceId } = constraints.video as MediaTrackConstraints;
      const color = colors[(deviceId as ConstrainDOMStringParameters | undefined)?.exact as string] ?? colors[''];
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const timer = setInterval(() => {
        context.fillStyle = `rgb(${color})`;
        context.fillRect(0, 0, 320, 240);
      }, 30);
      const stream = canvas.captureStream();
      onCleanup(() => clearInterval(timer));
      for (const track of stream.getTracks()) {
        hearScriptedEvents(track);
        this.tracks.push(track);
      }
      for (const tone of tones) stream.addTrack(tone);
      return stream;
    };
    const devices = navigator.mediaDevices as unknown as Record<symbol, unknown>;
    devices[NATIVE] = { getUserMedia: open, getDisplayMedia: open };
    onCleanup(() => {
      delete devices[NATIVE];
    });
  }
}

describe('The sources of devices', () => {
  let devices: Devices;
  beforeEach(() => {
    devices = new Devices();
  });

  it('ask for what the attributes say, and show it', async () => {
    const source = place<CameraSource>(
      '<camera-source width="640" height="360" frame-rate="25" facing-mode="user"></camera-source>',
    );
    const screen = new VideoScreen(await source.ready);
    await screen.hasSize(640, 360);
    // 4:3 in 16:9.
    await screen.shows(
      [
        { x: 0.05, y: 0.5, color: [0, 0, 0] },
        { x: 0.5, y: 0.5, color: colors[''] as Rgb },
      ],
      LEVELS,
    );
    assert.deepEqual(devices.requests, [
      {
        video: {
          frameRate: { ideal: 25 },
          facingMode: { ideal: 'user' },
          width: { ideal: 640 },
          height: { ideal: 360 },
        },
      },
    ]);
  });

  it('have the size of the device, and change to another one on the same track', async () => {
    const source = place<CameraSource>('<camera-source></camera-source>');
    const track = await source.ready;
    const screen = new VideoScreen(track);
    await screen.hasSize(320, 240);
    await screen.showsColor(colors[''] as Rgb, LEVELS);
    source.deviceId = 'second';
    await screen.showsColor(colors.second as Rgb, LEVELS);
    assert.isTrue(source.track === track);
    await waitFor(() => devices.tracks[0]?.readyState === 'ended', 'the end of the first camera');
    source.remove();
    await waitFor(() => devices.tracks[1]?.readyState === 'ended', 'the end of the second camera');
  });

  it('play a microphone, alone and as a layer', async () => {
    const source = place<CameraSource>('<camera-source kind="audio" device-id="headset"></camera-source>');
    const track = await source.ready;
    assert.equal(track.kind, 'audio');
    assert.deepEqual(devices.requests, [{ audio: { deviceId: { exact: 'headset' } } }]);
    await hasTone(track, -12);
    const generator = place<TrackGenerator>(
      '<track-generator kind="audio"><camera-source kind="audio" gain="0.5"></camera-source></track-generator>',
    );
    await hasTone(await generator.ready, -18);
    source.remove();
    await waitFor(() => devices.tracks[0]?.readyState === 'ended', 'the end of the microphone');
  });

  it('stop when the device ends', async () => {
    const source = place<ScreenSource>('<screen-source display-surface="window"></screen-source>');
    const track = await source.ready;
    assert.deepEqual(devices.requests, [{ video: { displaySurface: 'window' } }]);
    devices.tracks[0]?.dispatchEvent(new Event('ended'));
    assert.equal(source.state, 'stopped');
    assert.equal(track.readyState, 'ended');
  });

  it('share the audio of a screen with its pictures', async () => {
    const source = place<ScreenSource>('<screen-source audio></screen-source>');
    const track = await source.ready;
    assert.deepEqual(devices.requests, [{ video: true, audio: true }]);
    assert.deepEqual(
      source.tracks.map(({ kind }) => kind),
      ['video', 'audio'],
    );
    assert.isTrue(source.track === track);
    const [, audio] = source.tracks as [MediaStreamTrack, MediaStreamTrack];
    await new VideoScreen(track).showsColor(colors[''] as Rgb, LEVELS);
    await hasTone(audio, -12);
    source.muted = true;
    const recorder = await AudioRecorder.of(audio);
    await recorder.silence();
    source.muted = false;
    // Nothing asks the user again.
    source.audio = false;
    source.frameRate = 10;
    await hasTone(audio, -12);
    assert.lengthOf(devices.requests, 1);
    assert.lengthOf(source.tracks, 2);
    source.stop();
    await waitFor(() => devices.tracks.every(({ readyState }) => readyState === 'ended'), 'the end of the screen');
    assert.lengthOf(await source.start().then(() => source.tracks), 1);
    assert.deepEqual(devices.requests[1], { video: true });
  });

  it('share the audio of a screen as a layer of either kind', async () => {
    for (const kind of ['video', 'audio']) {
      const generator = place<TrackGenerator>(
        `<track-generator kind="${kind}" width="320" height="240"><screen-source audio></screen-source></track-generator>`,
      );
      const track = await generator.ready;
      if (kind === 'audio') await hasTone(track, -12);
      else await new VideoScreen(track).showsColor(colors[''] as Rgb, LEVELS);
    }
  });

  it('warn where the user shares no audio, and show the screen', async () => {
    devices.sharesAudio = false;
    const source = place<ScreenSource>('<screen-source audio manual></screen-source>');
    const warned = nextEvent(source, 'warning');
    source.addEventListener('warning', (event) => event.preventDefault());
    const track = await source.start();
    assert.match(((await warned) as ErrorEvent).message, /^The screen is shown without audio: .*\.$/);
    assert.lengthOf(source.tracks, 1);
    await new VideoScreen(track).showsColor(colors[''] as Rgb, LEVELS);
  });

  it('are layers: they open with the generator, and end with it', async () => {
    const generator = place<TrackGenerator>(`
      <track-generator kind="video" width="640" height="360" manual>
        <camera-source x="320" width="320" height="240"></camera-source>
      </track-generator>`);
    await generator.updateComplete;
    assert.lengthOf(devices.requests, 0);
    const screen = new VideoScreen(await generator.start());
    await screen.shows(
      [
        { x: 0.25, y: 0.25, color: [0, 0, 0] },
        { x: 0.75, y: 0.25, color: colors[''] as Rgb },
      ],
      LEVELS,
    );
    generator.stop();
    await waitFor(() => devices.tracks[0]?.readyState === 'ended', 'the end of the camera');
    await generator.start();
    await waitFor(() => devices.requests.length === 2, 'another request');
  });

  it('stop a device that is allowed after the source has stopped', async () => {
    const source = place<CameraSource>('<camera-source manual></camera-source>');
    const ready = source.start();
    await source.updateComplete;
    source.stop();
    assert.equal((await rejectionOf(ready)).name, 'AbortError');
    await waitFor(() => devices.tracks.every(({ readyState }) => readyState === 'ended'), 'the end of the camera');
    assert.equal(source.state, 'stopped');
  });

  for (const [name, says] of [
    ['NotAllowedError', /^The camera cannot be shown: .*allow it, and call start\(\) in a click \(Refused\)\.$/],
    ['NotFoundError', /^The camera cannot be shown: there is none.*\.$/],
    ['NotReadableError', /^The camera cannot be shown: another program.*\.$/],
  ] as const) {
    it(`say why there is none: ${name}`, async () => {
      devices.refusal = new DOMException('Refused.', name);
      const source = place<CameraSource>('<camera-source></camera-source>');
      const error = await rejectionOf(source.ready);
      assert.equal(error.name, name);
      assert.match(error.message, says);
      assert.equal(source.state, 'failed');
      devices.refusal = null;
      await source.start();
      assert.equal(source.state, 'live');
    });
  }

  it('say which values are accepted', async () => {
    const camera = place<CameraSource>('<camera-source facing-mode="up"></camera-source>');
    assert.match(
      (await rejectionOf(camera.ready)).message,
      /^facingMode is "up"; it must be one of user, environment, left, right\.$/,
    );
    const screen = place<ScreenSource>('<screen-source display-surface="wall"></screen-source>');
    assert.match(
      (await rejectionOf(screen.ready)).message,
      /^displaySurface is "wall"; it must be one of monitor, window, browser\.$/,
    );
    assert.lengthOf(devices.requests, 0);
  });

  it('leave no worker behind', async () => {
    removePlaced();
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
