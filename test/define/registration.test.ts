/*
 * The order matters: what an import registers stays registered, so the classes come first, then one element after the
 * other, then all. The imports are dynamic for that.
 */
import { assert, describe, it } from '../support/suite.js';

const names = ['pattern-source', 'tone-source', 'track-generator'] as const;

const registered = () => names.filter((name) => customElements.get(name));

describe('registration', () => {
  it('importing the classes registers nothing', async () => {
    await import('track-elements');
    await import('track-elements/elements/pattern-source');
    await import('track-elements/elements/tone-source');
    await import('track-elements/elements/track-generator');
    assert.deepEqual(registered(), []);
  });

  it('define/pattern-source registers pattern-source and nothing else', async () => {
    await import('track-elements/define/pattern-source');
    assert.deepEqual(registered(), ['pattern-source']);
    const { PatternSourceElement } = await import('track-elements');
    assert.isTrue(customElements.get('pattern-source') === PatternSourceElement);
    // Typed by HTMLElementTagNameMap.
    const pattern: string = document.createElement('pattern-source').pattern;
    assert.equal(pattern, 'smpte-hd');
  });

  it('define/tone-source adds tone-source', async () => {
    await import('track-elements/define/tone-source');
    assert.deepEqual(registered(), ['pattern-source', 'tone-source']);
    const { ToneSourceElement } = await import('track-elements');
    const element = document.createElement('tone-source');
    const waveform: string = element.waveform;
    assert.instanceOf(element, ToneSourceElement);
    assert.equal(waveform, 'sine');
  });

  it('define/all adds what is missing and leaves the rest as it is', async () => {
    await import('track-elements/define/all');
    assert.deepEqual(registered(), [...names]);
    const { TrackGeneratorElement } = await import('track-elements');
    const element = document.createElement('track-generator');
    const kind: 'video' | 'audio' | null = element.kind;
    assert.isNull(kind);
    assert.instanceOf(element, TrackGeneratorElement);
    await import('track-elements/define/track-generator');
  });

  it('an element that script makes is idle, and takes nothing until it is connected', () => {
    for (const name of names) {
      const element = document.createElement(name);
      assert.equal(element.state, 'idle');
      assert.isNull(element.track);
      assert.isNull(element.backend);
      assert.lengthOf(element.stream.getTracks(), 0);
      assert.lengthOf([...element.attributes], 0);
    }
  });
});
