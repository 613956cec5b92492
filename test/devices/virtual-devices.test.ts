/* Virtual devices without elements: requests, constraints, tracks, faults, and that nothing stays behind. */
import {
  type DeviceContent,
  type TrackFormat,
  type VirtualCamera,
  VirtualDevices,
  type VirtualDevicesInit,
} from 'track-elements/devices';
import { TrackGenerator } from 'track-elements/generator';
import { onCleanup } from '../support/cleanup.js';
import { readMarksUntil } from '../support/marks.js';
import { rejectionOf } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

const { mediaDevices } = navigator;
const workers = countWorkers();

function makeDevices(init: VirtualDevicesInit = { mode: 'replace' }): VirtualDevices {
  const devices = new VirtualDevices(init);
  onCleanup(() => devices.close());
  devices.install();
  return devices;
}

/** The track of the first kind that a stream has. */
function trackOf(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  assert.isDefined(track);
  onCleanup(() => track?.stop());
  return track as MediaStreamTrack;
}

const openVideo = async (video: MediaTrackConstraints | true = true): Promise<MediaStreamTrack> =>
  trackOf(await mediaDevices.getUserMedia({ video }));

const openAudio = async (audio: MediaTrackConstraints | true = true): Promise<MediaStreamTrack> =>
  trackOf(await mediaDevices.getUserMedia({ audio }));

describe('virtual devices', () => {
  it('give each request a track of its own, at the size and the rate that it asked for', async () => {
    const camera = makeDevices().addCamera({ label: 'Front camera', facingMode: 'user' });
    await camera.show({ pattern: 'solid', color: 'red', mark: true });
    const [wide, small] = await Promise.all([
      openVideo({ width: { exact: 1280 }, height: { exact: 720 }, frameRate: { exact: 25 } }),
      openVideo({ width: { exact: 320 }, height: { exact: 180 } }),
    ]);
    const { width, height, frameRate, facingMode, deviceId } = wide.getSettings();
    assert.deepEqual([width, height, frameRate, facingMode], [1280, 720, 25, 'user']);
    assert.equal(deviceId, camera.deviceId);
    const screens = [new VideoScreen(wide), new VideoScreen(small)] as const;
    await screens[0].hasSize(1280, 720);
    await screens[1].hasSize(320, 180);
    const marks = await readMarksUntil(small, (found) => found.filter(Boolean).length >= 5);
    const numbers = marks.flatMap((mark) => mark?.frame ?? []);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
    // Reading opens no other track.
    assert.lengthOf(camera.openTracks, 2);
    wide.stop();
    assert.equal(small.readyState, 'live');
    assert.deepEqual(camera.openTracks, [small]);
  });

  it('are devices for every class and every member that a page looks at', async () => {
    const devices = makeDevices();
    devices.addCamera({ label: 'Front camera' });
    devices.addMicrophone({ label: 'Headset' });
    const stream = await mediaDevices.getUserMedia({
      audio: true,
      video: { width: { ideal: 640 }, aspectRatio: 4 / 3 },
    });
    const [audio] = stream.getAudioTracks() as [MediaStreamTrack];
    const [video] = stream.getVideoTracks() as [MediaStreamTrack];
    onCleanup(() => stream.getTracks().map((track) => track.stop()));
    assert.instanceOf(stream, MediaStream);
    assert.instanceOf(video, MediaStreamTrack);
    assert.equal(video.label, 'Front camera');
    assert.equal(audio.label, 'Headset');
    assert.deepEqual([video.kind, audio.kind], ['video', 'audio']);
    assert.deepEqual(video.getConstraints(), { width: { ideal: 640 }, aspectRatio: 4 / 3 });
    const { width, height, resizeMode } = video.getSettings() as MediaTrackSettings & { resizeMode?: string };
    assert.deepEqual([width, height], [640, 480]);
    assert.oneOf(resizeMode, ['none', 'crop-and-scale']);
    const { sampleRate, channelCount, echoCancellation } = audio.getSettings() as MediaTrackSettings;
    assert.deepEqual([sampleRate, channelCount, echoCancellation], [48000, 2, true]);
    assert.deepEqual(audio.getCapabilities().echoCancellation, [true, false]);

    const listed = await mediaDevices.enumerateDevices();
    const inputs = listed.filter(({ kind }) => kind !== 'audiooutput');
    assert.deepEqual(
      inputs.map(({ kind, label }) => [kind, label]),
      [
        ['audioinput', 'Headset'],
        ['videoinput', 'Front camera'],
      ],
    );
    for (const info of inputs) {
      assert.instanceOf(info, MediaDeviceInfo);
      assert.match(info.deviceId, /^[0-9a-f]{64}$/);
      assert.deepEqual(JSON.parse(JSON.stringify(info)), {
        deviceId: info.deviceId,
        kind: info.kind,
        label: info.label,
        groupId: info.groupId,
      });
    }
    assert.equal(inputs[1]?.deviceId, video.getSettings().deviceId);
    assert.isTrue(mediaDevices.getSupportedConstraints().facingMode);
  });

  it('hide their labels and ids until the page was granted one', async () => {
    const devices = makeDevices();
    devices.addCamera({ label: 'Front camera' });
    devices.addCamera({ label: 'Back camera' });
    const hidden = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    assert.deepEqual(
      hidden.map(({ label, deviceId, groupId }) => [label, deviceId, groupId]),
      [['', '', '']],
    );
    await openVideo();
    const shown = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    assert.deepEqual(
      shown.map(({ label }) => label),
      ['Front camera', 'Back camera'],
    );
  });

  it('are chosen by the fitness distance', async () => {
    const devices = makeDevices();
    devices.addCamera({ label: 'Front camera', facingMode: 'user' });
    const back = devices.addCamera({ label: 'Back camera', facingMode: 'environment' });
    assert.equal((await openVideo()).label, 'Front camera');
    assert.equal((await openVideo({ facingMode: 'environment' })).label, 'Back camera');
    assert.equal((await openVideo({ facingMode: { exact: 'environment' } })).label, 'Back camera');
    assert.equal((await openVideo({ deviceId: { exact: back.deviceId } })).label, 'Back camera');
  });

  it('name the constraint that no device satisfies', async () => {
    makeDevices().addCamera({ label: 'Front camera', facingMode: 'user' });
    const tooWide = (await rejectionOf(openVideo({ width: { min: 100_000 } }))) as OverconstrainedError;
    assert.deepEqual([tooWide.name, tooWide.constraint], ['OverconstrainedError', 'width']);
    // Firefox has no such class.
    if ('OverconstrainedError' in globalThis) assert.instanceOf(tooWide, OverconstrainedError);
    const unknown = (await rejectionOf(openVideo({ deviceId: { exact: 'nothing' } }))) as OverconstrainedError;
    assert.equal(unknown.constraint, 'deviceId');
    const track = await openVideo();
    const before = track.getSettings();
    const refused = (await rejectionOf(track.applyConstraints({ frameRate: { exact: 1000 } }))) as OverconstrainedError;
    assert.equal(refused.constraint, 'frameRate');
    assert.deepEqual(track.getSettings(), before);
  });

  it('change a running track by its constraints, and no clone of it', async () => {
    const camera = makeDevices().addCamera();
    await camera.show({ pattern: 'solid', color: 'red' });
    const track = await openVideo({ width: 640, height: 480 });
    const clone = track.clone();
    onCleanup(() => clone.stop());
    await track.applyConstraints({ width: { exact: 320 }, height: { exact: 240 } });
    assert.deepEqual([track.getSettings().width, track.getSettings().height], [320, 240]);
    assert.deepEqual([clone.getSettings().width, clone.getSettings().height], [640, 480]);
    assert.equal(clone.label, track.label);
    assert.notEqual(clone.id, track.id);
    await new VideoScreen(track).hasSize(320, 240);
    await new VideoScreen(clone).hasSize(640, 480);
    track.stop();
    assert.equal(clone.readyState, 'live');
  });

  it('play their content once more only for constraints that change a setting', async () => {
    const widths: number[] = [];
    const compose = (format: TrackFormat) => {
      if (format.kind === 'video') widths.push(format.width);
      return { ...format, layers: [] } as unknown as ReturnType<DeviceContent['compose']>;
    };
    await makeDevices().addCamera().show({ compose });
    const track = await openVideo({ width: 640, height: 480 });
    const same = { width: { exact: 640 }, height: { exact: 480 } };
    await track.applyConstraints(same);
    assert.deepEqual(widths, [640]);
    assert.deepEqual(track.getConstraints(), same);
    await track.applyConstraints({ width: { exact: 320 }, height: { exact: 240 } });
    assert.deepEqual(widths, [640, 320]);
  });

  it('clone a stream into tracks of devices', async () => {
    makeDevices().addCamera({ label: 'Front camera' });
    const stream = await mediaDevices.getUserMedia({ video: true });
    const clone = stream.clone();
    onCleanup(() => [...stream.getTracks(), ...clone.getTracks()].map((track) => track.stop()));
    assert.notEqual(clone.id, stream.id);
    assert.equal(clone.getVideoTracks()[0]?.label, 'Front camera');
  });

  it('change what they show while pages use them: the track stays the same', async () => {
    const camera = makeDevices().addCamera();
    await camera.show({ pattern: 'solid', color: 'red' });
    const track = await openVideo({ width: 320, height: 240 });
    const screen = new VideoScreen(track);
    await screen.showsColor([255, 0, 0], 6);
    await camera.show({ pattern: 'solid', color: '#0000ff' });
    await screen.showsColor([0, 0, 255], 6);
    assert.equal(track.readyState, 'live');
  });

  it('show the picture of another track, scaled to each request, and then a pattern again', async () => {
    const camera = makeDevices().addCamera();
    const generator = new TrackGenerator({ kind: 'video' });
    onCleanup(() => generator.stop());
    await generator.write(makeSolidCanvas([0, 0, 255], 640, 480));
    await camera.show(generator.track);
    const [large, small] = [await openVideo({ width: 640, height: 360 }), await openVideo({ width: 160, height: 120 })];
    const screens = [new VideoScreen(large), new VideoScreen(small)] as const;
    await screens[0].hasSize(640, 360);
    await screens[1].hasSize(160, 120);
    // The track delivers what is written from now on.
    await eventually(async () => {
      await generator.write(makeSolidCanvas([0, 0, 255], 640, 480));
      await screens[0].showsColor([0, 0, 255], 12);
      await screens[1].showsColor([0, 0, 255], 12);
    });
    await camera.show({ pattern: 'solid', color: 'red' });
    await screens[0].showsColor([255, 0, 0], 6);
    assert.equal(generator.track.readyState, 'live');
    assert.equal(large.readyState, 'live');
  });

  it('report content that they cannot show, and continue with the previous content', async () => {
    const camera = makeDevices().addCamera();
    await camera.show({ pattern: 'solid', color: 'red' });
    const screen = new VideoScreen(await openVideo({ width: 320, height: 240 }));
    await screen.showsColor([255, 0, 0], 6);
    const told = nextEvent<ErrorEvent>(camera, 'error');
    camera.addEventListener('error', (event) => event.preventDefault());
    await camera.show({ pattern: 'colour-bars' as 'card' });
    assert.match((await told).message, /colour-bars/);
    await sleep(100);
    await screen.showsColor([255, 0, 0], 6);
  });

  for (const [fault, name] of [
    ['denied', 'NotAllowedError'],
    ['dismissed', 'NotAllowedError'],
    ['not-found', 'NotFoundError'],
    ['busy', 'NotReadableError'],
    ['aborted', 'AbortError'],
    ['overconstrained', 'OverconstrainedError'],
  ] as const) {
    it(`reject with ${name} when they are ${fault}`, async () => {
      const camera = makeDevices().addCamera({ fault });
      assert.equal((await rejectionOf(openVideo())).name, name);
      camera.fault = '';
      assert.equal((await openVideo()).readyState, 'live');
    });
  }

  it('warn of characters in their pictures that the font lacks, and of no others', async () => {
    const camera = makeDevices().addCamera();
    const warnings: string[] = [];
    camera.addEventListener('warning', (event) => {
      event.preventDefault();
      warnings.push(event.message);
    });
    await camera.show({ pattern: 'card', label: 'Café' });
    await camera.show({ pattern: 'card', label: 'カメラ 1' });
    await eventually(() => assert.lengthOf(warnings, 1));
    assert.match(warnings[0] as string, /^A text has "カ", "メ", "ラ"; the font/);
  });

  it('refuse a name that is no text, and content that is neither a signal nor a track', async () => {
    assert.throws(() => makeDevices().addCamera({ label: 5 as unknown as string }), 'label is 5; it must be a text.');
    const video = document.createElement('video') as unknown as MediaStreamTrack;
    const error = await rejectionOf(makeDevices().addCamera().show(video));
    assert.match(error.message, /^content is HTMLVideoElement; it must be a pattern: .*, or a track\.$/);
  });

  it('answer late when they are slow', async () => {
    const camera = makeDevices().addCamera({ delay: 150 });
    let isAnswered = false;
    const opening = openVideo().then(() => {
      isAnswered = true;
    });
    await sleep(60);
    assert.isFalse(isAnswered);
    assert.lengthOf(camera.openTracks, 0);
    await opening;
    assert.lengthOf(camera.openTracks, 1);
  });

  for (const [way, name, act] of [
    ['removed', 'AbortError', (devices: VirtualDevices, camera: VirtualCamera) => devices.remove(camera)],
    ['unplugged', 'NotFoundError', (_: VirtualDevices, camera: VirtualCamera) => camera.unplug()],
    ['uninstalled', 'AbortError', (devices: VirtualDevices) => devices.uninstall()],
  ] as const) {
    it(`reject a request that waits with ${name} when they are ${way}`, async () => {
      const devices = makeDevices();
      const camera = devices.addCamera({ delay: 100 });
      const refused = rejectionOf(openVideo());
      await sleep(20);
      act(devices, camera);
      assert.equal((await refused).name, name);
      assert.lengthOf(camera.openTracks, 0);
    });
  }

  it('end their tracks when they are unplugged, and are found again when they are plugged in', async () => {
    const devices = makeDevices();
    const camera = devices.addCamera();
    const track = await openVideo();
    const clone = track.clone();
    const ended = Promise.all([nextEvent(track, 'ended'), nextEvent(clone, 'ended')]);
    const changed = nextEvent(mediaDevices, 'devicechange');
    camera.unplug();
    await Promise.all([ended, changed]);
    assert.deepEqual([track.readyState, clone.readyState], ['ended', 'ended']);
    assert.equal((await rejectionOf(openVideo())).name, 'NotFoundError');
    const back = nextEvent(mediaDevices, 'devicechange');
    camera.plug();
    await back;
    assert.equal((await openVideo()).readyState, 'live');
  });

  it('are muted by the system', async () => {
    const camera = makeDevices().addCamera();
    await camera.show({ pattern: 'solid', color: 'red' });
    const track = await openVideo({ width: 320, height: 240 });
    const screen = new VideoScreen(track);
    await screen.showsColor([255, 0, 0], 6);
    const muted = nextEvent(track, 'mute');
    camera.muted = true;
    await muted;
    assert.isTrue(track.muted);
    await screen.showsColor([0, 0, 0], 6);
    const unmuted = nextEvent(track, 'unmute');
    camera.muted = false;
    await unmuted;
    assert.isFalse(track.muted);
    await screen.showsColor([255, 0, 0], 6);
  });

  it('follow the permission, and end when it is withdrawn', async () => {
    const camera = makeDevices().addCamera();
    const query = () => navigator.permissions.query({ name: 'camera' as PermissionName });
    const status = await query();
    assert.equal(status.state, 'prompt');
    const granted = nextEvent(status, 'change');
    const track = await openVideo();
    await granted;
    assert.equal(status.state, 'granted');
    const ended = nextEvent(track, 'ended');
    const denied = nextEvent(status, 'change');
    camera.fault = 'denied';
    await Promise.all([ended, denied]);
    assert.equal((await query()).state, 'denied');
    assert.instanceOf(status, PermissionStatus);
  });

  for (const [real, states] of [
    ['prompt', ['prompt', 'granted', 'prompt']],
    ['granted', ['granted', 'granted', 'granted']],
    ['denied', ['prompt', 'granted', 'denied']],
  ] as const) {
    it(`beside real ones have the better permission of the two: the real one is ${real}`, async function () {
      if (!navigator.permissions) skip(this, 'this engine has no permissions');
      const answer = Object.assign(new EventTarget(), { state: real as PermissionState });
      const { query: native } = Permissions.prototype;
      Permissions.prototype.query = async () => answer as PermissionStatus;
      onCleanup(() => {
        Permissions.prototype.query = native;
      });
      const devices = makeDevices({ mode: 'add' });
      const camera = devices.addCamera({ label: 'Front camera' });
      const status = await navigator.permissions.query({ name: 'camera' as PermissionName });
      const found: PermissionState[] = [status.state];
      await openVideo({ deviceId: { exact: camera.deviceId } });
      found.push(status.state);
      camera.fault = 'denied';
      found.push(status.state);
      assert.deepEqual(found, [...states]);
      const changed = nextEvent(status, 'change');
      answer.state = real === 'denied' ? 'granted' : 'denied';
      answer.dispatchEvent(new Event('change'));
      await changed;
      assert.equal(status.state, answer.state);
      devices.mode = 'replace';
      assert.equal(status.state, 'denied');
      devices.close();
    });
  }

  it('give a screen with its audio to getDisplayMedia()', async () => {
    const screen = makeDevices().addScreen({ label: 'Slides', displaySurface: 'window' });
    screen.hasAudio = true;
    const stream = await mediaDevices.getDisplayMedia({ video: { width: 1280 }, audio: true });
    onCleanup(() => stream.getTracks().map((track) => track.stop()));
    const [video] = stream.getVideoTracks() as [MediaStreamTrack];
    assert.equal(video.label, 'Slides');
    assert.deepEqual([video.getSettings().width, video.getSettings().height], [1280, 720]);
    assert.equal(video.getSettings().displaySurface, 'window');
    assert.lengthOf(stream.getAudioTracks(), 1);
    const refused = await rejectionOf(mediaDevices.getDisplayMedia({ video: { width: { exact: 1280 } } }));
    assert.instanceOf(refused, TypeError);
  });

  it('mute a screen together with its audio', async () => {
    const screen = makeDevices().addScreen({ muted: true });
    screen.hasAudio = true;
    const stream = await mediaDevices.getDisplayMedia({ video: { width: 320 }, audio: true });
    const tracks = stream.getTracks();
    onCleanup(() => tracks.map((track) => track.stop()));
    assert.lengthOf(tracks, 2);
    const muted = () => tracks.map((track) => track.muted);
    assert.deepEqual(muted(), [true, true]);
    for (const type of ['unmute', 'mute']) {
      const told = Promise.all(tracks.map((track) => nextEvent(track, type)));
      screen.muted = type === 'mute';
      await told;
      assert.deepEqual(muted(), [screen.muted, screen.muted]);
    }
  });

  it('leave getDisplayMedia() to the browser while no screen is plugged in, unless they replace the real ones', async () => {
    const { getDisplayMedia: native } = MediaDevices.prototype;
    const real = new MediaStream();
    MediaDevices.prototype.getDisplayMedia = async () => real;
    onCleanup(() => {
      MediaDevices.prototype.getDisplayMedia = native;
    });
    const devices = makeDevices({ mode: 'add' });
    const screen = devices.addScreen();
    assert.equal(trackOf(await mediaDevices.getDisplayMedia()).label, screen.label);
    screen.unplug();
    assert.strictEqual(await mediaDevices.getDisplayMedia(), real);
    screen.mode = 'replace';
    assert.equal((await rejectionOf(mediaDevices.getDisplayMedia())).name, 'NotFoundError');
    devices.close();
  });

  it('refuse a request for nothing with a sentence', async () => {
    makeDevices().addCamera();
    const error = await rejectionOf(mediaDevices.getUserMedia({ video: false }));
    assert.instanceOf(error, TypeError);
    assert.match(error.message, /video, audio or both/);
  });

  it('play tones as microphones, in the format that was asked for', async () => {
    const microphone = makeDevices().addMicrophone({ label: 'Headset' });
    await microphone.show({ waveform: 'sine', frequency: 440 });
    const track = await openAudio({ channelCount: { exact: 1 }, echoCancellation: false });
    const { channelCount, echoCancellation } = track.getSettings();
    assert.deepEqual([channelCount, echoCancellation], [1, false]);
  });

  it('keep the worker of their pictures between two requests, and end it when they are uninstalled', async () => {
    // Those of the tests before have ended.
    await eventually(() => assert.equal(workers.running, 0));
    const made = workers.made;
    const devices = makeDevices();
    await devices.addCamera().show({ pattern: 'solid' });
    for (let i = 0; i < 3; i++) {
      const track = await openVideo();
      track.stop();
      // Longer than a worker takes to end without this.
      await sleep(100);
    }
    assert.equal(workers.made, made + 1);
    assert.equal(workers.running, 1);
    devices.uninstall();
    await eventually(() => assert.equal(workers.running, 0));
  });

  it('are reported once for all changes of a task', async () => {
    const devices = makeDevices();
    await eventually(() => assert.isTrue(devices.installed));
    await sleep(0);
    let changes = 0;
    const count = () => changes++;
    mediaDevices.addEventListener('devicechange', count);
    onCleanup(() => mediaDevices.removeEventListener('devicechange', count));
    devices.addCamera();
    devices.addMicrophone();
    await sleep(0);
    assert.equal(changes, 1);
  });
});
