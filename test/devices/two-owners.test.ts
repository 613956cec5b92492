/* Two that install virtual devices in one page, such as two copies of the library: each works, and nothing stays behind. */
import 'track-elements/define/virtual-camera';
import { VirtualDevices } from 'track-elements/devices';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { assert, before, describe, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

const { mediaDevices } = navigator;

/** All functions that virtual devices replace, and the keys of their owners. */
function readPage(): unknown[] {
  const owners = [MediaDevices.prototype, mediaDevices, Permissions.prototype, Navigator.prototype, navigator];
  return owners.flatMap((owner) =>
    Reflect.ownKeys(owner).map((key) => [key, Object.getOwnPropertyDescriptor(owner, key)?.value]),
  );
}

const listCameras = async (): Promise<string[]> => {
  const infos = await mediaDevices.enumerateDevices();
  return infos.flatMap(({ kind, label }) => (kind === 'videoinput' ? label : [])).sort();
};

/** Where the copies keep the functions of the browser. */
const NATIVE = Symbol.for('track-elements/native-media-devices');
const native = () => (mediaDevices as MediaDevices & { [NATIVE]?: Partial<MediaDevices> })[NATIVE];

async function openCamera(label: string): Promise<void> {
  const infos = await mediaDevices.enumerateDevices();
  const deviceId = infos.find((info) => info.label === label)?.deviceId as string;
  const stream = await mediaDevices.getUserMedia({ video: { deviceId: { exact: deviceId } } });
  const [track] = stream.getVideoTracks() as [MediaStreamTrack];
  assert.equal(track.label, label);
  track.stop();
}

describe('Two sets of virtual devices', () => {
  const page = readPage();

  function install(label: string): VirtualDevices {
    const devices = new VirtualDevices();
    onCleanup(() => devices.close());
    devices.addCamera({ label });
    devices.install();
    return devices;
  }

  for (const [order, indexes] of Object.entries({ 'the first one first': [0, 1], 'the last one first': [1, 0] })) {
    it(`are both listed and opened, and leave the page as it was: ${order}`, async () => {
      const { getUserMedia } = MediaDevices.prototype;
      const sets = [install('One'), install('Two')] as const;
      const stream = await mediaDevices.getUserMedia({ video: true });
      for (const track of stream.getTracks()) track.stop();
      assert.includeMembers(await listCameras(), ['One', 'Two']);
      await openCamera('One');
      await openCamera('Two');
      const [first, second] = indexes as [0 | 1, 0 | 1];
      sets[first].uninstall();
      assert.equal(native()?.getUserMedia?.name, `bound ${getUserMedia.name}`);
      const labels = await listCameras();
      assert.include(labels, ['One', 'Two'][second] as string);
      assert.notInclude(labels, ['One', 'Two'][first] as string);
      await openCamera(['One', 'Two'][second] as string);
      sets[second].uninstall();
      assert.deepEqual(readPage(), page);
    });
  }

  it('leave the page as it was when one of them is installed again in between', () => {
    const [one, two] = [install('One'), install('Two')] as const;
    one.uninstall();
    one.install();
    two.uninstall();
    assert.isTrue(one.installed);
    one.uninstall();
    assert.deepEqual(readPage(), page);
  });
});

describe('Two copies of the library', () => {
  before(async () => {
    const script = document.createElement('script');
    script.src = '/dist/cdn/track-elements.js';
    document.head.append(script);
    await nextEvent(script, 'load');
    const { VirtualCameraElement } = (globalThis as unknown as { TrackElements: typeof import('track-elements') })
      .TrackElements;
    customElements.define('other-virtual-camera', class extends VirtualCameraElement {});
  });

  for (const [order, tags] of Object.entries({
    'the first one first': ['virtual-camera', 'other-virtual-camera'],
    'the last one first': ['other-virtual-camera', 'virtual-camera'],
  })) {
    it(`list the cameras of both, and leave the page as it was: ${order}`, async () => {
      const page = readPage();
      place('<virtual-camera label="virtual-camera"></virtual-camera>');
      await waitFor(async () => (await listCameras()).length > 0, 'the first camera');
      place('<other-virtual-camera label="other-virtual-camera"></other-virtual-camera>');
      const stream = await waitFor(async () => {
        const opened = await mediaDevices.getUserMedia({ video: true });
        for (const track of opened.getTracks()) track.stop();
        return (await listCameras()).includes('other-virtual-camera') && opened;
      }, 'both cameras');
      assert.lengthOf(stream.getTracks(), 1);
      assert.includeMembers(await listCameras(), tags);
      const [first, second] = tags as [string, string];
      await openCamera(second);
      document.querySelector(first)?.remove();
      await waitFor(async () => !(await listCameras()).includes(first), 'the end of the first');
      await openCamera(second);
      document.querySelector(second)?.remove();
      await waitFor(() => !native(), 'the end of the second');
      assert.deepEqual(readPage(), page);
    });
  }
});
