/* `<signal-fault>` that has no source around it. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/signal-fault';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep } from '../support/waiting.js';

describe('A signal-fault in no source', () => {
  it('warns once, with the place where it belongs', async () => {
    const fault = place('<div><signal-fault kind="freeze"></signal-fault></div>').querySelector('signal-fault');
    assert.isNotNull(fault);
    const warnings: string[] = [];
    fault?.addEventListener('warning', (event) => {
      event.preventDefault();
      warnings.push((event as ErrorEvent).error.message);
    });
    await nextEvent(fault as Element, 'warning');
    await sleep(100);
    assert.deepEqual(warnings, [
      'This signal-fault is in no source: put it inside the source, or the virtual device, whose track has the fault.',
    ]);
  });

  it('does not warn if it was put into one in time, or removed', async () => {
    const [moved, removed] = [document.createElement('signal-fault'), document.createElement('signal-fault')];
    const warnings: Event[] = [];
    for (const fault of [moved, removed]) {
      place('<div></div>').append(fault);
      fault.addEventListener('warning', (event) => {
        event.preventDefault();
        warnings.push(event);
      });
    }
    await sleep(100);
    place('<pattern-source manual></pattern-source>').append(moved);
    removed.remove();
    await sleep(2500);
    assert.deepEqual(warnings, []);
  });
});
