/* Recordings in a page that nobody has touched. */
import { after, assert, before, describe, it } from '../support/suite.js';
import { openUntouchedPage, type UntouchedPage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';
  document.body.innerHTML =
    '<rtc-loopback for="recorder"><tone-source></tone-source></rtc-loopback>' +
    '<track-recorder id="recorder" type="audio/wav" timeslice="200"></track-recorder>';
  const recorder = document.getElementById('recorder');
  const loopback = document.querySelector('rtc-loopback');
  const warnings = [];
  recorder.addEventListener('warning', ({ message }) => warnings.push(message));
  const has = (condition) =>
    new Promise((resolve) => { const look = () => condition() ? resolve() : setTimeout(look, 20); look(); });

  /** Records the received track for three seconds. */
  globalThis.record = async () => {
    await has(() => loopback.tracks.length > 0);
    const recorded = new Promise((resolve, reject) => {
      recorder.addEventListener('recorded', resolve);
      recorder.addEventListener('error', ({ error }) => reject(error));
    });
    await recorder.start();
    // An error ends the wait.
    await Promise.race([recorded, has(() => recorder.duration > 3)]);
    recorder.stop();
    const { blob } = await recorded;
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve({ warnings, base64: reader.result.replace(/^.*,/, '') });
      reader.readAsDataURL(blob);
    });
  };
`;

/** At least as long as that of a WAVE file. */
const HEADER_LENGTH = 1024;

describe('A recording of received audio, without a user gesture', () => {
  let opened: UntouchedPage;

  before(async () => {
    opened = await openUntouchedPage('untouched-recording', script);
  });

  after(() => opened.stop());

  it('has the audio, and warns of nothing', async () => {
    const { warnings, base64 } = await opened.inPage<{ warnings: string[]; base64: string }>('record()');
    assert.deepEqual(warnings, []);
    // WAVE: 16 bits a sample.
    const bytes = Buffer.from(base64, 'base64').subarray(HEADER_LENGTH);
    let peak = 0;
    for (let at = 0; at + 1 < bytes.length; at += 2) peak = Math.max(peak, bytes.readInt16LE(at));
    // A sine of -18 dBFS, by Opus.
    assert.closeTo(peak / 32_768, 10 ** (-18 / 20), 0.03);
  });
});
