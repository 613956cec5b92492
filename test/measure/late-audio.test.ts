/* Real sources whose audio takes a longer way than the picture: the probe has the time by which it is longer. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import type { PatternSourceElement, ToneSourceElement } from 'track-elements';
import { TrackProbe } from 'track-elements/measure';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

const noClock = 'this engine reads audio by a worklet, whose clock is not that of the pictures';

/** A marked picture and a marked tone, and a delay through which the tone goes to a probe. */
async function measureLateAudio(): Promise<{ delay: DelayNode; probe: TrackProbe }> {
  const picture = place<PatternSourceElement>(
    '<pattern-source pattern="solid" mark width="320" height="240"></pattern-source>',
  );
  const tone = place<ToneSourceElement>('<tone-source mark></tone-source>');
  const context = new AudioContext();
  onCleanup(() => context.close());
  const delay = new DelayNode(context, { maxDelayTime: 1 });
  const output = new MediaStreamAudioDestinationNode(context);
  const toneStream = new MediaStream([await tone.ready]);
  new MediaStreamAudioSourceNode(context, { mediaStream: toneStream }).connect(delay).connect(output);
  const probe = new TrackProbe({ clock: 0 });
  onCleanup(() => probe.close());
  probe.setTrack('video', await picture.ready);
  probe.setTrack('audio', output.stream.getAudioTracks()[0] as MediaStreamTrack);
  return { delay, probe };
}

/** The offset of what arrives from now on, once its chance error is small. */
async function offsetOf(probe: TrackProbe): Promise<number> {
  probe.reset();
  const known = await waitFor(
    async () => {
      const { median, uncertainty } = (await probe.getReport()).offset;
      return median !== null && (uncertainty ?? 9) < 4 && { median };
    },
    'an offset',
    { timeoutMs: 8000 },
  );
  return known.median;
}

/** A busy machine hands over pictures and audio late, and not alike. The measurement is made again then. */
const MOST_MEASUREMENTS = 5;

describe('The audio of a tone-source that comes later than the picture of a pattern-source', () => {
  it('is found 60 ms later where it is delayed by 60 ms, within 2 ms', async function () {
    if (!isNative) skip(this, noClock);
    this.timeout(100_000);
    const { delay, probe } = await measureLateAudio();
    const differences: number[] = [];
    while (differences.length < MOST_MEASUREMENTS) {
      delay.delayTime.value = 0;
      const before = await offsetOf(probe).catch(() => Number.NaN);
      delay.delayTime.value = 0.06;
      const difference = (await offsetOf(probe).catch(() => Number.NaN)) - before;
      if (Math.abs(difference - 60) <= 2) return;
      differences.push(difference);
    }
    assert.fail(`It was found later by ${differences.join(', ')} ms.`);
  });
});

describe('The audio of a tone-source on the page of the probe', () => {
  it('does not come before it was made', async function () {
    if (!isNative) skip(this, noClock);
    const tone = place<ToneSourceElement>('<tone-source mark></tone-source>');
    const picture = place<PatternSourceElement>('<pattern-source mark width="320" height="240"></pattern-source>');
    const probe = new TrackProbe({ clock: 0 });
    onCleanup(() => probe.close());
    probe.setTrack('video', await picture.ready);
    probe.setTrack('audio', await tone.ready);
    const { median, uncertainty } = await waitFor(async () => {
      const { audio } = await probe.getReport();
      return audio?.latency.median != null && audio.latency;
    }, 'the latency of audio');
    assert.isAtLeast(median ?? Number.NaN, -(uncertainty ?? 0));
  });
});
