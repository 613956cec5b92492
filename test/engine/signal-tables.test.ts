/* Signals of a page's own among the library's: what was said of one is known of it. */

import { createToneRenderer } from 'track-elements/signals';
import { defineSignal, type SignalTables } from '../../dist/engine/signal-tables.js';
import { toneOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

/** A wave that stands at the number of its channel, from 1. */
class Steps {
  readonly byChannel = true;
  readonly ownLevel = true;
  readonly params = { times: { type: 'number', default: 1 } };
  readonly #first = 1;

  prepare({ channel }: { channel: number }, { times }: { times: number }) {
    const value = (channel + this.#first) * times;
    return { render: (samples: Float32Array) => void samples.fill(value) };
  }
}

describe('A waveform of a page', () => {
  it('has its own channels, level and params, and `prepare` is called as its method', () => {
    const tables: SignalTables = { video: [], audio: [] };
    defineSignal(tables, { kind: 'audio', name: 'steps' }, new Steps() as never);
    const tone = toneOf({ waveform: 'steps', channels: 2, level: -20, params: { times: 0.25 } });
    const planes = [new Float32Array(4), new Float32Array(4)];
    createToneRenderer(tone, tables.audio).render(planes, 0);
    assert.deepEqual(
      planes.map((samples) => [...samples]),
      [Array(4).fill(0.25), Array(4).fill(0.5)],
    );
  });

  it('has the name under which it was defined', () => {
    const tables: SignalTables = { video: [], audio: [] };
    defineSignal(tables, { kind: 'audio', name: 'mine' }, {
      name: 'theirs',
      prepare: () => ({ render() {} }),
    } as never);
    assert.deepEqual(
      tables.audio.map(({ name }) => name),
      ['mine'],
    );
  });
});
