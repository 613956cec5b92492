/* A recording into a file, of a page whose process ends in the middle. */

import { inspectMediaFile } from '../../scripts/media-file.js';
import { heardMilliseconds } from '../support/audio-analysis.js';
import type { InspectedFile } from '../support/media-file.js';
import { assert, describe } from '../support/suite.js';
import { withFfmpeg } from './ffmpeg.js';
import { openUntouchedPage } from './untouched-page.js';

const TIMESLICE_MS = 500;

/** Audio that is missing is waited for so long, and is silence then. */
const AUDIO_DELAY_S = 0.7;

/** The seconds before the last `progress` event that may be lost. A fragment of MP4 is a second long. */
const losses = { 'video/webm': AUDIO_DELAY_S, 'video/mp4': AUDIO_DELAY_S + 1 };

const script = `
  import 'track-elements/define/all';
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('crash', { create: true });

  /** Records into the file. Resolves when two and a half seconds were recorded; the recording continues. */
  globalThis.record = async (type) => {
    document.body.innerHTML =
      '<track-recorder timeslice="${TIMESLICE_MS}"><pattern-source width="320" height="180"></pattern-source>' +
      '<tone-source></tone-source></track-recorder>';
    const recorder = document.querySelector('track-recorder');
    recorder.type = type;
    await recorder.start(handle);
    return new Promise((resolve, reject) => {
      recorder.addEventListener('error', ({ error }) => reject(error));
      recorder.addEventListener('progress', ({ duration }) => {
        globalThis.written = duration;
        if (duration > 2.5) resolve();
      });
    });
  };

  globalThis.read = async () => {
    const reader = new FileReader();
    reader.readAsDataURL(await handle.getFile());
    await new Promise((resolve) => (reader.onload = resolve));
    return reader.result.replace(/^.*,/, '');
  };
`;

/** The file of a recording whose process has ended, and the seconds of it that were written. */
async function crash(type: string) {
  const opened = await openUntouchedPage('recording-crash', script);
  const { page } = opened;
  try {
    await page.waitForFunction('globalThis.record');
    await opened.inPage(`record('${type}')`);
    const other = await page.browser().newPage();
    const crashed = new Promise((resolve) => page.once('error', resolve));
    const session = await page.createCDPSession();
    const written = await opened.inPage<number>('written');
    // It has no answer: the process that would give it is gone.
    session.send('Page.crash').catch(() => {});
    await crashed;
    await other.goto(page.url());
    await other.waitForFunction('globalThis.read');
    const base64 = (await other.evaluate('read()')) as string;
    return { written, file: (await inspectMediaFile({ base64 })) as unknown as InspectedFile };
  } finally {
    await opened.stop();
  }
}

describe('A recording whose page has crashed', () => {
  for (const [type, loss] of Object.entries(losses)) {
    withFfmpeg(`has everything but the last ${loss} s of what was written: ${type}`, async () => {
      const { written, file } = await crash(type);
      const { streams, pictures, levels } = file;
      assert.sameMembers(
        streams.map(({ codec_type }) => codec_type),
        ['video', 'audio'],
      );
      assert.isAbove(pictures.at(-1)?.time ?? 0, written - loss, `pictures of ${written} s`);
      assert.isAbove(levels.length / 1000, written - loss, `audio of ${written} s`);
      assert.isAbove(heardMilliseconds(levels.slice(-1000)), 200, 'the tone in the last second');
    });
  }
});
