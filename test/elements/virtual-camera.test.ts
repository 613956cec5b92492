/* `<virtual-camera>`, `<virtual-microphone>` and `<virtual-screen>`. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/canvas-source';
import 'track-elements/define/signal-fault';
import 'track-elements/define/tone-source';
import 'track-elements/define/track-generator';
import 'track-elements/define/virtual-camera';
import 'track-elements/define/virtual-microphone';
import 'track-elements/define/virtual-screen';
import type { VirtualCameraElement, VirtualScreenElement } from 'track-elements';
import { onCleanup } from '../support/cleanup.js';
import { place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';

const { mediaDevices } = navigator;
const native = mediaDevices.getUserMedia;

/** A removed element could be put back for a moment; afterwards nothing of it is left. */
afterEach(async () => {
  removePlaced();
  await waitFor(() => mediaDevices.getUserMedia === native, 'the native function');
});

async function installed(): Promise<void> {
  await waitFor(() => mediaDevices.getUserMedia !== native, 'the devices');
}

async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
  await installed();
  const stream = await mediaDevices.getUserMedia(constraints);
  onCleanup(() => stream.getTracks().map((track) => track.stop()));
  return stream;
}

describe('<virtual-camera>', () => {
  it('gives each of its tracks the faults inside', async () => {
    place(
      `<virtual-camera mode="replace">
        <pattern-source pattern="solid" color="red"></pattern-source>
        <signal-fault kind="black" at="0.5" duration="1000"></signal-fault>
      </virtual-camera>`,
    );
    const stream = await open({ video: { width: 320, height: 240 } });
    const screen = new VideoScreen(stream.getVideoTracks()[0] as MediaStreamTrack);
    await screen.hasSize(320, 240);
    await screen.showsColor([0, 0, 0], 6);
  });

  it('shows the sources inside, and continues with others', async () => {
    const camera = place<VirtualCameraElement>(
      `<virtual-camera label="Front camera" facing-mode="user" mode="replace">
        <pattern-source pattern="solid" color="red"></pattern-source>
      </virtual-camera>`,
    );
    const stream = await open({ video: { width: 320, height: 240 } });
    const [track] = stream.getVideoTracks();
    assert.equal(track?.label, 'Front camera');
    assert.equal(track?.getSettings().facingMode, 'user');
    assert.equal(camera.state, 'live');
    assert.deepEqual(camera.tracks, stream.getTracks());
    assert.strictEqual(await camera.ready, track);
    const screen = new VideoScreen(track as MediaStreamTrack);
    await screen.hasSize(320, 240);
    await screen.showsColor([255, 0, 0], 6);
    const source = camera.querySelector('pattern-source');
    assert.lengthOf(source?.tracks ?? [], 0);
    source?.setAttribute('color', 'blue');
    await screen.showsColor([0, 0, 255], 6);
    source?.remove();
    await screen.showsColor([0, 0, 0], 6);
    camera.innerHTML = '<pattern-source pattern="solid" color="lime"></pattern-source>';
    await screen.showsColor([0, 255, 0], 6);
    assert.equal(track?.readyState, 'live');
  });

  it('places sources in its own size, and scales them to the size of the request', async () => {
    place(
      `<virtual-camera mode="replace" width="640" height="480">
        <pattern-source pattern="solid" color="red"></pattern-source>
        <pattern-source pattern="solid" color="blue" x="320" width="320" height="480"></pattern-source>
      </virtual-camera>`,
    );
    const stream = await open({ video: { width: 160, height: 120 } });
    const screen = new VideoScreen(stream.getVideoTracks()[0] as MediaStreamTrack);
    await screen.hasSize(160, 120);
    await screen.shows(
      [
        { x: 0.25, y: 0.5, color: [255, 0, 0] },
        { x: 0.75, y: 0.5, color: [0, 0, 255] },
      ],
      6,
    );
  });

  it('places its sources in another size while it is in use', async () => {
    const camera = place<VirtualCameraElement>(
      `<virtual-camera mode="replace" width="640" height="480">
        <pattern-source pattern="solid" color="red"></pattern-source>
        <pattern-source pattern="solid" color="blue" x="320" width="320" height="480"></pattern-source>
      </virtual-camera>`,
    );
    const stream = await open({ video: { width: 320, height: 240 } });
    const screen = new VideoScreen(stream.getVideoTracks()[0] as MediaStreamTrack);
    await screen.shows([{ x: 0.75, y: 0.75, color: [0, 0, 255] }], 6);
    camera.setAttribute('width', '1280');
    camera.setAttribute('height', '960');
    await screen.shows(
      [
        { x: 0.375, y: 0.25, color: [0, 0, 255] },
        { x: 0.375, y: 0.75, color: [255, 0, 0] },
        { x: 0.75, y: 0.25, color: [255, 0, 0] },
      ],
      6,
    );
    assert.deepEqual(screen.size, [320, 240]);
  });

  it('shows the track of a source that is no layer, and a canvas', async () => {
    const camera = place<VirtualCameraElement>(
      '<virtual-camera mode="replace"><track-generator kind="video"></track-generator></virtual-camera>',
    );
    const stream = await open({ video: { width: 320, height: 240 } });
    const screen = new VideoScreen(stream.getVideoTracks()[0] as MediaStreamTrack);
    const generator = camera.querySelector('track-generator') as HTMLElementTagNameMap['track-generator'];
    await eventually(async () => {
      await generator.write(makeSolidCanvas([0, 0, 255], 320, 240));
      await screen.showsColor([0, 0, 255], 12);
    });
    camera.innerHTML = '';
    await screen.showsColor([0, 0, 0], 6);
    const canvas = place<HTMLCanvasElement>('<canvas id="drawn" width="320" height="240"></canvas>');
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.fillStyle = 'lime';
    context.fillRect(0, 0, 320, 240);
    camera.innerHTML = '<canvas-source from="drawn"></canvas-source>';
    await screen.showsColor([0, 255, 0], 12);
  });

  it('follows its attributes while it is in use', async () => {
    const camera = place<VirtualCameraElement>('<virtual-camera mode="replace"></virtual-camera>');
    const [track] = (await open({ video: true })).getVideoTracks();
    const muted = nextEvent(track as MediaStreamTrack, 'mute');
    camera.muted = true;
    await muted;
    const ended = nextEvent(track as MediaStreamTrack, 'ended');
    camera.unplugged = true;
    await ended;
    await eventually(() => assert.equal(camera.state, 'idle'));
    assert.equal((await rejectionOf(mediaDevices.getUserMedia({ video: true }))).name, 'NotFoundError');
    camera.unplugged = false;
    camera.setAttribute('fault', 'busy');
    await camera.updateComplete;
    assert.equal((await rejectionOf(mediaDevices.getUserMedia({ video: true }))).name, 'NotReadableError');
  });

  it('is muted and unplugged by the faults inside, as devices are', async () => {
    const camera = place<VirtualCameraElement>(
      `<virtual-camera mode="replace">
        <pattern-source pattern="solid" color="red"></pattern-source>
        <signal-fault kind="mute" at="0.5" duration="3"></signal-fault>
        <signal-fault kind="unplug" at="5" duration="1"></signal-fault>
      </virtual-camera>`,
    );
    const [track] = (await open({ video: { width: 320, height: 240 } })).getVideoTracks() as [MediaStreamTrack];
    const clone = track.clone();
    const events: string[] = [];
    for (const type of ['mute', 'unmute', 'ended']) {
      track.addEventListener(type, () => events.push(`${type}, muted ${track.muted}`));
    }
    mediaDevices.addEventListener('devicechange', () => events.push('devicechange'));
    const [muted, unmuted] = [nextEvent(track, 'mute'), nextEvent(track, 'unmute')];
    const unplugged = nextEvent(mediaDevices, 'devicechange');
    const screen = new VideoScreen(clone);
    await muted;
    assert.isTrue(clone.muted);
    await screen.showsColor([0, 0, 0], 6);
    await unmuted;
    await screen.showsColor([255, 0, 0], 6);
    await unplugged;
    const pluggedIn = nextEvent(mediaDevices, 'devicechange');
    assert.equal(clone.readyState, 'ended');
    assert.deepEqual(camera.tracks, []);
    assert.equal((await rejectionOf(mediaDevices.getUserMedia({ video: true }))).name, 'NotFoundError');
    await pluggedIn;
    assert.deepEqual(events, [
      'mute, muted true',
      'unmute, muted false',
      'ended, muted false',
      'devicechange',
      'devicechange',
    ]);
    const [again] = (await open({ video: true })).getVideoTracks();
    assert.equal(again?.readyState, 'live');
    // The faults have occurred, and do so once.
    assert.isFalse(again?.muted);
  });

  it('says that audio cannot have a fault of pictures, and plays without it', async () => {
    const microphone = place(
      `<virtual-microphone mode="replace">
        <tone-source></tone-source><signal-fault kind="black"></signal-fault>
      </virtual-microphone>`,
    );
    const fault = microphone.querySelector('signal-fault') as HTMLElement;
    fault.addEventListener('error', (event) => event.preventDefault());
    const { error } = await nextEvent<ErrorEvent>(fault, 'error');
    assert.match(error.message, /^kind is "black"; it must be one of freeze, .*, because the track is audio\.$/);
    const [track] = (await open({ audio: true })).getAudioTracks();
    assert.equal(track?.readyState, 'live');
  });

  it('reports an attribute that it cannot use, and works', async () => {
    const camera = place<VirtualCameraElement>('<virtual-camera mode="replace"></virtual-camera>');
    await installed();
    camera.addEventListener('error', (event) => event.preventDefault());
    const told = nextEvent<ErrorEvent>(camera, 'error');
    camera.setAttribute('fault', 'broken');
    assert.match((await told).message, /fault is "broken"; it must be .*busy/);
    assert.equal(camera.state, 'failed');
    camera.removeAttribute('fault');
    await eventually(() => assert.equal(camera.state, 'idle'));
  });

  it('leaves everything as it was when it is removed', async () => {
    place('<virtual-camera mode="replace"></virtual-camera>');
    const [track] = (await open({ video: true })).getVideoTracks();
    const ended = nextEvent(track as MediaStreamTrack, 'ended');
    removePlaced();
    await ended;
    assert.strictEqual(mediaDevices.getUserMedia, native);
  });

  it('works beside a microphone and a screen', async () => {
    place(
      `<virtual-camera mode="replace"></virtual-camera>
       <virtual-microphone mode="replace" label="Headset"><tone-source frequency="440"></tone-source></virtual-microphone>`,
    );
    const screen = place<VirtualScreenElement>(
      `<virtual-screen label="Slides">
        <pattern-source pattern="solid" color="red"></pattern-source><tone-source></tone-source>
      </virtual-screen>`,
    );
    const stream = await open({ video: true, audio: true });
    assert.deepEqual(
      stream
        .getTracks()
        .map(({ kind }) => kind)
        .sort(),
      ['audio', 'video'],
    );
    await eventually(() => assert.isTrue(screen.device.hasAudio));
    const shared = await mediaDevices.getDisplayMedia({ video: true, audio: true });
    onCleanup(() => shared.getTracks().map((track) => track.stop()));
    assert.equal(shared.getVideoTracks()[0]?.label, 'Slides');
    assert.lengthOf(shared.getAudioTracks(), 1);
    await new VideoScreen(shared.getVideoTracks()[0] as MediaStreamTrack).showsColor([255, 0, 0], 6);
  });
});
