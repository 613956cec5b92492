/* Properties that configure what runs: one declaration is enough. */
import { ReactiveElement } from '@lit/reactive-element';
import { number, text } from '../../dist/elements/converters.js';
import { hasConfigurationChanged, property, sendableConfiguration } from '../../dist/elements/property.js';
import { assert, describe, it } from '../support/suite.js';

class TestElement extends ReactiveElement {
  @property({ type: number, configures: true })
  speed = 1;

  @property({ type: text })
  note = '';

  @property({ type: number, attribute: 'frame-rate', reflect: true })
  frameRate = 30;
}

class DerivedElement extends TestElement {
  @property({ type: text, configures: true })
  shape = 'round';
}

customElements.define('test-element', TestElement);
customElements.define('derived-element', DerivedElement);

describe('a property that is declared with configures', () => {
  it('is sent to the engine, also one of the base class', () => {
    const element = new DerivedElement();
    element.speed = 2;
    assert.deepEqual(sendableConfiguration(element), { speed: 2, shape: 'round' });
    assert.deepEqual(sendableConfiguration(new TestElement()), { speed: 1 });
  });

  it('changes the configuration; another property does not', () => {
    const element = new DerivedElement();
    assert.isTrue(hasConfigurationChanged(element, new Map([['speed', 1]])));
    assert.isTrue(hasConfigurationChanged(element, new Map([['shape', '']])));
    assert.isFalse(hasConfigurationChanged(element, new Map([['note', '']])));
    assert.isFalse(hasConfigurationChanged(new TestElement(), new Map([['shape', '']])));
  });
});

describe('a property with an attribute of another name', () => {
  it('keeps what was set by either name before the tag was registered', async () => {
    const elements = ['frame-rate', 'frameRate', undefined].map((name) => {
      const element = document.createElement('late-element') as HTMLElement & Record<string, unknown>;
      if (name) element[name] = '25';
      document.body.append(element);
      return element;
    });
    customElements.define('late-element', class extends TestElement {});
    await Promise.all(elements.map(({ updateComplete }) => updateComplete));
    assert.deepEqual(
      elements.map((element) => [element.frameRate, element['frame-rate'], element.getAttribute('frame-rate')]),
      [
        [25, 25, '25'],
        [25, 25, '25'],
        [30, 30, null],
      ],
    );
    elements[0].frameRate = undefined;
    assert.equal(elements[0].frameRate, 30, 'the default is that of the element');
    for (const element of elements) element.remove();
  });
});
