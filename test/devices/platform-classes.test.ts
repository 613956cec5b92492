/*
 * The objects that a page gets from virtual devices, as the platform's tests of WebIDL look at them: objects of the browser's own classes
 * with the members of those classes and no others, whose functions refuse everything else.
 */
import { VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';

const { mediaDevices } = navigator;
const { InputDeviceInfo: InfoClass = MediaDeviceInfo } = globalThis as Partial<typeof globalThis>;

/** The members that are replaced while devices are installed, where a browser has them. */
const replaced: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [MediaDevices.prototype, ['getUserMedia', 'getDisplayMedia', 'enumerateDevices', 'getSupportedConstraints']],
  [
    MediaStreamTrack.prototype,
    ['label', 'muted', 'getSettings', 'getCapabilities', 'getConstraints', 'applyConstraints', 'clone', 'stop'],
  ],
  [MediaStream.prototype, ['clone']],
  [MediaDeviceInfo.prototype, ['deviceId', 'kind', 'label', 'groupId', 'toJSON']],
  [InfoClass.prototype, ['getCapabilities']],
];

interface Member {
  readonly owner: object;
  readonly name: string;
  readonly descriptor: PropertyDescriptor;
}

function readMembers(): Member[] {
  return replaced.flatMap(([owner, names]) =>
    names.flatMap((name) => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name);
      return descriptor ? [{ owner, name, descriptor }] : [];
    }),
  );
}

const functionOf = ({ value, get }: PropertyDescriptor) => (value ?? get) as (...args: unknown[]) => unknown;

const native = readMembers();
let devices: VirtualDevices;

beforeEach(() => {
  devices = new VirtualDevices({ mode: 'replace' });
  devices.addCamera({ label: 'Front camera', facingMode: 'user' });
  devices.addMicrophone({ label: 'Headset' });
  devices.install();
  onCleanup(() => devices.close());
});

async function open(): Promise<{ stream: MediaStream; tracks: MediaStreamTrack[] }> {
  const stream = await mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  const clone = stream.clone();
  const tracks = [...stream.getTracks(), ...clone.getTracks()];
  onCleanup(() => tracks.map((track) => track.stop()));
  return { stream, tracks };
}

function assertNoOwnMembers(object: object): void {
  for (let owner = Object.getPrototypeOf(object); owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    if (owner === EventTarget.prototype) continue;
    for (const name of Object.getOwnPropertyNames(owner)) assert.isFalse(Object.hasOwn(object, name), name);
  }
}

describe('The objects of virtual devices', () => {
  it('are tracks of the class MediaStreamTrack, clones too, with no members of their own', async () => {
    const { tracks } = await open();
    assert.lengthOf(tracks, 4);
    for (const track of tracks) {
      assert.strictEqual(Object.getPrototypeOf(track), MediaStreamTrack.prototype);
      assert.equal(String(track), '[object MediaStreamTrack]');
      assertNoOwnMembers(track);
      assert.equal(track.label, track.kind === 'audio' ? 'Headset' : 'Front camera');
      assert.isTrue(Object.values(track.getCapabilities()).length > 0);
    }
  });

  it('are streams with no members of their own', async () => {
    const { stream } = await open();
    assert.strictEqual(Object.getPrototypeOf(stream), MediaStream.prototype);
    assertNoOwnMembers(stream);
    assertNoOwnMembers(stream.clone());
  });

  it('are entries of the class InputDeviceInfo with no members of their own', async () => {
    await open();
    const listed = (await mediaDevices.enumerateDevices()).filter(({ kind }) => kind !== 'audiooutput');
    assert.lengthOf(listed, 2);
    for (const info of listed) {
      assert.strictEqual(Object.getPrototypeOf(info), InfoClass.prototype);
      assertNoOwnMembers(info);
      const { deviceId, kind, label, groupId } = info;
      assert.deepEqual(info.toJSON(), { deviceId, kind, label, groupId });
    }
  });

  it('clone a stream of a page that has tracks of devices among others', async () => {
    const { tracks } = await open();
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [other] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
    const clone = new MediaStream([...tracks.slice(0, 1), other]).clone();
    onCleanup(() => [other, ...clone.getTracks()].map((track) => track.stop()));
    assert.lengthOf(clone.getTracks(), 2);
    assert.include(
      clone.getTracks().map(({ label }) => label),
      tracks[0]?.label,
    );
    for (const track of clone.getTracks()) assert.notInclude([...tracks, other], track);
  });
});

describe('The functions that virtual devices replace', () => {
  it('have the attributes, the name and the length of those of the browser, and are no constructors', () => {
    const now = readMembers();
    assert.equal(now.length, native.length);
    for (const [index, { name, descriptor }] of now.entries()) {
      const before = native[index]?.descriptor as PropertyDescriptor;
      const { enumerable, configurable, writable, set } = descriptor;
      assert.deepEqual(
        { enumerable, configurable, writable, set },
        {
          enumerable: before.enumerable,
          configurable: before.configurable,
          writable: before.writable,
          set: before.set,
        },
        name,
      );
      const [ours, theirs] = [functionOf(descriptor), functionOf(before)];
      assert.notStrictEqual(ours, theirs, name);
      assert.deepEqual([ours.name, ours.length], [theirs.name, theirs.length]);
      assert.isFalse(Object.hasOwn(ours, 'prototype'), name);
    }
  });

  for (const [kind, wrong] of [
    ['an object of another class', {}],
    ['null', null],
    ['the prototype', undefined],
  ] as const) {
    it(`refuse ${kind} with a TypeError`, async () => {
      for (const { owner, name, descriptor } of readMembers()) {
        const call = async () => functionOf(descriptor).call(wrong === undefined ? owner : wrong, { video: true });
        assert.instanceOf(await rejectionOf(call()), TypeError, name);
      }
    });
  }

  it('are those of the browser after the devices have gone', () => {
    devices.close();
    for (const [index, { name, descriptor }] of readMembers().entries()) {
      assert.deepEqual(descriptor, native[index]?.descriptor, name);
    }
  });

  it("have the browser's own values for other tracks", async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
    onCleanup(() => track.stop());
    const told = (): unknown[] => [track.label, track.muted, track.getSettings(), track.getConstraints()];
    const now = told();
    devices.close();
    assert.deepEqual(now, told());
  });
});
