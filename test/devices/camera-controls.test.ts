/* The controls of a virtual camera, such as a torch, as pages find them: Image Capture, "Constrainable Properties". */
import { type CameraControls, VirtualCamera, VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';

/** The lists of TypeScript lack the members of Image Capture. */
type Members = Record<string, unknown>;

const controls: CameraControls = {
  torch: true,
  zoom: { min: 1, max: 5, step: 0.1 },
  pan: { min: -180, max: 180, step: 1 },
  focusMode: ['continuous', 'manual'],
  exposureCompensation: { min: -3, max: 3 },
  colorTemperature: { min: 2800, max: 6500, step: 100 },
  backgroundBlur: [false],
};

async function openCamera(video: unknown = true, given = controls): Promise<MediaStreamTrack> {
  const devices = new VirtualDevices({ mode: 'replace' });
  devices.addCamera({ label: 'Camera without controls', facingMode: 'user' });
  devices.addCamera({ label: 'Camera with controls', facingMode: 'environment', controls: given });
  devices.install();
  onCleanup(() => devices.close());
  const stream = await navigator.mediaDevices.getUserMedia({ video } as MediaStreamConstraints);
  return stream.getVideoTracks()[0] as MediaStreamTrack;
}

const back = { facingMode: 'environment' };
const settingsOf = (track: MediaStreamTrack): Members => track.getSettings() as Members;
const apply = (track: MediaStreamTrack, constraints: Members): Promise<void> =>
  track.applyConstraints(constraints as MediaTrackConstraints);

describe('The controls of a virtual camera', () => {
  it('are capabilities of its tracks and of its entry in the list, and no camera without them has any', async () => {
    const track = await openCamera(back);
    const capabilities = track.getCapabilities() as Members;
    for (const [name, values] of Object.entries(controls)) assert.deepEqual(capabilities[name], values, name);
    const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const [other, camera] = inputs.map((input) => (input as InputDeviceInfo).getCapabilities() as Members);
    assert.deepEqual(camera?.zoom, controls.zoom);
    assert.notProperty(other, 'torch');
  });

  it('are constraints that the page supports', async () => {
    await openCamera();
    const supported = navigator.mediaDevices.getSupportedConstraints() as Members;
    for (const name of Object.keys(controls)) assert.isTrue(supported[name], name);
  });

  it('are at rest first: no torch, no zoom, nothing turned or corrected', async () => {
    const { torch, zoom, pan, focusMode, exposureCompensation, colorTemperature } = settingsOf(await openCamera(back));
    assert.deepEqual(
      { torch, zoom, pan, focusMode, exposureCompensation, colorTemperature },
      { torch: false, zoom: 1, pan: 0, focusMode: 'continuous', exposureCompensation: 0, colorTemperature: 2800 },
    );
  });

  it('follow applyConstraints(), by advanced sets and by bare values', async () => {
    const track = await openCamera(back);
    await apply(track, { advanced: [{ torch: true }, { zoom: 2.5 }] });
    assert.deepInclude(settingsOf(track), { torch: true, zoom: 2.5, width: 1280 });
    await apply(track, { zoom: 3, focusMode: 'manual' });
    assert.deepInclude(settingsOf(track), { torch: false, zoom: 3, focusMode: 'manual' });
    await apply(track, { zoom: 100 });
    assert.equal(settingsOf(track).zoom, 5);
    await apply(track, {});
    assert.equal(settingsOf(track).zoom, 1);
  });

  // As Chromium, which gives constraints of controls alone to the camera, and WebKit, which changes what they name.
  it('leave the size and the rate of a track as they are', async () => {
    const size = { width: 640, height: 480, frameRate: 10, resizeMode: 'crop-and-scale' };
    const track = await openCamera({ ...back, width: { exact: 640 }, height: { exact: 480 }, frameRate: { max: 10 } });
    await apply(track, { advanced: [{ torch: true }] });
    assert.deepInclude(settingsOf(track), { ...size, torch: true });
    await apply(track, { zoom: 3 });
    assert.deepInclude(settingsOf(track), { ...size, torch: false, zoom: 3 });
    await apply(track, { zoom: 3, height: 240 });
    assert.deepInclude(settingsOf(track), { height: 240, frameRate: 30, zoom: 3 });
  });

  it('are passed over in advanced sets that they cannot satisfy, and refused where they are required', async () => {
    const track = await openCamera(back);
    await apply(track, { advanced: [{ zoom: 100 }, { torch: true }] });
    assert.deepInclude(settingsOf(track), { torch: true, zoom: 1 });
    for (const constraints of [{ zoom: { exact: 6 } }, { zoom: { min: 6 } }, { iso: { min: 100 } }]) {
      const error = (await rejectionOf(apply(track, constraints))) as OverconstrainedError;
      assert.deepEqual([error.name, error.constraint], ['OverconstrainedError', Object.keys(constraints)[0]]);
    }
    assert.isTrue(settingsOf(track).torch, 'a refused request changes nothing');
  });

  it('choose the camera, and true asks for a control without a value', async () => {
    assert.equal((await openCamera({ torch: { exact: true } })).label, 'Camera with controls');
    const track = await openCamera({ ...back, zoom: true, pan: true });
    assert.deepInclude(settingsOf(track), { zoom: 1, pan: 0 });
    assert.deepEqual((track.getConstraints() as Members).zoom, true);
    await apply(track, { advanced: [{ zoom: true }, { zoom: 2 }] });
    assert.equal(settingsOf(track).zoom, 2);
  });

  it('are kept by a clone, which has values of its own from then on', async () => {
    const track = await openCamera(back);
    await apply(track, { advanced: [{ torch: true }] });
    const clone = track.clone();
    assert.isTrue(settingsOf(clone).torch);
    await apply(clone, {});
    assert.deepEqual([settingsOf(track).torch, settingsOf(clone).torch], [true, false]);
    clone.stop();
  });

  it('that cameras do not have, or cannot have so, are refused by a sentence', () => {
    const wrong: [unknown, string][] = [
      [{ touch: true }, 'A name in controls is "touch"; it must be one of torch, pan, tilt, zoom'],
      [{ torch: 1 }, 'controls.torch is 1; it must be true, or a list of booleans.'],
      [{ torch: [] }, 'controls.torch is Array; it must be true, or a list of booleans.'],
      [{ focusMode: 'manual' }, 'controls.focusMode is "manual"; it must be a list of modes'],
      [{ zoom: 3 }, 'controls.zoom is 3; it must be a range such as { min: 1, max: 5, step: 0.1 }.'],
      [{ zoom: { min: 2, max: 1 } }, 'controls.zoom.max is 1; it must be a number of at least 2.'],
      [{ zoom: { min: 1, max: 5, step: 0 } }, 'controls.zoom.step is 0; it must be a number above 0.'],
      ['torch', 'controls is "torch"; it must be an object of controls'],
    ];
    for (const [given, message] of wrong) {
      assert.throws(() => new VirtualCamera({ controls: given as CameraControls }), message);
    }
  });
});
