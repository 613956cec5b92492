/* Objects of another document have other classes: tracks, bytes and errors of an <iframe> are as good as the page's own. */
import 'track-elements/define/all';
import { TrackGenerator } from 'track-elements/generator';
import { TrackProcessor } from 'track-elements/processor';
import { plainError } from '../../dist/generator/messages.js';
import { isFinal, isRenewal } from '../../dist/rtc/retry-policy.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { openPage } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

type Realm = Window & typeof globalThis;
type PatternSource = HTMLElementTagNameMap['pattern-source'];

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
  const tags = [
    'pattern-source',
    'rtc-loopback',
    'track-recorder',
    'track-probe',
    'level-meter',
    'signal-scope',
    'signal-fault',
    'virtual-camera',
  ];

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

  it('has the styles of a part that is loaded later: the table of a <track-probe>', async () => {
    const { document: other } = await openRealm();
    const probes = [document, other].map((each) => {
      const probe = document.createElement('track-probe');
      probe.addEventListener('warning', ({ message }) => warnings.push(message));
      each.body.append(probe);
      onCleanup(() => probe.remove());
      return probe;
    });
    const warnings: string[] = [];
    const sheetsOf = () => probes.map(({ shadowRoot }) => shadowRoot?.adoptedStyleSheets.length);
    await waitFor(() => probes.every(({ shadowRoot }) => shadowRoot?.querySelector('table')), 'both tables');
    const [sheets] = sheetsOf();
    assert.deepEqual(sheetsOf(), [sheets, sheets]);
    other.body.append(...probes);
    assert.deepEqual(sheetsOf(), [sheets, sheets], 'also when it is moved');
    assert.deepEqual(warnings, []);
  });

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

describe('An element in another window', () => {
  /** A source in the document of a frame. */
  async function openSource(): Promise<{ frame: HTMLIFrameElement; source: PatternSource; track: MediaStreamTrack }> {
    const frame = await openPage('about:blank');
    const source = document.createElement('pattern-source');
    Object.assign(source, { width: 64, height: 36 });
    frame.contentDocument?.body.append(source);
    onCleanup(() => source.remove());
    return { frame, source, track: await source.ready };
  }

  it('ends its track when the window closes, or the frame is removed', async () => {
    const { frame, source, track } = await openSource();
    frame.remove();
    await waitFor(() => track.readyState === 'ended', 'the end of the track');
    assert.equal(source.state, 'stopped');
  });

  it('listens to that window once, however often it is moved there, and no more when it is elsewhere', async () => {
    const { contentWindow: view, contentDocument: other } = await openPage('about:blank');
    const listeners = new Set<unknown>();
    for (const [name, count] of [
      ['addEventListener', (listener: unknown) => listeners.add(listener)],
      ['removeEventListener', (listener: unknown) => listeners.delete(listener)],
    ] as const) {
      Object.assign(view as Window, {
        [name]: (type: string, listener: unknown) => type === 'pagehide' && count(listener),
      });
    }
    const source = document.createElement('pattern-source');
    Object.assign(source, { manual: true });
    onCleanup(() => source.remove());
    other?.body.append(source);
    const { size } = listeners;
    assert.isAbove(size, 0);
    for (let moves = 0; moves < 3; moves++) other?.body.append(source);
    assert.equal(listeners.size, size);
    document.body.append(source);
    assert.equal(listeners.size, 0);
  });

  it('keeps its track if it is put back into the page then', async () => {
    const { frame, source, track } = await openSource();
    frame.contentWindow?.addEventListener('pagehide', () => document.body.append(source));
    frame.remove();
    await sleep(500);
    assert.isTrue(source.track === track);
    assert.equal(track.readyState, 'live');
    source.remove();
    await waitFor(() => track.readyState === 'ended', 'the end of the track');
  });

  it('ends its track once, and plays again where it is put later', async () => {
    const { frame, source, track } = await openSource();
    frame.remove();
    await waitFor(() => track.readyState === 'ended', 'the end of the track');
    document.body.append(source);
    assert.equal((await source.ready).readyState, 'live');
  });

  it('draws levels while the page is hidden', async () => {
    const { document: other } = await openRealm();
    const meter = document.createElement('level-meter');
    meter.append(document.createElement('tone-source'));
    const levelNow = () => Number(meter.shadowRoot?.querySelector('[role=meter]')?.getAttribute('aria-valuenow'));
    // A hidden page has no animation frames.
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    const frames = window.requestAnimationFrame;
    window.requestAnimationFrame = () => 0;
    onCleanup(() => {
      Reflect.deleteProperty(document, 'visibilityState');
      window.requestAnimationFrame = frames;
      meter.remove();
    });
    other.body.append(meter);
    // A tone of −18 dBFS; without a level the bar says the lowest one of its scale.
    await waitFor(() => levelNow() > -30, 'the level of the tone');
  });

  it('leaves its own window full screen, not the page', async () => {
    const { document: other } = await openRealm();
    const monitor = document.createElement('track-monitor');
    let exits = 0;
    const exitFullscreen = async () => void exits++;
    Object.defineProperties(other, { fullscreenEnabled: { value: true }, exitFullscreen: { value: exitFullscreen } });
    other.body.append(monitor);
    onCleanup(() => monitor.remove());
    await monitor.updateComplete;
    Object.assign(monitor, { matches: (selector: string) => selector === ':fullscreen' });
    const button = monitor.shadowRoot?.querySelector<HTMLElement>('[part~=button-fullscreen]');
    assert.exists(button, 'a button, though the page has none');
    button?.click();
    await sleep(0);
    assert.equal(exits, 1);
  });

  it('asks for a file where the gesture was', async () => {
    const realm = await openRealm();
    const { document: other } = realm;
    const asked: string[] = [];
    const refuse = (where: string) => async () => {
      asked.push(where);
      throw new DOMException('The user has closed the dialog.', 'AbortError');
    };
    for (const [view, where] of [
      [window, 'page'],
      [realm, 'window'],
    ] as const) {
      const before = Object.getOwnPropertyDescriptor(view, 'showSaveFilePicker');
      Object.defineProperty(view, 'showSaveFilePicker', { value: refuse(where), configurable: true });
      onCleanup(() => {
        Reflect.deleteProperty(view, 'showSaveFilePicker');
        if (before) Object.defineProperty(view, 'showSaveFilePicker', before);
      });
    }
    const recorder = document.createElement('track-recorder');
    other.body.append(recorder);
    onCleanup(() => recorder.remove());
    await recorder.startFile();
    assert.deepEqual(asked, ['window']);
  });
});
