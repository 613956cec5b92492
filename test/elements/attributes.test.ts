/* Attributes and properties: they reflect each other, and what nobody has set is nowhere written. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';

type Tag = 'pattern-source' | 'tone-source' | 'track-generator';

/** Property, its attribute, a value that is not the default, how the attribute writes it, and the default. */
type Row = readonly [property: string, attribute: string, value: unknown, text: string, initial: unknown];

const everySource: Row[] = [
  ['manual', 'manual', true, '', false],
  ['paused', 'paused', true, '', false],
  ['muted', 'muted', true, '', false],
  ['htmlFor', 'for', 'one two', 'one two', ''],
  ['contentHint', 'content-hint', 'motion', 'motion', ''],
];

const video: Row[] = [
  ['width', 'width', 640, '640', 1280],
  ['height', 'height', 360, '360', 720],
  ['frameRate', 'frame-rate', 25, '25', 30],
  ['frameRate', 'frame-rate', '30000/1001', '30000/1001', 30],
  ['background', 'background', 'navy', 'navy', ''],
];

const table: Record<Tag, Row[]> = {
  'pattern-source': [
    ...everySource,
    ...video,
    ['pattern', 'pattern', 'ball', 'ball', 'smpte-hd'],
    ['color', 'color', '#c00', '#c00', ''],
    ['speed', 'speed', 0.5, '0.5', 1],
    ['label', 'label', 'Camera 1', 'Camera 1', ''],
    ['timecode', 'timecode', true, '', false],
    ['seed', 'seed', 7, '7', 0],
    ['params', 'params', { size: 16 }, '{"size":16}', {}],
    ['x', 'x', 20, '20', 0],
    ['y', 'y', 40, '40', 0],
    ['opacity', 'opacity', 0.5, '0.5', 1],
  ],
  'tone-source': [
    ...everySource,
    ['waveform', 'waveform', 'square', 'square', 'sine'],
    ['frequency', 'frequency', 440, '440', 1000],
    ['frequency', 'frequency', [440, 1000.5], '440 1000.5', 1000],
    ['level', 'level', -6, '-6', -18],
    ['level', 'level', [-18, Number.NEGATIVE_INFINITY], '-18 -Infinity', -18],
    ['phase', 'phase', 90, '90', 0],
    ['phase', 'phase', [0, 180], '0 180', 0],
    ['invert', 'invert', [2], '2', []],
    ['routing', 'routing', [1, 3], '1 3', []],
    ['attack', 'attack', 0.5, '0.5', 0.01],
    ['release', 'release', 2, '2', 0.01],
    ['channels', 'channels', 1, '1', 2],
    ['sampleRate', 'sample-rate', 44100, '44100', 48000],
    ['seed', 'seed', 7, '7', 0],
    ['animation', 'animation', 'wall-clock', 'wall-clock', 'timeline'],
    ['seed', 'seed', [1, 2], '1 2', 0],
    ['params', 'params', { taps: 2 }, '{"taps":2}', {}],
    ['gain', 'gain', 0.5, '0.5', 1],
    ['pan', 'pan', -1, '-1', 0],
  ],
  'track-generator': [
    ...everySource,
    ...video,
    ['kind', 'kind', 'audio', 'audio', null],
    ['sampleRate', 'sample-rate', 44100, '44100', 48000],
    ['channels', 'channels', 1, '1', 0],
    ['limiter', 'limiter', true, '', false],
  ],
};

for (const [tag, rows] of Object.entries(table) as [Tag, Row[]][]) {
  describe(`the attributes of ${tag}`, () => {
    const get = (element: Element, property: string) => (element as unknown as Record<string, unknown>)[property];
    const set = (element: Element, property: string, value: unknown) => {
      (element as unknown as Record<string, unknown>)[property] = value;
    };

    it('have the defaults that the documentation says', () => {
      const element = document.createElement(tag);
      for (const [property, , , , initial] of rows) assert.deepEqual(get(element, property), initial, property);
      assert.isNull(element.sinks);
    });

    it('are not there while nobody has set them, not even once the source runs', async () => {
      const kind = tag === 'track-generator' ? 'kind="video"' : '';
      const element = place<HTMLElementTagNameMap[Tag]>(`<${tag} ${kind}></${tag}>`);
      await element.ready;
      await element.updateComplete;
      assert.deepEqual(element.getAttributeNames(), kind ? ['kind'] : []);
    });

    for (const [property, attribute, value, text, initial] of rows) {
      it(`${attribute} = "${text}" and ${property} are the same`, async () => {
        const element = document.createElement(tag);
        // Not to start for half a configuration.
        element.manual = true;
        place('<div></div>').append(element);

        set(element, property, value);
        await element.updateComplete;
        assert.equal(element.getAttribute(attribute), text, 'the attribute that reflects the property');

        element.removeAttribute(attribute);
        await element.updateComplete;
        assert.deepEqual(get(element, property), initial, 'the property without the attribute');

        element.setAttribute(attribute, text);
        assert.deepEqual(get(element, property), value, 'the property that follows the attribute');
        await element.updateComplete;
        assert.equal(element.getAttribute(attribute), text);
      });
    }

    it('do not follow what happens', async () => {
      const kind = tag === 'track-generator' ? 'kind="audio"' : '';
      const element = place<HTMLElementTagNameMap[Tag]>(`<${tag} ${kind} id="it"></${tag}>`);
      await element.ready;
      const before = element.outerHTML;
      await element.getStats();
      element.stop();
      await element.start();
      await element.updateComplete;
      assert.equal(element.outerHTML, before);
    });
  });
}
