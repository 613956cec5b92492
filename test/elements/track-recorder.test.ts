/* <track-recorder>: recordings in memory or in a file, which can be played and saved. */
import 'track-elements/define/all';
import type { RecordedEvent } from 'track-elements';
import { fileEndingOf, pickerTypesOf } from '../../dist/recorder/track-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { inspect, playFile } from '../support/media-file.js';
import { byId, place } from '../support/page.js';
import { colorSource, placeRecorder, type Recorder, record, redSource } from '../support/recorder.js';
import { rejectionOf } from '../support/rejections.js';
import {
  describeIf,
  encodesVideo,
  hasProcessor,
  isWebKit,
  noFfmpeg,
  noVideoEncoder,
  skip,
} from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

const waitForTracks = (recorder: Recorder) =>
  waitFor(() => [...recorder.children].every((source) => (source as { track?: unknown }).track), 'the tracks');

describeIf(encodesVideo, noVideoEncoder, 'a track-recorder', () => {
  it('records the sources inside it, and the recording plays', async () => {
    const recorder = placeRecorder('filename="bars"');
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
    const audioBlob = await record(placeRecorder('', '<tone-source></tone-source>'));
    assert.match(audioBlob.type, /^audio\//);
    const recorder = placeRecorder('', `${redSource}<tone-source></tone-source>`);
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
    const recorder = placeRecorder();
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
    const recorder = placeRecorder('id="recorder"');
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
    const recorder = placeRecorder('type="video/avi"');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    const rejection = await rejectionOf(recorder.start());
    const { error } = await failed;
    assert.equal(error, rejection);
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
    const recorder = placeRecorder('', '');
    const nothing = nextEvent<ErrorEvent>(recorder, 'error');
    assert.equal((await rejectionOf(recorder.start())).name, 'InvalidStateError');
    assert.equal((await nothing).error.name, 'InvalidStateError');
    recorder.innerHTML = redSource;
    await waitForTracks(recorder);
    recorder.videoBitrate = -5;
    const outOfRange = nextEvent<ErrorEvent>(recorder, 'error');
    const rejection = await rejectionOf(recorder.start());
    const { error } = await outOfRange;
    assert.equal(error, rejection);
    assert.equal(error.name, 'RangeError');
    assert.equal(error.message, 'videoBitrate is -5; it must be a number above 0 bit/s.');
  });

  it('is idle again if it is stopped before the recording begins, and can start later', async () => {
    const recorder = placeRecorder();
    void recorder.start();
    recorder.stop();
    assert.equal(recorder.state, 'idle');
    await sleep(300);
    assert.equal(recorder.state, 'idle');
    await record(recorder, 0.3);
  });

  it('keeps what was recorded when it is removed; its URL is revoked, and made again when it is back', async () => {
    const recorder = placeRecorder();
    await recorder.start();
    await waitFor(() => recorder.duration > 0.4 && recorder.size > 0, 'a recording');
    const recorded = nextEvent<RecordedEvent>(recorder, 'recorded');
    recorder.remove();
    const { blob, duration, filename } = await recorded;
    assert.equal(recorder.state, 'stopped');
    assert.equal(recorder.blob, blob);
    assert.isAbove(blob.size, 500);
    assert.isAbove(duration, 0.3);
    assert.equal(filename, 'recording.webm');
    assert.equal(recorder.url, '');
    document.body.append(recorder);
    const { url } = recorder;
    assert.equal((await (await fetch(url)).blob()).size, blob.size);
    recorder.remove();
    await waitFor(() => recorder.url === '', 'an element without a URL');
    const isRevoked = await fetch(url).then(
      () => false,
      () => true,
    );
    assert.isTrue(isRevoked);
    assert.equal(recorder.blob, blob);
  });

  it('knows its duration and can be sought', async () => {
    const recorder = placeRecorder('', `${redSource}<tone-source></tone-source>`);
    const video = await playFile(await record(recorder, 1.5));
    assert.closeTo(video.duration, recorder.duration, 0.05);
    assert.equal(video.seekable.end(0), video.duration);
    const seeked = nextEvent(video, 'seeked');
    video.currentTime = 1;
    await seeked;
    assert.closeTo(video.currentTime, 1, 0.1);
  });

  it('hands over everything up to the error, together with the error, when it fails', async () => {
    const recorder = placeRecorder();
    await recorder.start();
    await waitFor(() => recorder.duration > 0.6 && recorder.size > 0, 'a recording');
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    const recorded = nextEvent<RecordedEvent>(recorder, 'recorded');
    // It stands for every failure after the start: of an encoder, of the disk, of the reading of a track.
    const [track] = document.createElement('canvas').captureStream(0).getTracks();
    const fail = (): never => {
      throw new DOMException('It failed.', 'OperationError');
    };
    // A native processor reads a clone, and other engines read a video.
    const scope: object = hasProcessor ? MediaStreamTrack.prototype : Document.prototype;
    const name = hasProcessor ? 'clone' : 'createElement';
    const descriptor = Object.getOwnPropertyDescriptor(scope, name) as PropertyDescriptor;
    Object.defineProperty(scope, name, { ...descriptor, value: fail });
    const restore = () => Object.defineProperty(scope, name, descriptor);
    onCleanup(restore);
    recorder.addTrack(track, recorder);
    assert.equal((await failed).error.name, 'OperationError');
    restore();
    const { blob, duration } = await recorded;
    assert.deepEqual([recorder.state, recorder.blob], ['failed', blob]);
    assert.closeTo((await playFile(blob)).duration, duration, 0.05);
    await sleep(200);
    assert.equal(recorder.duration, duration, 'it stands still');
  });

  it('fails if the tracks deliver nothing', async () => {
    const recorder = placeRecorder('', '');
    recorder.srcObject = document.createElement('canvas').captureStream(0);
    await recorder.start();
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    await sleep(300);
    recorder.stop();
    assert.equal((await failed).error.name, 'InvalidStateError');
    assert.deepEqual([recorder.state, recorder.blob, recorder.url], ['failed', null, '']);
  });
});

describe('a track-recorder with audio', () => {
  for (const [type, codec] of [
    ['', 'opus'],
    ['audio/ogg', 'opus'],
    ['audio/wav', 'pcm_s16le'],
    ['audio/mp4;codecs=opus', 'opus'],
    ['audio/x-matroska;codecs=opus', 'opus'],
  ] as const) {
    it(`records it in every engine: "${type}"`, async function () {
      const recorder = placeRecorder(`type="${type}"`, '<tone-source></tone-source>');
      const blob = await record(recorder, 0.8);
      assert.match(blob.type, /^audio\//);
      const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
      assert.equal(file.errors, '');
      assert.deepEqual(
        file.streams.map(({ codec_name }) => codec_name),
        [codec],
      );
      assert.closeTo(file.levels.length / 1000, recorder.duration, 0.05);
      assert.isAbove(Math.max(...file.levels), 0.05);
    });
  }
});

describeIf(isWebKit, 'this engine encodes video', 'a track-recorder with video, where nothing encodes it', () => {
  it('fails with the reason, and has no empty recording', async () => {
    const recorder = placeRecorder('', colorSource('red'));
    const failed = nextEvent<ErrorEvent>(recorder, 'error');
    const rejection = await rejectionOf(recorder.start());
    const { error } = await failed;
    assert.equal(error, rejection);
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /^WebKitGTK cannot encode video/);
    assert.deepEqual([recorder.state, recorder.blob, recorder.url], ['failed', null, '']);
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
    ['audio/x-m4a', 'm4a'],
    ['audio/x-flac', 'flac'],
    ['audio/opus', 'opus'],
    ['video/ogg', 'ogv'],
    ['video/mp2t', 'ts'],
    ['video/x-msvideo', 'avi'],
    ['video/3gpp', '3gp'],
    ['video/x-flv', 'flv'],
    ['audio/vnd.dolby.heaac.1', 'dolby'],
    ['video/x', 'webm'],
    ['nonsense', 'webm'],
    ['', 'webm'],
  ] as const) {
    it(`names the ending of its file: "${type}" is .${ending}`, () => {
      assert.equal(fileEndingOf(type), ending);
    });
  }

  for (const [type, accept] of [
    ['', { 'video/webm': ['.webm'] }],
    ['video/mp4;codecs=avc1,opus', { 'video/mp4': ['.mp4'] }],
    ['Video/X-Matroska;codecs=vp9', { 'video/x-matroska': ['.mkv'] }],
    ['audio/mp4', { 'audio/mp4': ['.m4a'] }],
    ['audio/wav', { 'audio/wav': ['.wav'] }],
  ] as const) {
    it(`names the file that a dialog suggests: "${type}" accepts ${JSON.stringify(accept)}`, () => {
      assert.deepEqual(
        pickerTypesOf(type, ['video', 'audio']).map((entry) => (entry as { accept: object }).accept),
        [accept],
      );
    });
  }

  it('is audio in a dialog where only audio is recorded', () => {
    assert.deepEqual(pickerTypesOf('', ['audio']), [
      { description: 'WEBM audio', accept: { 'audio/webm': ['.webm'] } },
    ]);
  });
});
