/* The audio of a recording: where it comes late, or with dates that are too early, little of it is lost. */

import { RecordingClock } from '../../dist/recorder/recording-clock.js';
import { AudioLane } from '../../dist/recorder/worker/audio-lane.js';
import type { Packet } from '../../dist/recorder/worker/container-file.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';

const RATE_HZ = 48_000;
const BLOCK_MS = 10;
const TICK_MS = 200;

describe('The audio of a recording', () => {
  let time: number;
  let packets: Packet[];
  let lane: AudioLane;

  beforeEach(() => {
    time = 0;
    packets = [];
    const clock = new RecordingClock(() => time);
    clock.start();
    const fail = (error: unknown) => assert.fail(String(error));
    lane = new AudioLane({ codec: 'pcm-f32' }, clock, { add: (packet) => packets.push(packet), fail });
  });

  /** Hears a tone in blocks, each of which comes at its end. Its dates are too early by so much. */
  function hear(milliseconds: number, early = 0): void {
    const end = time + milliseconds;
    while (time < end) {
      pass(BLOCK_MS);
      addBlock(time - BLOCK_MS - early);
    }
  }

  function addBlock(start: number): void {
    lane.addBlock({ planes: [new Float32Array((RATE_HZ * BLOCK_MS) / 1000).fill(0.5)], sampleRate: RATE_HZ, start });
  }

  /** Lets time pass, with the ticks of the worker. */
  function pass(milliseconds: number): void {
    const end = time + milliseconds;
    while (time < end) {
      time += 1;
      if (time % TICK_MS === 0) lane.tick();
    }
  }

  /** Each millisecond of the recording: whether there is audio in it. */
  async function heard(): Promise<boolean[]> {
    await lane.finish();
    const isHeard: boolean[] = [];
    for (const { packet } of packets) {
      const samples = new Float32Array(packet.data.slice().buffer);
      const start = Math.round(packet.timestamp * 1000);
      for (let at = 0; at < samples.length; at += 2 * (RATE_HZ / 1000)) {
        isHeard[start + Math.floor(at / (2 * (RATE_HZ / 1000)))] = samples[at] !== 0;
      }
    }
    return isHeard;
  }

  const countOf = (isHeard: readonly boolean[]) => isHeard.filter(Boolean).length;

  it('has silence where no audio came, and the audio after it at its time', async () => {
    hear(500);
    pass(1500);
    hear(1000);
    const isHeard = await heard();
    assert.lengthOf(isHeard, 3000);
    assert.equal(countOf(isHeard.slice(0, 500)), 500);
    assert.equal(countOf(isHeard.slice(500, 2000)), 0);
    assert.equal(countOf(isHeard.slice(2000)), 1000);
  });

  it('continues after the audio device has stood still, although its dates are then too early', async () => {
    hear(500);
    pass(1500);
    hear(1000, 1500);
    const isHeard = await heard();
    assert.equal(countOf(isHeard.slice(500, 1500)), 0);
    // A busy worker would catch up in the tenth of a second that is lost.
    assert.isAtLeast(countOf(isHeard.slice(1500)), 890);
    assert.equal(
      isHeard.lastIndexOf(true) - isHeard.indexOf(true, 600) + 1,
      countOf(isHeard.slice(600)),
      'without a gap',
    );
    assert.lengthOf(isHeard, 3000);
  });

  it('is at its time again when the dates are', async () => {
    hear(500);
    pass(1500);
    hear(500, 1500);
    hear(500);
    const isHeard = await heard();
    assert.lengthOf(isHeard, 3000);
    assert.equal(countOf(isHeard.slice(2500)), 500);
  });

  it('is whole after the worker was busy for a second', async () => {
    hear(500);
    const start = time;
    // Timers that were missed come once, before the audio that waits.
    time += 1000;
    lane.tick();
    for (let at = start; at < time; at += BLOCK_MS) addBlock(at);
    hear(500);
    const isHeard = await heard();
    assert.equal(countOf(isHeard.slice(0, 2000)), 2000);
    assert.lengthOf(isHeard, 2000);
  });

  it('has the audio after a longer gap at its time, also if all of it comes at once', async () => {
    hear(500);
    const start = time;
    pass(1500);
    for (let at = start; at < time; at += BLOCK_MS) addBlock(at);
    hear(500);
    const isHeard = await heard();
    // Audio that is up to 15 ms early follows what came before.
    assert.closeTo(isHeard.length, 2500, 15);
    // The rest was written as silence before it came.
    assert.closeTo(countOf(isHeard.slice(1750)), 750, 15);
  });
});
