/* A hundred rounds with virtual devices leave nothing: no track, no worker, no audio context, no replaced function. */
import { VirtualDevices } from 'track-elements/devices';
import { TrackGenerator } from 'track-elements/generator';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { VideoScreen } from '../support/video-pixels.js';
import { eventually, sleep } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

const { mediaDevices } = navigator;
const ROUNDS = 100;

/** Counts the audio contexts of the page that are not closed, by replacing the global `AudioContext`. */
function countContexts(): { readonly made: number; readonly open: number } {
  const Native = globalThis.AudioContext;
  const contexts: AudioContext[] = [];
  globalThis.AudioContext = class extends Native {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  onCleanup(() => {
    globalThis.AudioContext = Native;
  });
  return {
    get made() {
      return contexts.length;
    },
    get open() {
      return contexts.filter(({ state }) => state !== 'closed').length;
    },
  };
}

const owners = [
  navigator,
  Navigator.prototype,
  mediaDevices,
  MediaDevices.prototype,
  MediaStream.prototype,
  MediaStreamTrack.prototype,
  MediaDeviceInfo.prototype,
  ...('InputDeviceInfo' in globalThis ? [InputDeviceInfo.prototype] : []),
  ...('Permissions' in globalThis ? [Permissions.prototype] : []),
];

/** The members of everything that virtual devices may change. */
const readMembers = () => owners.map((owner) => Object.getOwnPropertyDescriptors(owner));

function prepare() {
  const workers = countWorkers();
  onCleanup(() => workers.stop());
  const contexts = countContexts();
  const devices = new VirtualDevices({ mode: 'replace' });
  onCleanup(() => devices.close());
  devices.addCamera({ width: 64, height: 48 });
  devices.addMicrophone();
  return { workers, contexts, devices };
}

const openBoth = async (): Promise<MediaStreamTrack[]> =>
  (await mediaDevices.getUserMedia({ audio: true, video: true })).getTracks();

describe('A hundred rounds', () => {
  it('of requests and stops leave no track, no worker and no context', async () => {
    const { workers, contexts, devices } = prepare();
    devices.install();
    for (let round = 0; round < ROUNDS; round++) {
      const tracks = await openBoth();
      assert.lengthOf(tracks, 2);
      if (round % 10 === 0) tracks.push(...tracks.map((track) => track.clone()));
      for (const track of tracks) track.stop();
      for (const { openTracks } of devices.devices) assert.lengthOf(openTracks, 0);
    }
    assert.isAbove(workers.made, 0);
    assert.isBelow(workers.running, 4);
    assert.isBelow(contexts.open, 3);
    // The worker of the pictures stays for the next request.
    await eventually(() => assert.deepEqual([workers.running, contexts.open], [1, 0]));
    devices.uninstall();
    await eventually(() => assert.equal(workers.running, 0));
  });

  it('of installing and uninstalling leave every function as it was, and no track, worker or context', async () => {
    const before = readMembers();
    const { workers, contexts, devices } = prepare();
    for (let round = 0; round < ROUNDS; round++) {
      devices.install();
      const tracks = await openBoth();
      if (round % 2 === 0) tracks[0]?.stop();
      devices.uninstall();
      for (const track of tracks) assert.equal(track.readyState, 'ended');
    }
    assert.deepEqual(readMembers(), before);
    await eventually(() => assert.deepEqual([workers.running, contexts.open], [0, 0]));
  });
});

describe('A device that is removed', () => {
  it('gives back the track that it showed, also one that it was about to show', async () => {
    const { workers, devices } = prepare();
    const [camera, microphone] = devices.devices;
    devices.install();
    const generator = new TrackGenerator({ kind: 'video' });
    onCleanup(() => generator.stop());
    await camera?.show(generator.track);
    assert.isAbove(workers.running, 0);
    if (camera) devices.remove(camera);
    await eventually(() => assert.equal(workers.running, 0));
    assert.equal(generator.track.readyState, 'live');
    const showing = microphone?.show(generator.track);
    if (microphone) devices.remove(microphone);
    await showing;
    await sleep(100);
    assert.equal(workers.running, 0);
    assert.equal(generator.track.readyState, 'live');
  });

  it('shows its pattern again when it is added again', async () => {
    const { devices } = prepare();
    const [camera] = devices.devices;
    assert.isDefined(camera);
    if (!camera) return;
    await camera.show({ pattern: 'solid', color: 'red' });
    devices.install();
    devices.remove(camera);
    devices.add(camera);
    const [track] = (await mediaDevices.getUserMedia({ video: true })).getVideoTracks() as [MediaStreamTrack];
    onCleanup(() => track.stop());
    await new VideoScreen(track).showsColor([255, 0, 0], 6);
  });
});
