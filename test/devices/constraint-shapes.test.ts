/* Constraints of shapes that pages really give: empty, nested, lists, stored ids, those of the other kind, and sets in order. */
import { VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';

const { mediaDevices } = navigator;
let devices: VirtualDevices;

beforeEach(() => {
  devices = new VirtualDevices({ mode: 'replace' });
  devices.addCamera({ label: 'Front', facingMode: 'user' });
  devices.addCamera({ label: 'Back', facingMode: 'environment' });
  devices.addCamera({ label: 'Desk' });
  devices.addMicrophone({ label: 'Headset' });
  devices.addMicrophone({ label: 'Room' });
  devices.install();
  onCleanup(() => devices.close());
});

async function open(kind: 'audio' | 'video', constraints: unknown): Promise<MediaStreamTrack> {
  const stream = await mediaDevices.getUserMedia({ [kind]: constraints } as MediaStreamConstraints);
  const [track] = stream.getTracks() as [MediaStreamTrack];
  onCleanup(() => track.stop());
  return track;
}

async function refused(kind: 'audio' | 'video', constraints: unknown): Promise<string> {
  const error = (await rejectionOf(open(kind, constraints))) as OverconstrainedError;
  return error.name === 'OverconstrainedError' ? error.constraint : error.name;
}

const idOf = (label: string) => devices.devices.find((device) => device.label === label)?.deviceId as string;

describe('Constraints of virtual devices', () => {
  const empty = {
    width: {},
    height: null,
    frameRate: { min: undefined, ideal: undefined },
    aspectRatio: { exact: undefined },
    facingMode: [],
    deviceId: { exact: undefined },
    groupId: { exact: [], ideal: [] },
    resizeMode: null,
    advanced: [],
  };

  it('that say nothing choose nothing', async () => {
    const track = await open('video', empty);
    const { width, height, frameRate } = track.getSettings();
    assert.deepEqual([track.label, width, height, frameRate], ['Front', 1280, 720, 30]);
    await track.applyConstraints(empty as unknown as MediaTrackConstraints);
    assert.equal(track.getSettings().width, 1280);
    const microphone = await open('audio', { echoCancellation: {}, autoGainControl: null, channelCount: {} });
    assert.deepEqual([microphone.label, microphone.getSettings().echoCancellation], ['Headset', true]);
  });

  it('with a stored id take the device, or another one if it has gone', async () => {
    for (const deviceId of [idOf('Desk'), [idOf('Desk')], { ideal: idOf('Desk') }, { exact: ['gone', idOf('Desk')] }]) {
      assert.equal((await open('video', { deviceId })).label, 'Desk', JSON.stringify(deviceId));
    }
    devices.devices[2]?.unplug();
    for (const deviceId of ['', 'default', 'gone', idOf('Desk'), { ideal: ['', idOf('Desk')] }]) {
      assert.equal((await open('video', { deviceId })).label, 'Front', JSON.stringify(deviceId));
      assert.equal((await open('audio', { deviceId })).label, 'Headset', JSON.stringify(deviceId));
    }
    for (const exact of ['', 'default', 'gone', idOf('Desk')]) {
      assert.equal(await refused('video', { deviceId: { exact } }), 'deviceId', exact);
    }
  });

  it('with a list of directions take the first device that has any of them', async () => {
    const labelOf = async (facingMode: unknown) => (await open('video', { facingMode })).label;
    assert.equal(await labelOf(['environment', 'left']), 'Back');
    assert.equal(await labelOf({ ideal: ['left', 'environment'] }), 'Back');
    assert.equal(await labelOf({ exact: ['environment', 'user'] }), 'Front');
    assert.equal(await labelOf({ exact: ['environment', 'user'], ideal: 'environment' }), 'Back');
    assert.equal(await labelOf(['left', 'right']), 'Front');
    assert.equal(await refused('video', { facingMode: { exact: ['left', 'right'] } }), 'facingMode');
  });

  it('in advanced sets are tried in order, each beside those before it', async () => {
    const sizeOf = async (advanced: unknown) => {
      const track = await open('video', { width: { ideal: 640 }, height: { max: 720 }, advanced });
      const { width, height } = track.getSettings();
      return [track.label, width, height];
    };
    assert.deepEqual(await sizeOf([{ height: 1080 }, { height: 360 }, { height: 480 }]), ['Front', 640, 360]);
    const environment = [{ facingMode: 'left' }, { facingMode: 'environment', height: 480 }, { facingMode: 'user' }];
    assert.deepEqual(await sizeOf(environment), ['Back', 640, 480]);
    assert.deepEqual(await sizeOf([{}, { width: { min: 1920 } }, { deviceId: idOf('Desk') }]), ['Desk', 1920, 720]);
  });

  it('are returned by getConstraints() as they were given, also those of the other kind', async () => {
    const given = {
      channelCount: 1,
      echoCancellation: { exact: true },
      facingMode: ['user'],
      width: { ideal: 640, min: 1 },
      advanced: [{ sampleRate: 8000, width: 640 }, {}],
    };
    for (const kind of ['audio', 'video'] as const) {
      const track = await open(kind, given);
      assert.deepEqual(track.getConstraints(), given as unknown as MediaTrackConstraints);
      assert.deepEqual(Object.keys(track.getConstraints()), Object.keys(given));
      await track.applyConstraints(track.getConstraints());
      assert.deepEqual(track.getConstraints(), given as unknown as MediaTrackConstraints);
    }
  });

  it('of the other kind are read, and have no effect', async () => {
    assert.equal((await open('audio', { width: { exact: 1e9 }, facingMode: { exact: 'none' } })).label, 'Headset');
    assert.equal((await open('video', { sampleRate: { min: 1e9 }, advanced: [{ channelCount: 9 }] })).label, 'Front');
    assert.equal(await refused('audio', { frameRate: Number.NaN }), 'TypeError');
    assert.equal(await refused('video', { latency: { min: 'soon' } }), 'TypeError');
    assert.equal(await refused('audio', { deviceId: { exact: Symbol('id') } }), 'TypeError');
  });

  it('of a class, with inherited members and getters, are read like those of any object', async () => {
    class Wanted {
      get width() {
        return { exact: 320 };
      }
      height = Object.create({ exact: 240 });
    }
    const { width, height } = (await open('video', new Wanted())).getSettings();
    assert.deepEqual([width, height], [320, 240]);
    const thrown = new RangeError('The page has thrown it.');
    const error = await rejectionOf(
      open('video', {
        get width() {
          throw thrown;
        },
      }),
    );
    assert.strictEqual(error, thrown);
  });
});
