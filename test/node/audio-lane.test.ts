/* The audio of a recording: one sequence of samples without gaps. */
import { type AudioSample, CustomAudioEncoder, registerEncoder } from 'mediabunny';
import { RecordingClock } from '../../dist/recorder/recording-clock.js';
import { AudioLane } from '../../dist/recorder/worker/audio-lane.js';
import { assert, describe, it } from '../support/suite.js';

const RATE_HZ = 48_000;

interface Piece {
  readonly start: number;
  readonly duration: number;
}

/** The samples that the encoder is given, in their order. */
let pieces: Piece[] = [];

/** Takes the place of an encoder of the browser, and only notes what it gets. FLAC is encoded by no test beside it. */
class NotingEncoder extends CustomAudioEncoder {
  static override supports(codec: string): boolean {
    return codec === 'flac';
  }

  override init(): void {}

  override encode({ timestamp, duration }: AudioSample): void {
    pieces.push({ start: timestamp, duration });
  }

  override flush(): void {}

  override close(): void {}
}
registerEncoder(NotingEncoder);

function openLane() {
  pieces = [];
  let now = 0;
  const clock = new RecordingClock(() => now);
  clock.start();
  const errors: unknown[] = [];
  const lane = new AudioLane({ codec: 'flac' }, clock, { add: () => {}, fail: (error) => errors.push(error) });
  return {
    lane,
    errors,
    setTime: (seconds: number) => {
      now = seconds * 1000;
    },
    /** A tenth of a second of audio that begins now. */
    addAudio: () => {
      const plane = new Float32Array(RATE_HZ / 10).fill(0.5);
      lane.addBlock({ planes: [plane], sampleRate: RATE_HZ, start: now });
    },
  };
}

/** Checks that there is no gap, and no piece of more than a second. */
function checkSequence(seconds: number): void {
  let end = 0;
  for (const { start, duration } of pieces) {
    assert.closeTo(start, end, 0.0001);
    assert.isAtMost(duration, 1);
    end = start + duration;
  }
  assert.closeTo(end, seconds, 0.0001);
}

describe('AudioLane', () => {
  it('fills the hour in which the machine slept with silence, in pieces of a second at most', async () => {
    const { lane, errors, setTime, addAudio } = openLane();
    addAudio();
    setTime(3600);
    lane.tick();
    await lane.finish();
    assert.deepEqual(errors, []);
    checkSequence(3600);
  });

  it('does so too when audio comes before the next look at the clock', async () => {
    const { lane, errors, setTime, addAudio } = openLane();
    addAudio();
    setTime(300);
    addAudio();
    setTime(300.1);
    await lane.finish();
    assert.deepEqual(errors, []);
    checkSequence(300.1);
  });
});
