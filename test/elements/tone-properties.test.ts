/* Properties of a tone-source as frameworks set them: as text, as single numbers, as values of any type. */
import 'track-elements/define/tone-source';
import { amplitudeAt, decibels, frequencyOf, medianOfWindows } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { collectUnhandledRejections } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type ToneSource = HTMLElementTagNameMap['tone-source'];

describe('the properties of a tone-source', () => {
  it('can be set as text: "1111" is 1111 Hz', async () => {
    const source = place<ToneSource>('<tone-source manual></tone-source>');
    const text = {
      frequency: '1111',
      level: '-12, -6',
      phase: '90',
      invert: 2,
      routing: '1 2',
      channels: '2',
      seed: '7',
    };
    Object.assign(source, text, { attack: '0.02', release: '0.02', sampleRate: '48000', gain: '0.5', pan: '0' });
    await source.start();
    assert.equal(source.getAttribute('level'), '-12 -6');
    assert.equal(source.getAttribute('invert'), '2');
    const listener = await AudioRecorder.of(source.stream);
    try {
      await eventually(async () => {
        const clip = await listener.next(0.6);
        for (const [channel, level] of [-12, -6].entries()) {
          const measured = (measure: (samples: Float32Array) => number) => medianOfWindows(clip, measure, channel);
          assert.closeTo(
            measured((samples) => frequencyOf(samples, 48000, 1111)),
            1111,
            0.05,
          );
          assert.closeTo(decibels(measured((samples) => amplitudeAt(samples, 48000, 1111))), level, 0.1);
        }
      });
    } finally {
      listener.close();
    }
  });

  it('fail the source if they are not numbers', async () => {
    const rejected = collectUnhandledRejections();
    const source = place<ToneSource>('<tone-source></tone-source>') as ToneSource & Record<string, unknown>;
    await source.ready;
    const names = ['frequency', 'level', 'phase', 'attack', 'release', 'channels', 'sampleRate', 'seed', 'invert'];
    for (const name of names) {
      const before = source[name];
      for (const value of [{}, 'loud', Symbol('440'), Object.create(null), () => 440]) {
        const error = nextEvent<ErrorEvent>(source, 'error');
        Object.assign(source, { [name]: value });
        assert.include(['RangeError', 'TypeError'], (await error).error.name, name);
        assert.equal(source.state, 'failed');
        Object.assign(source, { [name]: before });
        await waitFor(() => source.state === 'live', `live after ${name}`);
      }
    }
    await sleep(50);
    rejected.stop();
    assert.deepEqual(rejected.reasons, []);
  });
});
