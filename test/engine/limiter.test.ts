import { assert, describe, it } from '../support/suite.js';
import { largestStep, layer, Player, peak } from './player.js';

describe('a limiter of tones', () => {
  it('keeps peaks at −1 dBFS if the limiter is on, with the same gain for both channels', () => {
    const player = new Player();
    const loud = [layer(1, { level: 0 }), layer(2, { level: [0, -20], frequency: 1500 })];
    player.play(...loud);
    assert.isAbove(peak(player.hear(10)[0]), 1.5);
    player.limiter = true;
    player.play(...loud);
    player.hear(4);
    const [left, right] = player.hear(40);
    assert.closeTo(peak(left), 10 ** (-1 / 20), 0.02);
    assert.isAtMost(peak(left), 10 ** (-1 / 20) + 1e-6);
    // Both channels are turned down by the same gain, as much as a steady sum needs, so that waves keep their shape.
    const free = new Player();
    free.play(...loud);
    free.hear(14);
    const [wide, narrow] = free.hear(40);
    for (let i = 0; i < left.length; i += 7) {
      assert.closeTo(left[i] / peak(left), wide[i] / peak(wide), 0.001);
      assert.closeTo(right[i] / peak(left), narrow[i] / peak(wide), 0.001);
    }
  });

  it('changes no sample of a sum that is not too loud', () => {
    const player = new Player();
    const other = new Player();
    player.limiter = true;
    const noise = layer(1, { waveform: 'pink-noise', level: -15 });
    player.play(noise);
    other.play(noise);
    assert.deepEqual(player.hear(50), other.hear(50));
  });

  it('returns smoothly to the full level after a short peak', () => {
    const player = new Player();
    player.limiter = true;
    player.play(layer(1, { level: -3 }), layer(2, { level: -3, frequency: 1000 }));
    const heard = player.hear(20)[0];
    player.play(layer(1, { level: -3 }));
    for (let i = 0; i < 15; i++) heard.push(...player.hear(20)[0]);
    assert.isAtMost(peak(heard), 10 ** (-1 / 20) + 1e-6);
    assert.closeTo(peak(heard.slice(-480)), 10 ** (-3 / 20), 1e-5);
    const alone = new Player();
    alone.play(layer(1, { level: -3 }));
    alone.hear(320);
    assert.deepEqual(player.hear(10), alone.hear(10));
    // Once the first peak is down.
    assert.isBelow(largestStep(heard.slice(480)), ((2 * Math.PI * 1000) / 48000) * 1.05);
  });
});
