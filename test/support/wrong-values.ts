/* Values that frameworks and scripts set by mistake, tried in every property of an element that runs. */
import 'track-elements/define/all';
import { onCleanup } from './cleanup.js';
import { loadManifest } from './manifest.js';
import { place, removePlaced } from './page.js';
import { collectUnhandledRejections } from './rejections.js';
import { hasPeers, noPeers, skip } from './skipping.js';
import { afterEach, assert, describe, it } from './suite.js';
import { nextEvent, sleep, waitFor } from './waiting.js';
import { makeWaveFile } from './wave-file.js';

export type Running = HTMLElement & Record<string, unknown> & { readonly state: string; start(): unknown };

const throwing = {
  toString() {
    throw new Error('It has no text.');
  },
};
const values: Record<string, unknown> = {
  'an object': {},
  NaN: Number.NaN,
  'a symbol': Symbol('3'),
  'a function': () => 3,
  'a very long text': 'x'.repeat(100_000),
  'a text that is none of the words': 'much',
  'a list of objects': [{}],
  'an object without a prototype': Object.create(null),
  'an object that has no text': throwing,
};

/** Wrong values that are right for a property. */
const accepted: Record<string, readonly string[]> = {
  params: ['an object', 'an object without a prototype'],
  controls: ['an object', 'an object without a prototype'],
  fetch: ['a function'],
  token: ['a very long text', 'a text that is none of the words'],
};

/** Properties that take any text, or read every value as true or false. */
const isFree = (name: string, type: string): boolean =>
  type === 'boolean' || ['label', 'clock', 'filename', 'htmlFor', 'endpoint', 'deviceId', 'groupId'].includes(name);

/** Other names by which an error calls a property. */
const names: Record<string, string> = { backoffFirst: 'backoff.first', backoffMax: 'backoff.max' };

/** An error of the language or the browser, which does not say what to do. */
const bareError =
  /is not a function|undefined|can(no|')t |failed to|non-finite|iterable|cloned|Symbol value|unexpected|no text|stack/i;

export interface Setup {
  readonly tag: string;
  readonly markup: string;
  /** The properties; all unless given. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  /** The value that a property has before and after; its default unless given. */
  readonly reset?: Readonly<Record<string, unknown>>;
  /** Makes the element ready to run. */
  readonly prepare?: (element: Running) => void;
  /** Whether it runs. */
  readonly runs: (element: Running) => boolean;
  /** Makes the new value count. */
  readonly use?: (element: Running) => unknown;
  readonly needsPeers?: boolean;
}

const isLive = ({ state }: Running): boolean => state === 'live';
const audioProperties = ['sampleRate', 'channels', 'gain', 'pan'];
const waveFile = new Blob([makeWaveFile(440)]);
const small = '<pattern-source width="64" height="36"></pattern-source>';
const generator = (kind: string, source: string) =>
  `<track-generator kind="${kind}" width="64" height="36">${source}</track-generator>`;
/** A server that never answers. */
const server = { fetch: () => new Promise(() => {}), endpoint: 'https://media.example/live' };
const connect = (element: Running): void => void Object.assign(element, server);
const hasPeer = ({ peerConnection }: Running): boolean => peerConnection !== null;
const sessionProperties = ['iceServers', 'iceTransportPolicy', 'kinds'];

function canvasStream(): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  // Some engines deliver no pictures of a canvas that does not change.
  const timer = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 9, 9), 50);
  onCleanup(() => clearInterval(timer));
  return canvas.captureStream();
}

function playCanvas(video: HTMLVideoElement): void {
  video.srcObject = canvasStream();
  // The end of the test ends it, which WebKit tells as an error.
  video.play().catch(() => {});
}

/** A canvas in place of the machine's cameras and screens. */
function useCanvasAsDevices(): void {
  const give = async () => canvasStream();
  const native = { getUserMedia: give, getDisplayMedia: give };
  Object.assign(MediaDevices.prototype, { [Symbol.for('track-elements/native-media-devices')]: native });
}

export const setups: Record<string, Setup> = {
  'a pattern-source': {
    tag: 'pattern-source',
    markup: small,
    runs: isLive,
    except: ['x', 'y', 'opacity', 'markPlace', 'markSize', 'markSource'],
  },
  'a pattern-source with a mark': {
    tag: 'pattern-source',
    markup: '<pattern-source width="64" height="36" mark></pattern-source>',
    runs: isLive,
    only: ['markPlace', 'markSize', 'markSource'],
  },
  'a pattern-source in a track-generator': {
    tag: 'pattern-source',
    markup: generator('video', small),
    runs: isLive,
    only: ['x', 'y', 'opacity', 'color', 'frameRate'],
  },
  'a tone-source': {
    tag: 'tone-source',
    markup: '<tone-source></tone-source>',
    runs: isLive,
    except: ['gain', 'pan'],
  },
  'a tone-source in a track-generator': {
    tag: 'tone-source',
    markup: generator('audio', '<tone-source></tone-source>'),
    runs: isLive,
    only: ['gain', 'pan', 'level'],
  },
  'a track-generator of video': {
    tag: 'track-generator',
    markup: generator('video', small),
    runs: isLive,
    except: ['sampleRate', 'channels'],
    reset: { kind: 'video' },
  },
  'a track-generator of audio': {
    tag: 'track-generator',
    markup: generator('audio', '<tone-source></tone-source>'),
    runs: isLive,
    only: ['sampleRate', 'channels', 'queueLimit'],
  },
  'an rtc-loopback': {
    tag: 'rtc-loopback',
    markup: `<rtc-loopback>${small}</rtc-loopback>`,
    runs: isLive,
    needsPeers: true,
  },
  'a whep-player': {
    tag: 'whep-player',
    markup: '<whep-player></whep-player>',
    prepare: connect,
    reset: server,
    runs: hasPeer,
    needsPeers: true,
  },
  // The properties whose change needs a new session are tested with the player, which does not wait for tracks.
  'a whip-publisher': {
    tag: 'whip-publisher',
    markup: `<whip-publisher>${small}</whip-publisher>`,
    prepare: connect,
    reset: server,
    runs: hasPeer,
    except: sessionProperties,
    needsPeers: true,
  },
  'a track-probe': {
    tag: 'track-probe',
    markup: `<track-probe>${small}</track-probe>`,
    runs: ({ state }) => state === 'measuring',
    // That of a clock is in the tests of the element: other elements have a property of this name that takes any value.
    except: ['clock'],
  },
  'a signal-scope': {
    tag: 'signal-scope',
    markup: `<signal-scope>${small}</signal-scope>`,
    runs: ({ state }) => state === 'measuring',
  },
  'a level-meter': {
    tag: 'level-meter',
    markup: '<level-meter><tone-source></tone-source></level-meter>',
    runs: ({ levels }) => levels !== null,
  },
  'a track-monitor': {
    tag: 'track-monitor',
    markup: `<track-monitor>${small}</track-monitor>`,
    runs: ({ state }) => state === 'measuring',
  },
  'a signal-fault': {
    tag: 'signal-fault',
    markup: '<pattern-source width="64" height="36"><signal-fault kind="drop"></signal-fault></pattern-source>',
    runs: () => true,
  },
  'a canvas-source': {
    tag: 'canvas-source',
    markup:
      '<div><canvas id="captured" width="64" height="36"></canvas><canvas-source from="captured"></canvas-source></div>',
    prepare: ({ previousElementSibling }) => {
      // A canvas without a context cannot be captured.
      (previousElementSibling as HTMLCanvasElement).getContext('2d')?.fillRect(0, 0, 9, 9);
    },
    reset: { from: 'captured' },
    runs: isLive,
    except: ['x', 'y', 'opacity'],
  },
  'an element-source': {
    tag: 'element-source',
    markup: '<div><video id="played" muted></video><element-source from="played"></element-source></div>',
    prepare: ({ previousElementSibling }) => playCanvas(previousElementSibling as HTMLVideoElement),
    reset: { from: 'played' },
    runs: isLive,
    except: ['x', 'y', 'opacity', ...audioProperties],
  },
  'a camera-source': {
    tag: 'camera-source',
    markup: '<camera-source></camera-source>',
    prepare: useCanvasAsDevices,
    runs: isLive,
    except: ['x', 'y', 'opacity', ...audioProperties],
  },
  // It has no pictures.
  'a file-source': {
    tag: 'file-source',
    markup: '<file-source loop></file-source>',
    prepare: (element) => void Object.assign(element, { srcObject: waveFile }),
    reset: { srcObject: waveFile },
    runs: isLive,
    except: ['src', 'x', 'y', 'opacity', 'width', 'height', 'frameRate', 'fit', 'gain', 'pan'],
  },
  'a file-source in a track-generator': {
    tag: 'file-source',
    markup: generator('audio', '<file-source loop></file-source>'),
    prepare: (element) => void Object.assign(element, { srcObject: waveFile }),
    runs: isLive,
    only: ['gain', 'pan'],
  },
  'a screen-source': {
    tag: 'screen-source',
    markup: '<screen-source></screen-source>',
    prepare: useCanvasAsDevices,
    runs: isLive,
    except: ['x', 'y', 'opacity', ...audioProperties],
  },
  ...Object.fromEntries(
    Object.entries({
      'canvas-source': 'from="canvas-source-canvas"',
      'element-source': 'from="element-source-video"',
      'camera-source': '',
      'screen-source': '',
    }).map(([tag, attributes]): [string, Setup] => [
      `${/^[aeiou]/.test(tag) ? 'an' : 'a'} ${tag} in a track-generator`,
      {
        tag,
        markup: `<div><canvas id="${tag}-canvas" width="64" height="36"></canvas><video id="${tag}-video" muted></video>${generator(
          'video',
          `<${tag} ${attributes}></${tag}>`,
        )}</div>`,
        prepare: (element) => {
          useCanvasAsDevices();
          const root = element.closest('div');
          root?.querySelector('canvas')?.getContext('2d')?.fillRect(0, 0, 9, 9);
          if (tag === 'element-source') playCanvas(root?.querySelector('video') as HTMLVideoElement);
        },
        runs: isLive,
        only: ['x', 'y', 'opacity', 'fit'],
      },
    ]),
  ),
  'a virtual-camera': {
    tag: 'virtual-camera',
    markup: `<virtual-camera>${small}</virtual-camera>`,
    runs: ({ state }) => state === 'idle',
  },
  'a virtual-microphone': {
    tag: 'virtual-microphone',
    markup: '<virtual-microphone><tone-source></tone-source></virtual-microphone>',
    runs: ({ state }) => state === 'idle',
  },
  'a virtual-screen': {
    tag: 'virtual-screen',
    markup: `<virtual-screen>${small}</virtual-screen>`,
    runs: ({ state }) => state === 'idle',
  },
  'a track-recorder': {
    tag: 'track-recorder',
    markup: '<track-recorder><tone-source></tone-source></track-recorder>',
    runs: () => true,
    use: (element) => (element.start() as Promise<void>).catch(() => {}),
  },
};

const manifest = await loadManifest();

afterEach(removePlaced);

/** The default as the text that a template has for it. */
const asText = (type: string, initial: unknown): readonly string[] =>
  type === 'boolean' || typeof initial === 'number' || typeof initial === 'string' ? [String(initial)] : [];

/** An element waits two seconds for another one that `from` names. */
const WAITING_ELEMENTS_AT_A_TIME = 5;

/** Tries the wrong values in some of the setups. */
export function tryWrongValues(isTried: (setup: Setup) => boolean): void {
  for (const [title, setup] of Object.entries(setups)) if (isTried(setup)) tryIn(title, setup);
}

function tryIn(title: string, setup: Setup): void {
  const { tag, markup, only, except, reset = {}, prepare, runs, use, needsPeers } = setup;
  const properties = (manifest.find(({ tagName }) => tagName === tag)?.properties ?? []).filter(
    ({ name }) => name !== 'manual' && (only ? only.includes(name) : !except?.includes(name)),
  );

  describe(`A wrong value in ${title}`, () => {
    /** Places the element, and collects its messages. */
    async function run(): Promise<{ element: Running; messages: string[] }> {
      const root = place(markup);
      const element = (root.matches(tag) ? root : root.querySelector(tag)) as Running;
      const messages: string[] = [];
      for (const type of ['error', 'warning']) {
        element.addEventListener(type, (event) => {
          event.preventDefault();
          messages.push((event as ErrorEvent).message);
          element.dispatchEvent(new Event('told'));
        });
      }
      prepare?.(element);
      await waitFor(() => runs(element), 'the element to run');
      return { element, messages };
    }

    it('is reported by an error that names the property, and disappears with the value', async function () {
      if (needsPeers && !hasPeers) skip(this, noPeers);
      this.timeout(60_000);
      const rejections = collectUnhandledRejections();
      const wrong: string[] = [];
      const cases = properties
        .filter(({ name, type }) => !isFree(name, type))
        .flatMap((property) =>
          Object.entries(values).map(([description, value]) => ({ ...property, description, value })),
        )
        .filter(({ name, description }) => !accepted[name]?.includes(description));
      const tryEach = async (list: Iterable<(typeof cases)[number]>) => {
        const { element, messages } = await run();
        for (const { name, type, description, value } of list) {
          messages.length = 0;
          const told = nextEvent(element, 'told', { timeoutMs: 5000 }).catch(() => {});
          element[name] = value;
          await use?.(element);
          await told;
          const [message = `nothing was told (${type})`] = messages;
          const isGood = message.includes(names[name] ?? name) && /[.?]$/.test(message) && !bareError.test(message);
          if (!isGood || message.length > 1000) wrong.push(`${name}, ${description}: ${message.slice(0, 200)}`);
          element[name] = reset[name] ?? null;
          await element.updateComplete;
          while (!use && element.state === 'failed') await nextEvent(element, 'statechange');
          if (!runs(element)) await waitFor(() => runs(element), `${name} to be healthy`);
        }
      };
      await tryEach(cases.filter(({ name }) => name !== 'from'));
      removePlaced();
      const waitingCases = cases.filter(({ name }) => name === 'from');
      const left = waitingCases.values();
      const elements = Math.min(waitingCases.length, WAITING_ELEMENTS_AT_A_TIME);
      await Promise.all(Array.from({ length: elements }, () => tryEach(left)));
      await sleep(50);
      rejections.stop();
      assert.deepEqual(wrong, []);
      assert.deepEqual(rejections.reasons, []);
    });

    it('is not a value that frameworks set for a default', async function () {
      if (needsPeers && !hasPeers) skip(this, noPeers);
      this.timeout(60_000);
      const rejections = collectUnhandledRejections();
      const { element, messages } = await run();
      for (const { name, type, default: initial } of properties.filter((property) => !(property.name in reset))) {
        for (const value of [undefined, null, '', ...asText(type, initial)]) {
          element[name] = value;
          assert.deepEqual(element[name], initial, `${name} = ${JSON.stringify(value)}`);
          await element.updateComplete;
          await use?.(element);
        }
      }
      await waitFor(() => runs(element), 'the element to run');
      await sleep(50);
      rejections.stop();
      assert.deepEqual(messages, []);
      assert.deepEqual(rejections.reasons, []);
    });

    it('is no error where every value is a text, or true or false', async function () {
      if (needsPeers && !hasPeers) skip(this, noPeers);
      const rejections = collectUnhandledRejections();
      const { element, messages } = await run();
      for (const { name } of properties.filter((property) => isFree(property.name, property.type))) {
        for (const value of Object.values(values)) {
          element[name] = value;
          await element.updateComplete;
        }
        element[name] = reset[name] ?? null;
      }
      await sleep(100);
      rejections.stop();
      assert.deepEqual(messages, []);
      assert.deepEqual(rejections.reasons, []);
    });
  });
}
