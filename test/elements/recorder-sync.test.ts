/* <track-recorder>: picture and audio of a recording belong together, as FFmpeg decodes it. */
import 'track-elements/define/all';
import { type InspectedFile, inspect } from '../support/media-file.js';
import { place } from '../support/page.js';
import { placeRecorder, record } from '../support/recorder.js';
import { describeIf, encodesVideo, noFfmpeg, noVideoEncoder, skip } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { retry } from '../support/waiting.js';

const PERIOD_S = 0.5;

const LIMIT_MS = 20;

/**
 * A busy machine loses frames in any engine, the most in the first recording of a page. Firefox's audio device falls behind
 * besides: a source hears of that up to four seconds later, and its beeps are late in the track itself until then.
 */
const ATTEMPTS = 6;
const ATTEMPT_MS = 20_000;

const shared = `params='{"period":${PERIOD_S}}' animation="wall-clock"`;
const sources =
  `<pattern-source pattern="av-sync" ${shared} width="160" height="90" frame-rate="60"></pattern-source>` +
  `<tone-source waveform="av-sync" ${shared}></tone-source>`;

/** Half-way between the luma of the dark and of the inverted picture. */
const FLASH_LUMA = 120;
const BEEP_LEVEL = 0.02;
/** Milliseconds of silence between two beeps, at least. */
const SILENCE_MS = 300;
const BEEP_MS = 100;
const BEEP_TOLERANCE_MS = 10;

/**
 * How many milliseconds each beep comes after the flash that it belongs to. A beep whose beginning or end was lost has no time
 * to compare: audio may begin in the middle of the first one, and a busy machine has gaps.
 */
function beepDelays({ pictures, levels }: InspectedFile): number[] {
  const flashes = pictures.filter(
    ({ luma }, index) => luma > FLASH_LUMA && (pictures[index - 1]?.luma ?? 255) < FLASH_LUMA,
  );
  const isQuiet = (level: number) => level < BEEP_LEVEL;
  const endOf = (at: number) => levels.findIndex((level, index) => index > at && isQuiet(level));
  const beeps = [...levels.keys()].filter(
    (at) =>
      at > SILENCE_MS &&
      !isQuiet(levels[at]) &&
      levels.slice(at - SILENCE_MS, at).every(isQuiet) &&
      Math.abs(endOf(at) - at - BEEP_MS) <= BEEP_TOLERANCE_MS,
  );
  return flashes.flatMap(({ time }) => {
    const beep = beeps.find((at) => Math.abs(at - time * 1000) < (PERIOD_S / 2) * 1000);
    return beep === undefined ? [] : [beep - time * 1000];
  });
}

describeIf(encodesVideo, noVideoEncoder, 'a recording of the signals av-sync', () => {
  for (const type of ['video/webm', 'video/mp4']) {
    it(`has each whole beep within ${LIMIT_MS} ms of its flash, in one of ${ATTEMPTS} recordings at least: ${type}`, async function () {
      this.timeout(ATTEMPTS * ATTEMPT_MS);
      // The context of all audio stays open: an audio device falls behind when it starts, the most on a busy machine.
      await place<HTMLElementTagNameMap['tone-source']>('<tone-source></tone-source>').ready;
      let hasFfmpeg = true;
      await retry(async () => {
        const recorder = placeRecorder(`type="${type}"`, sources);
        const file = await inspect(await record(recorder, 3.2));
        recorder.remove();
        hasFfmpeg = file !== null;
        if (!file) return;
        assert.equal(file.errors, '');
        const delays = beepDelays(file);
        // Of six at least; the first and the last may not be whole.
        assert.isAtLeast(delays.length, 4);
        assert.isBelow(
          Math.max(...delays.map(Math.abs)),
          LIMIT_MS,
          `the beeps come ${delays.join(', ')} ms after the flashes`,
        );
      }, ATTEMPTS);
      if (!hasFfmpeg) skip(this, noFfmpeg);
    });
  }
});
