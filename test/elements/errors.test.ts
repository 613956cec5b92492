/* Wrong attributes: the error says what was given and what is accepted, the track continues, a correction is enough. */
import 'track-elements/define/all';
import { place, removePlaced } from '../support/page.js';
import { collectUnhandledRejections, rejectionOf } from '../support/rejections.js';
import { afterEach, assert, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];

/** Attribute, a wrong value, the error's class, and what its message has to say. */
type Row = readonly [attribute: string, value: string, type: 'TypeError' | 'RangeError', ...says: (string | RegExp)[]];

const table: Record<'pattern-source' | 'tone-source', Row[]> = {
  'pattern-source': [
    ['pattern', 'smpte-dh', 'TypeError', 'smpte-dh', 'smpte-hd', 'ebu-75'],
    ['width', '1281', 'RangeError', '1281', 'even', '16384'],
    ['width', 'wide', 'RangeError', '"wide"', 'even'],
    ['height', '0', 'RangeError', '0', 'even'],
    ['height', '20000', 'RangeError', '20000', '16384'],
    ['frame-rate', '0', 'RangeError', 'frameRate', '0', '1000'],
    ['frame-rate', 'fast', 'RangeError', 'fast', '30000/1001'],
    ['frame-rate', '30000/', 'RangeError', '30000/', '30000/1001'],
    ['color', 'reddish', 'TypeError', 'color', 'reddish', 'CSS'],
    ['background', '#12', 'TypeError', 'background', '#12', 'CSS'],
    ['speed', 'slow', 'RangeError', /speed/i, 'a number'],
    ['seed', 'x', 'RangeError', /seed/i, 'a number'],
    ['color-space', 'bt2020', 'TypeError', 'bt2020', 'bt709'],
    ['flip', 'sideways', 'TypeError', 'sideways', 'horizontal'],
    ['animation', 'wall', 'TypeError', 'wall', 'wall-clock', 'timeline'],
    ['scroll-x', 'left', 'RangeError', /scroll/i, '"left"'],
    ['scroll-y', 'up', 'RangeError', /scroll/i, '"up"'],
    ['params', '{size:1}', 'TypeError', 'params', 'JSON'],
    ['params', '{"row4": 1}', 'TypeError', 'row4', 'row2', 'subBlack'],
    ['params', '{"row2": "red"}', 'TypeError', 'red', '75% white'],
    ['params', '{"subBlack": 1}', 'TypeError', 'subBlack', 'true or false'],
    ['params', '[1]', 'TypeError', 'params', 'JSON'],
  ],
  'tone-source': [
    ['waveform', 'sinus', 'TypeError', 'sinus', 'sine', 'pink-noise'],
    ['frequency', '0', 'RangeError', /frequency/i, '0'],
    ['frequency', '24000', 'RangeError', /frequency/i, '24000'],
    ['frequency', 'high', 'RangeError', /frequency/i, '"high"'],
    ['level', '3', 'RangeError', /level/i, '3', '0 dBFS'],
    ['level', 'loud', 'RangeError', /level/i, '"loud"'],
    ['frequency', '440 30000', 'RangeError', /frequency/i, '30000'],
    ['level', '-18 6', 'RangeError', /level/i, '6', '0 dBFS'],
    ['phase', 'left', 'RangeError', /phase/i, '"left"'],
    ['invert', '3', 'RangeError', /invert/i, '3', '1 to 2'],
    ['routing', '0 1', 'RangeError', /routing/i, '0', '1 to 2'],
    ['attack', '-1', 'RangeError', /attack/i, '-1', '60 s'],
    ['release', 'slow', 'RangeError', /release/i, '"slow"', '60 s'],
    ['channels', '0', 'RangeError', /channels/i, '0', '8'],
    ['channels', '1.5', 'RangeError', /channels/i, '1.5'],
    ['sample-rate', '100', 'RangeError', /rate/i, '100', '3000'],
    ['seed', 'x', 'RangeError', /seed/i, 'a number'],
    ['animation', 'wall', 'TypeError', 'wall', 'wall-clock', 'timeline'],
    ['params', 'no', 'TypeError', 'params', 'JSON'],
  ],
};

const right = {
  'pattern-source': 'width="64" height="64"',
  'tone-source': '',
};

function assertSays(error: unknown, type: string, says: readonly (string | RegExp)[]): void {
  assert.instanceOf(error, Error);
  const { name, message } = error as Error;
  assert.equal(name, type, message);
  for (const word of says) {
    if (typeof word === 'string') assert.include(message, word);
    else assert.match(message, word);
  }
  // A sentence. It may begin with the name of the property.
  assert.match(message, /^[A-Z`<].*[.?!]$|^[a-z][\w.[\]-]* .*[.?!]$/s);
}

for (const [tag, rows] of Object.entries(table) as ['pattern-source' | 'tone-source', Row[]][]) {
  describe(`a ${tag} with a wrong attribute`, () => {
    let rejections: ReturnType<typeof collectUnhandledRejections>;

    beforeEach(() => {
      rejections = collectUnhandledRejections();
    });

    afterEach(async () => {
      removePlaced();
      await sleep(0);
      rejections.stop();
      assert.deepEqual(rejections.reasons, []);
    });

    for (const [attribute, value, type, ...says] of rows) {
      it(`${attribute}="${value}" fails with a ${type}, keeps its track, and comes back when corrected`, async () => {
        const source = place<Source>(`<${tag} ${right[tag]}></${tag}>`);
        const track = await source.ready;
        const before = source.getAttribute(attribute);
        const failed = nextEvent<ErrorEvent>(source, 'error');
        source.setAttribute(attribute, value);
        const event = await failed;
        assert.instanceOf(event, ErrorEvent);
        assert.isFalse(event.bubbles);
        assert.equal(event.message, event.error.message);
        assertSays(event.error, type, says);
        assert.equal(source.state, 'failed');
        assert.isTrue(source.matches(':state(failed)'));
        assert.isTrue(source.track === track, 'the track of before');
        assert.equal(track.readyState, 'live');

        if (before === null) source.removeAttribute(attribute);
        else source.setAttribute(attribute, before);
        await waitFor(() => source.state === 'live', 'live again');
        assert.isTrue(source.track === track);
        assert.isTrue((await source.ready) === track);
      });

      it(`${attribute}="${value}" at the start rejects ready, and starts when corrected`, async () => {
        const source = document.createElement(tag) as Source;
        for (const [name, text] of [...right[tag].matchAll(/([\w-]+)="(\w+)"/g)].map(([, ...pair]) => pair)) {
          source.setAttribute(name, text);
        }
        const before = source.getAttribute(attribute);
        source.setAttribute(attribute, value);
        const failed = nextEvent<ErrorEvent>(source, 'error');
        place('<div></div>').append(source);
        assertSays(await rejectionOf(source.ready), type, says);
        assertSays((await failed).error, type, says);
        assert.equal(source.state, 'failed');
        assert.isNull(source.track);

        if (before === null) source.removeAttribute(attribute);
        else source.setAttribute(attribute, before);
        await waitFor(() => source.state === 'live', 'live');
        assert.equal((await source.ready).readyState, 'live');
      });
    }
  });
}

describe('a source that failed', () => {
  it('continues with the picture that it showed before', async () => {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const source = place<HTMLElementTagNameMap['pattern-source']>(
      '<pattern-source for="screen" pattern="solid" color="lime" width="64" height="64"></pattern-source>',
    );
    const green = () => assert.isAtMost(colorDistance(colorAt(readPixels(video), 32, 32), [0, 255, 0]), 3);
    await eventually(green);
    source.pattern = 'nonsense';
    await waitFor(() => source.state === 'failed', 'failed');
    const { produced } = await source.getStats();
    await waitFor(async () => (await source.getStats()).produced > produced + 5, 'further frames');
    green();
    source.pattern = 'solid';
    source.color = 'red';
    await eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 32, 32), [255, 0, 0]), 3));
    assert.equal(source.state, 'live');
  });

  it('stays stopped when it is stopped and then corrected', async () => {
    const source = place<Source>('<pattern-source pattern="nonsense"></pattern-source>');
    await rejectionOf(source.ready);
    source.stop();
    assert.equal(source.state, 'stopped');
    source.setAttribute('pattern', 'ball');
    await (source as HTMLElement & { updateComplete: Promise<boolean> }).updateComplete;
    assert.equal(source.state, 'stopped', 'what was stopped stays so');
    assert.equal((await source.start()).readyState, 'live');
  });
});
