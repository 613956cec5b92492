/*
 * The order matters: an element that an import registers stays registered. So the classes come first, then one element
 * after the other, then all. The imports are dynamic for that.
 */
import type { TrackKind } from '../../dist/signals/track-kind.js';
import { loadManifest } from '../support/manifest.js';
import { assert, describe, it } from '../support/suite.js';

const elements = await loadManifest();
const tagNames = elements.map(({ tagName }) => tagName);
const registered = () => tagNames.filter((name) => customElements.get(name));

/** By the names of the package's exports, which a test's imports cannot compute. */
const entries: Record<string, () => Promise<unknown>> = {
  'camera-source': () => import('track-elements/define/camera-source'),
  'canvas-source': () => import('track-elements/define/canvas-source'),
  'element-source': () => import('track-elements/define/element-source'),
  'file-source': () => import('track-elements/define/file-source'),
  'screen-source': () => import('track-elements/define/screen-source'),
  'pattern-source': () => import('track-elements/define/pattern-source'),
  'rtc-loopback': () => import('track-elements/define/rtc-loopback'),
  'signal-fault': () => import('track-elements/define/signal-fault'),
  'signal-scope': () => import('track-elements/define/signal-scope'),
  'tone-source': () => import('track-elements/define/tone-source'),
  'track-generator': () => import('track-elements/define/track-generator'),
  'track-monitor': () => import('track-elements/define/track-monitor'),
  'track-probe': () => import('track-elements/define/track-probe'),
  'level-meter': () => import('track-elements/define/level-meter'),
  'track-recorder': () => import('track-elements/define/track-recorder'),
  'virtual-camera': () => import('track-elements/define/virtual-camera'),
  'virtual-microphone': () => import('track-elements/define/virtual-microphone'),
  'virtual-screen': () => import('track-elements/define/virtual-screen'),
  'whep-player': () => import('track-elements/define/whep-player'),
  'whip-publisher': () => import('track-elements/define/whip-publisher'),
};

describe('registration', () => {
  it('knows an entry for every element of the manifest', () => {
    assert.sameMembers(Object.keys(entries), tagNames);
  });

  it('importing the classes registers nothing', async () => {
    await import('track-elements');
    await import('track-elements/elements/level-meter');
    await import('track-elements/elements/camera-source');
    await import('track-elements/elements/canvas-source');
    await import('track-elements/elements/element-source');
    await import('track-elements/elements/file-source');
    await import('track-elements/elements/screen-source');
    await import('track-elements/elements/pattern-source');
    await import('track-elements/elements/rtc-loopback');
    await import('track-elements/elements/signal-fault');
    await import('track-elements/elements/signal-scope');
    await import('track-elements/elements/tone-source');
    await import('track-elements/elements/track-generator');
    await import('track-elements/elements/track-monitor');
    await import('track-elements/elements/track-probe');
    await import('track-elements/elements/track-recorder');
    await import('track-elements/elements/virtual-camera');
    await import('track-elements/elements/virtual-microphone');
    await import('track-elements/elements/virtual-screen');
    await import('track-elements/elements/whep-player');
    await import('track-elements/elements/whip-publisher');
    assert.deepEqual(registered(), []);
  });

  // The last one is left for define/all.
  for (const { tagName, className } of elements.slice(0, -1)) {
    it(`define/${tagName} registers ${tagName} and nothing else`, async () => {
      const before = registered();
      await entries[tagName]?.();
      assert.sameMembers(registered(), [...before, tagName]);
      const classes = (await import('track-elements')) as unknown as Record<string, CustomElementConstructor>;
      assert.isTrue(customElements.get(tagName) === classes[className], className);
    });
  }

  it('define/all registers the elements that are missing, and leaves the others', async () => {
    const [first = ''] = tagNames;
    const before = customElements.get(first);
    await import('track-elements/define/all');
    assert.sameMembers(registered(), tagNames);
    assert.isTrue(customElements.get(first) === before);
  });

  it('gives document.createElement() its types', () => {
    const pattern: string = document.createElement('pattern-source').pattern;
    const waveform: string = document.createElement('tone-source').waveform;
    const kind: TrackKind | null = document.createElement('track-generator').kind;
    assert.deepEqual([pattern, waveform, kind], ['smpte-hd', 'sine', null]);
  });

  for (const tagName of tagNames) {
    it(`a ${tagName} that script creates is idle, and has neither tracks nor attributes`, () => {
      const element = document.createElement(tagName) as HTMLElement & { state: string; track?: unknown };
      // A fault has no state: it is that of the source around it.
      if (tagName !== 'signal-fault') assert.equal(element.state, 'idle');
      assert.notExists(element.track);
      assert.lengthOf([...element.attributes], 0);
    });
  }
});
