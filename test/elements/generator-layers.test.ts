/* Sources inside a <track-generator>: patterns are painted in document order, tones are summed, the track stays the same. */
import 'track-elements/define/all';
import { amplitudeAt, decibels, medianOfWindows, peakOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { byId, place } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { hasProcessor, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { captureFrames, frameNumberAt } from '../support/track-reading.js';
import { colorAt, colorDistance, type Rgb, readPixels, VideoScreen } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Generator = HTMLElementTagNameMap['track-generator'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

const solid = (color: string, more = '') =>
  `<pattern-source pattern="solid" color="${color}" ${more}></pattern-source>`;

function compose(children: string): { generator: Generator; video: HTMLVideoElement } {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  const generator = place<Generator>(
    `<track-generator kind="video" for="screen" width="320" height="240" frame-rate="20" background="navy">${children}</track-generator>`,
  );
  return { generator, video };
}

/** Colours at points, all in one look. WebKitGTK paints a bitmap of a frame up to five levels off. */
const shows = (video: HTMLVideoElement, points: readonly (readonly [x: number, y: number, color: Rgb])[]) =>
  eventually(() => {
    const picture = readPixels(video);
    for (const [x, y, color] of points) {
      const seen = colorAt(picture, x, y);
      assert.isAtMost(colorDistance(seen, color), 8, `at ${x}, ${y}: ${seen.map(Math.round)}, wanted ${color}`);
    }
  });

const navy: Rgb = [0, 0, 128];
const red: Rgb = [255, 0, 0];
const lime: Rgb = [0, 255, 0];
const white: Rgb = [255, 255, 255];

describe('patterns inside a track-generator', () => {
  it('are painted in document order, at their positions and sizes', async () => {
    const { generator, video } = compose(
      solid('red', 'x="20" y="40" width="100" height="80"') + solid('lime', 'x="80" y="80" width="200" height="100"'),
    );
    const track = generator.track as MediaStreamTrack;
    await shows(video, [
      [5, 5, navy],
      [30, 50, red],
      [90, 90, lime],
      [270, 170, lime],
      [290, 190, navy],
    ]);
    assert.deepEqual([video.videoWidth, video.videoHeight], [320, 240]);
    const { width, height, frameRate } = track.getSettings();
    assert.deepEqual([width, height, frameRate], [320, 240, 20]);
    const [first] = generator.children;
    generator.append(first);
    await shows(video, [
      [90, 90, red],
      [270, 170, lime],
    ]);
    assert.isTrue(generator.track === track);
  });

  it('fill the generator if they have no size, and are mixed by their opacity', async () => {
    const { video, generator } = compose(solid('white', 'opacity="0.5"'));
    await shows(video, [
      [4, 4, [128, 128, 192]],
      [315, 235, [128, 128, 192]],
    ]);
    (generator.firstElementChild as PatternSource).opacity = 1;
    await shows(video, [[315, 235, white]]);
    (generator.firstElementChild as PatternSource).opacity = 0;
    await shows(video, [[315, 235, navy]]);
  });

  it('are cut off at its edges', async () => {
    const { video } = compose(
      solid('red', 'x="-50" y="-60" width="100" height="100"') +
        solid('lime', 'x="300" y="200" width="100" height="100"'),
    );
    await shows(video, [
      [4, 4, red],
      [60, 4, navy],
      [4, 60, navy],
      [315, 235, lime],
    ]);
  });

  it('are added, changed and removed on the same track', async () => {
    const { video, generator } = compose('');
    const track = generator.track as MediaStreamTrack;
    await generator.write(canvasOf('white'));
    await shows(video, [[100, 100, white]]);
    const source = place<PatternSource>(solid('red', 'width="200" height="200"'), generator);
    await shows(video, [
      [100, 100, red],
      [250, 100, navy],
    ]);
    source.x = 100;
    source.color = 'lime';
    await shows(video, [
      [50, 100, navy],
      [250, 100, lime],
    ]);
    source.remove();
    // Written frames are shown again, on the same track.
    await waitFor(() => generator.write(canvasOf('white')).catch(() => false), 'the generator takes frames again');
    await shows(video, [[100, 100, white]]);
    assert.isTrue(generator.track === track);
    assert.equal(track.readyState, 'live');
  });

  it('leave the track to written frames from their removal on, also when the generator changes', async () => {
    const { video, generator } = compose(solid('red'));
    await shows(video, [[100, 100, red]]);
    const layer = generator.firstElementChild as PatternSource;
    layer.remove();
    await waitFor(() => generator.write(canvasOf('white')).catch(() => false), 'the generator takes frames again');
    await shows(video, [[100, 100, white]]);
    // The layer, which might only have been moved, is now removed for good.
    await waitFor(() => layer.state === 'idle', 'the end of the time in which it can be put back');
    generator.background = 'lime';
    generator.queueLimit = 10;
    await generator.updateComplete;
    // A composition that would replace the picture would stay.
    await generator.getStats();
    await sleep(300);
    await shows(video, [[100, 100, white]]);
    await waitFor(() => generator.write(canvasOf('lime')).catch(() => false), 'another frame');
    await shows(video, [[100, 100, lime]]);
  });

  it('are added, changed and removed without a gap', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    // One of them takes long to prepare. It must be prepared only once.
    const { generator } = compose(
      `${solid('red')}<pattern-source pattern="card" width="1280" height="720"></pattern-source>`,
    );
    const track = await generator.ready;
    await waitFor(async () => (await generator.getStats()).produced > 15, 'frames');
    const changes = (async () => {
      for (let i = 0; i < 8; i++) {
        await sleep(120);
        if (i % 2) generator.lastElementChild?.remove();
        else generator.insertAdjacentHTML('beforeend', solid('lime', `x="${2 * i}" width="64" height="64"`));
        (generator.children[1] as PatternSource).x = 2 * i;
        (generator.firstElementChild as PatternSource).color = i % 3 ? 'blue' : 'white';
      }
    })();
    const shots = await captureFrames(track, 25);
    await changes;
    const numbers = shots.map(({ timestamp }) => frameNumberAt(timestamp, { numerator: 20, denominator: 1 }));
    const missing = numbers.slice(1).reduce((sum, number, i) => sum + number - (numbers[i] as number) - 1, 0);
    // On a busy machine one or two may be late.
    assert.isAtMost(missing, 3);
    assert.deepEqual([...new Set(numbers)], numbers);
    assert.deepEqual(new Set(shots.map(({ width, height }) => `${width} x ${height}`)), new Set(['320 x 240']));
  });

  it('make write() reject', async () => {
    const { video, generator } = compose(solid('red'));
    await shows(video, [[100, 100, red]]);
    const error = await rejectionOf(generator.write(canvasOf('white')));
    assert.equal(error.name, 'InvalidStateError');
    assert.include(error.message, 'inside');
    await shows(video, [[100, 100, red]]);
  });

  it('are black when the generator is muted', async () => {
    const { video, generator } = compose(solid('white'));
    await shows(video, [[100, 100, white]]);
    generator.muted = true;
    await shows(video, [[100, 100, [0, 0, 0]]]);
    generator.muted = false;
    await shows(video, [[100, 100, white]]);
  });
});

describe('a source inside a track-generator', () => {
  it('has no track, and its promise is the generator’s', async () => {
    const other = place<HTMLVideoElement>('<video id="other" muted></video>');
    const { generator, video } = compose(solid('red', 'for="other"'));
    const source = generator.firstElementChild as PatternSource;
    assert.isNull(source.track);
    assert.isTrue((await source.ready) === generator.track);
    assert.isTrue((await source.start()) === generator.track);
    await shows(video, [[100, 100, red]]);
    assert.isNull(source.track);
    assert.lengthOf(source.stream.getTracks(), 0);
    assert.isNull(other.srcObject, '"for" is ignored');
  });

  it('makes its own track outside, and gives it up inside', async () => {
    const { generator, video } = compose(solid('red'));
    const source = generator.firstElementChild as PatternSource;
    await shows(video, [[100, 100, red]]);
    byId('screen').after(source);
    const own = await waitFor(() => source.track, 'its own track');
    assert.isFalse(own === generator.track);
    const ended = nextEvent(own, 'ended');
    generator.append(source);
    await ended;
    assert.isNull(source.track);
    await shows(video, [[100, 100, red]]);
  });

  it('of the wrong kind fails alone', async () => {
    const { generator, video } = compose(`${solid('red')}<tone-source></tone-source>`);
    const stranger = generator.lastElementChild as PatternSource;
    const event = await nextEvent<ErrorEvent>(stranger, 'error');
    assert.equal(event.error.name, 'TypeError');
    assert.include(event.message, 'tone-source');
    assert.include(event.message, 'video');
    assert.isTrue(stranger.matches(':state(failed)'));
    await shows(video, [[100, 100, red]]);
    assert.deepEqual([generator.state, (generator.firstElementChild as PatternSource).state], ['live', 'live']);
  });

  it('with a wrong attribute fails alone and does not change, until it is corrected', async () => {
    const { generator, video } = compose(solid('red'));
    await shows(video, [[100, 100, red]]);
    const source = generator.firstElementChild as PatternSource;
    const failed = nextEvent<ErrorEvent>(source, 'error');
    source.pattern = 'nonsense';
    assert.include((await failed).message, 'nonsense');
    assert.deepEqual([generator.state, source.state], ['live', 'failed']);
    assert.isTrue(source.matches(':state(failed)'));
    await shows(video, [[100, 100, red]]);
    source.pattern = 'solid';
    source.color = 'lime';
    await shows(video, [[100, 100, lime]]);
    assert.equal(source.state, 'live');
  });

  it('disappears when it is removed, also if the others cannot be drawn', async () => {
    const { generator, video } = compose(`${solid('white')}<pattern-source pattern="nope"></pattern-source>`);
    await shows(video, [[100, 100, white]]);
    generator.firstElementChild?.remove();
    await shows(video, [[100, 100, navy]]);
    generator.background = 'lime';
    await shows(video, [[100, 100, lime]]);
  });

  it('fails alone with a wrong colour space, and otherwise has the colour space of the generator', async () => {
    const { generator, video } = compose(`<pattern-source color-space="bt2020"></pattern-source>${solid('red')}`);
    const [wrong, right] = generator.children as unknown as PatternSource[];
    assert.include((await nextEvent<ErrorEvent>(wrong as PatternSource, 'error')).message, 'bt2020');
    await shows(video, [[100, 100, red]]);
    assert.deepEqual([wrong?.state, right?.state], ['failed', 'live']);
    generator.colorSpace = 'bt709';
    await shows(video, [[100, 100, red]]);
  });

  it('reports an error once, also when other layers change', async () => {
    const { generator, video } = compose(`${solid('red')}<pattern-source pattern="nope"></pattern-source>`);
    const [first, second] = generator.children as unknown as PatternSource[];
    let errors = 0;
    second?.addEventListener('error', () => errors++);
    await shows(video, [[100, 100, red]]);
    (first as PatternSource).color = 'lime';
    await shows(video, [[100, 100, lime]]);
    (first as PatternSource).color = 'white';
    await shows(video, [[100, 100, white]]);
    assert.equal(errors, 1);
    assert.equal(second?.state, 'failed');
  });

  it('is a layer of the nearest generator only', async () => {
    const { generator } = compose(
      `<track-generator kind="video" width="64" height="64">${solid('red')}</track-generator>`,
    );
    const inner = generator.firstElementChild as Generator;
    await waitFor(() => inner.state === 'live' && generator.state === 'live', 'live');
    assert.equal(await rejectionOf(inner.write(new ImageData(2, 2))).then(({ name }) => name), 'InvalidStateError');
    assert.isTrue(await generator.write(new ImageData(2, 2)));
  });

  it('has the state of the generator', async () => {
    const generator = place<Generator>(`<track-generator kind="video" manual>${solid('red')}</track-generator>`);
    const source = generator.firstElementChild as PatternSource;
    assert.equal(source.state, 'idle');
    void generator.start();
    await waitFor(() => source.matches(':state(live)'), 'live');
    const changed = nextEvent(source, 'statechange');
    generator.stop();
    await changed;
    assert.isTrue(source.matches(':state(stopped)'));
    source.remove();
    await waitFor(() => source.matches(':state(idle)'), 'its own state, once it is clear that it was not only moved');
    assert.isFalse(source.matches(':state(stopped)'));
  });
});

describe('a generator that is not connected', () => {
  it('composes the sources inside, also those that have never been connected', async () => {
    const generator = document.createElement('track-generator');
    Object.assign(generator, { kind: 'video', width: 64, height: 64, background: 'navy' });
    const source = document.createElement('pattern-source');
    Object.assign(source, { pattern: 'solid', color: 'red' });
    generator.append(document.createElement('p'));
    generator.firstElementChild?.append(source);
    stopAfterTest(generator);
    const screen = new VideoScreen(await generator.start());
    await screen.showsColor(red, 8);
    assert.isNull(source.track);

    const added = document.createElement('pattern-source');
    Object.assign(added, { pattern: 'solid', color: 'lime' });
    generator.append(added);
    generator.background = 'black';
    place('<div></div>').append(generator);
    await screen.showsColor(lime, 8);
    assert.deepEqual([source.state, added.state], ['live', 'live']);
  });

  it('composes again after it was removed, without a source that was taken out', async () => {
    const { generator, video } = compose(`${solid('red')}${solid('lime')}`);
    await shows(video, [[100, 100, lime]]);
    generator.remove();
    await waitFor(() => generator.state === 'stopped', 'stopped');
    generator.lastElementChild?.remove();
    stopAfterTest(generator);
    await new VideoScreen(await generator.start()).showsColor(red, 8);
  });
});

describe('a generator that is moved', () => {
  /** Moves an element, and the moment after which it is connected again. */
  const moves: Record<string, (element: Element, to: Element) => void> = {
    'at once': (element, to) => to.append(element),
    'by remove() and append() in one task': (element, to) => {
      element.remove();
      to.append(element);
    },
    'with a gap of a microtask': (element, to) => {
      element.remove();
      queueMicrotask(() => to.append(element));
    },
    'by moveBefore()': (element, to) =>
      (to as Element & { moveBefore(node: Node, child: Node | null): void }).moveBefore(element, null),
  };
  const canMove = 'moveBefore' in Element.prototype;

  for (const [way, move] of Object.entries(moves)) {
    it(`keeps composing, and its sources keep their state: ${way}`, async function () {
      if (way.includes('moveBefore') && !canMove) skip(this, 'this engine has no moveBefore()');
      const { generator, video } = compose(solid('red'));
      const to = place('<div></div>');
      const source = generator.firstElementChild as PatternSource;
      await shows(video, [[100, 100, red]]);
      const states: string[] = [];
      for (const element of [generator, source]) {
        element.addEventListener('statechange', () => states.push(`${element.localName} ${element.state}`));
      }
      const compositions = countCompositions();
      move(generator, to);
      await sleep(100);
      assert.isTrue(to.contains(generator));
      assert.deepEqual(states, []);
      assert.notInclude(compositions.layerCounts, 0);
      assert.isNull(source.track);
      source.color = 'lime';
      await shows(video, [[100, 100, lime]]);
    });

    it(`and a source that is moved within it keeps its state: ${way}`, async function () {
      if (way.includes('moveBefore') && !canMove) skip(this, 'this engine has no moveBefore()');
      const { generator, video } = compose(`${solid('red')}<div></div>`);
      const [source, to] = generator.children as unknown as [PatternSource, HTMLElement];
      await shows(video, [[100, 100, red]]);
      const states: string[] = [];
      source.addEventListener('statechange', () => states.push(source.state));
      move(source, to);
      await sleep(100);
      assert.isTrue(to.contains(source));
      assert.deepEqual(states, []);
      source.color = 'lime';
      await shows(video, [[100, 100, lime]]);
    });
  }

  it('shows no background when it is removed for good', async () => {
    const { generator, video } = compose(solid('red'));
    const source = generator.firstElementChild as PatternSource;
    await shows(video, [[100, 100, red]]);
    const states: string[] = [];
    source.addEventListener('statechange', () => states.push(source.state));
    const compositions = countCompositions();
    generator.remove();
    await waitFor(() => generator.state === 'stopped' && source.state === 'idle', 'stopped');
    await sleep(50);
    assert.notInclude(compositions.layerCounts, 0);
    assert.deepEqual(states, ['idle']);
  });
});

describe('tones inside a track-generator', () => {
  it('are summed with gain and pan, and are added and removed on the same track', async () => {
    const generator = place<Generator>(
      `<track-generator kind="audio">
        <tone-source id="a" frequency="500" level="-20"></tone-source>
        <tone-source id="b" frequency="1500" level="-20" gain="0.5" pan="1"></tone-source>
      </track-generator>`,
    );
    const track = generator.track as MediaStreamTrack;
    await generator.ready;
    const listener = await AudioRecorder.of(generator.stream);
    const hears = async (levels: readonly (readonly [frequency: number, channel: number, level: number])[]) => {
      await eventually(async () => {
        const clip = await listener.next(0.3);
        for (const [frequency, channel, level] of levels) {
          const measured = decibels(
            medianOfWindows(clip, (samples) => amplitudeAt(samples, 48000, frequency), channel),
          );
          const text = `${frequency} Hz in channel ${channel}: ${measured}`;
          if (level === Number.NEGATIVE_INFINITY) assert.isBelow(measured, -70, text);
          else assert.closeTo(measured, level, 0.2, text);
        }
      });
    };
    const none = Number.NEGATIVE_INFINITY;
    await hears([
      [500, 0, -20],
      [500, 1, -20],
      [1500, 0, none],
      [1500, 1, -26.02],
    ]);
    byId<ToneSource>('b').pan = -1;
    byId<ToneSource>('a').gain = 2;
    await hears([
      [500, 0, -13.98],
      [1500, 0, -26.02],
      [1500, 1, none],
    ]);
    byId('a').remove();
    await hears([
      [500, 0, none],
      [1500, 0, -26.02],
    ]);
    byId('b').remove();
    await listener.nextWhere(({ planes }) => peakOf(planes[0]) === 0);
    await sleep(0);
    assert.isTrue(generator.track === track);
    assert.equal(track.readyState, 'live');
    listener.close();
  });
});

/** Records how many layers each composition has that is sent to the engine, until the test is over. */
function countCompositions(): { readonly layerCounts: readonly number[] } {
  const layerCounts: number[] = [];
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
    const { composition } = Object(message) as { composition?: { layers: readonly unknown[] } };
    if (composition) layerCounts.push(composition.layers.length);
    return (postMessage as (...values: unknown[]) => void).call(this, message, ...rest);
  } as typeof postMessage;
  onCleanup(() => Object.assign(MessagePort.prototype, { postMessage }));
  return { layerCounts };
}

function canvasOf(color: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 320, height: 240 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.fillStyle = color;
  context.fillRect(0, 0, 320, 240);
  return canvas;
}
