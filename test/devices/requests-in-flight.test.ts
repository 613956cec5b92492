/* Between the call of `getUserMedia()` and its answer: devices that go, faults that change, constraints that a page changes. */
import { type VirtualCamera, type VirtualDevice, VirtualDevices, type VirtualMicrophone } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent, sleep } from '../support/waiting.js';

const { mediaDevices } = navigator;
const native = mediaDevices.getUserMedia;
let devices: VirtualDevices;
let camera: VirtualCamera;
let microphone: VirtualMicrophone;

beforeEach(() => {
  devices = new VirtualDevices({ mode: 'replace' });
  camera = devices.addCamera({ label: 'Front camera' });
  microphone = devices.addMicrophone({ label: 'Headset' });
  devices.install();
  onCleanup(() => devices.close());
});

const stopLater = (tracks: readonly MediaStreamTrack[]) => onCleanup(() => tracks.map((track) => track.stop()));

async function open(constraints: object): Promise<MediaStreamTrack[]> {
  const tracks = (await mediaDevices.getUserMedia(constraints)).getTracks();
  stopLater(tracks);
  return tracks;
}

const openVideo = async (video: object | true = true) => (await open({ video }))[0] as MediaStreamTrack;

function assertNothingOpen(): void {
  for (const { openTracks } of devices.devices) assert.lengthOf(openTracks, 0);
}

describe('A request for virtual devices', () => {
  for (const [way, name, act] of [
    ['uninstalled', 'AbortError', () => devices.uninstall()],
    ['removed', 'NotFoundError', () => devices.remove(camera)],
    ['unplugged', 'NotFoundError', () => camera.unplug()],
    ['closed', 'AbortError', () => devices.close()],
  ] as const) {
    it(`opens none that are ${way} in the task of the request`, async () => {
      const refused = rejectionOf(openVideo());
      act();
      assert.equal((await refused).name, name);
      assert.lengthOf(camera.openTracks, 0);
    });
  }

  for (const [way, name, act] of [
    ['uninstalled', 'AbortError', () => devices.uninstall()],
    ['removed', 'AbortError', (device: VirtualDevice) => devices.remove(device)],
    ['unplugged', 'NotFoundError', (device: VirtualDevice) => device.unplug()],
    ['denied', 'NotAllowedError', (device: VirtualDevice) => Object.assign(device, { fault: 'denied' })],
  ] as const) {
    it(`is refused if they are ${way} when the track is there, before the page has it`, async () => {
      for (const [kind, device] of Object.entries({ video: camera, audio: microphone })) {
        devices.install();
        const refused = rejectionOf(open({ [kind]: true }));
        device.addEventListener('trackschange', () => act(device), { once: true });
        assert.equal((await refused).name, name);
        assert.lengthOf(device.openTracks, 0);
      }
    });
  }

  it('is served by those that were uninstalled and installed again in its task', async () => {
    const opening = openVideo();
    devices.uninstall();
    devices.install();
    assert.equal((await opening).label, 'Front camera');
  });

  it('has the constraints of the call, whatever the page does with the object later', async () => {
    const constraints = {
      audio: { channelCount: { exact: 1 } },
      video: { width: { exact: 320 }, height: { exact: 240 }, advanced: [{ frameRate: 10 }] },
    };
    const opening = open(constraints);
    constraints.audio.channelCount.exact = 2;
    constraints.video.width.exact = 1e9;
    constraints.video.advanced.unshift({ frameRate: 20 });
    const settings = (await opening).map((track) => track.getSettings());
    assert.equal(settings.find(({ channelCount }) => channelCount)?.channelCount, 1);
    const { width, frameRate } = settings.find((each) => each.width) ?? {};
    assert.deepEqual([width, frameRate], [320, 10]);
  });

  it('reads each member of the constraints once, a list that can be read once too', async () => {
    const { deviceId } = devices.addCamera({ label: 'Back camera' });
    function* ids() {
      yield deviceId;
    }
    let readings = 0;
    const video = {
      get deviceId() {
        readings++;
        return { exact: ids() };
      },
    };
    assert.equal((await openVideo(video)).label, 'Back camera');
    assert.equal(readings, 1);
  });

  for (const [fault, name] of [
    ['denied', 'NotAllowedError'],
    ['dismissed', 'NotAllowedError'],
    ['busy', 'NotReadableError'],
    ['not-found', 'NotFoundError'],
  ] as const) {
    it(`of a slow device that becomes ${fault} meanwhile rejects with ${name}`, async () => {
      camera.delay = 100;
      const refused = rejectionOf(openVideo());
      await sleep(10);
      camera.fault = fault;
      assert.equal((await refused).name, name);
      assertNothingOpen();
    });
  }

  it('of a slow device that is no longer busy by then is granted', async () => {
    Object.assign(camera, { delay: 100, fault: 'busy' });
    const opening = openVideo();
    await sleep(10);
    camera.fault = '';
    assert.equal((await opening).readyState, 'live');
  });

  it('of a quick device does not wait for one of a slow device', async () => {
    camera.delay = 60_000;
    let isAnswered = false;
    const answered = () => {
      isAnswered = true;
    };
    open({ video: true }).then(answered, answered);
    assert.equal((await open({ audio: true }))[0]?.label, 'Headset');
    assert.isFalse(isAnswered);
  });

  it('for two kinds of which one is denied opens and grants neither', async () => {
    microphone.fault = 'denied';
    assert.equal((await rejectionOf(open({ audio: true, video: true }))).name, 'NotAllowedError');
    assertNothingOpen();
    const listed = await mediaDevices.enumerateDevices();
    assert.deepEqual(
      listed.filter(({ kind }) => kind !== 'audiooutput').map(({ label, deviceId }) => [label, deviceId]),
      [
        ['', ''],
        ['', ''],
      ],
    );
    assert.equal((await openVideo()).label, 'Front camera');
  });

  it('can be made once more when a track has ended, and succeeds when the device is back', async () => {
    const track = await openVideo();
    const again = nextEvent(track, 'ended').then(() => rejectionOf(openVideo()));
    camera.unplug();
    assert.equal((await again).name, 'NotFoundError');
    const back = nextEvent(mediaDevices, 'devicechange').then(() => openVideo());
    camera.plug();
    assert.equal((await back).label, 'Front camera');
  });

  it('reaches the callbacks of old pages, also if it cannot be read', async function () {
    type Old = (constraints: unknown, success: unknown, failure?: unknown) => void;
    const owner = navigator as unknown as Record<string, Old | undefined>;
    const name = ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia'].find((each) => each in navigator);
    if (!name) skip(this, 'this engine has no getUserMedia() with callbacks');
    const request = (constraints: unknown) =>
      new Promise<Error>((resolve, reject) => owner[name]?.(constraints, () => reject(new Error('granted')), resolve));
    assert.instanceOf(await request({}), TypeError);
    assert.instanceOf(await request({ video: { frameRate: 'fast' } }), TypeError);
    microphone.fault = 'dismissed';
    assert.equal((await request({ audio: true, video: true })).name, 'NotAllowedError');
    assert.throws(() => owner[name]?.({ video: true }, () => {}), TypeError);
    assertNothingOpen();
  });
});

describe('A request for virtual devices beside real ones', () => {
  /** Puts a real microphone in place of those of the machine, which waits for the user. */
  function standIn(): { answer: () => void; readonly track: MediaStreamTrack } {
    devices.close();
    const { getUserMedia, enumerateDevices } = MediaDevices.prototype;
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const stream = canvas.captureStream();
    const [track] = stream.getVideoTracks() as [MediaStreamTrack];
    let answer = () => {};
    const prompt = new Promise<void>((resolve) => {
      answer = resolve;
    });
    MediaDevices.prototype.enumerateDevices = async () =>
      [{ kind: 'audioinput', deviceId: '', label: '', groupId: '' }] as MediaDeviceInfo[];
    MediaDevices.prototype.getUserMedia = () => prompt.then(() => stream);
    onCleanup(() => {
      track.stop();
      Object.assign(MediaDevices.prototype, { getUserMedia, enumerateDevices });
    });
    devices = new VirtualDevices({ mode: 'add' });
    onCleanup(() => devices.close());
    camera = devices.addCamera();
    devices.install();
    return { answer, track };
  }

  for (const [way, name, act] of [
    ['removed', 'AbortError', () => devices.remove(camera)],
    ['unplugged', 'NotFoundError', () => camera.unplug()],
    ['uninstalled', 'AbortError', () => devices.uninstall()],
  ] as const) {
    it(`opens none that are ${way} while the user is asked for the real ones, which end`, async () => {
      const { answer, track } = standIn();
      const refused = rejectionOf(mediaDevices.getUserMedia({ audio: true, video: true }));
      await sleep(20);
      act();
      answer();
      assert.equal((await refused).name, name);
      assert.lengthOf(camera.openTracks, 0);
      assert.equal(track.readyState, 'ended');
    });
  }

  it('goes to the virtual ones if the browser does not tell which real ones there are', async () => {
    standIn();
    devices.close();
    MediaDevices.prototype.enumerateDevices = async () => {
      throw new DOMException('', 'NotAllowedError');
    };
    devices.addCamera({ label: 'Front camera' });
    devices.install();
    assert.equal((await openVideo()).label, 'Front camera');
  });

  it('goes to the real ones of a kind, and to the virtual ones of a kind that replace them', async () => {
    const { answer, track } = standIn();
    answer();
    const replacing = devices.addMicrophone({ label: 'Virtual', mode: 'replace' });
    assert.equal((await open({ audio: true }))[0]?.label, 'Virtual');
    replacing.mode = undefined;
    assert.deepEqual(await open({ audio: true }), [track]);
  });
});

describe('Devices that are installed twice', () => {
  it('are so once: one uninstall() puts every function back, and a second does nothing', async () => {
    const { getUserMedia } = mediaDevices;
    devices.install();
    assert.strictEqual(mediaDevices.getUserMedia, getUserMedia);
    const track = await openVideo();
    devices.uninstall();
    devices.uninstall();
    assert.equal(track.readyState, 'ended');
    assert.strictEqual(mediaDevices.getUserMedia, native);
  });

  it('may be uninstalled by a page that hears that a track has ended', async () => {
    const track = await openVideo();
    track.onended = () => devices.uninstall();
    devices.uninstall();
    assert.strictEqual(mediaDevices.getUserMedia, native);
    devices.install();
    const other = await openVideo();
    other.onended = () => devices.uninstall();
    camera.unplug();
    assert.strictEqual(mediaDevices.getUserMedia, native);
  });
});

describe('applyConstraints() of a virtual device', () => {
  const size = (width: number, height: number) => ({ width: { exact: width }, height: { exact: height } });

  it('is answered when the page stops the track meanwhile', async () => {
    const track = await openVideo(size(640, 480));
    const applying = track.applyConstraints(size(320, 240));
    track.stop();
    await applying;
    await track.applyConstraints(size(160, 120));
    assert.equal(track.readyState, 'ended');
  });

  it('that is called twice at once leads to the second', async () => {
    const track = await openVideo(size(640, 480));
    await Promise.all([track.applyConstraints(size(320, 240)), track.applyConstraints(size(160, 120))]);
    assert.deepEqual(track.getConstraints(), size(160, 120));
    await new VideoScreen(track).hasSize(160, 120);
  });

  it('of a clone leaves the track as it is, and is its own when the track has been stopped', async () => {
    const track = await openVideo(size(640, 480));
    const clone = track.clone();
    stopLater([clone]);
    await clone.applyConstraints(size(320, 240));
    const error = (await rejectionOf(clone.applyConstraints({ width: { min: 1e6 } }))) as OverconstrainedError;
    assert.equal(error.constraint, 'width');
    assert.deepEqual(track.getConstraints(), size(640, 480));
    assert.deepEqual(clone.getConstraints(), size(320, 240));
    await new VideoScreen(track).hasSize(640, 480);
    track.stop();
    await clone.applyConstraints(size(160, 120));
    await new VideoScreen(clone).hasSize(160, 120);
  });

  it('works while the system mutes the device', async () => {
    const track = await openVideo(size(640, 480));
    camera.muted = true;
    await track.applyConstraints(size(320, 240));
    assert.deepEqual([track.muted, track.getSettings().width], [true, 320]);
    camera.muted = false;
    assert.isFalse(track.muted);
  });
});
