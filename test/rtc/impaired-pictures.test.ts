/* Simulated network faults as a viewer sees them: which of the numbered pictures of a source arrive, when, and the freezes. */
import { measureArrivals } from '../../bench/pages/loopback-pictures.js';
import type { VideoStats } from '../../dist/rtc/loopback-stats.js';
import { describeIf, hasPeers, hasProcessor, noPeers } from '../support/skipping.js';
import { assert, before, it } from '../support/suite.js';

/** Long enough for one freeze of the ten seconds. */
const SECONDS = 10;
const FRAME_RATE = 15;
const FRAME_MS = 1000 / FRAME_RATE;
/** A machine that stood still for longer disturbs what is measured, so it is measured once more. */
const MAX_STALL_MS = 250;
/** Without a processor a picture counts only if the page has time to show it. */
const SHOWN_SHARE = hasProcessor ? 1 : 0.9;

type Arrivals = Awaited<ReturnType<typeof measureArrivals>>['arrivals'][number];

const faults = {
  lossOfSeed1: 'loss="0.05" seed="1"',
  lossOfSeed2: 'loss="0.05" seed="2"',
  lossWithDelay: 'loss="0.05" delay="50" seed="3"',
  unrecovered: 'loss="0.1" unrecovered="1" delay="100" seed="4"',
  delay: 'delay="500"',
  jitter: 'jitter="100" seed="5"',
  freeze: 'freeze="1500"',
  delayAndTarget: 'delay="200" jitter-target="300"',
};

describeIf(hasPeers, noPeers, 'the pictures that arrive through a loopback', () => {
  /** Milliseconds by which a picture may be later than the faults make it. */
  let tolerance = FRAME_MS;
  const arrived = {} as Record<keyof typeof faults, Arrivals>;

  before(async function () {
    this.timeout(60_000);
    // All at the same time, and beside a loopback without faults, so that a busy machine disturbs them alike.
    const measure = () => measureArrivals(Object.values(faults), { seconds: SECONDS, frameRate: FRAME_RATE });
    let measured = await measure();
    if (measured.stall > MAX_STALL_MS) measured = await measure();
    for (const [index, name] of Object.keys(faults).entries())
      Object.assign(arrived, { [name]: measured.arrivals[index] });
    // A jitter buffer waits for as long as the machine stood still.
    tolerance = FRAME_MS + Math.max(0, measured.stall);
  });

  const statsOf = (name: keyof typeof faults): VideoStats => {
    const { stats } = arrived[name];
    if (!stats?.video) throw new Error(`${name} has no statistics.`);
    return stats.video;
  };

  const lossy = ['lossOfSeed1', 'lossOfSeed2', 'lossWithDelay'] as const;
  for (const name of lossy) {
    it(`are at least 97 % with ${faults[name]}: lost packets are sent again`, () => {
      const { packetsLost, packetsRetransmitted, framesLost, framesDecoded } = statsOf(name);
      assert.isAtLeast(arrived[name].share, 0.97 * SHOWN_SHARE);
      // A picture is one packet. Some hundred of them deviate from the probability.
      assert.closeTo(packetsLost / framesDecoded, 0.05, 0.04);
      assert.equal(packetsRetransmitted, packetsLost);
      assert.equal(framesLost, 0);
    });
  }

  it('come a little later with `loss`: the jitter buffer waits one round trip for packets that are sent again', () => {
    for (const name of ['lossOfSeed1', 'lossOfSeed2'] as const)
      assert.isBelow(arrived[name].addedLatency, 20 + tolerance);
    const { addedLatency } = arrived.lossWithDelay;
    assert.isAbove(addedLatency, 50);
    assert.isBelow(addedLatency, 50 + 100 + tolerance);
  });

  it('stand still for a round trip and a frame at each packet that is not sent again', () => {
    const { packetsLost, packetsRetransmitted, framesLost } = statsOf('unrecovered');
    assert.isAbove(packetsLost, 0);
    assert.equal(packetsRetransmitted, 0);
    // Each costs the pictures of 200 ms, and at most two until the encoder has made a key frame.
    const picturesOfRoundTrip = 200 / FRAME_MS;
    assert.closeTo(framesLost / packetsLost, picturesOfRoundTrip + 1, 1.5);
    const [longest] = arrived.unrecovered.freezes;
    assert.isAbove(longest ?? 0, 200);
    assert.isBelow(longest ?? 0, 800 + tolerance);
    assert.closeTo(arrived.unrecovered.share, 1 / (1 + 0.1 * (picturesOfRoundTrip + 1)), 0.2);
  });

  it('come later by `delay`, and all of them', () => {
    assert.closeTo(arrived.delay.addedLatency, 500, tolerance);
    assert.isAtLeast(arrived.delay.share, 0.97 * SHOWN_SHARE);
    assert.closeTo(statsOf('delay').addedDelay, 500, 30);
    const roundTripTime = arrived.delay.stats?.roundTripTime ?? 0;
    assert.isAtLeast(roundTripTime, 1000);
    assert.isBelow(roundTripTime, 1200);
  });

  it('come later by `delay` and by the target of the jitter buffer', () => {
    assert.closeTo(arrived.delayAndTarget.addedLatency, 500, 0.5 * FRAME_MS + tolerance);
  });

  it('come later by at most `jitter`, and evenly once the jitter buffer has grown', () => {
    assert.isAbove(arrived.jitter.addedLatency, 30);
    assert.isBelow(arrived.jitter.addedLatency, 100 + tolerance);
    assert.isAtLeast(arrived.jitter.share, 0.97 * SHOWN_SHARE);
    assert.closeTo(statsOf('jitter').addedDelay, 50, 35);
  });

  it('stand still once in ten seconds with `freeze`, for so long', () => {
    const long = arrived.freeze.freezes.filter((length: number) => length > Math.min(1300, 1000 + tolerance));
    assert.lengthOf(long, 1);
    assert.closeTo(long[0] ?? 0, 1500, 150 + tolerance);
  });
});
