/*
 * Paused: the last picture, or silence. Muted: black, or silence. In both cases the track continues at its full rate, and
 * its clones have the same content.
 */
import 'track-elements/define/all';
import { patternOf } from '../signals/descriptions.js';
import { amplitudeOf, decibels, peakOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { hasProcessor, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import {
  type CapturedFrame,
  captureFrames,
  captureFramesUntil,
  countDifferentBytes,
  frameNumberAt,
  renderPatternBytes,
} from '../support/track-reading.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually } from '../support/waiting.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];

const size = { width: 320, height: 240 };
const ball = patternOf({ pattern: 'ball', ...size });
const black = renderPatternBytes(patternOf({ pattern: 'solid', ...size }), 0);

const makeBall = (more = '') =>
  place<PatternSource>(`<pattern-source pattern="ball" width="320" height="240" ${more}></pattern-source>`);

describe('a pattern-source that is paused or muted', () => {
  it('repeats its last picture at the full rate while it is paused, then continues with the frame that is due', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    const source = makeBall();
    const track = await source.ready;
    await captureFrames(track, 3);
    source.paused = true;
    const isHeld = (dozen: CapturedFrame[]) => isStill(dozen) && hasFullRate(dozen);
    const held = lastDozen(await captureFramesUntil(track, (shots) => isHeld(lastDozen(shots))));
    source.paused = false;
    const [moving] = (
      await captureFramesUntil(track, (shots) => shots.length > 1 && !isStill(shots.slice(-2), 2))
    ).slice(-1);
    assert.equal(
      countDifferentBytes(moving.bytes, renderPatternBytes(ball, frameNumberAt(moving.timestamp, ball.frameRate))),
      0,
    );
    assert.isAbove(moving.timestamp, held[11].timestamp);
    assert.equal(track.readyState, 'live');
  });

  it('is black at the full rate while it is muted, for a clone of the track too', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    const source = makeBall();
    const clone = (await source.ready).clone();
    source.muted = true;
    const isBlack = ({ bytes }: CapturedFrame) => countDifferentBytes(bytes, black) === 0;
    await captureFramesUntil(clone, (shots) => hasFullRate(lastDozen(shots)) && lastDozen(shots).every(isBlack));
    source.muted = false;
    await captureFramesUntil(clone, (shots) => shots.some((shot) => !isBlack(shot)));
    clone.stop();
  });

  it('is black in a video while it is muted', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<PatternSource>(
      '<pattern-source for="screen" pattern="solid" color="white" width="320" height="240"></pattern-source>',
    );
    const level = () => colorAt(readPixels(video), 160, 120)[1];
    await eventually(() => assert.isAbove(level(), 250));
    source.muted = true;
    await eventually(() => assert.isBelow(level(), 5));
    source.muted = false;
    await eventually(() => assert.isAbove(level(), 250));
    assert.isFalse(source.track?.muted, 'MediaStreamTrack.muted is another thing');
    assert.isTrue(source.track?.enabled);
  });

  it('stands still in a video while it is paused', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<PatternSource>(
      '<pattern-source for="screen" pattern="snow" width="64" height="64"></pattern-source>',
    );
    await eventually(() => void readPixels(video));
    const pixels = () => readPixels(video).data.join();
    source.paused = true;
    let before = '';
    let same = 0;
    // Snow changes in each frame: a picture that is the same six times in a row is held.
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
    await eventually(() => assert.isBelow(colorDistance(colorAt(readPixels(video), 160, 120), [0, 0, 0]), 5));
    assert.equal(source.state, 'live');
    source.muted = false;
    await eventually(() => assert.isBelow(colorDistance(colorAt(readPixels(video), 160, 120), [255, 255, 255]), 5));
  });
});

describe('a tone-source that is paused or muted', () => {
  for (const state of ['paused', 'muted'] as const) {
    it(`sends silence while it is ${state}, also to a clone, and plays again afterwards`, async () => {
      const source = place<HTMLElementTagNameMap['tone-source']>('<tone-source></tone-source>');
      const track = await source.ready;
      const clone = track.clone();
      const listeners = await Promise.all([track, clone].map((each) => AudioRecorder.of(new MediaStream([each]))));
      for (const listener of listeners) await listener.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -19);
      source[state] = true;
      for (const listener of listeners) await listener.nextWhere(({ planes }) => peakOf(planes[0]) === 0);
      // And it stays silent.
      for (const { planes } of await Promise.all(listeners.map((listener) => listener.next(0.3)))) {
        assert.equal(peakOf(planes[0]), 0);
      }
      assert.equal(track.readyState, 'live');
      assert.isFalse(track.muted);
      assert.isTrue(track.enabled);
      source[state] = false;
      for (const listener of listeners) {
        await listener.nextWhere(({ planes }) => Math.abs(decibels(amplitudeOf(planes[0])) + 18) < 0.1);
      }
      clone.stop();
      for (const listener of listeners) listener.close();
    });
  }
});

const lastDozen = (shots: CapturedFrame[]): CapturedFrame[] => shots.slice(-12);

const isStill = (shots: CapturedFrame[], count = 12): boolean =>
  shots.length >= count && shots.every(({ bytes }) => countDifferentBytes(bytes, shots[0].bytes) === 0);

/** Whether a dozen frames come at 30 a second. A busy machine may lose one or two of them, or more: then other ones count. */
function hasFullRate(shots: CapturedFrame[]): boolean {
  const isRising = shots.every(({ timestamp }, i) => i === 0 || timestamp > (shots[i - 1] as CapturedFrame).timestamp);
  const seconds = ((shots.at(-1)?.timestamp ?? Number.NaN) - (shots[0]?.timestamp ?? Number.NaN)) / 1e6;
  return shots.length === 12 && isRising && seconds <= (shots.length + 1) / 30;
}
