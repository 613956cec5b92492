/** The pictures that arrive through `<rtc-loopback>` with simulated faults, in Chromium and Firefox. */
import { withChromium, withFirefox } from '../browser.js';

const browsers = [
  { name: 'Chromium', open: withChromium },
  { name: 'Firefox', open: withFirefox },
];

/** The faults of the table in docs/elements/rtc-loopback.md. All of a group run at the same time. */
const groups = [
  ['loss="0.05" seed="1"', 'loss="0.05" seed="2"', 'loss="0.05" seed="3"', 'loss="0.05" delay="50" seed="1"'],
  ['loss="0.2" seed="1"', 'loss="0.05" unrecovered="1" seed="1"', 'loss="0.05" unrecovered="1" delay="50" seed="1"'],
  ['delay="100"', 'delay="500"', 'delay="200" jitter-target="300"'],
  ['jitter="50"', 'jitter="200"', 'delay="100" jitter="50" loss="0.05" seed="1"', 'freeze="1500"'],
];

const FRAME_RATE = 30;

export const loopback = {
  name: 'loopback',
  title: 'Pictures through a loopback with simulated faults: share, added latency, freezes',

  async run({ url, quick, table }) {
    const seconds = quick ? 10 : 40;
    for (const { name, open } of browsers) {
      try {
        for (const faults of groups) {
          const { arrivals, stall } = await open(url, ({ call }) =>
            call('loopback-pictures', 'measureArrivals', faults, { seconds, frameRate: FRAME_RATE }),
          );
          table.add(`loopback: none, ${name}: longest stall of the machine`, { value: stall, unit: ' ms' });
          for (const [index, { share, addedLatency, lateLatency, freezes }] of arrivals.entries()) {
            const row = `loopback: ${faults[index]}, ${name}`;
            table.add(`${row}: pictures`, { value: share * 100, unit: ' %' });
            table.add(`${row}: added latency, median`, { value: addedLatency, unit: ' ms' });
            table.add(`${row}: added latency, 95 %`, { value: lateLatency, unit: ' ms' });
            table.add(`${row}: freezes in ten seconds`, { value: (freezes.length * 10) / seconds });
            table.add(`${row}: longest freeze`, { value: freezes[0] ?? 0, unit: ' ms' });
          }
        }
      } catch (error) {
        table.skip(`loopback: ${name}`, error.message);
      }
    }
  },
};
