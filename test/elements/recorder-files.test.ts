/* <track-recorder>: a file that is written while it is recorded, and what a crash leaves of it. */
import { heardMilliseconds } from '../support/audio-analysis.js';
import 'track-elements/define/all';
import { onCleanup } from '../support/cleanup.js';
import { inspect } from '../support/media-file.js';
import { openPage } from '../support/page.js';
import { colorSource, hearTone, placeRecorder, type Recorder, recordUntil, stopRecorder } from '../support/recorder.js';
import { describeIf, encodesVideo, noFfmpeg, noVideoEncoder, skip } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { eventually, retry, waitFor } from '../support/waiting.js';

async function privateFile(name: string): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  onCleanup(() => folder.removeEntry(name).catch(() => {}));
  return handle;
}

/** A copy, because the file may still change. */
const contentOf = async (handle: FileSystemFileHandle) => new Blob([await (await handle.getFile()).arrayBuffer()]);

/** Answers the dialog that asks for a file, until the end of the test: only a user can answer that of a browser. */
function answerDialog(answer: (options: unknown) => Promise<FileSystemFileHandle>): void {
  const original = Object.getOwnPropertyDescriptor(window, 'showSaveFilePicker');
  onCleanup(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    if (original) Object.defineProperty(window, 'showSaveFilePicker', original);
  });
  Object.defineProperty(window, 'showSaveFilePicker', { value: answer, configurable: true });
}

/** Audio that is missing is waited for so long, and is silence then. */
const AUDIO_DELAY_S = 0.7;

/** The seconds before the last `progress` event that a crash may cost. A fragment of MP4 is a second long. */
const losses = { 'video/webm': AUDIO_DELAY_S, 'video/mp4': AUDIO_DELAY_S + 1 };

/** On a busy machine audio comes late, and a fragment waits for it: one of so many recordings has to be whole. */
const ATTEMPTS = 3;

const sources = `${colorSource('red')}<tone-source></tone-source>`;

describeIf(encodesVideo, noVideoEncoder, 'a recording into a file', () => {
  for (const [type, loss] of Object.entries(losses)) {
    it(`is whole up to the last second that was written when the page is gone: ${type}`, async function () {
      // Pages of their own, which load everything again.
      this.timeout(60_000);
      let attempt = 0;
      await retry(async () => {
        const name = `crash-${++attempt}`;
        const handle = await privateFile(name);
        const frame = await openPage(`/test/pages/recording.html?file=${name}&type=${type}`);
        const recorder = await waitFor(
          () => frame.contentDocument?.querySelector<Recorder>('track-recorder'),
          'a recorder',
        );
        let written = 0;
        recorder.addEventListener('progress', ({ duration }) => {
          written = duration;
        });
        await waitFor(() => written >= 2.5, 'two and a half seconds on the disk');
        frame.remove();
        const file = (await inspect(await contentOf(handle))) ?? skip(this, noFfmpeg);
        assert.sameMembers(
          file.streams.map(({ codec_type }) => codec_type),
          ['video', 'audio'],
        );
        assert.isAbove(file.pictures.at(-1)?.time ?? 0, written - loss, `pictures of ${written} s`);
        assert.isAbove(file.levels.length / 1000, written - loss, `audio of ${written} s`);
        assert.isAbove(heardMilliseconds(file.levels.slice(-1000)), 200, 'the tone in the last second');
      }, ATTEMPTS);
    });
  }

  it('is on the disk while it is recorded, also where a file cannot be written in place', async function () {
    const handle = await privateFile('swapped');
    // As long as a stream is open, no file is written in place, as is the case for files that a dialog gives.
    const stream = await handle.createWritable();
    onCleanup(() => stream.abort());
    const recorder = placeRecorder('', sources);
    await recorder.start(handle);
    await recordUntil(recorder, 1.5);
    // The slower the disk, the rarer the copies: there is no fixed time after which one has been made.
    await eventually(async () => {
      const early = (await inspect(await contentOf(handle))) ?? skip(this, noFfmpeg);
      assert.isAbove(early.levels.length, 1000, 'milliseconds of audio on the disk');
    });
    assert.equal(recorder.state, 'recording');
    const blob = await stopRecorder(recorder);
    assert.equal((await handle.getFile()).size, blob.size);
    const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
    assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
  });

  it('is the file that the user chooses in a dialog', async function () {
    const handle = await privateFile('chosen');
    const asked: unknown[] = [];
    answerDialog(async (options) => {
      asked.push(options);
      return handle;
    });
    const recorder = placeRecorder('filename="bars" type="video/webm"', sources);
    await recorder.startFile();
    assert.equal(recorder.state, 'recording');
    assert.deepEqual(asked, [
      { suggestedName: 'bars.webm', types: [{ description: 'WEBM video', accept: { 'video/webm': ['.webm'] } }] },
    ]);
    await recordUntil(recorder, 0.8);
    const blob = await stopRecorder(recorder);
    const content = await handle.getFile();
    assert.equal(content.size, blob.size);
    const file = (await inspect(new Blob([await content.arrayBuffer()]))) ?? skip(this, noFfmpeg);
    assert.equal(file.errors, '');
    assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
    assert.sameMembers(
      file.streams.map(({ codec_type }) => codec_type),
      ['video', 'audio'],
    );
  });

  it('does not begin when the user closes the dialog, which is no error', async () => {
    answerDialog(async () => {
      throw new DOMException('The user aborted a request.', 'AbortError');
    });
    const recorder = placeRecorder('', sources);
    const errors: Event[] = [];
    recorder.addEventListener('error', (event) => errors.push(event));
    await recorder.startFile();
    assert.deepEqual([recorder.state, errors.length], ['idle', 0]);
  });

  it('takes a second kind that comes late', async function () {
    const handle = await privateFile('late');
    const recorder = placeRecorder('', colorSource('red'));
    await recorder.start(handle);
    await recordUntil(recorder, 0.7);
    recorder.insertAdjacentHTML('beforeend', '<tone-source></tone-source>');
    await hearTone(recorder, 2);
    const blob = await stopRecorder(recorder);
    assert.equal(recorder.size, blob.size);
    const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
    assert.equal(file.errors, '');
    assert.sameMembers(
      file.streams.map(({ codec_type }) => codec_type),
      ['video', 'audio'],
    );
    assert.isBelow(file.pictures[0].time, 0.1);
    // Firefox reads the audio by a worklet, which takes a second to load on a busy machine.
    assert.isAbove(heardMilliseconds(file.levels), 1000, 'a second of the tone');
  });
});
