/* Sources inside a <track-generator> that are paused or muted: their layer is held, the others continue. */
import 'track-elements/define/all';
import { amplitudeAt, decibels } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { byId, place } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, waitFor } from '../support/waiting.js';

type Generator = HTMLElementTagNameMap['track-generator'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

/** Two fields of snow, side by side. */
function snow(): { video: HTMLVideoElement; left(): string; right(): string } {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  place<Generator>(
    `<track-generator kind="video" for="screen" width="128" height="64">
      <pattern-source id="left" pattern="snow" width="64" height="64"></pattern-source>
      <pattern-source id="right" pattern="snow" width="64" height="64" x="64" seed="9"></pattern-source>
    </track-generator>`,
  );
  const half = (from: number) => {
    const { data } = readPixels(video);
    return data.filter((_, i) => (i % 512 < 256 ? 0 : 1) === from).join();
  };
  return { video, left: () => half(0), right: () => half(1) };
}

describe('a source inside a track-generator', () => {
  it('holds its picture while it is paused, and the others continue', async () => {
    const { left, right } = snow();
    const source = byId<PatternSource>('left');
    await eventually(() => void left());
    source.paused = true;
    let [before, beside] = ['', ''];
    let held = 0;
    await eventually(() => {
      const now = left();
      held = now === before ? held + 1 : 0;
      if (held === 1) beside = right();
      before = now;
      assert.isAtLeast(held, 6);
    });
    assert.notEqual(right(), beside);
    source.paused = false;
    await eventually(() => assert.notEqual(left(), before));
  });

  it('is black while it is muted, and the others are not', async () => {
    const { video } = snow();
    const source = byId<PatternSource>('left');
    await eventually(() => assert.isAbove(colorDistance(colorAt(readPixels(video), 32, 32), [0, 0, 0]), 8));
    source.muted = true;
    await eventually(() => {
      for (const [x, y] of [
        [4, 4],
        [32, 32],
        [60, 60],
      ]) {
        assert.isAtMost(colorDistance(colorAt(readPixels(video), x, y), [0, 0, 0]), 3);
      }
    });
    const { data } = readPixels(video);
    assert.isAbove(Math.max(...data.filter((_, i) => i % 512 >= 256 && i % 4 === 0)), 100);
    source.muted = false;
    await eventually(() => assert.isAbove(colorDistance(colorAt(readPixels(video), 32, 32), [0, 0, 0]), 8));
  });

  for (const state of ['paused', 'muted'] as const) {
    it(`is silent while it is ${state}, and the others are not`, async () => {
      const generator = place<Generator>(
        `<track-generator kind="audio">
          <tone-source id="one" frequency="500" level="-20"></tone-source>
          <tone-source id="two" frequency="2000" level="-20"></tone-source>
        </track-generator>`,
      );
      await generator.ready;
      const listener = await AudioRecorder.of(generator.stream);
      const hears = (first: boolean, second: boolean) =>
        listener.nextWhere(({ planes }) => {
          const levels = [500, 2000].map((frequency) => decibels(amplitudeAt(planes[0], 48000, frequency)));
          const [one, two] = levels.map((level) => (Math.abs(level + 20) < 0.3 ? true : level < -60 ? false : null));
          return one === first && two === second;
        });
      await hears(true, true);
      byId<ToneSource>('one')[state] = true;
      await hears(false, true);
      byId<ToneSource>('one')[state] = false;
      await hears(true, true);
      listener.close();
    });
  }

  it('makes write() reject also while it is silent', async () => {
    const generator = place<Generator>(
      '<track-generator kind="audio"><tone-source id="one"></tone-source></track-generator>',
    );
    await generator.ready;
    byId<ToneSource>('one').muted = true;
    await byId<ToneSource>('one').updateComplete;
    await waitFor(async () => (await generator.getStats()).kind === 'audio', 'the change has arrived');
    assert.equal((await rejectionOf(generator.write(new Float32Array(480)))).name, 'InvalidStateError');
  });
});

describe('a page with lone sources and generators', () => {
  it('shows and plays all of them', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const other = place<HTMLVideoElement>('<video id="other" autoplay muted playsinline></video>');
    place(`
      <pattern-source for="screen" pattern="solid" color="white" width="64" height="64"></pattern-source>
      <tone-source for="screen"></tone-source>
      <track-generator kind="video" for="other" width="64" height="64">
        <pattern-source pattern="solid" color="white"></pattern-source>
      </track-generator>
      <track-generator kind="audio" for="other"><tone-source></tone-source></track-generator>`);
    for (const element of [video, other]) {
      await eventually(() => {
        assert.isAbove(colorAt(readPixels(element), 32, 32)[1], 240);
        assert.lengthOf((element.srcObject as MediaStream).getTracks(), 2);
        assert.isFalse(element.paused);
      });
    }
  });
});
