/*
 * `getDisplayMedia()` with virtual screens, by the sections of "Screen Capture" (the numbers are those of the Working Draft of 2025).
 */
import { type DisplaySurface, VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { assertRejects, rejectionOf } from '../support/rejections.js';
import { describeIf } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { sleep } from '../support/waiting.js';

const { mediaDevices } = navigator;

interface Controller {
  setFocusBehavior(behavior: string): void;
}

const noController = 'this engine has no CaptureController';

const { CaptureController } = globalThis as { CaptureController?: new () => Controller };

beforeEach(() => {
  const devices = new VirtualDevices({ mode: 'replace' });
  const surfaces: DisplaySurface[] = ['monitor', 'window', 'browser'];
  for (const displaySurface of surfaces) devices.addScreen({ label: displaySurface, displaySurface });
  devices.install();
  onCleanup(() => devices.close());
});

async function open(options?: object): Promise<MediaStreamTrack> {
  const stream = await mediaDevices.getDisplayMedia(options);
  const [track] = stream.getVideoTracks() as [MediaStreamTrack];
  onCleanup(() => track.stop());
  return track;
}

const invalidState = { name: 'InvalidStateError', says: [/CaptureController/] };

const surfaceOf = (track: MediaStreamTrack) => track.getSettings().displaySurface;

describe('5.1 getDisplayMedia() of virtual screens', () => {
  it('gives the surface that the page prefers', async () => {
    for (const displaySurface of ['monitor', 'window', 'browser']) {
      const track = await open({ video: { displaySurface } });
      assert.equal(surfaceOf(track), displaySurface);
      assert.equal((track.getCapabilities() as Record<string, unknown>).displaySurface, displaySurface);
    }
  });

  it('gives no monitor to a page that excludes monitors, and refuses one that asks for what it excludes', async () => {
    assert.equal(surfaceOf(await open({ monitorTypeSurfaces: 'include' })), 'monitor');
    assert.notEqual(surfaceOf(await open({ monitorTypeSurfaces: 'exclude' })), 'monitor');
    const request = { video: { displaySurface: 'monitor' }, monitorTypeSurfaces: 'exclude' };
    assert.instanceOf(await rejectionOf(open(request)), TypeError);
  });

  it('gives no audio of a monitor to a page that excludes the audio of the system, and gives that of a tab', async () => {
    const kindsOf = async (displaySurface: DisplaySurface, systemAudio: string) => {
      const devices = new VirtualDevices({ mode: 'replace' });
      devices.addScreen({ displaySurface }).hasAudio = true;
      devices.install();
      const stream = await mediaDevices.getDisplayMedia({ audio: true, systemAudio } as DisplayMediaStreamOptions);
      const kinds = stream.getTracks().map(({ kind }) => kind);
      devices.close();
      return kinds.sort();
    };
    assert.deepEqual(await kindsOf('monitor', 'include'), ['audio', 'video']);
    assert.deepEqual(await kindsOf('monitor', 'exclude'), ['video']);
    assert.deepEqual(await kindsOf('browser', 'exclude'), ['audio', 'video']);
  });

  it('refuses values that are not in the enumerations, before it awaits anything', async () => {
    for (const name of ['monitorTypeSurfaces', 'selfBrowserSurface', 'surfaceSwitching', 'systemAudio']) {
      for (const value of ['include', 'exclude']) assert.equal((await open({ [name]: value })).kind, 'video');
      const request = mediaDevices.getDisplayMedia({ [name]: 'invalid' } as object);
      const error = await rejectionOf(Promise.race([request, Promise.resolve()]));
      assert.instanceOf(error, TypeError);
      assert.include(error.message, name);
    }
  });
});

describe('DisplayMediaStreamOptions of virtual screens', () => {
  it('are converted as WebIDL does: null is a dictionary, and everything else a boolean', async () => {
    for (const video of [null, {}, 'yes', 1, undefined]) assert.equal((await open({ video })).kind, 'video');
    for (const video of [false, 0, '']) assert.instanceOf(await rejectionOf(open({ video })), TypeError);
    const screen = new VirtualDevices({ mode: 'replace' });
    onCleanup(() => screen.close());
    screen.addScreen().hasAudio = true;
    screen.install();
    for (const [audio, tracks] of [
      [null, 1],
      [{ echoCancellation: false, channelCount: { max: 1 } }, 1],
      ['yes', 1],
      [0, 0],
    ] as const) {
      const stream = await mediaDevices.getDisplayMedia({ audio } as DisplayMediaStreamOptions);
      onCleanup(() => stream.getTracks().map((track) => track.stop()));
      assert.lengthOf(stream.getAudioTracks(), tracks, JSON.stringify(audio));
    }
  });

  for (const options of [
    { audio: { channelCount: { exact: 1 } } },
    { audio: { sampleRate: { min: 8000 } } },
    { audio: { advanced: [] } },
    { video: { facingMode: { exact: 'user' } } },
    { video: { echoCancellation: { exact: true } } },
    { video: { frameRate: { min: 5, max: 30 } } },
  ]) {
    it(`choose no screen, by whatever constraint of pictures or audio: ${JSON.stringify(options)}`, async () => {
      assert.instanceOf(await rejectionOf(open(options)), TypeError);
    });
  }
});

describeIf(Boolean(CaptureController), noController, '5.2 CaptureController of virtual screens', () => {
  const make = () => new (CaptureController as new () => Controller)();
  const assertDecided = (controller: Controller) =>
    assert.throws(() => controller.setFocusBehavior('no-focus-change'), DOMException);

  it('is the only value that a request accepts as its controller', async () => {
    for (const controller of ['invalid', null, {}, true]) {
      assert.instanceOf(await rejectionOf(open({ controller })), TypeError);
    }
  });

  it('serves one request', async () => {
    const controller = make();
    await open({ controller });
    await assertRejects(open({ controller }), invalidState);
    await assertRejects(open({ controller, video: { displaySurface: 'window' } }), invalidState);
  });

  for (const displaySurface of ['window', 'browser']) {
    it(`decides once who gets the focus of a ${displaySurface}: until the task of the answer ends`, async () => {
      const request = () => ({ controller: make(), video: { displaySurface } });
      const [early, prompt, late, stopped] = [request(), request(), request(), request()];
      const opening = open(early);
      early.controller.setFocusBehavior('focus-captured-surface');
      await opening;
      assertDecided(early.controller);

      await open(prompt);
      prompt.controller.setFocusBehavior('focus-captured-surface');
      assertDecided(prompt.controller);

      await open(late);
      await sleep(0);
      assertDecided(late.controller);

      (await open(stopped)).stop();
      assertDecided(stopped.controller);
    });
  }

  it('decides nothing of a monitor, of a request that has failed, or by an unknown value', async () => {
    const [monitor, failed, unbound] = [make(), make(), make()];
    await open({ controller: monitor });
    assertDecided(monitor);
    const { name } = await rejectionOf(open({ controller: failed, video: { width: { max: 0 } } }));
    assert.equal(name, 'OverconstrainedError');
    assertDecided(failed);
    assert.throws(() => unbound.setFocusBehavior('invalid'), TypeError);
    unbound.setFocusBehavior('no-focus-change');
  });
});
