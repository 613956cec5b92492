/* Virtual devices that change while pages know them: names, ids, permissions, modes, and that they come back. */
import { type DeviceFault, VirtualDevices } from 'track-elements/devices';
import { TrackGenerator } from 'track-elements/generator';
import { TrackProcessor } from 'track-elements/processor';
import { onCleanup } from '../support/cleanup.js';
import { assertRejects, rejectionOf } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { nextEvent, retry, sleep } from '../support/waiting.js';

const { mediaDevices } = navigator;
let devices: VirtualDevices;

beforeEach(() => {
  devices = new VirtualDevices({ mode: 'replace' });
  devices.install();
  onCleanup(() => devices.close());
});

async function openVideo(video: object | true = true): Promise<MediaStreamTrack> {
  const [track] = (await mediaDevices.getUserMedia({ video })).getVideoTracks() as [MediaStreamTrack];
  onCleanup(() => track.stop());
  return track;
}

const listCameras = async () => (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');

const labels = async () => (await listCameras()).map(({ label }) => label);

const idsOf = () => devices.devices.map(({ deviceId }) => deviceId);

describe('The ids of virtual devices', () => {
  it('are the same when a device is plugged in again, and when it is removed and added again', async () => {
    const cameras = [devices.addCamera(), devices.addCamera(), devices.addCamera()];
    const before = idsOf();
    assert.equal(new Set(before).size, 3);
    for (const camera of cameras) {
      camera.unplug();
      camera.plug();
    }
    assert.deepEqual(idsOf(), before);
    for (const camera of cameras.slice(0, 2)) {
      devices.remove(camera);
      devices.add(camera);
      assert.sameMembers(idsOf(), before);
    }
  });

  it('differ when a device is given the label of another one, and follow from its label again afterwards', () => {
    const [one, two] = [devices.addCamera({ label: 'One' }), devices.addCamera({ label: 'Two' })];
    const [first, second] = idsOf();
    two.setNames({ label: 'One' });
    assert.equal(one.deviceId, first);
    assert.notInclude([first, second], two.deviceId);
    two.setNames({ label: 'Two' });
    assert.deepEqual(idsOf(), [first, second]);
  });

  it('are those of the list, when a device is renamed that is in use', async () => {
    const camera = devices.addCamera({ label: 'One', facingMode: 'user' });
    const track = await openVideo();
    const clone = track.clone();
    onCleanup(() => clone.stop());
    const changed = nextEvent(mediaDevices, 'devicechange');
    camera.setNames({ label: 'Two' });
    await changed;
    const [info] = await listCameras();
    for (const each of [track, clone]) {
      const { deviceId, groupId } = each.getSettings();
      assert.deepEqual([each.label, deviceId, groupId], [info?.label, info?.deviceId, info?.groupId]);
      assert.equal(each.readyState, 'live');
    }
    assert.equal((await openVideo({ deviceId: { exact: track.getSettings().deviceId } })).label, 'Two');
    camera.facingMode = 'environment';
    assert.equal(track.getSettings().facingMode, 'environment');
    camera.facingMode = '';
    assert.notProperty(track.getSettings(), 'facingMode');
    assert.deepEqual(track.getCapabilities().facingMode, []);
  });

  it('put a camera and a microphone of one label into one group, by which a page asks for both', async () => {
    devices.addCamera({ label: 'Room' });
    devices.addMicrophone({ label: 'Room' });
    devices.addMicrophone({ label: 'Headset' });
    const { groupId } = (await openVideo()).getSettings();
    const stream = await mediaDevices.getUserMedia({ audio: { groupId: { exact: groupId as string } } });
    const [audio] = stream.getAudioTracks() as [MediaStreamTrack];
    onCleanup(() => audio.stop());
    assert.deepEqual([audio.label, audio.getSettings().groupId], ['Room', groupId]);
    assert.notEqual(devices.devices[2]?.groupId, groupId);
  });
});

describe('The groups of virtual devices', () => {
  it('are one for each of several pieces of hardware of one label', () => {
    for (let piece = 0; piece < 2; piece++) {
      devices.addCamera({ label: 'Webcam' });
      devices.addMicrophone({ label: 'Webcam' });
    }
    const [first, second] = [devices.devices.slice(0, 2), devices.devices.slice(2)].map((parts) =>
      parts.map(({ groupId }) => groupId),
    ) as [string[], string[]];
    assert.equal(first[0], first[1]);
    assert.equal(second[0], second[1]);
    assert.notEqual(first[0], second[0]);
  });
});

describe('The list of virtual devices', () => {
  it('hides the names while the permission is denied', async () => {
    const cameras = [devices.addCamera({ label: 'Front' }), devices.addCamera({ label: 'Back' })];
    await openVideo();
    assert.deepEqual(await labels(), ['Front', 'Back']);
    const deny = (fault: DeviceFault) => cameras.map((camera) => Object.assign(camera, { fault }));
    deny('denied');
    assert.deepEqual(
      (await listCameras()).map(({ label, deviceId, groupId }) => [label, deviceId, groupId]),
      [['', '', '']],
    );
    deny('');
    assert.deepEqual(await labels(), ['Front', 'Back']);
  });

  it('is reported once when a device goes and comes back in a task, and when its mode changes', async () => {
    devices.close();
    const { enumerateDevices } = MediaDevices.prototype;
    MediaDevices.prototype.enumerateDevices = async () =>
      [{ kind: 'videoinput', deviceId: 'real', label: 'Real', groupId: '' }] as MediaDeviceInfo[];
    onCleanup(() => {
      MediaDevices.prototype.enumerateDevices = enumerateDevices;
    });
    devices = new VirtualDevices({ mode: 'add' });
    onCleanup(() => devices.close());
    const camera = devices.addCamera({ label: 'Virtual' });
    devices.install();
    await openVideo({ deviceId: { exact: camera.deviceId } });
    let changes = 0;
    mediaDevices.ondevicechange = () => changes++;
    onCleanup(() => {
      mediaDevices.ondevicechange = null;
    });
    camera.unplug();
    camera.plug();
    camera.unplug();
    camera.plug();
    await sleep(0);
    assert.equal(changes, 1);
    assert.deepEqual(await labels(), ['Real', 'Virtual']);
    camera.mode = 'replace';
    await sleep(0);
    assert.equal(changes, 2);
    assert.deepEqual(await labels(), ['Virtual']);
    camera.mode = 'replace';
    camera.setNames({ label: 'Virtual' });
    await sleep(0);
    assert.equal(changes, 2);
  });
});

describe('A virtual screen', () => {
  it('is no device of the list, so that no devicechange fires when it is plugged in, renamed or removed', async () => {
    const camera = devices.addCamera();
    await sleep(0);
    let changes = 0;
    mediaDevices.ondevicechange = () => changes++;
    onCleanup(() => {
      mediaDevices.ondevicechange = null;
    });
    const screen = devices.addScreen({ label: 'One' });
    screen.unplug();
    screen.plug();
    screen.setNames({ label: 'Two' });
    screen.mode = 'replace';
    await sleep(0);
    const stream = await mediaDevices.getDisplayMedia();
    assert.equal(stream.getTracks()[0]?.label, 'Two');
    devices.remove(screen);
    assert.equal(stream.getTracks()[0]?.readyState, 'ended');
    await sleep(0);
    assert.equal(changes, 0);
    camera.unplug();
    await sleep(0);
    assert.equal(changes, 1);
  });
});

describe('A running track of a virtual camera', () => {
  const RATE = 10;

  /** The most frames that are missing between two, while content changes. */
  async function missingFrames(track: MediaStreamTrack, change: () => Promise<void>): Promise<number> {
    const processor = new TrackProcessor<VideoFrame>({ track, maxBufferSize: 30 });
    const reader = processor.readable.getReader();
    onCleanup(() => processor.close());
    const times: number[] = [];
    const read = async () => {
      const { value: frame } = await reader.read();
      if (!frame) throw new Error('The track ended.');
      times.push(frame.timestamp);
      frame.close();
    };
    while (times.length < 3) await read();
    let isChanged = false;
    const changing = change().then(() => {
      isChanged = true;
    });
    while (!isChanged) await read();
    for (let left = 5; left > 0; left--) await read();
    await changing;
    await reader.cancel();
    return Math.max(...times.slice(1).map((time, i) => Math.round((RATE * (time - (times[i] as number))) / 1e6) - 1));
  }

  it('has no gap of more than two frames when its source is exchanged for one of another kind', async () => {
    const generator = new TrackGenerator({ kind: 'video' });
    onCleanup(() => generator.stop());
    const write = () => generator.write(makeSolidCanvas([0, 0, 255], 320, 240));
    const camera = devices.addCamera({ width: 320, height: 240, frameRate: RATE });
    await camera.show({ pattern: 'card', mark: true });
    const track = await openVideo();
    // A busy machine loses frames.
    await retry(async () => {
      const missing = await missingFrames(track, async () => {
        await camera.show({ pattern: 'solid', color: 'red' });
        await write();
        await camera.show(generator.track);
        await write();
        await sleep(300);
        await camera.show({ pattern: 'smpte-hd' });
        await camera.show(generator.track);
        await camera.show({ pattern: 'card', mark: true });
      });
      assert.isAtMost(missing, 2);
    });
    assert.equal(track.readyState, 'live');
  });
});

describe('A virtual device that is muted by the system', () => {
  for (const kind of ['video', 'audio'] as const) {
    it(`tells nothing of it to a ${kind} track that the page has stopped, and does not give it back`, async () => {
      const device = kind === 'video' ? devices.addCamera() : devices.addMicrophone();
      const open = async () => {
        const [track] = (await mediaDevices.getUserMedia({ [kind]: true })).getTracks() as [MediaStreamTrack];
        onCleanup(() => track.stop());
        return track;
      };
      const [stopped, running] = [await open(), await open()];
      const events: string[] = [];
      for (const [name, track] of Object.entries({ stopped, running, cloned: running.clone() })) {
        onCleanup(() => track.stop());
        track.onmute = track.onunmute = track.onended = ({ type }) => events.push(`${name} ${type}`);
        track.addEventListener('unmute', () => events.push(`${name} heard`));
      }
      device.muted = true;
      device.muted = true;
      stopped.stop();
      device.muted = false;
      const told = ['running unmute', 'running heard', 'cloned unmute', 'cloned heard'];
      assert.deepEqual(events.splice(0), ['stopped mute', 'running mute', 'cloned mute', ...told]);
      assert.equal(stopped.readyState, 'ended');
      assert.isFalse((await open()).muted);
      device.unplug();
      assert.deepEqual(events, ['running ended', 'cloned ended']);
    });
  }
});

describe('permissions.query() of virtual devices', () => {
  const query = () => navigator.permissions.query({ name: 'camera' as PermissionName });

  beforeEach(function () {
    if (!navigator.permissions) skip(this, 'this engine has no permissions');
  });

  it('tells each state by onchange, once', async () => {
    const camera = devices.addCamera();
    const status = await query();
    const states: PermissionState[] = [status.state];
    status.onchange = function (event) {
      assert.strictEqual(this, status);
      assert.strictEqual(event.target, status);
      states.push(status.state);
    };
    await openVideo();
    await openVideo();
    camera.fault = 'denied';
    camera.fault = 'busy';
    camera.fault = '';
    camera.fault = 'dismissed';
    assert.equal((await rejectionOf(openVideo())).name, 'NotAllowedError');
    assert.deepEqual(states, ['prompt', 'granted', 'denied', 'granted']);
    status.onchange = null;
    camera.fault = 'denied';
    assert.lengthOf(states, 4);
  });

  it('is the state of the browser again when the devices have gone, and follows it', async () => {
    const answer = Object.assign(new EventTarget(), { state: 'denied' as PermissionState });
    devices.close();
    const { query: native } = Permissions.prototype;
    Permissions.prototype.query = async () => answer as PermissionStatus;
    onCleanup(() => {
      Permissions.prototype.query = native;
    });
    devices = new VirtualDevices({ mode: 'replace' });
    onCleanup(() => devices.close());
    devices.addCamera();
    devices.install();
    const status = await query();
    const states: PermissionState[] = [status.state];
    status.onchange = () => states.push(status.state);
    await openVideo();
    devices.uninstall();
    assert.deepEqual(states, ['prompt', 'granted', 'denied']);
    answer.state = 'prompt';
    answer.dispatchEvent(new Event('change'));
    assert.deepEqual(states, ['prompt', 'granted', 'denied', 'prompt']);
    devices.close();
  });
});

describe('Virtual devices in a document whose policy forbids the camera', () => {
  beforeEach(() => {
    Object.defineProperty(document, 'featurePolicy', {
      configurable: true,
      value: { allowsFeature: (name: string) => name !== 'camera' },
    });
    onCleanup(() => Reflect.deleteProperty(document, 'featurePolicy'));
    devices.addMicrophone();
  });

  const refusals: Record<string, object> = {
    'a camera': { video: true },
    'a camera that there is not': { video: { width: { min: 1e9 } } },
    'a camera and a microphone that there is not': { audio: { deviceId: { exact: 'none' } }, video: true },
  };

  for (const [what, constraints] of Object.entries(refusals)) {
    it(`are refused before the page learns which there are: ${what}`, async () => {
      devices.addCamera();
      const policy = { name: 'NotAllowedError', says: [/allow="camera"/] };
      await assertRejects(mediaDevices.getUserMedia(constraints), policy);
      for (const { openTracks } of devices.devices) assert.lengthOf(openTracks, 0);
    });
  }

  it('are not listed, and their permission is denied; microphones are as they were', async () => {
    devices.addCamera();
    assert.lengthOf(await listCameras(), 0);
    if (navigator.permissions) {
      const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
      assert.equal(state, 'denied');
    }
    const stream = await mediaDevices.getUserMedia({ audio: true });
    assert.lengthOf(stream.getAudioTracks(), 1);
    for (const track of stream.getTracks()) track.stop();
  });
});
