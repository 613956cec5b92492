/*
 * `navigator.mediaDevices` with virtual devices, by the sections of "Media Capture and Streams" (the numbers are those of the
 * Candidate Recommendation of 2025). A page must not find a difference from the browser's own devices.
 */
import { VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { assertRejects, rejectionOf } from '../support/rejections.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent, sleep } from '../support/waiting.js';

const { mediaDevices } = navigator;
let devices: VirtualDevices;

beforeEach(() => {
  devices = new VirtualDevices({ mode: 'replace' });
  devices.addCamera({ label: 'Front camera', facingMode: 'user' });
  devices.addCamera({ label: 'Back camera', facingMode: 'environment' });
  devices.addMicrophone({ label: 'Headset', groupId: 'headset' });
  devices.addMicrophone({ label: 'Microphone of the front camera', groupId: devices.devices[0]?.groupId });
  devices.install();
  onCleanup(() => devices.close());
});

async function open(constraints?: unknown): Promise<MediaStream> {
  const stream = await mediaDevices.getUserMedia(constraints as MediaStreamConstraints);
  onCleanup(() => stream.getTracks().map((track) => track.stop()));
  return stream;
}

async function openVideo(video: unknown = true): Promise<MediaStreamTrack> {
  return (await open({ video })).getVideoTracks()[0] as MediaStreamTrack;
}

async function openAudio(audio: unknown = true): Promise<MediaStreamTrack> {
  return (await open({ audio })).getAudioTracks()[0] as MediaStreamTrack;
}

const listInputs = async (): Promise<InputDeviceInfo[]> =>
  (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind !== 'audiooutput') as InputDeviceInfo[];

async function constraintRefused(promise: Promise<unknown>): Promise<string> {
  const error = (await rejectionOf(promise)) as OverconstrainedError;
  assert.equal(error.name, 'OverconstrainedError', error.message);
  return error.constraint;
}

const kindsOf = (stream: MediaStream) => stream.getTracks().map(({ kind }) => kind);

describe('4.2 MediaStream of virtual devices', () => {
  it('has an id of its own, and so has each track', async () => {
    const streams = [await open({ audio: true, video: true }), await open({ audio: true, video: true })];
    const ids = streams.flatMap((stream) => [stream.id, ...stream.getTracks().map(({ id }) => id)]);
    assert.equal(new Set(ids).size, 6);
    for (const id of ids) assert.isNotEmpty(id);
  });

  it('is active until its last track has ended, and a clone of it longer', async () => {
    const stream = await open({ audio: true, video: true });
    const clone = stream.clone();
    onCleanup(() => clone.getTracks().map((track) => track.stop()));
    const [first, second] = stream.getTracks();
    first?.stop();
    assert.isTrue(stream.active);
    second?.stop();
    assert.isFalse(stream.active);
    assert.isTrue(clone.active);
  });
});

describe('4.3 MediaStreamTrack of virtual devices', () => {
  it('begins live, enabled and not muted, with the label of its device', async () => {
    for (const track of (await open({ audio: true, video: true })).getTracks()) {
      assert.deepEqual([track.readyState, track.enabled, track.muted], ['live', true, false]);
      assert.equal(track.label, track.kind === 'audio' ? 'Headset' : 'Front camera');
    }
  });

  it('fires no ended event when the page stops it', async () => {
    const track = await openVideo();
    let isTold = false;
    track.addEventListener('ended', () => {
      isTold = true;
    });
    track.stop();
    assert.equal(track.readyState, 'ended');
    await sleep(50);
    assert.isFalse(isTold);
    track.stop();
  });

  it('has ended when onended is called, once, for a device that is gone', async () => {
    const track = await openVideo();
    const states: string[] = [];
    track.onended = () => states.push(track.readyState);
    devices.devices[0]?.unplug();
    devices.devices[0]?.plug();
    await sleep(50);
    assert.deepEqual(states, ['ended']);
  });

  it('calls onmute and onunmute with its state, and leaves enabled to the page', async () => {
    const [camera] = devices.devices;
    assert.isDefined(camera);
    const track = await openVideo();
    const states: unknown[] = [];
    track.onmute = track.onunmute = ({ type }) => states.push([type, track.muted, track.enabled]);
    if (camera) camera.muted = true;
    track.enabled = false;
    if (camera) camera.muted = false;
    assert.deepEqual(states, [
      ['mute', true, true],
      ['unmute', false, false],
    ]);
  });

  it('is muted from its beginning on a muted device', async () => {
    const [camera] = devices.devices;
    if (camera) camera.muted = true;
    assert.isTrue((await openVideo()).muted);
  });

  it('is cloned with its state, and stops alone', async () => {
    const track = await openVideo({ width: 320, height: 240 });
    track.enabled = false;
    const clone = track.clone();
    onCleanup(() => clone.stop());
    assert.notEqual(clone.id, track.id);
    assert.isFalse(clone.enabled);
    assert.deepEqual(clone.getSettings(), track.getSettings());
    assert.deepEqual(clone.getConstraints(), track.getConstraints());
    track.stop();
    assert.equal(clone.readyState, 'live');
    assert.equal(track.clone().readyState, 'ended');
  });
});

describe('4.3.8 constrainable properties of virtual devices', () => {
  it('are settings within the capabilities', async () => {
    for (const track of (await open({ audio: true, video: true })).getTracks()) {
      const settings = track.getSettings() as Record<string, unknown>;
      const capabilities = track.getCapabilities() as Record<string, unknown>;
      for (const [name, setting] of Object.entries(settings)) {
        const capability = capabilities[name] as { min: number; max: number } | unknown[] | string;
        assert.isDefined(capability, name);
        if (typeof capability === 'string') assert.equal(setting, capability, name);
        else if (Array.isArray(capability)) assert.include(capability, setting, name);
        else assert.isTrue(Number(setting) >= capability.min && Number(setting) <= capability.max, name);
      }
      const expected =
        track.kind === 'audio'
          ? [
              'sampleRate',
              'sampleSize',
              'echoCancellation',
              'autoGainControl',
              'noiseSuppression',
              'voiceIsolation',
              'latency',
            ]
          : ['width', 'height', 'aspectRatio', 'frameRate', 'facingMode', 'resizeMode'];
      assert.containsAllKeys(settings, [...expected, 'deviceId', 'groupId']);
    }
  });

  it('are copies, so that a page cannot change them', async () => {
    const track = await openVideo({ width: { ideal: 320 } });
    track.getSettings().width = 1;
    track.getConstraints().width = 1;
    const { width } = track.getCapabilities();
    if (width) width.max = 1;
    assert.equal(track.getSettings().width, 320);
    assert.deepEqual(track.getConstraints(), { width: { ideal: 320 } });
    assert.isAbove(track.getCapabilities().width?.max ?? 0, 320);
  });

  it('are names that getSupportedConstraints() has', async () => {
    const supported = mediaDevices.getSupportedConstraints() as Record<string, unknown>;
    for (const track of (await open({ audio: true, video: true })).getTracks()) {
      for (const name of Object.keys(track.getCapabilities())) assert.isTrue(supported[name], name);
    }
  });
});

describe('9.2 and 9.3 enumerateDevices() with virtual devices', () => {
  it('lists microphones before cameras, and one of each without names before a request was granted', async () => {
    const hidden = await listInputs();
    assert.deepEqual(
      hidden.map(({ kind, label, deviceId, groupId }) => [kind, label, deviceId, groupId]),
      [
        ['audioinput', '', '', ''],
        ['videoinput', '', '', ''],
      ],
    );
    for (const info of hidden) assert.deepEqual(info.getCapabilities?.() ?? {}, {});
    await open({ audio: true, video: true });
    const shown = (await listInputs()).map(({ label }) => label);
    assert.deepEqual(shown, ['Headset', 'Microphone of the front camera', 'Front camera', 'Back camera']);
  });

  it('gives the same ids each time, in one group the devices that are one piece of hardware', async () => {
    await open({ audio: true, video: true });
    const [first, second] = [await listInputs(), await listInputs()];
    assert.deepEqual(JSON.stringify(first), JSON.stringify(second));
    assert.equal(new Set(first.map(({ deviceId }) => deviceId)).size, 4);
    const [headset, built, front, back] = first.map(({ groupId }) => groupId);
    assert.equal(built, front);
    assert.equal(new Set([headset, front, back]).size, 3);
  });

  it('gives for each device the id, the group, the label and the capabilities of its track', async () => {
    await open({ audio: true, video: true });
    for (const info of await listInputs()) {
      assert.instanceOf(info, globalThis.InputDeviceInfo ?? MediaDeviceInfo);
      const part = { deviceId: { exact: info.deviceId } };
      const track = await (info.kind === 'audioinput' ? openAudio(part) : openVideo(part));
      const { deviceId, groupId } = track.getSettings();
      assert.deepEqual([deviceId, groupId, track.label], [info.deviceId, info.groupId, info.label]);
      assert.deepEqual(info.getCapabilities(), track.getCapabilities());
    }
  });

  it('hides the cameras of a page that was granted a microphone', async () => {
    await openAudio();
    assert.deepEqual(
      (await listInputs()).map(({ label }) => label),
      ['Headset', 'Microphone of the front camera', ''],
    );
  });

  it('tells by ondevicechange of a list that has changed already', async () => {
    await openVideo();
    const lists: Promise<InputDeviceInfo[]>[] = [];
    mediaDevices.ondevicechange = () => lists.push(listInputs());
    onCleanup(() => {
      mediaDevices.ondevicechange = null;
    });
    const changed = nextEvent(mediaDevices, 'devicechange');
    devices.devices[1]?.unplug();
    await changed;
    const [list = []] = await Promise.all(lists);
    const cameras = list.filter(({ kind }) => kind === 'videoinput').map(({ label }) => label);
    assert.deepEqual(cameras, ['Front camera']);
  });
});

describe('10.2 getUserMedia() with virtual devices', () => {
  for (const nothing of [
    undefined,
    null,
    {},
    { audio: false, video: false },
    { video: 0, audio: '' },
    { other: true },
  ]) {
    it(`rejects ${JSON.stringify(nothing)} with a TypeError`, async () => {
      assert.instanceOf(await rejectionOf(mediaDevices.getUserMedia(nothing as MediaStreamConstraints)), TypeError);
    });
  }

  it('takes every truthy value as true, and null as no constraints, as WebIDL does', async () => {
    assert.deepEqual(kindsOf(await open({ video: 1 })), ['video']);
    assert.deepEqual(kindsOf(await open({ video: 'yes' })), ['video']);
    assert.deepEqual(kindsOf(await open({ video: null })), ['video']);
    assert.deepEqual(kindsOf(await open({ audio: {}, video: false })), ['audio']);
  });

  it('gives the tracks that were asked for, one of each kind', async () => {
    assert.deepEqual(kindsOf(await open({ audio: true, video: true })).sort(), ['audio', 'video']);
    assert.deepEqual(kindsOf(await open({ audio: true })), ['audio']);
  });

  it('rejects with NotFoundError if one of two kinds has no device, and opens nothing', async () => {
    const cameras = devices.devices.filter(({ kind }) => kind === 'videoinput');
    for (const camera of cameras) camera.unplug();
    await assertRejects(mediaDevices.getUserMedia({ audio: true, video: true }), { name: 'NotFoundError', says: [] });
    for (const { openTracks } of devices.devices) assert.lengthOf(openTracks, 0);
    assert.equal((await listInputs()).length, 1);
  });

  it('opens nothing if one of two kinds is busy', async () => {
    for (const device of devices.devices) if (device.kind === 'audioinput') device.fault = 'busy';
    const both = mediaDevices.getUserMedia({ audio: true, video: true });
    await assertRejects(both, { name: 'NotReadableError', says: [] });
    for (const { openTracks } of devices.devices) assert.lengthOf(openTracks, 0);
  });

  it('answers a hundred requests at once', async () => {
    const size = { width: 64, height: 48, frameRate: 1 };
    const tracks = await Promise.all(Array.from({ length: 100 }, () => openVideo(size)));
    assert.equal(new Set(tracks.map(({ id }) => id)).size, 100);
    assert.lengthOf(devices.devices[0]?.openTracks ?? [], 100);
  });
});

describe('11 constraints of virtual devices', () => {
  it('that are unknown are ignored, required or not', async () => {
    const track = await openVideo({ unknown: { exact: 1 }, advanced: [{ unknown: 2 }], sampleRate: { exact: 1 } });
    assert.notProperty(track.getConstraints(), 'unknown');
  });

  for (const [name, video] of [
    ['deviceId', { deviceId: { exact: '' } }],
    ['deviceId', { deviceId: { exact: ['one', 'two'] } }],
    ['groupId', { groupId: { exact: 'none' } }],
    ['facingMode', { facingMode: { exact: 'sideways' } }],
    ['width', { width: { min: 2 ** 31 } }],
    ['width', { width: { max: 0 } }],
    ['width', { width: { min: 640, max: 320 } }],
    ['height', { height: { exact: 'high' } }],
    ['frameRate', { frameRate: { min: 100_000 } }],
    ['frameRate', { frameRate: { exact: -1 } }],
    ['aspectRatio', { aspectRatio: { exact: 1e9 } }],
    ['resizeMode', { resizeMode: { exact: 'stretch' } }],
  ] as const) {
    it(`that cannot be satisfied are named: ${JSON.stringify(video)}`, async () => {
      assert.equal(await constraintRefused(mediaDevices.getUserMedia({ video: video as MediaTrackConstraints })), name);
    });
  }

  for (const audio of [{ sampleRate: { exact: 1 } }, { channelCount: { min: 100 } }, { latency: { min: 1e6 } }]) {
    it(`that cannot be satisfied are named: ${JSON.stringify(audio)}`, async () => {
      const request = mediaDevices.getUserMedia({ audio: audio as MediaTrackConstraints });
      assert.equal(await constraintRefused(request), Object.keys(audio)[0]);
    });
  }

  for (const video of [
    { frameRate: Number.NaN },
    { frameRate: { ideal: Number.POSITIVE_INFINITY } },
    { aspectRatio: 'wide' },
    { deviceId: Symbol('id') },
    { advanced: 1 },
    { advanced: [1] },
  ]) {
    it(`of a wrong type are a TypeError: ${Object.keys(video)[0]} ${String(Object.values(video)[0])}`, async () => {
      const request = mediaDevices.getUserMedia({ video: video as unknown as MediaTrackConstraints });
      assert.instanceOf(await rejectionOf(request), TypeError);
    });
  }

  it('that are ideal never fail, and advanced ones that cannot be satisfied are left out', async () => {
    const track = await openVideo({
      width: 1e9,
      facingMode: 'sideways',
      deviceId: 'none',
      advanced: [{ width: 1e9 }, { height: 120 }, { height: 240 }],
    });
    const { width, height } = track.getSettings();
    assert.equal(height, 120);
    assert.isAbove(width ?? 0, 1280);
  });

  it('choose among devices: advanced sets in their order', async () => {
    const track = await openVideo({ advanced: [{ facingMode: 'environment' }, { facingMode: 'user' }] });
    assert.equal(track.label, 'Back camera');
  });

  it('are replaced by applyConstraints(), and removed without an argument', async () => {
    const track = await openVideo({ width: { exact: 320 }, height: { exact: 240 } });
    await track.applyConstraints({ frameRate: { max: 10 } });
    assert.deepEqual(track.getConstraints(), { frameRate: { max: 10 } });
    const { width, height, frameRate } = track.getSettings();
    assert.deepEqual([width, height], [1280, 720]);
    assert.isAtMost(frameRate ?? 99, 10);
    await track.applyConstraints();
    assert.deepEqual(track.getConstraints(), {});
    assert.equal(track.getSettings().frameRate, 30);
  });

  it('that applyConstraints() refuses change nothing', async () => {
    const track = await openVideo({ width: 320 });
    const before = [track.getSettings(), track.getConstraints()];
    const { deviceId } = (await openVideo({ facingMode: 'environment' })).getSettings();
    assert.equal(await constraintRefused(track.applyConstraints({ deviceId: { exact: deviceId } })), 'deviceId');
    assert.equal(await constraintRefused(track.applyConstraints({ groupId: { exact: 'none' } })), 'groupId');
    assert.equal(await constraintRefused(track.applyConstraints({ width: { exact: 2 ** 31 } })), 'width');
    assert.deepEqual([track.getSettings(), track.getConstraints()], before);
    await track.applyConstraints({ sampleRate: { exact: 1 } });
  });
});

describe("The platform's own tests, in essence, with virtual devices", () => {
  for (const kind of ['video', 'audio'] as const) {
    it(`a ${kind} device is opened by its groupId, and tells the ids that the list has`, async () => {
      await open({ audio: true, video: true });
      for (const { deviceId, groupId } of (await listInputs()).filter((info) => info.kind === `${kind}input`)) {
        const stream = await open({ [kind]: { groupId: { exact: groupId } } });
        assert.equal(stream.getTracks()[0]?.getSettings().groupId, groupId);
        const byId = await open({ [kind]: { deviceId: { exact: deviceId } } });
        assert.equal(byId.getTracks()[0]?.getSettings().deviceId, deviceId);
      }
    });
  }

  for (const [resizeMode, accepted] of [
    [{ exact: 'none' }, ['none']],
    [{ exact: 'crop-and-scale' }, ['crop-and-scale']],
    [{ ideal: 'INVALID' }, ['none', 'crop-and-scale']],
  ] as const) {
    it(`resizeMode ${JSON.stringify(resizeMode)} is ${accepted.join(' or ')}`, async () => {
      const settings = (await openVideo({ resizeMode })).getSettings() as { resizeMode?: string };
      assert.oneOf(settings.resizeMode, [...accepted]);
    });
  }

  it('a device is opened twice, at the same size and at different ones', async () => {
    const sizeOf = (track: MediaStreamTrack) => [track.getSettings().width, track.getSettings().height];
    const small = { width: { exact: 320 }, height: { exact: 240 } };
    const [first, second] = [await openVideo(small), await openVideo(small)];
    assert.deepEqual(
      [sizeOf(first), sizeOf(second)],
      [
        [320, 240],
        [320, 240],
      ],
    );
    const third = await openVideo({ width: { exact: 640 }, height: { exact: 480 } });
    assert.deepEqual(
      [sizeOf(first), sizeOf(third)],
      [
        [320, 240],
        [640, 480],
      ],
    );
    assert.equal(first.getSettings().deviceId, third.getSettings().deviceId);
  });

  it('a required constraint with an ideal value, contradictions in advanced sets, and constraints of the other kind succeed', async () => {
    assert.equal((await openVideo({ width: { ideal: 320, min: 255 } })).getSettings().width, 320);
    await openVideo({ advanced: [{ width: { min: 1024, max: 800 } }] });
    await openVideo({ sampleRate: { exact: 1 }, echoCancellation: { exact: true } });
    await openAudio({ width: { exact: 1 }, facingMode: { exact: 'user' } });
    await openVideo({});
  });

  it('an OverconstrainedError is of its class, which most engines derive from DOMException, with the name of the constraint', async () => {
    const requests: Record<string, unknown> = {
      width: { max: 0 },
      height: { max: 0 },
      aspectRatio: { max: 0 },
      frameRate: { max: 0 },
      facingMode: { exact: 'INVALID' },
      deviceId: { exact: 'INVALID' },
      groupId: { exact: 'INVALID' },
      resizeMode: { exact: 'INVALID' },
    };
    const track = await openVideo();
    for (const [name, constraint] of Object.entries(requests)) {
      const video = { [name]: constraint } as MediaTrackConstraints;
      for (const request of [mediaDevices.getUserMedia({ video }), track.applyConstraints(video)]) {
        const error = (await rejectionOf(request)) as OverconstrainedError & { code: number };
        assert.deepEqual([error.name, error.constraint], ['OverconstrainedError', name]);
        const { prototype } = (globalThis as Partial<typeof globalThis>).OverconstrainedError ?? DOMException;
        assert.isTrue(Object.prototype.isPrototypeOf.call(prototype, error));
        if (error instanceof DOMException) assert.equal(error.code, 0);
        if ('OverconstrainedError' in globalThis)
          assert.equal(`${Object.prototype.toString.call(error)}`, '[object OverconstrainedError]');
      }
    }
  });

  it('a request of a kind alone has that kind alone, and an unknown kind is refused', async () => {
    const stream = await open({ video: true });
    assert.deepEqual([stream.getAudioTracks().length, stream.getVideoTracks().length], [0, 1]);
    assert.instanceOf(await rejectionOf(mediaDevices.getUserMedia({ doesnotexist: true } as object)), TypeError);
  });

  it('a request that requires a camera to be turned or zoomed is refused, as Image Capture has it', async () => {
    for (const name of ['pan', 'tilt', 'zoom']) {
      for (const limit of ['min', 'max', 'exact']) {
        const request = mediaDevices.getUserMedia({ video: { [name]: { [limit]: 1 } } } as object);
        assert.instanceOf(await rejectionOf(request), TypeError, `${name} ${limit}`);
      }
      assert.equal((await openVideo({ [name]: { ideal: 1 } })).kind, 'video');
      assert.equal((await openVideo({ [name]: true })).kind, 'video');
    }
  });

  it('every name of getSupportedConstraints() is true', () => {
    const supported = mediaDevices.getSupportedConstraints() as Record<string, unknown>;
    for (const name of [
      'width',
      'height',
      'aspectRatio',
      'frameRate',
      'facingMode',
      'resizeMode',
      'sampleRate',
      'sampleSize',
      'echoCancellation',
      'autoGainControl',
      'noiseSuppression',
      'voiceIsolation',
      'latency',
      'channelCount',
      'deviceId',
      'groupId',
    ]) {
      assert.strictEqual(supported[name], true, name);
    }
    for (const value of Object.values(supported)) assert.strictEqual(value, true);
  });

  it('a stream without a removed track keeps the others live, and its clone has clones of those', async () => {
    const stream = await open({ audio: true, video: true });
    const [video] = stream.getVideoTracks() as [MediaStreamTrack];
    stream.removeTrack(video);
    stream.onremovetrack = () => assert.fail('The page has removed the track itself.');
    assert.deepEqual(kindsOf(stream), ['audio']);
    const clone = stream.clone();
    onCleanup(() => clone.getTracks().map((track) => track.stop()));
    assert.deepEqual(kindsOf(clone), ['audio']);
    assert.equal(video.readyState, 'live');
    stream.getAudioTracks()[0]?.stop();
    assert.deepEqual([stream.active, clone.active, stream.clone().active], [false, true, false]);
  });

  it('a disabled camera is black in a media element, and shows its picture when it is enabled', async () => {
    const [camera] = devices.devices;
    await camera?.show({ pattern: 'solid', color: 'red' });
    const track = await openVideo({ width: 320, height: 240 });
    const screen = new VideoScreen(track);
    await screen.showsColor([255, 0, 0], 6);
    track.enabled = false;
    await screen.showsColor([0, 0, 0], 6);
    track.enabled = true;
    await screen.showsColor([255, 0, 0], 6);
  });
});

describe('A document with virtual devices that is not fully active', () => {
  async function leave(): Promise<Navigator> {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { contentWindow } = frame as { contentWindow: Window };
    const script = await (await fetch('/dist/cdn/track-elements-devices.js')).text();
    (contentWindow as unknown as typeof globalThis).eval(script);
    const { navigator } = contentWindow;
    // A page that has them can use them after the frame is gone.
    const { mediaDevices, permissions } = navigator;
    frame.remove();
    return { mediaDevices, permissions } as Navigator;
  }

  /** The name of the error; `undefined` for a request that is not answered. */
  const answerOf = (request: Promise<unknown>) =>
    Promise.race([
      new Promise((resolve) => {
        request.then(resolve, ({ name }) => resolve(name));
      }),
      sleep(500),
    ]);

  it('is refused a device with InvalidStateError (10.2)', async () => {
    const { mediaDevices } = await leave();
    const answer = await answerOf(mediaDevices.getUserMedia({ video: true }));
    // Firefox runs no promise jobs of such a document any more, so that a request is never answered.
    const isUnanswered = answer === undefined && navigator.userAgent.includes('Firefox');
    if (!isUnanswered) assert.equal(answer, 'InvalidStateError');
  });

  it('is never answered which devices there are (9.2)', async () => {
    const { mediaDevices } = await leave();
    assert.isUndefined(await answerOf(mediaDevices.enumerateDevices()));
  });

  it('is refused a permission by the browser itself', async () => {
    const { permissions } = await leave();
    assert.equal(await answerOf(permissions.query({ name: 'geolocation' })), 'InvalidStateError');
  });
});

describe('getUserMedia() of old pages, with callbacks', () => {
  type Legacy = (constraints: unknown, success: (stream: MediaStream) => void, failure: (error: Error) => void) => void;
  for (const name of ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia']) {
    const navigatorOf = navigator as unknown as Record<string, Legacy | undefined>;
    if (!(name in navigator)) continue;
    it(`navigator.${name}() gives virtual devices and their errors`, async () => {
      const native = navigatorOf[name];
      const request = (constraints: unknown) =>
        new Promise<MediaStream>((resolve, reject) => navigatorOf[name]?.(constraints, resolve, reject));
      const stream = await request({ video: true });
      onCleanup(() => stream.getTracks().map((track) => track.stop()));
      assert.equal(stream.getVideoTracks()[0]?.label, 'Front camera');
      assert.equal(await constraintRefused(request({ video: { width: { min: 2 ** 31 } } })), 'width');
      devices.uninstall();
      assert.notStrictEqual(navigatorOf[name], native);
    });
  }
});
