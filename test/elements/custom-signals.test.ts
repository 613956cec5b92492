/* Signals that a page defines: modules that the engine loads by URL, and the errors of wrong ones. */
import 'track-elements/define/all';
import { definePattern, defineWaveform } from 'track-elements/define-signals';
import { AudioRecorder } from '../support/audio-recording.js';
import { byId, place, removePlaced } from '../support/page.js';
import { assert, before, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Generator = HTMLElementTagNameMap['track-generator'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

const at = (module: string): URL => new URL(`../pages/signals/${module}.js`, import.meta.url);

/** A module with an error in its text. */
const syntax = URL.createObjectURL(new Blob(['export default {;'], { type: 'text/javascript' }));

function show(markup: string): HTMLVideoElement {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  place(markup);
  return video;
}

/** Waits for a colour at a place. WebKitGTK paints a bitmap of a frame up to five levels off. */
const shows = (video: HTMLVideoElement, x: number, color: Rgb) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), x, 100), color), 8, `at ${x}`));

const gray = (luma: number): Rgb => [0, 0, 0].map(() => ((luma - 16) * 255) / 219) as unknown as Rgb;

describe('A pattern that the page defines', () => {
  before(() => {
    definePattern('own-halves', at('halves'));
    definePattern('own-missing', at('missing'));
    definePattern('own-syntax', syntax);
    definePattern('own-nothing', at('nothing'));
    definePattern('own-breaks', at('breaks'));
    definePattern('own-hangs', at('hangs'));
  });
  const size = 'width="320" height="240" for="screen"';

  it('works in markup, with its params', async () => {
    const video = show(
      `<pattern-source id="own" pattern="own-halves" params='{"luma": 180}' ${size}></pattern-source>`,
    );
    await shows(video, 80, gray(16));
    await shows(video, 240, gray(180));
    byId<PatternSource>('own').params = {};
    await shows(video, 240, gray(100));
  });

  it('has its params checked, like those of the library', async () => {
    const source = place<PatternSource>(`<pattern-source pattern="own-halves" params='{"luna": 1}'></pattern-source>`);
    assert.include((await nextEvent<ErrorEvent>(source, 'error')).message, 'Did you mean "luma"?');
    source.params = { luma: 900 };
    assert.include(
      (await nextEvent<ErrorEvent>(source, 'error')).message,
      'params.luma is 900; it must be a whole number from 16 to 200',
    );
  });

  const wrong: Record<string, RegExp> = {
    'own-missing': /^The module of pattern "own-missing", http.*missing\.js, did not load: ./,
    'own-syntax': /^The module of pattern "own-syntax", blob:.*, did not load: ./,
    'own-nothing': /own-nothing.*did not load: Its default export is 7; it must be an object with prepare\(/,
  };
  for (const [name, message] of Object.entries(wrong)) {
    it(`fails only its source, with a clear error, if its module is wrong: ${name}`, async () => {
      const video = show(
        `<track-generator kind="video" ${size}>
          <pattern-source pattern="solid" color="red"></pattern-source>
          <pattern-source id="own" pattern="${name}"></pattern-source>
        </track-generator>`,
      );
      const source = byId<PatternSource>('own');
      const { error } = await nextEvent<ErrorEvent>(source, 'error');
      assert.equal(error.name, 'NetworkError');
      assert.match(error.message, message);
      assert.equal(source.state, 'failed');
      await shows(video, 100, [255, 0, 0]);
      source.pattern = 'solid';
      source.color = 'lime';
      await shows(video, 100, [0, 255, 0]);
      assert.equal(source.state, 'live');
    });
  }

  it('that throws while it is drawn fails its source, whose track continues and recovers', async () => {
    const video = show(`<pattern-source id="own" pattern="own-breaks" ${size}></pattern-source>`);
    const source = byId<PatternSource>('own');
    const { error } = await nextEvent<ErrorEvent>(source, 'error');
    assert.deepEqual([error.name, error.message], ['RangeError', 'no frame today']);
    const { track } = source;
    assert.equal(track?.readyState, 'live');
    source.pattern = 'own-halves';
    await shows(video, 240, gray(100));
    assert.isTrue(source.track === track);
    await waitFor(() => source.state === 'live', 'live');
  });

  it('whose module is wrong fails alone, also as the only layer of a generator', async () => {
    const generator = place<Generator>(
      `<track-generator kind="video" ${size}><pattern-source pattern="own-missing"></pattern-source></track-generator>`,
    );
    const source = generator.firstElementChild as PatternSource;
    assert.equal((await nextEvent<ErrorEvent>(source, 'error')).error.name, 'NetworkError');
    assert.deepEqual([generator.state, source.state], ['live', 'failed']);
  });

  it('whose module never loads can be replaced by another pattern, and removed', async () => {
    const video = show(`<pattern-source id="own" pattern="own-hangs" ${size}></pattern-source>`);
    const source = byId<PatternSource>('own');
    await sleep(200);
    assert.equal(source.state, 'starting');
    source.pattern = 'solid';
    source.color = 'red';
    await shows(video, 100, [255, 0, 0]);
    const { track } = source;
    source.pattern = 'own-hangs';
    await sleep(200);
    source.remove();
    await waitFor(() => track?.readyState === 'ended', 'ended');
    const other = place<PatternSource>('<pattern-source pattern="own-hangs"></pattern-source>');
    await sleep(200);
    other.remove();
    await waitFor(() => other.state === 'stopped', 'stopped');
  });

  it('is found by sources that used it before it was defined', async () => {
    const video = show(`<pattern-source id="own" pattern="own-later" ${size}></pattern-source>`);
    await nextEvent(byId('own'), 'error');
    definePattern('own-later', at('halves'));
    await shows(video, 240, gray(100));
    assert.equal(byId<PatternSource>('own').state, 'live');
  });

  it('that throws inside a generator does not stop the other layers', async () => {
    const video = show(
      `<track-generator id="generator" kind="video" ${size}>
        <pattern-source pattern="solid" color="red"></pattern-source>
        <pattern-source id="own" pattern="own-breaks"></pattern-source>
      </track-generator>`,
    );
    const source = byId<PatternSource>('own');
    await nextEvent(source, 'error');
    assert.equal(byId<PatternSource>('generator').state, 'live');
    await shows(video, 100, [255, 0, 0]);
  });
});

describe('A waveform that the page defines', () => {
  before(() => {
    defineWaveform('own-constant', at('half-wave'));
    defineWaveform('own-syntax', syntax);
    defineWaveform('own-breaks', at('breaks'));
  });
  it('works in markup, with its params', async () => {
    const source = place<ToneSource>(
      `<tone-source waveform="own-constant" params='{"height": 0.25}' level="-6.0206"></tone-source>`,
    );
    await source.ready;
    const listener = await AudioRecorder.of(source.stream);
    await listener.nextWhere(({ planes }) => Math.abs(planes[0][200] - 0.125) < 1e-3);
    listener.close();
  });

  it('fails its source with a clear error if its module is wrong', async () => {
    const source = place<ToneSource>('<tone-source waveform="own-syntax"></tone-source>');
    const { error } = await nextEvent<ErrorEvent>(source, 'error');
    assert.equal(error.name, 'NetworkError');
    assert.match(error.message, /^The module of waveform "own-syntax", blob:.*, did not load: ./);
  });

  it('whose module throws fails its source with an error that names the module', async () => {
    defineWaveform('own-throws', at('throws'));
    const source = place<ToneSource>('<tone-source waveform="own-throws"></tone-source>');
    const { error } = await nextEvent<ErrorEvent>(source, 'error');
    assert.equal(error.name, 'NetworkError');
    assert.match(error.message, /^The module of waveform "own-throws", http.*throws\.js, did not load: ./);
  });

  it('that throws while it is played fails only its source', async () => {
    const generator = place<Generator>(
      `<track-generator kind="audio">
        <tone-source waveform="own-constant" level="-6.0206"></tone-source>
        <tone-source waveform="own-breaks"></tone-source>
      </track-generator>`,
    );
    const source = generator.lastElementChild as ToneSource;
    const { error } = await nextEvent<ErrorEvent>(source, 'error');
    assert.deepEqual([error.name, error.message], ['RangeError', 'no sample today']);
    await generator.ready;
    const listener = await AudioRecorder.of(generator.stream);
    await listener.nextWhere(({ planes }) => Math.abs(planes[0][200] - 0.25) < 1e-3);
    listener.close();
    source.waveform = 'silence';
    await waitFor(() => source.state === 'live', 'live again');
  });
});

describe('A definition of the same name by the same file with another query', () => {
  const withQuery = (module: string, query: string) => `${at(module)}?${query}`;

  it('replaces a pattern where it plays, in a track that stays, and where it plays next', async () => {
    definePattern('own-gray', withQuery('query-gray', 'luma=60'));
    const video = show(
      '<pattern-source id="own" pattern="own-gray" width="320" height="240" for="screen"></pattern-source>',
    );
    await shows(video, 100, gray(60));
    const source = byId<PatternSource>('own');
    const { track } = source;
    for (const luma of [180, 60]) {
      definePattern('own-gray', withQuery('query-gray', `luma=${luma}`));
      await shows(video, 100, gray(luma));
      assert.equal(source.track, track);
    }
    definePattern('own-gray', withQuery('query-gray', 'luma=120'));
    removePlaced();
    await shows(
      show('<pattern-source pattern="own-gray" width="320" height="240" for="screen"></pattern-source>'),
      100,
      gray(120),
    );
  });

  it('replaces a layer of a generator', async () => {
    definePattern('own-layer', withQuery('query-gray', 'luma=60'));
    const video = show(
      `<track-generator kind="video" width="320" height="240" for="screen">
        <pattern-source pattern="own-layer"></pattern-source>
      </track-generator>`,
    );
    await shows(video, 100, gray(60));
    definePattern('own-layer', withQuery('query-gray', 'luma=150'));
    await shows(video, 100, gray(150));
  });

  it('replaces a waveform where it plays', async () => {
    defineWaveform('own-level', withQuery('query-wave', 'height=0.25'));
    const source = place<ToneSource>('<tone-source waveform="own-level" level="0"></tone-source>');
    const listener = await AudioRecorder.of(await source.ready);
    const hears = (height: number) => listener.nextWhere(({ planes }) => Math.abs(planes[0][200] - height) < 1e-3);
    await hears(0.25);
    defineWaveform('own-level', withQuery('query-wave', 'height=-0.5'));
    await hears(-0.5);
    listener.close();
  });
});

describe('A definition', () => {
  it('is rejected for an invalid name or URL, and for a name that is taken', () => {
    for (const name of ['', 'my bars', '7', null])
      assert.throws(() => definePattern(name as string, 'x.js'), TypeError);
    assert.throws(() => definePattern('own-url', 'https://['), TypeError);
    definePattern('own-twice', 'one.js');
    definePattern('own-twice', 'one.js');
    assert.throws(
      () => definePattern('own-twice', 'two.js'),
      DOMException,
      /"own-twice" is defined already, by http.*one\.js/,
    );
    defineWaveform('own-twice', 'two.js');
  });
});
