/* Tracks of audio that the engine reads, as layers of compositions. */
import 'track-elements/define/all';
import type { AudioComposition, AudioLayer } from '../../dist/engine/composition.js';
import { openAudioPlayback } from '../../dist/engine/page/audio-playback.js';
import type { Playback } from '../../dist/engine/page/playback.js';
import { acquireInput, type InputLease } from '../../dist/engine/page/track-inputs.js';
import { amplitudeAt, decibels, frequencyOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';
import { layer, Player, peak } from './player.js';

const workers = countWorkers();

/** A track as blocks of samples that a test makes. */
class Blocks {
  readonly events: object[] = [];
  readonly #samples = new MessageChannel();
  readonly #commands = new MessageChannel();

  constructor(player: Player, inputId: number) {
    player.inputs.open({ inputId, input: { port: this.#samples.port2 }, port: this.#commands.port2 });
    this.#commands.port1.onmessage = ({ data }) => this.events.push(data);
    onCleanup(() => {
      for (const { port1, port2 } of [this.#samples, this.#commands]) for (const port of [port1, port2]) port.close();
    });
  }

  /** Resolves when the samples have come. */
  async push(planes: Float32Array[], sampleRate = 48000): Promise<void> {
    const { port1 } = this.#samples;
    port1.postMessage({ planes, sampleRate, start: 0 });
    // The reader answers pictures, after what came before. A port is closed like a picture that nobody wants.
    const { port1: picture } = new MessageChannel();
    const answered = new Promise((resolve) => port1.addEventListener('message', resolve, { once: true }));
    port1.start();
    port1.postMessage({ frame: picture }, [picture]);
    await answered;
  }
}

const inputLayer = (input: number, more: Partial<AudioLayer> = {}): AudioLayer => ({
  id: 7,
  signal: { kind: 'audio', input },
  gain: 1,
  pan: 0,
  ...more,
});

const constant = (value: number, length: number) => new Float32Array(length).fill(value);
const ramp = (from: number, length: number) => Float32Array.from({ length }, (_, i) => (from + i) / 65536);

function countUnderruns(player: Player): number {
  const counts = { produced: 0, late: 0, dropped: 0, underruns: 0 };
  player.tones.addTo(counts as Parameters<typeof player.tones.addTo>[0]);
  return counts.underruns;
}

describe('An audio layer of an input', () => {
  it('plays the samples themselves, 30 ms behind the newest one', async () => {
    const player = new Player();
    const track = new Blocks(player, 1);
    await track.push([ramp(0, 4800)]);
    player.play(inputLayer(1));
    const [left, right] = player.hear(3);
    const last = (samples: number[]) => samples.at(-1) as number;
    // After three blocks of 10 ms it has played the newest sample.
    assert.equal(last(left) * 65536, 4799);
    assert.equal(last(right) * 65536, 4799);
    assert.deepEqual(
      left.slice(-480).map((sample) => sample * 65536),
      Array.from({ length: 480 }, (_, i) => 4320 + i),
    );
    assert.equal(countUnderruns(player), 0);
  });

  it('is silent when no samples come, counts that once, and continues with the next ones', async () => {
    const player = new Player();
    const track = new Blocks(player, 1);
    await track.push([constant(0.5, 1440)]);
    player.play(inputLayer(1));
    player.hear(3);
    assert.equal(peak(player.hear(5)[0]), 0);
    assert.equal(countUnderruns(player), 1);
    await track.push([constant(0.25, 480)]);
    assert.equal(peak(player.hear(1)[0]), 0);
    await track.push([constant(0.25, 960)]);
    const [left] = player.hear(3);
    assert.deepEqual([Math.min(...left), Math.max(...left)], [0.25, 0.25]);
    assert.equal(countUnderruns(player), 1);
  });

  it('leaves samples out when it is more than 100 ms behind', async () => {
    const player = new Player();
    const track = new Blocks(player, 1);
    await track.push([ramp(0, 1440)]);
    player.play(inputLayer(1));
    player.hear(2);
    await track.push([ramp(1440, 9600)]);
    const [left] = player.hear(1);
    assert.equal((left[0] as number) * 65536, 1440 + 9600 - 1440);
  });

  it('has a place of its own in each layer', async () => {
    const [one, other] = [new Player(), new Player()];
    const track = new Blocks(one, 1);
    await track.push([ramp(0, 1440)]);
    one.play(inputLayer(1), inputLayer(1, { id: 8 }));
    const [left] = one.hear(3);
    assert.equal((left.at(-1) as number) * 65536, 2 * 1439);
    other.play(inputLayer(1));
    assert.deepEqual(other.rejected, [7]);
    assert.include(
      other.rejections.at(-1)?.[0]?.error.message ?? '',
      'input is 1; it must be the id of an open input.',
    );
  });

  it('has a gain and a pan, and plays stereo as mono by the mean of both', async () => {
    const player = new Player();
    const track = new Blocks(player, 1);
    await track.push([constant(0.5, 4800), constant(0.25, 4800)]);
    player.play(inputLayer(1, { gain: 0.5, pan: 1 }));
    const [left, right] = player.hear(3).map((samples) => samples.at(-1));
    assert.deepEqual([left, right], [0, 0.125]);
    const plane = [new Float32Array(480)];
    await track.push([constant(0.5, 4800), constant(0.25, 4800)]);
    player.tones.pull(plane, 48000, 1440);
    assert.closeTo(plane[0]?.at(-1) ?? 0, 0.375 / 2, 1e-6);
  });

  it('follows a tone without a click, and a tone follows it', async () => {
    const player = new Player();
    const track = new Blocks(player, 7);
    await track.push([constant(0.5, 48000)]);
    player.play(layer(7, { waveform: 'silence' }));
    const heard = player.hear(1)[0];
    player.play(inputLayer(7));
    heard.push(...player.hear(2)[0]);
    assert.equal(heard.at(-1), 0.5);
    await track.push([constant(0.5, 2400)]);
    player.play(layer(7, { waveform: 'silence' }));
    heard.push(...player.hear(2)[0]);
    assert.equal(heard.at(-1), 0);
    const steps = heard.slice(1).map((sample, i) => Math.abs(sample - (heard[i] as number)));
    assert.isBelow(Math.max(...steps), 0.5 / 200);
  });

  for (const rate of [16_000, 44_100]) {
    it(`resamples ${rate} Hz`, async () => {
      const player = new Player();
      const track = new Blocks(player, 1);
      const sine = Float32Array.from({ length: rate }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / rate));
      await track.push([sine.slice(0, rate / 10)], rate);
      player.play(inputLayer(1));
      const heard: number[] = [];
      for (let at = rate / 10; at + rate / 100 <= rate; at += rate / 100) {
        await track.push([sine.slice(at, at + rate / 100)], rate);
        heard.push(...player.hear(1)[0]);
      }
      const steady = Float32Array.from(heard.slice(4800));
      assert.closeTo(frequencyOf(steady, 48000, 997), 997, 0.1);
      assert.closeTo(decibels(amplitudeAt(steady, 48000, 997)), decibels(0.5), 0.1);
    });
  }

  it('of no input is silent', () => {
    const player = new Player();
    player.play(inputLayer(0));
    assert.equal(peak(player.hear(5)[0]), 0);
    assert.deepEqual(player.rejected, []);
  });
});

const listener = { started() {}, failed() {}, ended() {}, suspendChanged() {} };

async function play(layers: readonly AudioLayer[], sampleRate = 48000): Promise<Playback<AudioComposition>> {
  const composition = { sampleRate, channels: 2, layers };
  const playback = await openAudioPlayback(listener, composition);
  onCleanup(() => playback.close());
  assert.deepEqual(await playback.play(composition), []);
  return playback;
}

async function acquire(track: MediaStreamTrack): Promise<InputLease> {
  const lease = await acquireInput(track);
  onCleanup(() => lease.release());
  return lease;
}

const toneTrack = (attributes: string): Promise<MediaStreamTrack> =>
  place<HTMLElementTagNameMap['tone-source']>(`<tone-source ${attributes}></tone-source>`).ready;

/** Waits for a tone in a channel: on a busy machine some stretches of a recording have gaps. */
async function hasTone(track: MediaStreamTrack, channel: number, frequency: number, dbfs: number): Promise<void> {
  const recorder = await AudioRecorder.of(track);
  await eventually(async () => {
    const { planes, sampleRate } = await recorder.next(0.3);
    const samples = (planes[channel] ?? planes[0]) as Float32Array;
    assert.closeTo(frequencyOf(samples, sampleRate, frequency), frequency, 1);
    assert.closeTo(decibels(amplitudeAt(samples, sampleRate, frequency)), dbfs, 0.5);
  });
  recorder.close();
}

describe('A track of audio as an input', () => {
  it('is heard at its frequency and level, with the gain of each layer', async () => {
    const lease = await acquire(await toneTrack('frequency="440" level="-12"'));
    const [one, other] = await Promise.all([
      play([inputLayer(lease.id)]),
      play([inputLayer(lease.id, { gain: 0.5, pan: -1 })]),
    ]);
    await hasTone(one.track, 0, 440, -12);
    await hasTone(one.track, 1, 440, -12);
    await hasTone(other.track, 0, 440, -12 - 6.02);
  });

  it('is heard beside tones, at another rate', async () => {
    const lease = await acquire(await toneTrack('frequency="1000" level="-20" sample-rate="44100"'));
    const { track } = await play([layer(1, { frequency: 3000, level: -26 }), inputLayer(lease.id)]);
    await hasTone(track, 0, 1000, -20);
    await hasTone(track, 0, 3000, -26);
  });

  it('tells that its first samples have come, also to a holder who comes later', async () => {
    const source = await toneTrack('frequency="440"');
    let heard = 0;
    const count = { heard: () => heard++ };
    const lease = await acquireInput(source, count);
    onCleanup(() => lease.release());
    assert.equal(heard, 0);
    await play([inputLayer(lease.id)]);
    await waitFor(() => heard === 1, 'the first samples');
    const later = await acquireInput(source, count);
    assert.equal(heard, 2);
    later.release();
  });

  it('that has been released is an error of its layer', async () => {
    const lease = await acquire(await toneTrack(''));
    lease.release();
    const composition = { sampleRate: 48000, channels: 2, layers: [inputLayer(lease.id)] };
    const playback = await openAudioPlayback(listener, composition);
    onCleanup(() => playback.close());
    const [failure] = await playback.play(composition);
    assert.include(failure?.error.message ?? '', `input is ${lease.id}; it must be the id of an open input.`);
  });
});

describe('After all inputs of audio', () => {
  it('no worker runs', async () => {
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
