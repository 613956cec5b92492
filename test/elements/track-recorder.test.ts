/* <track-recorder>: recordings in memory or in a file, which can be played and saved. */
import 'track-elements/define/all';
import { fileEndingOf } from '../../dist/recorder/track-recording.js';
import { byId, place } from '../support/page.js';
import { describeIf, hasRecorder, noRecorder } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Recorder = HTMLElementTagNameMap['track-recorder'];

const redSource = '<pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>';

/** Resolves to a recorder in the page, when all sources inside it have a track. */
async function placeRecorder(attributes = '', children = redSource): Promise<Recorder> {
  const recorder = place<Recorder>(`<track-recorder timeslice="200" ${attributes}>${children}</track-recorder>`);
  await waitForTracks(recorder);
  return recorder;
}

const waitForTracks = (recorder: Recorder) =>
  waitFor(() => [...recorder.children].every((source) => (source as { track?: unknown }).track), 'the tracks');

/** Records for some seconds. Resolves to the recording. */
async function record(recorder: Recorder, seconds = 1): Promise<Blob> {
  await recorder.start();
  assert.equal(recorder.state, 'recording');
  await waitFor(() => recorder.duration >= seconds && recorder.size > 0, 'a recording');
  recorder.stop();
  await waitFor(() => recorder.state === 'stopped', 'stopped');
  return recorder.blob as Blob;
}

describeIf(hasRecorder, noRecorder, 'a track-recorder', () => {
  it('records the sources inside it, and the recording plays', async () => {
    const recorder = await placeRecorder('filename="bars"');
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

  it('records audio alone, and video with audio', async () => {
    const audioBlob = await record(await placeRecorder('', '<tone-source></tone-source>'));
    assert.match(audioBlob.type, /^audio\//);
    const recorder = await placeRecorder('', `${redSource}<tone-source></tone-source>`);
    const blob = await record(recorder);
    const video = place<HTMLVideoElement>('<video muted></video>');
    video.src = URL.createObjectURL(blob);
    await nextEvent(video, 'loadedmetadata');
    assert.isAbove(video.videoWidth, 0);
    const context = new OfflineAudioContext(1, 1, 48000);
    const { length, numberOfChannels } = await context.decodeAudioData(await blob.arrayBuffer());
    assert.isAbove(length, 24_000);
    assert.isAtLeast(numberOfChannels, 1);
  });

  it('writes the recording to a file while it records', async () => {
    const recorder = await placeRecorder();
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('recording', { create: true });
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

  it('starts, pauses, resumes and stops by command; a pause does not count as duration', async () => {
    const recorder = await placeRecorder('id="recorder"');
    for (const command of ['--start', '--pause', '--resume', '--stop']) {
      place(`<button id="b${command}" commandfor="recorder" command="${command}"></button>`);
    }
    const press = (command: string) => byId<HTMLButtonElement>(`b${command}`).click();
    press('--start');
    await waitFor(() => recorder.state === 'recording' && recorder.duration > 0.3, 'recording');
    press('--pause');
    assert.equal(recorder.state, 'paused');
    const { duration } = recorder;
    await sleep(400);
    assert.equal(recorder.duration, duration);
    press('--resume');
    assert.isTrue(recorder.matches(':state(recording)'));
    await waitFor(() => recorder.duration > duration + 0.2, 'a longer recording');
    press('--stop');
    await waitFor(() => recorder.state === 'stopped', 'stopped');
  });

  it('records the type of its attribute, and fails with a list of types if the browser cannot record it', async () => {
    const recorder = await placeRecorder('type="video/avi"');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    const { error } = await failed;
    assert.equal(error.name, 'NotSupportedError');
    assert.match(
      error.message,
      /^type is "video\/avi"; it must be a type that this browser can record, for example video\/webm/,
    );
    assert.isTrue(recorder.matches(':state(failed)'));
    recorder.type = 'video/webm;codecs=vp8';
    assert.match((await record(recorder)).type, /^video\/webm; ?codecs="?vp8/);
  });

  it('fails if there is nothing to record, and for a bit rate out of range', async () => {
    const recorder = await placeRecorder('', '');
    const nothing = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    assert.equal((await nothing).error.name, 'InvalidStateError');
    recorder.innerHTML = redSource;
    await waitForTracks(recorder);
    recorder.videoBitrate = -5;
    const outOfRange = nextEvent<ErrorEvent>(recorder, 'error');
    await recorder.start();
    const { error } = await outOfRange;
    assert.equal(error.name, 'RangeError');
    assert.equal(error.message, 'videoBitrate is -5; it must be a number above 0 bit/s.');
  });

  it('is idle again if it is stopped before the recording begins, and can start later', async () => {
    const recorder = await placeRecorder();
    void recorder.start();
    recorder.stop();
    assert.equal(recorder.state, 'idle');
    await sleep(300);
    assert.equal(recorder.state, 'idle');
    await record(recorder, 0.3);
  });

  it('completes the recording when a track is replaced, and dispatches an error', async () => {
    const recorder = await placeRecorder();
    await recorder.start();
    await waitFor(() => recorder.duration > 0.3, 'recording');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    recorder.innerHTML = redSource;
    assert.equal((await failed).error.name, 'InvalidModificationError');
    await waitFor(() => recorder.state === 'stopped', 'stopped');
    assert.isAbove(recorder.blob?.size ?? 0, 0);
  });

  it('drops its recording when it is removed', async () => {
    const recorder = await placeRecorder();
    await record(recorder, 0.3);
    const { url } = recorder;
    recorder.remove();
    await sleep(50);
    assert.deepEqual([recorder.url, recorder.blob], ['', null]);
    const isRevoked = await fetch(url).then(
      () => false,
      () => true,
    );
    assert.isTrue(isRevoked);
  });
});

describe('The type of a recording', () => {
  for (const [type, ending] of [
    ['video/webm;codecs=vp9,opus', 'webm'],
    ['video/mp4', 'mp4'],
    ['video/x-matroska;codecs=avc1', 'mkv'],
    ['video/matroska', 'mkv'],
    ['audio/x-matroska;codecs=opus', 'mka'],
    ['video/quicktime', 'mov'],
    ['audio/webm;codecs=opus', 'webm'],
    ['audio/ogg;codecs=opus', 'ogg'],
    ['audio/mp4;codecs=mp4a.40.2', 'm4a'],
    ['audio/mpeg', 'mp3'],
    ['audio/wav', 'wav'],
    ['audio/x-wav', 'wav'],
    ['Video/WebM ; codecs=vp8', 'webm'],
    ['', 'webm'],
  ] as const) {
    it(`names the ending of its file: "${type}" is .${ending}`, () => {
      assert.equal(fileEndingOf(type), ending);
    });
  }
});
