/* Deadlines instead of intervals: what a pattern sends is where it belongs, however long it has run. */
import 'track-elements/define/pattern-source';
import { now, pageOrigin } from '../../dist/generator/timeline.js';
import { onCleanup } from '../support/cleanup.js';
import { describeIf, hasProcessor, noProcessor } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { TrackReader } from '../support/track-reading.js';

const SECONDS = 10;

describeIf(hasProcessor, noProcessor, 'A <pattern-source> at 29.97 fps', () => {
  it(`after ${SECONDS} seconds has its frames at their times, without drift`, async function () {
    this.timeout((SECONDS + 10) * 1000);
    const source = document.createElement('pattern-source');
    Object.assign(source, { pattern: 'ball', width: 64, height: 36, frameRate: '29.97' });
    document.body.append(source);
    onCleanup(() => source.remove());
    const frames = new TrackReader<VideoFrame>((await source.ready) as MediaStreamTrack);

    const seen: { n: number; late: number }[] = [];
    const end = now() + SECONDS * 1000;
    while (now() < end) {
      const { timestamp } = await frames.next();
      const n = Math.round((timestamp * 30) / 1_001_000);
      assert.closeTo(timestamp, (n * 1_001_000) / 30, 1);
      seen.push({ n, late: now() - (pageOrigin() + timestamp / 1000) });
    }

    const numbers = seen.map(({ n }) => n);
    assert.isTrue(numbers.every((n, at) => at === 0 || n > (numbers[at - 1] as number)));
    // The reader may be late; the earliest frame of each second shows the clock.
    const earliest = (part: typeof seen) => Math.min(...part.map(({ late }) => late));
    assert.isAbove(earliest(seen), -2);
    assert.isBelow(earliest(seen.slice(0, 30)), 5);
    assert.isBelow(earliest(seen.slice(-30)), 5);
  });

  // Frame 1798 comes a minute later, which is too long for a test: `npm run bench -- --only drift` reads it.
});
