/* Elements as the frameworks themselves render them: by the names of attributes, also with values that no attribute can hold. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import 'track-elements/define/whep-player';
import { h as createPreactNode, render as renderPreact } from 'preact';
import { createRoot } from 'solid-js';
import { spread } from 'solid-js/web';
import { VirtualDevices } from 'track-elements/devices';
// @ts-expect-error: Vue has no types for its file for browsers.
import { createApp, h as createVueNode, reactive, readonly } from 'vue/dist/vue.runtime.esm-browser.prod.js';
import { onCleanup } from '../support/cleanup.js';
import { place, removePlaced } from '../support/page.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

type Properties = Record<string, unknown>;
type Rendered = HTMLElement & Properties;
type PatternSource = HTMLElementTagNameMap['pattern-source'];

/** The elements that an application of `test/frameworks/rendering` shows. */
interface Shown {
  readonly tag?: string;
  readonly properties?: Properties;
  readonly items?: readonly (Properties & { readonly key: string })[];
  readonly isShown?: boolean;
  /** Kept as a state of the application itself, where the framework has such. */
  readonly params?: Properties;
}

interface Application {
  set(shown: Shown): void;
  remove(): void;
}

const load = (name: string): Promise<{ mount(root: HTMLElement, shown: Shown): Application }> =>
  import(String(new URL(`../frameworks/rendering/${name}.bundle.js`, import.meta.url)));
const applications = { React: await load('react'), Svelte: await load('svelte') };

/** Each renders one element into a root, and returns how to remove it. */
const frameworks: Record<string, (root: HTMLElement, tag: string, properties: Properties) => () => void> = {
  React: (root, tag, properties) => applications.React.mount(root, { tag, properties }).remove,
  Svelte: (root, tag, properties) => applications.Svelte.mount(root, { tag, properties }).remove,
  Preact(root, tag, properties) {
    renderPreact(createPreactNode(tag, properties), root);
    return () => renderPreact(null, root);
  },
  Solid: (root, tag, properties) =>
    createRoot((dispose) => {
      const element = document.createElement(tag);
      spread(element, properties);
      root.append(element);
      return dispose;
    }),
  Vue(root, tag, properties) {
    const app = createApp({ render: () => createVueNode(tag, properties) });
    app.mount(root);
    return () => app.unmount();
  },
};

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  removePlaced();
});

for (const [framework, render] of Object.entries(frameworks)) {
  describe(`An element that ${framework} renders`, () => {
    const rendered = async (tag: string, properties: Properties): Promise<Rendered> => {
      const root = place('<div></div>');
      removals.push(render(root, tag, { manual: true, ...properties }));
      const element = root.firstElementChild as Rendered;
      await element.updateComplete;
      return element;
    };

    it('gives its track to the sink that "for" names', async () => {
      const video = place<HTMLVideoElement>('<video id="screen" muted></video>');
      const source = await rendered('pattern-source', { for: 'screen', width: 64, height: '36', manual: undefined });
      assert.equal(source.getAttribute('for'), 'screen');
      const track = await (source.ready as Promise<MediaStreamTrack>);
      await waitFor(() => video.srcObject, 'the track in the video');
      assert.deepEqual((video.srcObject as MediaStream).getTracks(), [track]);
    });

    it('has the values that are given by the names of attributes', async () => {
      const { frameRate, frameCounter, dropFrame, label, scrollX } = await rendered('pattern-source', {
        'frame-rate': 25,
        'frame-counter': true,
        'drop-frame': false,
        label: undefined,
        'scroll-x': null,
      });
      assert.deepEqual([frameRate, frameCounter, dropFrame, label, scrollX], [25, true, false, '', 0]);
    });

    it('has a list that is given by the name of the attribute', async () => {
      const servers = [{ urls: 'stun:127.0.0.1:3478' }];
      const player = await rendered('whep-player', { 'ice-servers': servers });
      assert.deepEqual(player.iceServers, servers);
      assert.isFalse(player.hasAttribute('ice-servers'), 'no attribute has the credentials of the list');
    });
  });
}

for (const [framework, { mount }] of Object.entries(applications)) {
  describe(`An application of ${framework}`, () => {
    const mounted = (shown: Shown): { readonly root: HTMLElement; readonly application: Application } => {
      const root = place('<div></div>');
      const application = mount(root, shown);
      removals.push(application.remove);
      return { root, application };
    };
    const small = { width: 64, height: '36' };

    it('hears the events of elements, by the listener that it gave last', async () => {
      const heard: string[] = [];
      const listen = (name: string) => ({ ...small, onstatechange: () => heard.push(name) });
      const { root, application } = mounted({ tag: 'pattern-source', properties: listen('first') });
      const source = root.firstElementChild as PatternSource;
      await source.ready;
      await waitFor(() => heard.includes('first'), 'the first event');
      application.set({ tag: 'pattern-source', properties: listen('second') });
      const before = heard.length;
      source.stop();
      assert.deepEqual(heard.slice(before), ['second']);
      application.set({ tag: 'pattern-source', properties: small });
      await source.start();
      assert.lengthOf(heard, before + 1);
    });

    it('sets properties that are objects, and resets what becomes undefined, null or is left out', async () => {
      const params = { x: 0.25 };
      const properties = { ...small, manual: true, 'frame-rate': '30000/1001', label: 'Studio', paused: true, params };
      const { root, application } = mounted({ tag: 'pattern-source', properties });
      const source = root.firstElementChild as PatternSource;
      await source.updateComplete;
      assert.deepEqual(source.params, params);
      assert.deepEqual([source.width, source.height, source.paused, source.label], [64, 36, true, 'Studio']);
      for (const none of [
        { label: undefined, paused: undefined, params: undefined },
        { label: null, paused: null, params: null },
        {},
      ]) {
        application.set({ tag: 'pattern-source', properties });
        application.set({ tag: 'pattern-source', properties: { ...small, manual: true, ...none } });
        await source.updateComplete;
        assert.isTrue(root.firstElementChild === source);
        assert.deepEqual([source.label, source.paused, source.frameRate], ['', false, 30], JSON.stringify(none));
        assert.deepEqual(source.params, {});
      }
    });

    it('keeps the tracks of a list that it sorts, and ends those of the items that leave', async () => {
      const item = (key: string) => ({ key, id: key, pattern: 'solid', ...small });
      const { root, application } = mounted({ items: ['a', 'b', 'c'].map(item) });
      const sourceOf = (id: string) => root.querySelector(`#${id}`) as PatternSource;
      const tracks = await Promise.all(['a', 'b', 'c'].map((id) => sourceOf(id).ready));
      application.set({ items: ['c', 'a', 'b'].map(item) });
      application.set({ items: ['b', 'c', 'a'].map(item) });
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.deepEqual(
        [...root.children].map(({ id }) => id),
        ['b', 'c', 'a'],
      );
      assert.isTrue(
        ['a', 'b', 'c'].every((id, index) => sourceOf(id).track === tracks[index]),
        'the same tracks',
      );
      assert.deepEqual(
        tracks.map(({ readyState }) => readyState),
        ['live', 'live', 'live'],
      );
      const ended = nextEvent(tracks[2] as MediaStreamTrack, 'ended');
      application.set({ items: ['a', 'd', 'b'].map(item) });
      await ended;
      assert.equal((await sourceOf('d').ready).readyState, 'live');
      assert.deepEqual([tracks[0]?.readyState, tracks[1]?.readyState], ['live', 'live']);
    });

    it('starts an element that it shows, and ends the track of one that it hides', async () => {
      const { root, application } = mounted({ isShown: false });
      assert.isNull(root.querySelector('#conditional'));
      application.set({ isShown: true });
      const source = root.querySelector('#conditional') as PatternSource;
      const track = await source.ready;
      application.set({ isShown: false });
      await nextEvent(track, 'ended');
      assert.equal(source.state, 'stopped');
      application.set({ isShown: true });
      const next = root.querySelector('#conditional') as PatternSource;
      assert.equal((await next.ready).readyState, 'live');
    });
  });
}

/** The errors of an element, in place of the console. */
function errorsOf(element: Element): readonly string[] {
  const errors: string[] = [];
  element.addEventListener('error', (event) => {
    event.preventDefault();
    errors.push((event as ErrorEvent).message);
  });
  return errors;
}

describe('An object that a framework has made a proxy of', () => {
  type ToneSource = HTMLElementTagNameMap['tone-source'];

  for (const [name, wrap] of Object.entries({ reactive, readonly })) {
    it(`as ${name}() of Vue may be the params of a pattern and of a tone, and they count`, async () => {
      const state = wrap({
        params: { size: 40 },
        wrong: { size: 0.5 },
        tone: { tones: [{ frequency: 440, level: -6 }], phases: 'together' },
      });
      const root = place('<div></div>');
      const app = createApp({
        render: () => [
          createVueNode('pattern-source', { pattern: 'checkers', width: 64, height: 36, params: state.params }),
          createVueNode('tone-source', { waveform: 'multitone', params: state.tone }),
        ],
      });
      app.mount(root);
      removals.push(() => app.unmount());
      const source = root.querySelector('pattern-source') as PatternSource;
      const tone = root.querySelector('tone-source') as ToneSource;
      const errors = [errorsOf(source), errorsOf(tone)];
      assert.equal((await source.ready).readyState, 'live');
      assert.equal((await tone.ready).readyState, 'live');
      assert.deepEqual(errors, [[], []]);
      source.params = state.wrong;
      await nextEvent(source, 'error');
      assert.deepEqual(errors[0], ['params.size is 0.5; it must be a whole number from 1 to 16384 px.']);
    });
  }

  it('may be what virtual devices show and play', async () => {
    const devices = new VirtualDevices({ mode: 'replace' });
    onCleanup(() => devices.close());
    devices.install();
    const state = reactive({
      picture: { pattern: 'checkers', params: { size: 8 }, color: { r: 255, g: 0, b: 0 } },
      sound: { waveform: 'sine', frequency: [440, 880], params: {} },
    });
    await devices.addCamera().show(state.picture);
    await devices.addMicrophone().show(state.sound);
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    onCleanup(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    assert.deepEqual(
      stream.getTracks().map(({ readyState }) => readyState),
      ['live', 'live'],
    );
  });

  it('as $state() of Svelte may be params', async () => {
    const root = place('<div></div>');
    const application = applications.Svelte.mount(root, { params: { size: 40 } });
    removals.push(application.remove);
    const source = root.querySelector('#stateful') as PatternSource;
    const errors = errorsOf(source);
    await source.ready;
    assert.deepEqual(errors, []);
    assert.deepEqual({ ...source.params }, { size: 40 });
    assert.throws(() => structuredClone(source.params), 'clone', 'it is a proxy');
  });

  it('is no way for what is no JSON: a function, a circle and a symbol are told', async () => {
    const circle: Properties = {};
    circle.again = circle;
    const source = place<PatternSource>('<pattern-source width="64" height="36"></pattern-source>');
    await source.ready;
    const errors = errorsOf(source);
    for (const params of [{ size: () => 1 }, circle, { size: Symbol('1') }, new Map([['size', 1]])]) {
      source.params = reactive(params) as Properties;
      const { message } = await nextEvent<ErrorEvent>(source, 'error');
      assert.match(message, /^params is (Object|Map); it must be a JSON object such as/);
      source.params = {};
      await waitFor(() => source.state === 'live', 'live again');
    }
    assert.lengthOf(errors, 4);
  });
});
