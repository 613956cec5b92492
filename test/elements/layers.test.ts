/* How sources find the generator around them: across shadow trees, under any tag name, in any order of upgrades. */
import 'track-elements/define/pattern-source';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, sleep, waitFor } from '../support/waiting.js';

type Generator = HTMLElementTagNameMap['track-generator'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const solid = (color: string, attributes = '') =>
  `<pattern-source pattern="solid" color="${color}" ${attributes}></pattern-source>`;
const attributes = 'kind="video" for="screen" width="64" height="64"';
const placeVideo = () => place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');

const shows = (video: HTMLVideoElement, color: Rgb) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 32, 32), color), 8));

const red: Rgb = [255, 0, 0];
const lime: Rgb = [0, 255, 0];

describe('a source whose generator is not registered yet', () => {
  it('makes its own track when it is moved out', async () => {
    const generator = place<Generator>(`<track-generator ${attributes}>${solid('lime')}</track-generator>`);
    const source = generator.firstElementChild as PatternSource;
    await sleep(50);
    assert.equal(source.state, 'idle');
    place('<div></div>').append(source);
    assert.equal((await source.ready).readyState, 'live');
    source.remove();
  });

  it('makes no track, and becomes a layer when it is', async () => {
    const video = placeVideo();
    const generator = place<Generator>(`<track-generator ${attributes}>${solid('lime')}</track-generator>`);
    const source = generator.firstElementChild as PatternSource;
    await sleep(100);
    assert.equal(source.state, 'idle');
    assert.isNull(source.track);
    await import('track-elements/define/track-generator');
    await shows(video, lime);
    assert.equal(source.state, 'live');
    assert.isNull(source.track);
  });

  it('gives up its own track when the generator is registered under another name', async () => {
    const { TrackGeneratorElement } = await import('track-elements');
    const video = placeVideo();
    const generator = place<Generator>(`<late-generator ${attributes}>${solid('lime')}</late-generator>`);
    const source = generator.firstElementChild as PatternSource;
    const track = await source.ready;
    customElements.define('late-generator', class extends TrackGeneratorElement {});
    await shows(video, lime);
    assert.equal(track.readyState, 'ended');
    assert.isNull(source.track);
    assert.isTrue((await source.ready) === generator.track);
    assert.equal(source.state, 'live');
  });
});

describe('a source inside a generator', () => {
  it('is a layer of a class that is registered under another name', async () => {
    const { TrackGeneratorElement } = await import('track-elements');
    customElements.define('my-generator', class extends TrackGeneratorElement {});
    const video = placeVideo();
    const generator = place<Generator>(`<my-generator ${attributes}>${solid('red')}</my-generator>`);
    await shows(video, red);
    const source = generator.firstElementChild as PatternSource;
    assert.isNull(source.track);
    document.body.append(source);
    assert.equal((await waitFor(() => source.track, 'its own track')).readyState, 'live');
    source.remove();
  });

  for (const mode of ['open', 'closed'] as const) {
    it(`is a layer from inside a shadow tree that is ${mode}`, async () => {
      const video = placeVideo();
      const generator = place<Generator>(`<track-generator ${attributes}><div></div></track-generator>`);
      const root = (generator.firstElementChild as HTMLElement).attachShadow({ mode });
      const source = place<PatternSource>(solid('red'), root);
      await shows(video, red);
      assert.isNull(source.track);
      source.color = 'lime';
      await shows(video, lime);
    });
  }

  it('is painted in document order, also across shadow trees', async () => {
    const video = placeVideo();
    const generator = place<Generator>(`<track-generator ${attributes}><div></div>${solid('red')}</track-generator>`);
    const root = (generator.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    // It is added last, and stands before the other one.
    place(solid('lime'), root);
    await shows(video, red);
    generator.append(generator.firstElementChild as Element);
    await shows(video, lime);
  });

  it('is painted where its slot is', async () => {
    const video = placeVideo();
    const generator = place<Generator>(`<track-generator ${attributes}><div>${solid('lime')}</div></track-generator>`);
    const root = (generator.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    root.innerHTML = `${solid('red')}<slot></slot>`;
    await shows(video, lime);
    root.innerHTML = `<slot></slot>${solid('red')}`;
    await shows(video, red);
  });

  it('is painted through a slot in a closed shadow tree, until it leaves that', async () => {
    const video = placeVideo();
    const host = place('<div></div>');
    const root = host.attachShadow({ mode: 'closed' });
    root.innerHTML = `<track-generator ${attributes} background="lime"><slot></slot></track-generator>`;
    (root.firstElementChild as Generator).sinks = [video];
    const source = place<PatternSource>(solid('red'), host);
    await shows(video, red);
    source.remove();
    await shows(video, lime);
  });

  it('composes no more when it has left the shadow tree', async () => {
    const video = placeVideo();
    const generator = place<Generator>(
      `<track-generator ${attributes} background="lime"><div></div></track-generator>`,
    );
    const root = (generator.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    const source = place<PatternSource>(solid('red'), root);
    await shows(video, red);
    source.remove();
    await shows(video, lime);
  });
});
