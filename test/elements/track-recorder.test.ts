/* What comes in as a recording: in memory or in a file, to be played and saved. */
import 'track-elements/define/all';
import { byId, place } from '../support/page.js';
import { hasRecorder, noRecorder, skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Recorder = HTMLElementTagNameMap['track-recorder'];

const red = '<pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>';

const recorderOf = (attributes = '', children = red) =>
  place<Recorder>(`<track-recorder timeslice="200" ${attributes}>${children}</track-recorder>`);

/** Records for some seconds. */
async function record(recorder: Recorder, seconds = 1): Promise<Blob> {
  await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
  await recorder.start();
  assert.equal(recorder.state, 'recording');
  await waitFor(() => recorder.duration >= seconds && recorder.size > 0, 'recorded');
  recorder.stop();
  await waitFor(() => recorder.state === 'stopped', 'stopped');
  return recorder.blob as Blob;
}

describe('a track-recorder', () => {
  beforeEach(function () {
    if (!hasRecorder) skip(this, noRecorder);
  });
  it('records what stands inside, and the recording plays', async () => {
    const recorder = recorderOf('filename="bars"');
    const progress = nextEvent<Event & { duration: number; size: number }>(recorder, 'progress');
    const blob = await record(recorder);
    const { duration, size } = await progress;
    assert.isAbove(duration, 0.1);
    assert.isAtMost(size, blob.size);
    assert.match(blob.type, /^video\/\w+/);
    const video = place<HTMLVideoElement>('<video muted autoplay loop></video>');
    video.src = recorder.url;
    await eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), [255, 0, 0]), 16));
    assert.deepEqual([video.videoWidth, video.videoHeight], [320, 240]);
    const link = recorder.shadowRoot?.querySelector('a') as HTMLAnchorElement;
    assert.deepEqual(
      [link.hidden, link.href, link.download],
      [false, recorder.url, `bars.${blob.type.match(/\/(\w+)/)?.[1]}`],
    );
  });

  it('records sound alone, and pictures with sound', async () => {
    const sound = await record(recorderOf('', '<tone-source></tone-source>'));
    assert.match(sound.type, /^audio\//);
    const recorder = recorderOf('', `${red}<tone-source></tone-source>`);
    await waitFor(() => (recorder.lastElementChild as { track?: unknown } | null)?.track, 'a tone');
    const both = await record(recorder);
    const audio = place<HTMLVideoElement>('<video muted></video>');
    audio.src = URL.createObjectURL(both);
    await nextEvent(audio, 'loadedmetadata');
    assert.isAbove(audio.videoWidth, 0);
    const context = new OfflineAudioContext(1, 1, 48000);
    const { length, numberOfChannels } = await context.decodeAudioData(await both.arrayBuffer());
    assert.isAbove(length, 24_000);
    assert.isAtLeast(numberOfChannels, 1);
  });

  it('records in a file while it goes on', async () => {
    const recorder = recorderOf();
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('recording', { create: true });
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    await recorder.start(file);
    await waitFor(() => recorder.duration >= 1, 'a second');
    recorder.stop();
    await waitFor(() => recorder.state === 'stopped', 'stopped');
    const { size } = await file.getFile();
    assert.equal(recorder.blob?.size, size);
    assert.equal(recorder.size, size);
    assert.isAbove(size, 500);
    await folder.removeEntry('recording');
  });

  it('pauses, and counts no time meanwhile; is commanded by buttons', async () => {
    const recorder = recorderOf('id="recorder"');
    for (const command of ['--start', '--pause', '--resume', '--stop']) {
      place(`<button id="b${command}" commandfor="recorder" command="${command}"></button>`);
    }
    const press = (command: string) => byId<HTMLButtonElement>(`b${command}`).click();
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    press('--start');
    await waitFor(() => recorder.state === 'recording' && recorder.duration > 0.3, 'recording');
    press('--pause');
    assert.equal(recorder.state, 'paused');
    const { duration } = recorder;
    await sleep(400);
    assert.equal(recorder.duration, duration);
    press('--resume');
    assert.isTrue(recorder.matches(':state(recording)'));
    await waitFor(() => recorder.duration > duration + 0.2, 'going on');
    press('--stop');
    await waitFor(() => recorder.state === 'stopped', 'stopped');
  });

  it('uses the container that is asked for, and says which there are where it is unknown', async () => {
    const recorder = recorderOf('type="video/avi"');
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    const { error } = await failed;
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /does not record "video\/avi"\. Of pictures it records, among others: video\/webm/);
    assert.isTrue(recorder.matches(':state(failed)'));
    recorder.type = 'video/webm;codecs=vp8';
    assert.match((await record(recorder)).type, /^video\/webm; ?codecs="?vp8/);
  });

  it('says so where there is nothing to record, and where a bit rate cannot be', async () => {
    const recorder = recorderOf('', '');
    const nothing = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    assert.equal((await nothing).error.name, 'InvalidStateError');
    recorder.innerHTML = red;
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    recorder.videoBitrate = -5;
    const bad = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    assert.equal((await bad).error.name, 'RangeError');
  });

  it('is not started when it is stopped before it could begin, and then as if nothing had been', async () => {
    const recorder = recorderOf();
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    void recorder.start();
    recorder.stop();
    assert.equal(recorder.state, 'idle');
    await sleep(300);
    assert.equal(recorder.state, 'idle');
    await record(recorder, 0.3);
  });

  it('completes the recording when a track is exchanged, and says so', async () => {
    const recorder = recorderOf();
    await waitFor(() => (recorder.firstElementChild as { track?: unknown } | null)?.track, 'a track');
    await recorder.start();
    await waitFor(() => recorder.duration > 0.3, 'recording');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    recorder.innerHTML = red;
    assert.equal((await failed).error.name, 'InvalidModificationError');
    await waitFor(() => recorder.state === 'stopped', 'stopped');
    assert.isAbove(recorder.blob?.size ?? 0, 0);
  });

  it('gives up its recording when it is removed', async () => {
    const recorder = recorderOf();
    await record(recorder, 0.3);
    const { url } = recorder;
    recorder.remove();
    await sleep(50);
    assert.deepEqual([recorder.url, recorder.blob], ['', null]);
    assert.isTrue(
      await fetch(url).then(
        () => false,
        () => true,
      ),
    );
  });
});
