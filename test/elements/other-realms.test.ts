/* Objects of another document have other classes: tracks, bytes and errors of an <iframe> are as good as the page's own. */
import 'track-elements/define/all';
import { TrackGenerator } from 'track-elements/generator';
import { TrackProcessor } from 'track-elements/processor';
import { plainError } from '../../dist/generator/messages.js';
import { isFinal, isRenewal } from '../../dist/rtc/retry-policy.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { openPage } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

type Realm = Window & typeof globalThis;

async function openRealm(): Promise<Realm> {
  const frame = await openPage('about:blank');
  return frame.contentWindow as Realm;
}

describe('Of another document', () => {
  it('a track is read by a TrackProcessor', async () => {
    const realm = await openRealm();
    const [track] = realm.document.createElement('canvas').captureStream(0).getTracks() as [MediaStreamTrack];
    assert.isFalse(track instanceof MediaStreamTrack, 'it has another class');
    const processor = new TrackProcessor({ track });
    onCleanup(() => processor.close());
    assert.equal(processor.kind, 'video');
    assert.isTrue(processor.track === track);
  });

  it('the planes of an I420 picture are written', async () => {
    const realm = await openRealm();
    const plane = (size: number, level: number) => new realm.Uint8Array(size).fill(level);
    const generator = stopAfterTest(new TrackGenerator({ kind: 'video' }));
    const picture = {
      colorSpace: 'bt601' as const,
      width: 64,
      height: 36,
      y: plane(64 * 36, 81),
      u: plane(32 * 18, 90),
      v: plane(32 * 18, 240),
    };
    assert.isFalse(picture.y instanceof Uint8Array, 'it has another class');
    assert.isTrue(await generator.write(picture));
  });

  it('an error keeps its name and its message on its way from a worker', async () => {
    const realm = await openRealm();
    const errors = [new realm.RangeError('too much'), new realm.DOMException('not here', 'NotFoundError')];
    assert.deepEqual(errors.map(plainError), [
      { name: 'RangeError', message: 'too much' },
      { name: 'NotFoundError', message: 'not here' },
    ]);
    assert.deepEqual(plainError('a text'), { name: 'Error', message: 'a text' });
  });

  it('an error tells a client whether another try is of use', async () => {
    const realm = await openRealm();
    assert.isTrue(isRenewal(new realm.DOMException('The session was ended.', 'AbortError')));
    assert.isFalse(isFinal(new realm.DOMException('No path.', 'NetworkError'), false, false));
    assert.isTrue(isFinal(new realm.TypeError('The SDP is broken.'), false, false));
  });
});

describe('Anything else than a track', () => {
  it('is refused by a TrackProcessor, with a sentence', () => {
    for (const track of [undefined, null, {}, 'video', { kind: 'video' }, new MediaStream()]) {
      assert.throws(
        () => new TrackProcessor({ track: track as never }),
        TypeError,
        /^track is .*; it must be a MediaStreamTrack/,
      );
    }
  });
});

describe('An element in the document of a frame or another window', () => {
  /** An element of each base class, and those that draw. The monitor is moved in the last test. */
  const tags = ['pattern-source', 'rtc-loopback', 'track-recorder', 'track-probe', 'level-meter', 'signal-scope'];

  for (const tag of tags) {
    it(`has its styles, whether it comes there first or later: <${tag}>`, async () => {
      const { document: other } = await openRealm();
      const here = document.createElement(tag);
      document.body.append(here);
      onCleanup(() => here.remove());
      const { display } = getComputedStyle(here);
      assert.notEqual(display, 'inline');
      const there = document.createElement(tag);
      other.body.append(there, here);
      for (const element of [there, here]) {
        assert.equal(other.defaultView?.getComputedStyle(element).display, display);
        assert.notEqual(element.shadowRoot?.adoptedStyleSheets.length, 0);
      }
      document.body.append(here);
      assert.equal(getComputedStyle(here).display, display);
    });
  }

  it('keeps its track, and shows it there', async () => {
    const { document: other } = await openRealm();
    const source = document.createElement('pattern-source');
    Object.assign(source, { width: 64, height: 36 });
    const monitor = document.createElement('track-monitor');
    monitor.append(source);
    document.body.append(monitor);
    const size = () => monitor.shadowRoot?.querySelector('[part~=badge-size]')?.textContent;
    await waitFor(() => size() === '64×36', 'the size of the picture');
    const { track } = source;
    const { display } = getComputedStyle(monitor);
    assert.notEqual(display, 'inline');
    other.body.append(monitor);
    onCleanup(() => monitor.remove());
    assert.equal(source.track, track);
    assert.equal(other.defaultView?.getComputedStyle(monitor).display, display);
    source.width = 128;
    await waitFor(() => size() === '128×36', 'the new size of the picture');
    assert.equal(track?.readyState, 'live');
  });
});
