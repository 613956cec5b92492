/*
 * Paused: the picture holds, sound is silent. Muted: black, or silence. In both the track goes on at its full rate, and
 * everyone who has it, or a clone of it, gets the same.
 */
import '../../dist/define/all.js';
import { patternOf } from '../signals/descriptions.js';
import { clear, eventually, place, skip } from '../support/elements-page.js';
import {
  apart,
  colorAt,
  difference,
  hasProcessor,
  look,
  numberOf,
  rendered,
  type Shot,
  shoot,
  shootUntil,
} from '../support/elements-pictures.js';
import { amplitudeOf, decibels, Listener, peakOf } from '../support/elements-sounds.js';
import { afterEach, assert, describe, it } from '../support/suite.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];

const size = { width: 320, height: 240 };
const ball = patternOf({ pattern: 'ball', ...size });
const black = rendered(patternOf({ pattern: 'solid', ...size }), 0);

const makeBall = (more = '') =>
  place<PatternSource>(`<pattern-source pattern="ball" width="320" height="240" ${more}></pattern-source>`);

describe('a pattern-source that is held', () => {
  afterEach(clear);

  it('repeats its last picture at the full rate while it is paused, and goes on with what is due then', async function () {
    if (!hasProcessor) skip(this, 'frames are counted by MediaStreamTrackProcessor, which is Chromium only');
    const source = makeBall();
    const track = await source.ready;
    await shoot(track, 3);
    source.paused = true;
    const held = lastDozen(await shootUntil(track, (shots) => isStill(lastDozen(shots))));
    assertFullRate(held);
    source.paused = false;
    const [moving] = (await shootUntil(track, (shots) => shots.length > 1 && !isStill(shots.slice(-2), 2))).slice(-1);
    assert.equal(difference(moving.bytes, rendered(ball, numberOf(moving.timestamp, ball.frameRate))), 0);
    assert.isAbove(moving.timestamp, held[11].timestamp);
    assert.equal(track.readyState, 'live');
  });

  it('is black at the full rate while it is muted, for a clone of the track too', async function () {
    if (!hasProcessor) skip(this, 'frames are counted by MediaStreamTrackProcessor, which is Chromium only');
    const source = makeBall();
    const clone = (await source.ready).clone();
    source.muted = true;
    const isBlack = ({ bytes }: Shot) => difference(bytes, black) === 0;
    const dark = lastDozen(await shootUntil(clone, (shots) => shots.length >= 12 && lastDozen(shots).every(isBlack)));
    assertFullRate(dark);
    source.muted = false;
    await shootUntil(clone, (shots) => shots.some((shot) => !isBlack(shot)));
    clone.stop();
  });

  it('is black in a video while it is muted', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<PatternSource>(
      '<pattern-source for="screen" pattern="solid" color="white" width="320" height="240"></pattern-source>',
    );
    const level = () => colorAt(look(video), 160, 120)[1];
    await eventually(() => assert.isAbove(level(), 250));
    source.muted = true;
    await eventually(() => assert.isBelow(level(), 5));
    source.muted = false;
    await eventually(() => assert.isAbove(level(), 250));
    assert.isFalse(source.track?.muted, 'MediaStreamTrack.muted is another thing');
    assert.isTrue(source.track?.enabled);
  });

  it('changes nothing in a video while it is paused', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<PatternSource>(
      '<pattern-source for="screen" pattern="snow" width="64" height="64"></pattern-source>',
    );
    await eventually(() => void look(video));
    const pixels = () => look(video).data.join();
    source.paused = true;
    let before = '';
    let same = 0;
    // Snow is another picture at every look; what stays for six looks in a row is held.
    await eventually(() => {
      const now = pixels();
      same = now === before ? same + 1 : 0;
      before = now;
      assert.isAtLeast(same, 6);
    });
    source.paused = false;
    await eventually(() => assert.notEqual(pixels(), before));
    assert.equal(source.track?.readyState, 'live');
  });

  it('may be muted and paused from the start', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<PatternSource>(
      '<pattern-source for="screen" muted paused pattern="solid" color="white" width="320" height="240"></pattern-source>',
    );
    await eventually(() => assert.isBelow(apart(colorAt(look(video), 160, 120), [0, 0, 0]), 5));
    assert.equal(source.state, 'live');
    source.muted = false;
    await eventually(() => assert.isBelow(apart(colorAt(look(video), 160, 120), [255, 255, 255]), 5));
  });
});

describe('a tone-source that is held', () => {
  afterEach(clear);

  for (const state of ['paused', 'muted'] as const) {
    it(`sends silence while it is ${state}, to a clone too, and sounds again after`, async () => {
      const source = place<HTMLElementTagNameMap['tone-source']>('<tone-source></tone-source>');
      const track = await source.ready;
      const clone = track.clone();
      const listeners = await Promise.all([track, clone].map((each) => Listener.of(new MediaStream([each]))));
      for (const listener of listeners) await listener.until(({ planes }) => decibels(peakOf(planes[0])) > -19);
      source[state] = true;
      for (const listener of listeners) await listener.until(({ planes }) => peakOf(planes[0]) === 0);
      // And stays so.
      for (const { planes } of await Promise.all(listeners.map((listener) => listener.hear(0.3)))) {
        assert.equal(peakOf(planes[0]), 0);
      }
      assert.equal(track.readyState, 'live');
      assert.isFalse(track.muted);
      assert.isTrue(track.enabled);
      source[state] = false;
      for (const listener of listeners) {
        await listener.until(({ planes }) => Math.abs(decibels(amplitudeOf(planes[0])) + 18) < 0.1);
      }
      clone.stop();
      for (const listener of listeners) listener.close();
    });
  }
});

const lastDozen = (shots: Shot[]): Shot[] => shots.slice(-12);

const isStill = (shots: Shot[], count = 12): boolean =>
  shots.length >= count && shots.every(({ bytes }) => difference(bytes, shots[0].bytes) === 0);

/** Frames come at 30 a second; a busy machine may lose one or two of a dozen. */
function assertFullRate(shots: Shot[]): void {
  const seconds = (shots[shots.length - 1].timestamp - shots[0].timestamp) / 1e6;
  assert.isAtMost(seconds, (shots.length + 1) / 30);
  shots.slice(1).forEach(({ timestamp }, i) => {
    assert.isAbove(timestamp, shots[i].timestamp);
  });
}
