/*
 * Frameworks put an element that they keep back some frames after they have removed it. Every element continues then: its
 * state, its tracks and its connection are the same. One that is not put back ends its tracks.
 */
import { place } from '../support/page.js';
import { hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, before, describe, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';
import { type Running, type Setup, setups } from '../support/wrong-values.js';

/** The state of a running element, and the objects that a page may hold. */
interface Held {
  readonly state: string;
  readonly tracks: readonly MediaStreamTrack[];
  readonly connection: unknown;
}

/** The tracks that an element makes or receives, and those that the page has opened of a virtual device. */
const heldOf = ({ state, tracks = [], peerConnection = null }: Running): Held => ({
  state,
  tracks: [...(tracks as readonly MediaStreamTrack[])],
  connection: peerConnection,
});

/** Opens a track of a virtual device. */
async function openDevice(element: Running): Promise<void> {
  await element.updateComplete;
  // It is connected after its first update.
  await sleep(0);
  const { deviceId } = element.device as { readonly deviceId: string };
  const constraints = { deviceId: { exact: deviceId } };
  const { mediaDevices } = navigator;
  if (element.localName === 'virtual-screen') await mediaDevices.getDisplayMedia();
  else if (element.localName === 'virtual-camera') await mediaDevices.getUserMedia({ video: constraints });
  else await mediaDevices.getUserMedia({ audio: constraints });
}

/** Resolves after three frames, or in less than the 250 ms in which an element is kept: a busy machine draws few frames. */
const afterThreeFrames = (): Promise<void> =>
  new Promise((resolve) => {
    const next = (left: number) => (left === 0 ? resolve() : requestAnimationFrame(() => next(left - 1)));
    next(3);
    setTimeout(resolve, 150);
  });

/** Runs an element, removes it and puts it back, and removes it for good. */
async function keep(title: string, { tag, markup, prepare, runs }: Setup): Promise<void> {
  const root = place(markup);
  const element = (root.matches(tag) ? root : root.querySelector(tag)) as Running;
  const { parentElement, nextSibling } = element;
  prepare?.(element);
  if (tag.startsWith('virtual-')) await openDevice(element);
  else if (tag === 'track-recorder') await element.start();
  else await waitFor(() => runs(element), 'the element to run');
  // A picture of the first size may come after the state.
  await sleep(300);
  const before = heldOf(element);
  if (/^virtual|-source$/.test(tag) && !title.includes('in a')) assert.lengthOf(before.tracks, 1);
  const events: string[] = [];
  for (const type of ['statechange', 'addtrack', 'removetrack', 'error', 'warning', 'trackschange']) {
    element.addEventListener(type, () => events.push(type));
  }
  element.remove();
  await afterThreeFrames();
  parentElement?.insertBefore(element, nextSibling?.isConnected ? nextSibling : null);
  // Longer than an element that was removed is kept.
  await sleep(400);
  const after = heldOf(element);
  assert.deepEqual(events, []);
  assert.equal(after.state, before.state);
  assert.isTrue(after.connection === before.connection, 'the connection');
  assert.equal(after.tracks.length, before.tracks.length);
  for (const [index, track] of after.tracks.entries()) {
    assert.isTrue(track === before.tracks[index], 'the track');
    assert.equal(track.readyState, 'live');
  }
  element.remove();
  await waitFor(() => before.tracks.every(({ readyState }) => readyState === 'ended'), 'the end of the tracks');
  root.remove();
}

const outcomes = new Map<string, Promise<void>>();
const isAvailable = ({ needsPeers }: Setup) => hasPeers || !needsPeers;

/** They mostly wait. */
const ELEMENTS_AT_A_TIME = 6;

before(async function () {
  this.timeout(150_000);
  const all = Object.entries(setups).filter(([, setup]) => isAvailable(setup));
  const isVirtual = ([, { tag }]: (typeof all)[number]) => tag.startsWith('virtual-');
  // The sources of cameras and screens would find the virtual ones.
  for (const some of [all.filter((each) => !isVirtual(each)), all.filter(isVirtual)]) {
    const queue = some.values();
    const keepInTurn = async () => {
      for (const [title, setup] of queue) {
        const outcome = keep(title, setup);
        outcomes.set(title, outcome);
        await outcome.catch(() => {});
      }
    };
    await Promise.all(Array.from({ length: ELEMENTS_AT_A_TIME }, keepInTurn));
  }
});

for (const [title, setup] of Object.entries(setups)) {
  describe(`${title} that a framework keeps`, () => {
    it('continues when it is put back three frames later, and ends its tracks when it is not', async function () {
      if (!isAvailable(setup)) skip(this, noPeers);
      await outcomes.get(title);
    });
  });
}
