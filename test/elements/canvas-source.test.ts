/* The pictures of a canvas as a track. */
import 'track-elements/define/all';
import { onCleanup } from '../support/cleanup.js';
import { readMarksUntil } from '../support/marks.js';
import { OpenFrames } from '../support/open-frames.js';
import { place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, before, describe, it } from '../support/suite.js';
import { makeCanvas, quarters } from '../support/video-inputs.js';
import { type Rgb, VideoScreen } from '../support/video-pixels.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type CanvasSource = HTMLElementTagNameMap['canvas-source'];
type TrackGenerator = HTMLElementTagNameMap['track-generator'];

const workers = countWorkers();

/** Within so many levels: the engines convert to I420 and back, each with an error of its own. */
const LEVELS = 12;

const makeSource = (attributes = ''): CanvasSource =>
  place<CanvasSource>(`<canvas-source ${attributes}></canvas-source>`);

function placeCanvas(id: string, canvas = makeCanvas(320, 240)): HTMLCanvasElement {
  canvas.id = id;
  place('<div></div>').append(canvas);
  return canvas;
}

/** A canvas in an element that has the id. */
function makeWrapped(id: string, root: ParentNode): HTMLCanvasElement {
  const wrapper = place(`<div id="${id}"></div>`, root);
  const canvas = makeCanvas(320, 240);
  wrapper.append(canvas);
  return canvas;
}

function fill(canvas: HTMLCanvasElement, [red, green, blue]: Rgb): void {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
}

const RED: Rgb = [200, 40, 60];
const BLUE: Rgb = [50, 70, 210];

describe('A canvas-source', () => {
  it('shows a canvas that is painted once, in its size', async () => {
    placeCanvas('still');
    const source = makeSource('from="still"');
    const screen = new VideoScreen(await source.ready);
    await screen.hasSize(320, 240);
    await screen.shows(quarters, LEVELS);
    assert.equal(source.kind, 'video');
    assert.equal(source.state, 'live');
  });

  it('shows the canvas that from names when the capture of another one was opening, and captures each once', async () => {
    const [red, blue] = [placeCanvas('red'), placeCanvas('blue')];
    fill(red, RED);
    fill(blue, BLUE);
    const captures: string[] = [];
    const source = makeSource('from="red"');
    for (const canvas of [red, blue]) {
      const native = canvas.captureStream;
      canvas.captureStream = (...rate) => {
        captures.push(canvas.id);
        assert.equal(source.state, 'starting');
        source.from = 'blue';
        return native.apply(canvas, rate);
      };
    }
    const screen = new VideoScreen(await source.ready);
    await screen.showsColor(BLUE, LEVELS);
    assert.deepEqual(captures, ['red', 'blue']);
  });

  it('shows every picture of a canvas that moves, scaled', async () => {
    const canvas = placeCanvas('moving', Object.assign(document.createElement('canvas'), { width: 640, height: 360 }));
    const video = place<HTMLVideoElement>('<video id="marked" autoplay muted playsinline></video>');
    place(
      '<pattern-source for="marked" mark mark-source="5" width="640" height="360" frame-rate="15"></pattern-source>',
    );
    const context = canvas.getContext('2d');
    const draw = () => {
      context?.drawImage(video, 0, 0);
      request = requestAnimationFrame(draw);
    };
    let request = requestAnimationFrame(draw);
    onCleanup(() => cancelAnimationFrame(request));
    const source = makeSource('from="moving" width="320" height="180"');
    const marks = await readMarksUntil(await source.ready, (all) => new Set(all.map((mark) => mark?.frame)).size > 8);
    const found = marks.flatMap((mark) => mark ?? []);
    assert.isTrue(found.every((mark) => mark.source === 5));
    const frames = found.map(({ frame }) => frame);
    assert.deepEqual(
      frames,
      frames.toSorted((a, b) => a - b),
    );
  });

  it('follows the size of the canvas on the same track, unless it has its own', async () => {
    const canvas = placeCanvas('growing');
    const source = makeSource('from="growing"');
    const track = await source.ready;
    const screen = new VideoScreen(track);
    await screen.hasSize(320, 240);
    Object.assign(canvas, { width: 480, height: 120 });
    fill(canvas, RED);
    await screen.hasSize(480, 120);
    source.width = 240;
    await screen.hasSize(240, 60);
    source.height = 240;
    await screen.hasSize(240, 240);
    // Black bars above and below.
    await screen.shows(
      [
        { x: 0.5, y: 0.1, color: [0, 0, 0] },
        { x: 0.5, y: 0.5, color: RED },
        { x: 0.5, y: 0.9, color: [0, 0, 0] },
      ],
      LEVELS,
    );
    source.fit = 'cover';
    await screen.showsColor(RED, LEVELS);
    assert.isTrue(source.track === track);
    assert.equal(track.readyState, 'live');
  });

  it('changes to another canvas on the same track', async () => {
    fill(placeCanvas('first'), RED);
    const second = makeCanvas(160, 160);
    fill(second, BLUE);
    const source = makeSource('from="first"');
    const track = await source.ready;
    const screen = new VideoScreen(track);
    await screen.showsColor(RED, LEVELS);
    source.canvas = second;
    await screen.showsColor(BLUE, LEVELS);
    await screen.hasSize(160, 160);
    assert.isTrue(source.track === track);
    source.canvas = null;
    await screen.showsColor(RED, LEVELS);
  });

  it('holds its picture while it is paused, and is black while it is muted', async () => {
    const canvas = placeCanvas('held');
    fill(canvas, RED);
    const source = makeSource('from="held"');
    const screen = new VideoScreen(await source.ready);
    await screen.showsColor(RED, LEVELS);
    source.paused = true;
    await source.updateComplete;
    fill(canvas, BLUE);
    const { produced } = await source.getStats();
    await waitFor(async () => (await source.getStats()).produced > produced + 15, 'half a second');
    await screen.showsColor(RED, LEVELS);
    source.paused = false;
    await screen.showsColor(BLUE, LEVELS);
    source.muted = true;
    await screen.showsColor([0, 0, 0]);
    source.muted = false;
    await screen.showsColor(BLUE, LEVELS);
  });

  it('is a layer in a generator, also with a picture that is exchanged', async () => {
    fill(placeCanvas('layered'), RED);
    fill(placeCanvas('other'), BLUE);
    const generator = place<TrackGenerator>(`
      <track-generator kind="video" width="320" height="240">
        <pattern-source pattern="solid" color="#444"></pattern-source>
        <canvas-source from="layered" x="160" width="160" height="120"></canvas-source>
      </track-generator>`);
    const layer = generator.querySelector('canvas-source') as CanvasSource;
    const screen = new VideoScreen(await generator.ready);
    const spotsWith = (color: Rgb) => [
      { x: 0.25, y: 0.25, color: [68, 68, 68] as const },
      { x: 0.75, y: 0.25, color },
      { x: 0.75, y: 0.75, color: [68, 68, 68] as const },
    ];
    await screen.shows(spotsWith(RED), LEVELS);
    assert.equal(layer.state, 'live');
    assert.isNull(layer.track);
    layer.from = 'other';
    await screen.shows(spotsWith(BLUE), LEVELS);
    layer.from = 'missing';
    await waitFor(() => layer.state === 'failed', 'the state failed');
    assert.equal(generator.state, 'live');
    layer.from = 'layered';
    await screen.shows(spotsWith(RED), LEVELS);
    assert.equal(layer.state, 'live');
  });

  it('says which canvas it wants', async () => {
    place('<div id="no-canvas"></div>');
    for (const [attributes, value] of [
      ['from="nowhere"', '"nowhere"'],
      ['from="no-canvas"', 'HTMLDivElement'],
      ['', '""'],
    ]) {
      const error = await rejectionOf(makeSource(attributes).ready);
      const accepted =
        'it must be the id of a <canvas>, or of an element around one, in the same document or shadow tree.';
      assert.deepEqual([error.name, error.message], ['TypeError', `from is ${value}; ${accepted}`]);
    }
  });

  it('waits for a canvas that is added later, and shows one that takes its id', async () => {
    const source = makeSource('from="coming"');
    await sleep(500);
    assert.equal(source.state, 'starting');
    const first = placeCanvas('coming');
    fill(first, RED);
    const track = await source.ready;
    const screen = new VideoScreen(track);
    await screen.showsColor(RED, LEVELS);
    const second = makeCanvas(160, 160);
    fill(second, BLUE);
    second.id = 'coming';
    first.replaceWith(second);
    await screen.showsColor(BLUE, LEVELS);
    await screen.hasSize(160, 160);
    second.remove();
    await source.updateComplete;
    assert.isTrue(source.track === track);
    assert.equal(source.state, 'live');
  });

  it('waits for a canvas that a framework sets some frames later', async () => {
    const source = makeSource();
    const errors: string[] = [];
    source.addEventListener('error', ({ message }) => errors.push(message));
    await sleep(300);
    source.canvas = makeCanvas(320, 240);
    await new VideoScreen(await source.ready).shows(quarters, LEVELS);
    assert.deepEqual(errors, []);
  });

  it('has failed after two seconds without a canvas, and is live when that comes', async () => {
    const generator = place<TrackGenerator>(`
      <track-generator kind="video" width="320" height="240"><canvas-source from="late"></canvas-source></track-generator>`);
    const sources = [makeSource('from="late"'), generator.querySelector('canvas-source') as CanvasSource] as const;
    await waitFor(() => sources.every(({ state }) => state === 'failed'), 'the state failed');
    fill(placeCanvas('late'), RED);
    await waitFor(() => sources.every(({ state }) => state === 'live'), 'the state live');
    for (const track of [generator.track, sources[0].track]) {
      await new VideoScreen(track as MediaStreamTrack).showsColor(RED, LEVELS);
    }
  });

  it('finds the canvas in an element that has the id, also in another tree after a move', async () => {
    fill(makeWrapped('wrapper', document.body), RED);
    const source = makeSource('from="wrapper"');
    const track = await source.ready;
    const screen = new VideoScreen(track);
    await screen.showsColor(RED, LEVELS);
    const tree = place('<div></div>').attachShadow({ mode: 'open' });
    fill(makeWrapped('wrapper', tree), BLUE);
    tree.append(source);
    await screen.showsColor(BLUE, LEVELS);
    assert.isTrue(source.track === track);
  });

  it('warns of a canvas without a size, and shows it when it has one', async () => {
    const canvas = placeCanvas('no-size', makeCanvas(320, 0));
    const source = makeSource('from="no-size"');
    const { message } = await nextEvent<ErrorEvent>(source, 'warning');
    assert.match(message, /^The canvas is 320 × 0 px, and so has no picture; set its width and its height\./);
    canvas.height = 240;
    fill(canvas, RED);
    await new VideoScreen(await source.ready).showsColor(RED, LEVELS);
  });

  it('recovers when the canvas is corrected', async () => {
    placeCanvas('correct');
    const source = makeSource('from="wrong"');
    await nextEvent(source, 'error');
    assert.equal(source.state, 'failed');
    source.from = 'correct';
    await new VideoScreen(await source.start()).shows(quarters, LEVELS);
    assert.equal(source.state, 'live');
  });

  describe('with a picture of another origin', () => {
    const image = new Image();
    before(async () => {
      const { hostname, port, pathname } = new URL('../pages/square.svg', import.meta.url);
      image.src = `http://${hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}${pathname}`;
      await image.decode();
    });

    it('says what is missing', async () => {
      placeCanvas('tainted').getContext('2d')?.drawImage(image, 0, 0);
      const error = await rejectionOf(makeSource('from="tainted"').ready);
      assert.equal(error.name, 'SecurityError');
      assert.match(error.message, /another origin.*crossorigin/);
    });

    it('warns, once, where the canvas was captured before', async () => {
      const canvas = placeCanvas('painted');
      const source = makeSource('from="painted"');
      const warnings: string[] = [];
      source.addEventListener('warning', (event) => {
        event.preventDefault();
        warnings.push((event as ErrorEvent).message);
      });
      await source.ready;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      await waitFor(() => warnings.length > 0, 'a warning');
      await sleep(2500);
      assert.lengthOf(warnings, 1);
      assert.match(warnings[0] ?? '', /another origin.*crossorigin/);
    });
  });

  it('closes every frame that it makes', async () => {
    const frames = new OpenFrames();
    const canvas = placeCanvas('closed');
    const source = makeSource('from="closed"');
    await new VideoScreen(await source.ready).shows(quarters, LEVELS);
    fill(canvas, RED);
    source.canvas = makeCanvas(64, 48);
    await waitFor(() => frames.made > 1, 'the frames of two canvases');
    source.stop();
    await waitFor(
      () => frames.open === 0,
      () => `the end of ${frames.open} frames`,
    );
  });

  it('leaves no worker behind', async () => {
    removePlaced();
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
