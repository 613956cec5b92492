/*
 * Properties that frameworks set before the tag of an element is registered, as with a module that is loaded later, or in the task in
 * which the element was connected: Angular connects an element first.
 */
import 'track-elements/define/all';
import { onCleanup } from '../support/cleanup.js';
import { loadManifest } from '../support/manifest.js';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';

type Source = HTMLElement & Record<string, unknown> & { readonly state: string; start(): Promise<unknown> };

let lateTags = 0;

/** An element whose tag is registered after it was made, set up and connected. */
function upgraded<T extends HTMLElement = Source>(tag: string, properties: Record<string, unknown>): T {
  const late = `late-${tag}-${++lateTags}`;
  const element = Object.assign(document.createElement(late), properties);
  place('<div></div>').append(element);
  customElements.define(late, class extends (customElements.get(tag) as CustomElementConstructor) {});
  return element as unknown as T;
}

const manualTags = (await loadManifest())
  .filter(({ properties }) => properties.some(({ name }) => name === 'manual'))
  .map(({ tagName }) => tagName);

/** The properties without which an element would not start in any case. */
const needed: Readonly<Record<string, Record<string, unknown>>> = {
  'track-generator': { kind: 'video' },
  'whep-player': { endpoint: 'https://media.example/live', fetch: () => new Promise(() => {}) },
  'whip-publisher': { endpoint: 'https://media.example/live', fetch: () => new Promise(() => {}) },
};

/** Counts the requests for real cameras and screens, and refuses them. */
function countRequests(): { count: number } {
  const requests = { count: 0 };
  const key = Symbol.for('track-elements/native-media-devices');
  const refuse = async () => {
    requests.count++;
    throw new DOMException('Not in a test.', 'NotAllowedError');
  };
  Object.assign(MediaDevices.prototype, { [key]: { getUserMedia: refuse, getDisplayMedia: refuse } });
  onCleanup(() => Reflect.deleteProperty(MediaDevices.prototype, key));
  return requests;
}

describe('`manual`', () => {
  const ways: Readonly<Record<string, (tag: string) => Source>> = {
    'set before the tag is registered': (tag) => upgraded(tag, { ...needed[tag], manual: true }),
    'set after the element was connected, in the same task': (tag) => {
      const element = document.createElement(tag) as unknown as Source;
      place('<div></div>').append(element);
      return Object.assign(element, needed[tag], { manual: true });
    },
  };
  for (const [way, make] of Object.entries(ways)) {
    for (const tag of manualTags) {
      it(`${way} keeps a ${tag} from starting`, async () => {
        const requests = countRequests();
        const element = make(tag);
        element.addEventListener('error', (event) => event.preventDefault());
        await element.updateComplete;
        await sleep(50);
        assert.equal(element.state, 'idle');
        assert.notExists(element.track);
        assert.equal(requests.count, 0, 'nobody is asked for a camera');
      });
    }
  }

  it('does not keep a source from a start() that comes later', async () => {
    const source = upgraded('pattern-source', { manual: true, width: 64, height: 36 });
    await source.updateComplete;
    await source.start();
    assert.equal(source.state, 'live');
  });
});

describe('`currentTime` of a file-source', () => {
  type FileSource = HTMLElementTagNameMap['file-source'];
  const file = new Blob([makeWaveFile(440, { seconds: 3 })]);

  it('set before the tag is registered is where the file begins', async () => {
    const source = upgraded<FileSource>('file-source', { srcObject: file, paused: true, currentTime: '1.5' });
    await source.ready;
    await waitFor(() => source.currentTime === 1.5, 'the position');
    source.currentTime = 2;
    await waitFor(() => source.currentTime === 2, 'another position');
  });

  it('set before the tag is registered to what is no number is an error', async () => {
    const source = upgraded<FileSource>('file-source', { srcObject: file, currentTime: 'soon' });
    source.addEventListener('error', (event) => event.preventDefault());
    const { message } = await nextEvent<ErrorEvent>(source, 'error');
    assert.match(message, /^currentTime is "soon"; it must be a number of at least 0 s\.$/);
    await source.ready;
  });

  for (const nothing of [undefined, null, '']) {
    it(`is 0 for ${JSON.stringify(nothing)}, as frameworks set it without a value`, async () => {
      const source = place<FileSource>('<file-source paused></file-source>');
      source.srcObject = file;
      source.currentTime = 1.5;
      await source.ready;
      await waitFor(() => source.currentTime === 1.5, 'the position');
      source.currentTime = nothing as never;
      await waitFor(() => source.currentTime === 0, 'the beginning');
    });
  }
});
