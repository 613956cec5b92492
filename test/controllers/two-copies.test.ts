/* Two copies of the library on one page: its modules, and then the file for script tags. */
import 'track-elements/define/all';
import type { PatternSourceElement, RtcLoopbackElement, ToneSourceElement } from 'track-elements';
import { configure, definePattern, TrackGenerator } from 'track-elements';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, before, describe, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

type Copy = typeof import('track-elements');

const red = '<pattern-source pattern="solid" color="red" width="64" height="48"';

describe('A second copy of the library', () => {
  const registered = customElements.get('pattern-source');
  let copy: Copy;
  const faults: string[] = [];

  before(async () => {
    addEventListener('error', ({ message }) => faults.push(message));
    const script = document.createElement('script');
    script.src = '/dist/cdn/track-elements.js';
    document.head.append(script);
    await nextEvent(script, 'load');
    copy = (globalThis as unknown as { TrackElements: Copy }).TrackElements;
    customElements.define('other-tone-source', class extends copy.ToneSourceElement {});
    customElements.define('other-rtc-loopback', class extends copy.RtcLoopbackElement {});
  });

  it('leaves the elements that are registered, without an error', () => {
    assert.deepEqual(faults, []);
    assert.isTrue(customElements.get('pattern-source') === registered);
    assert.isFalse(copy.ToneSourceElement === (customElements.get('tone-source') as unknown));
  });

  it('gives its track to the stream of a video that has a track of the first copy', async () => {
    const video = place<HTMLVideoElement>('<video id="shared" muted></video>');
    const pattern = place<PatternSourceElement>(`${red} for="shared"></pattern-source>`);
    const picture = await pattern.ready;
    const tone = place<ToneSourceElement>('<other-tone-source for="shared"></other-tone-source>');
    const audio = await tone.ready;
    const tracks = () => (video.srcObject as MediaStream | null)?.getTracks() ?? [];
    await waitFor(() => tracks().length === 2, 'both tracks');
    assert.sameMembers(tracks(), [picture, audio]);
    tone.remove();
    await waitFor(() => tracks().length === 1, 'the end of the tone');
    assert.sameMembers(tracks(), [picture]);
  });

  it('defines signals for the elements that the first copy has registered, and for its own', async () => {
    const url = new URL('../pages/signals/query-gray.js?luma=180', import.meta.url);
    const early = place<PatternSourceElement>(
      '<pattern-source pattern="of-the-copy" width="64" height="36"></pattern-source>',
    );
    early.addEventListener('error', (event) => event.preventDefault());
    await nextEvent(early, 'error');
    copy.definePattern('of-the-copy', url);
    await waitFor(() => early.state === 'live', 'the source that has waited for the definition');
    const later = place<PatternSourceElement>(
      '<pattern-source pattern="of-the-copy" width="64" height="36"></pattern-source>',
    );
    assert.equal((await later.ready).readyState, 'live');
    copy.defineWaveform('wave-of-the-copy', new URL('../pages/signals/half-wave.js', import.meta.url));
    const tone = place<ToneSourceElement>('<tone-source waveform="wave-of-the-copy"></tone-source>');
    assert.equal((await tone.ready).readyState, 'live');
    assert.throws(() => definePattern('of-the-copy', '/another.js'), 'is defined already');
  });

  it('configures the first copy, too', async () => {
    const backend = () => {
      const generator = new TrackGenerator({ kind: 'video' });
      generator.stop();
      return generator.backend;
    };
    const usual = backend();
    copy.configure({ backends: { video: 'canvas' } });
    onCleanup(() => configure({ backends: {} }));
    assert.equal(backend(), 'canvas');
    configure({ backends: {} });
    assert.equal(backend(), usual);
    const generator = new copy.TrackGenerator({ kind: 'video' });
    generator.stop();
    assert.equal(generator.backend, usual);
  });

  it('has sinks that take tracks of the first copy, by for and inside', async function () {
    if (!hasPeers) skip(this, noPeers);
    for (const markup of [
      `<other-rtc-loopback>${red}></pattern-source></other-rtc-loopback>`,
      `<div><other-rtc-loopback id="other"></other-rtc-loopback>${red} for="other"></pattern-source></div>`,
    ]) {
      const placed = place(markup);
      const loopback = (placed.localName === 'div'
        ? placed.firstElementChild
        : placed) as unknown as RtcLoopbackElement;
      await waitFor(() => loopback.tracks.length === 1, 'the received track');
    }
  });
});
