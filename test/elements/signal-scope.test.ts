/*
 * `<signal-scope>` in a page: what its canvas shows of real tracks, what it reads and when, and what it leaves behind. The drawings
 * themselves are tested in Node, with the numbers of the standards.
 */
import 'track-elements/define/pattern-source';
import 'track-elements/define/signal-scope';
import 'track-elements/define/tone-source';
import type { PatternSourceElement, SignalScopeElement, ToneSourceElement } from 'track-elements';
import { colors } from '../signals/fields.js';
import { onCleanup } from '../support/cleanup.js';
import { place, removePlaced } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

const inside = (scope: SignalScopeElement, selector: string): Element | null =>
  scope.shadowRoot?.querySelector(selector) ?? null;

const canvasOf = (scope: SignalScopeElement): HTMLCanvasElement | null =>
  inside(scope, '[part=screen]') as HTMLCanvasElement | null;

const labelOf = (scope: SignalScopeElement): string => inside(scope, '[role=img]')?.getAttribute('aria-label') ?? '';

/** Places a scope of 480 pixels in width. */
const placeScope = (attributes: string, sources = ''): SignalScopeElement =>
  place<SignalScopeElement>(`<signal-scope style="width: 480px" ${attributes}>${sources}</signal-scope>`);

const bars = (pattern: string) => `<pattern-source pattern="${pattern}" width="640" height="360"></pattern-source>`;

/** The pixels on the canvas of a scope. */
function pixelsOf(scope: SignalScopeElement): ImageData | null {
  const canvas = canvasOf(scope);
  if (!canvas || canvas.width < 2) return null;
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The pixels that are brighter than this, from 0 to 1: their column and row. */
function litPixels(scope: SignalScopeElement, opacity = 0.9): [number, number][] {
  const { data, width } = pixelsOf(scope) ?? { data: [], width: 1 };
  const lit: [number, number][] = [];
  for (let i = 3; i < data.length; i += 4) {
    const at = (i - 3) / 4;
    if (data[i] > 255 * opacity) lit.push([at % width, Math.floor(at / width)]);
  }
  return lit;
}

const isDrawn = (scope: SignalScopeElement): boolean => litPixels(scope, 0.5).length > 0;

/** The column with the highest pixel, and the row of that. */
const highestOf = (scope: SignalScopeElement): [number, number] =>
  litPixels(scope, 0.7).reduce((highest, pixel) => (pixel[1] < highest[1] ? pixel : highest), [0, 1e6]);

describe('<signal-scope> of a video track', () => {
  it('has every bar of ebu-75 in its box of the graticule, by the table of BT.601', async () => {
    const scope = placeScope('view="vectorscope"', bars('ebu-75'));
    // A browser that reads its pictures as RGB is off by up to one level.
    const expected = colors.bt601[75].slice(1);
    await eventually(() => {
      const lit = litPixels(scope, 0.95);
      for (const [, cb, cr] of expected) {
        assert.isTrue(
          lit.some(([x, y]) => Math.abs(x - cb) <= 2 && Math.abs(y - (255 - cr)) <= 2),
          `${cb}/${cr} of ${JSON.stringify(lit)}`,
        );
      }
    });
    const canvas = (canvasOf(scope) as Element).getBoundingClientRect();
    const boxes = [...(scope.shadowRoot?.querySelectorAll('rect') ?? [])].map((box) => box.getBoundingClientRect());
    assert.lengthOf(boxes, 6);
    for (const [x, y] of litPixels(scope, 0.95)) {
      const [left, top] = [
        canvas.left + ((x + 0.5) / 256) * canvas.width,
        canvas.top + ((y + 0.5) / 256) * canvas.height,
      ];
      const isMiddle = Math.abs(x - 128) <= 2 && Math.abs(y - 127) <= 2;
      const isBoxed = boxes.some((box) => left > box.left && left < box.right && top > box.top && top < box.bottom);
      assert.isTrue(isMiddle || isBoxed, `${x}/${y}`);
    }
  });

  it('moves the boxes with targets="100" and with the matrix of the picture', async () => {
    const scope = placeScope(
      'view="vectorscope" targets="100"',
      '<pattern-source pattern="ebu-100" width="640" height="360" color-space="bt709"></pattern-source>',
    );
    const source = scope.querySelector('pattern-source') as unknown as PatternSourceElement;
    source.height = 720;
    source.width = 1280;
    await eventually(() => {
      const canvas = (canvasOf(scope) as Element).getBoundingClientRect();
      const box = scope.shadowRoot?.querySelector('rect')?.getBoundingClientRect() as DOMRect;
      // Red: Cb 102, Cr 240 in BT.709, 90 and 240 in BT.601.
      const cb = ((box.left + box.width / 2 - canvas.left) / canvas.width) * 256 - 0.5;
      assert.closeTo(cb, 102, 1);
      assert.isTrue(litPixels(scope, 0.95).some(([x, y]) => Math.abs(x - 102) <= 2 && Math.abs(y - 15) <= 2));
    });
  });

  it('has the luma of each bar at its level in the waveform', async () => {
    const scope = placeScope('view="waveform"', bars('ebu-100'));
    const levels = [...colors.bt601[100].map(([y]) => y), 16];
    await eventually(() => {
      const lit = litPixels(scope, 0.8);
      const width = pixelsOf(scope)?.width ?? 0;
      for (const [index, level] of levels.entries()) {
        const column = Math.floor(((index + 0.5) / 8) * width);
        const found = lit.filter(([x]) => x === column).map(([, y]) => 255 - y);
        assert.isNotEmpty(found);
        for (const each of found) assert.closeTo(each, level, 2);
      }
    });
    await eventually(() => assert.match(labelOf(scope), /^Waveform: Luma from (−1|0|1) % to (99|100) %$/));
    assert.equal(`Waveform: ${scope.summary}`, labelOf(scope));
  });

  it('draws parade and histogram', async () => {
    const scope = placeScope('view="parade"', bars('ebu-75'));
    await waitFor(() => isDrawn(scope), 'the parade');
    scope.view = 'histogram';
    await waitFor(() => pixelsOf(scope)?.width === 256 && isDrawn(scope), 'the histogram');
    await eventually(() => assert.match(labelOf(scope), /^Histogram: Mean luma/));
  });

  it('follows its size', async () => {
    const scope = placeScope('graticule="none"', bars('ebu-75'));
    await waitFor(() => pixelsOf(scope)?.width === Math.min(640, 480 * devicePixelRatio), 'the first size');
    scope.style.width = '200px';
    await waitFor(() => pixelsOf(scope)?.width === 200 * devicePixelRatio, 'the second size');
    assert.equal(canvasOf(scope)?.getBoundingClientRect().width, 200);
    assert.isTrue(isDrawn(scope));
  });

  it('has a width of its own in a container that takes the width of its content', async () => {
    const box = place('<div style="display: inline-block"><signal-scope></signal-scope></div>');
    const scope = box.firstElementChild as SignalScopeElement;
    await waitFor(() => scope.clientWidth > 0, 'a width');
    assert.deepEqual([scope.clientWidth, scope.clientHeight], [480, 270]);
    box.style.width = '200px';
    assert.equal(scope.clientWidth, 200);
  });

  it('draws in the page where the browser hands over no canvas', async () => {
    const { transferControlToOffscreen } = HTMLCanvasElement.prototype;
    delete (HTMLCanvasElement.prototype as Partial<HTMLCanvasElement>).transferControlToOffscreen;
    onCleanup(() => Object.assign(HTMLCanvasElement.prototype, { transferControlToOffscreen }));
    const scope = placeScope('view="vectorscope"', bars('ebu-75'));
    await eventually(() => {
      const lit = litPixels(scope, 0.95);
      const [, [, cb, cr]] = colors.bt601[75];
      assert.isTrue(lit.some(([x, y]) => Math.abs(x - cb) <= 2 && Math.abs(y - (255 - cr)) <= 2));
    });
  });
});

describe('<signal-scope> of an audio track', () => {
  it('has a tone of 1 kHz as a peak at 1 kHz, within one bin', async () => {
    const scope = placeScope('view="spectrum"', '<tone-source frequency="1000" level="-12"></tone-source>');
    await eventually(() => {
      const [column, row] = highestOf(scope);
      const { width = 0, height = 0 } = pixelsOf(scope) ?? {};
      // A bin has 5.9 Hz at 48 kHz; at 1 kHz a column has 7 Hz or more: the peak is in the column of 1 kHz, or in one beside it.
      assert.closeTo(column, (width * Math.log(50)) / Math.log(1000), 1.5);
      assert.closeTo((row / height) * -120, -12, 2.5);
    });
    await eventually(() => {
      const frequency = Number(/Highest at (\d+) Hz/.exec(scope.summary)?.[1]);
      assert.closeTo(frequency, 1000, 48_000 / 8192);
    });
  });

  it('has mono as a vertical line in the goniometer', async () => {
    const scope = placeScope('view="goniometer" gain="4"', '<tone-source channels="2" level="-12"></tone-source>');
    // WebKitGTK loses samples now and then, of one channel before the other. The trace of that fades.
    await eventually(() => {
      const lit = litPixels(scope, 0.1);
      assert.isAbove(lit.length, 60);
      assert.isTrue(lit.every(([x]) => x === 127));
    });
    await eventually(() => assert.equal(labelOf(scope), 'Goniometer: Correlation 1.00'));
  });

  it('draws oscilloscope and spectrogram', async () => {
    const scope = placeScope('view="oscilloscope"', '<tone-source channels="2" level="-6"></tone-source>');
    await waitFor(() => isDrawn(scope), 'the wave');
    await eventually(() => {
      const texts = [...(scope.shadowRoot?.querySelectorAll('text') ?? [])].map(({ textContent }) => textContent);
      assert.includeMembers(texts, ['L', 'R']);
    });
    scope.view = 'spectrogram';
    await waitFor(() => pixelsOf(scope)?.width === 500 && isDrawn(scope), 'the spectrogram');
  });
});

describe('<signal-scope>', () => {
  it('shows the track of the kind that the view needs, also after a change of view', async () => {
    const scope = placeScope('', `${bars('ebu-75')}<tone-source></tone-source>`);
    await waitFor(() => scope.tracks.length === 2 && isDrawn(scope), 'the waveform');
    const canvas = canvasOf(scope);
    scope.view = 'goniometer';
    await eventually(() => assert.match(labelOf(scope), /^Goniometer: Correlation/));
    scope.view = 'vectorscope';
    await eventually(() => assert.match(labelOf(scope), /^Vectorscope: Chroma/));
    assert.equal(canvasOf(scope), canvas);
  });

  it('warns once, and says in the scope, that there is only a track of the other kind', async () => {
    const scope = placeScope('view="parade"');
    const messages: string[] = [];
    scope.addEventListener('warning', (event) => {
      event.preventDefault();
      messages.push(event.message);
    });
    const warned = nextEvent(scope, 'warning');
    scope.append(document.createElement('tone-source'));
    await warned;
    const expected = 'The RGB parade needs a video track, and there is only an audio track';
    assert.deepEqual(messages, [`view is "parade". ${expected}.`]);
    assert.equal(inside(scope, '[part=message]')?.textContent, expected);
    assert.equal(labelOf(scope), `RGB parade: ${expected}`);
    scope.gain = 2;
    scope.append(document.createElement('pattern-source'));
    await waitFor(() => isDrawn(scope), 'the parade');
    assert.isNull(inside(scope, '[part=message]'));
    assert.lengthOf(messages, 1);
  });

  it('says that it has no track, and that its track has ended, and shows the next one', async () => {
    const scope = placeScope('');
    await scope.updateComplete;
    assert.equal(labelOf(scope), 'Waveform: No track');
    const source = document.createElement('pattern-source');
    scope.append(source);
    await waitFor(() => isDrawn(scope), 'the waveform');
    assert.equal(scope.state, 'measuring');
    source.stop();
    await waitFor(() => scope.state === 'ended', 'the end');
    await scope.updateComplete;
    assert.equal(labelOf(scope), 'Waveform: The track has ended');
    assert.isNull(canvasOf(scope));
    assert.equal(scope.summary, '');
    source.start();
    await waitFor(() => isDrawn(scope), 'the waveform of the next track');
    assert.equal(scope.state, 'measuring');
  });

  it('shows the tracks of srcObject', async () => {
    const source = place<PatternSourceElement>(bars('ebu-75'));
    const track = await source.ready;
    const scope = placeScope('');
    scope.srcObject = new MediaStream([track]);
    await waitFor(() => isDrawn(scope), 'the waveform');
    assert.deepEqual(scope.tracks, [track]);
  });

  it('continues on the same canvas when it is put back within 250 ms', async () => {
    const source = place<PatternSourceElement>(bars('ebu-75'));
    const scope = placeScope('view="vectorscope"');
    scope.srcObject = new MediaStream([await source.ready]);
    await waitFor(() => isDrawn(scope), 'the vectorscope');
    const canvas = canvasOf(scope);
    scope.remove();
    await sleep(20);
    document.body.append(scope);
    assert.equal(canvasOf(scope), canvas);
    source.pattern = 'black';
    // No colour is left: only the middle.
    await eventually(() => {
      const lit = litPixels(scope, 0.5);
      assert.isNotEmpty(lit);
      assert.isTrue(lit.every(([x, y]) => Math.abs(x - 128) <= 2 && Math.abs(y - 127) <= 2));
    });
    assert.equal(canvasOf(scope), canvas);
    scope.remove();
  });

  it('shows the track of a source that names it again when it is put back', async () => {
    place('<pattern-source for="kept" pattern="ebu-75"></pattern-source>');
    const scope = placeScope('id="kept"');
    await waitFor(() => isDrawn(scope), 'the waveform');
    scope.remove();
    document.body.append(scope);
    await waitFor(() => scope.state === 'measuring' && isDrawn(scope), 'the waveform again');
    scope.remove();
  });

  it('leaves no worker and no clone of a track when it is removed', async () => {
    const source = place<PatternSourceElement>(bars('ebu-75'));
    const tone = place<ToneSourceElement>('<tone-source></tone-source>');
    const tracks = [await source.ready, await tone.ready];
    const clones: MediaStreamTrack[] = [];
    for (const track of tracks) {
      const clone = track.clone.bind(track);
      const value = () => {
        clones.push(clone());
        return clones.at(-1);
      };
      Object.defineProperty(track, 'clone', { value, configurable: true });
    }
    // The worker of the last test ends 250 ms after the removal of its scope.
    await sleep(400);
    const workers = countWorkers();
    onCleanup(() => workers.stop());
    const scopes = ['waveform', 'vectorscope', 'spectrum'].map((view) => placeScope(`view="${view}"`));
    for (const scope of scopes) {
      // All of them have room on the screen.
      scope.style.width = '160px';
      scope.srcObject = new MediaStream(tracks);
    }
    for (const scope of scopes) await waitFor(() => isDrawn(scope), `the ${scope.view}`);
    assert.equal(workers.running, 1);
    const states: string[] = [];
    for (const scope of scopes) scope.addEventListener('statechange', () => states.push(scope.state));
    for (const scope of scopes) scope.remove();
    await waitFor(() => scopes.every(({ state }) => state === 'idle'), 'the state idle');
    // The tracks have not ended.
    assert.deepEqual(states, ['idle', 'idle', 'idle']);
    assert.deepEqual(
      scopes.flatMap(({ tracks: measured }) => measured),
      [],
    );
    await waitFor(() => workers.running === 0, 'the end of the worker');
    assert.deepEqual(
      clones.filter(({ readyState }) => readyState === 'live'),
      [],
    );
    for (const track of tracks) assert.equal(track.readyState, 'live');
  });

  it('draws only while it can be seen', async () => {
    const source = place<PatternSourceElement>(
      '<pattern-source id="bars" for="seen unseen" pattern="ebu-75"></pattern-source>',
    );
    const unseen = place<SignalScopeElement>(
      '<signal-scope id="unseen" style="position: fixed; top: -4000px; width: 300px"></signal-scope>',
    );
    const seen = placeScope('id="seen"');
    await source.ready;
    await waitFor(() => isDrawn(seen), 'the scope that is seen');
    assert.equal(unseen.state, 'measuring');
    assert.equal(canvasOf(unseen)?.width, 1);
    unseen.style.top = '0';
    await waitFor(() => isDrawn(unseen), 'the scope that has come into view');
  });

  it('tells a wrong value by an error that names it, and shows the track again with the right one', async () => {
    const scope = placeScope('', bars('ebu-75'));
    await waitFor(() => isDrawn(scope), 'the waveform');
    const errors: string[] = [];
    scope.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push(event.message);
    });
    scope.setAttribute('view', 'wave-form');
    scope.setAttribute('refresh-rate', '0');
    await scope.updateComplete;
    assert.equal(scope.state, 'failed');
    assert.match(errors[0] ?? '', /^view is "wave-form"; it must be one of waveform, .* Did you mean "waveform"\?$/);
    assert.equal(labelOf(scope), `Scope: ${errors[0]}`);
    scope.removeAttribute('view');
    await scope.updateComplete;
    assert.equal(errors[1], 'refreshRate is 0; it must be a number from 1 to 60 Hz.');
    scope.removeAttribute('refresh-rate');
    await waitFor(() => isDrawn(scope), 'the waveform');
    assert.equal(scope.state, 'measuring');
    assert.lengthOf(errors, 2);
  });

  it('says which file is missing where the worker does not load', async () => {
    removePlaced();
    // The worker of the last scope ends 250 ms after its removal.
    await sleep(400);
    const Native = globalThis.Worker;
    onCleanup(() => {
      globalThis.Worker = Native;
    });
    const source = place<PatternSourceElement>(bars('ebu-75'));
    const track = await source.ready;
    globalThis.Worker = class extends Native {
      constructor() {
        super('/missing.js');
      }
    };
    const scope = placeScope('');
    const failed = nextEvent<ErrorEvent>(scope, 'error');
    scope.addEventListener('error', (event) => event.preventDefault());
    scope.srcObject = new MediaStream([track]);
    assert.match((await failed).message, /^track-elements-scope-worker\.js did not load/);
    assert.equal(scope.state, 'failed');
  });
});
