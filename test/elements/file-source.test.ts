/* A media file as tracks. FFmpeg makes the films of pictures and samples with marks. */
import 'track-elements/define/all';
import { TrackProbe } from 'track-elements/measure';
import { amplitudeAt, decibels, frequencyOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { markedFilm } from '../support/marked-film.js';
import { readAudioMarksUntil, readMarksUntil } from '../support/marks.js';
import { playFile } from '../support/media-file.js';
import { place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { hasProcessor, isNative, noFfmpeg, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';
import { countWorkers } from '../support/workers.js';

type FileSource = HTMLElementTagNameMap['file-source'];

const workers = countWorkers();
const RATE = { numerator: 30, denominator: 1 };
/** Seconds by which a position may differ that is read while the file plays. */
const POSITION_TOLERANCE_S = 0.3;

function urlOf(file: Blob): string {
  const url = URL.createObjectURL(file);
  onCleanup(() => URL.revokeObjectURL(url));
  return url;
}

function placeFile(file: Blob, attributes = ''): FileSource {
  return place<FileSource>(`<file-source src="${urlOf(file)}" ${attributes}></file-source>`);
}

const wave = (frequency: number, seconds = 1): Blob => new Blob([makeWaveFile(frequency, { seconds, level: -12 })]);

const numbersOf = (marks: Awaited<ReturnType<typeof readMarksUntil>>): number[] =>
  marks.flatMap((mark) => (mark ? mark.frame : []));

/**
 * For each picture that follows another one, in frames: how far its beginning in the track is from its place in the film. A picture
 * that is decoded late leaves the one before for longer.
 */
function distancesOf(marks: Awaited<ReturnType<typeof readMarksUntil>>): number[] {
  const found = marks.flatMap((mark) => mark ?? []);
  const begun = found.filter(({ frame }, index) => index > 0 && frame !== found[index - 1]?.frame);
  return begun.map(({ frame, timestamp }) => Math.round((timestamp * 30) / 1e6) - frame);
}

function mostFrequent(numbers: readonly number[]): number {
  const count = (number: number) => numbers.filter((other) => other === number).length;
  return numbers.reduce((best, number) => (count(number) > count(best) ? number : best), numbers[0] ?? Number.NaN);
}

/** Nine of ten numbers are this one: a busy machine spoils a few. */
function assertMost(numbers: readonly number[], number: number): void {
  const right = numbers.filter((other) => other === number);
  assert.isAtLeast(right.length, 0.9 * numbers.length, `${numbers}`);
}

/** Hears a tone alone. */
async function hasTone(recorder: AudioRecorder, frequency: number): Promise<void> {
  await eventually(async () => {
    const { planes, sampleRate } = await recorder.next(0.2);
    const [samples] = planes as [Float32Array];
    assert.closeTo(frequencyOf(samples, sampleRate, frequency), frequency, 2);
    assert.closeTo(decibels(amplitudeAt(samples, sampleRate, frequency)), -12, 1);
  });
}

/** The mean difference of the first pictures of two videos, of values from 0 to 255. */
function differenceOf(...videos: readonly [HTMLVideoElement, HTMLVideoElement]): number {
  const [first, second] = videos.map((video) => {
    const { videoWidth: width, videoHeight: height } = video;
    const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.drawImage(video, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  }) as [Uint8ClampedArray, Uint8ClampedArray];
  return first.reduce((sum, value, i) => sum + Math.abs(value - (second[i] ?? 0)), 0) / first.length;
}

describe('A file-source', () => {
  for (const format of ['webm', 'mp4', 'mkv'] as const) {
    it(`shows every picture of a film in order: ${format}`, async function () {
      const film = (await markedFilm({ format })) ?? skip(this, noFfmpeg);
      const source = placeFile(film, 'kind="video" paused');
      const track = await source.ready;
      assert.equal(track.kind, 'video');
      const reading = readMarksUntil(track, (all) => all.some((mark) => (mark?.frame ?? 0) >= 80));
      void source.play();
      const marks = await reading;
      const numbers = numbersOf(marks);
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => a - b),
      );
      assert.equal(marks.at(-1)?.source, 5);
      const { width, height, frameRate } = track.getSettings();
      assert.deepEqual([width, height, frameRate], [320, 180, 30]);
      assert.isAtLeast(new Set(numbers).size, 50);
      // Frame by frame at the same distance from the beginning of the film: none comes early, and few are decoded late.
      if (!hasProcessor) return;
      const distances = distancesOf(marks);
      const distance = mostFrequent(distances);
      assert.equal(Math.min(...distances), distance);
      assertMost(distances, distance);
    });
  }

  it('shows every picture of a film with a variable rate, at its time', async function () {
    // In its second second every other picture is left out: 25 a second on average.
    const leftOut = 'between(n,30,59)*mod(n,2)';
    const film = (await markedFilm({ format: 'webm', kinds: ['video'], leftOut })) ?? skip(this, noFfmpeg);
    const source = placeFile(film, 'paused');
    const track = await source.ready;
    assert.equal(track.getSettings().frameRate, 30);
    const reading = readMarksUntil(track, (all) => all.some((mark) => (mark?.frame ?? 0) >= 80));
    void source.play();
    const found = (await reading).flatMap((mark) => mark ?? []);
    if (!hasProcessor) return;
    const seen = new Set([0]);
    const begun = found.filter(({ frame }) => !seen.has(frame) && seen.add(frame));
    const offsets = begun.map(({ frame, timestamp }) => Math.round((timestamp * 30) / 1e6) - frame);
    assert.deepEqual([...new Set(offsets)], [offsets[0]]);
    assert.isAtLeast(seen.size, 40);
    assert.isFalse([...seen].some((frame) => frame >= 30 && frame < 60 && frame % 2 === 1));
  });

  it('has a track of each kind', async function () {
    const film = (await markedFilm({ format: 'webm', seconds: 6 })) ?? skip(this, noFfmpeg);
    const source = placeFile(film, 'loop');
    const video = await source.ready;
    assert.deepEqual(
      source.tracks.map(({ kind }) => kind),
      ['video', 'audio'],
    );
    assert.equal(source.track, video);
    assert.deepEqual(source.stream.getTracks().length, 2);
  });

  it('keeps the lip sync of the film', async function () {
    if (!isNative) skip(this, 'this engine reads audio by a worklet, whose clock is not that of the pictures');
    const film = (await markedFilm({ format: 'webm', seconds: 6 })) ?? skip(this, noFfmpeg);
    const source = placeFile(film, 'loop');
    await source.ready;
    const probe = new TrackProbe();
    onCleanup(() => probe.close());
    for (const track of source.tracks) probe.setTrack(track.kind as 'video' | 'audio', track);
    await eventually(async () => {
      const { offset } = await probe.getReport();
      assert.isNotNull(offset.median);
      assert.isBelow(Math.abs(offset.median as number), 34);
    });
  });

  it('plays every sample of a file, at its level', async () => {
    const source = placeFile(wave(440, 2));
    const ended = nextEvent(source, 'ended');
    const recorder = await AudioRecorder.of(await source.ready);
    assert.equal(source.track?.kind, 'audio');
    await hasTone(recorder, 440);
    await ended;
    assert.isTrue(source.ended);
    assert.closeTo(source.currentTime, 2, 1e-6);
    assert.equal(source.duration, 2);
    assert.equal(source.track?.readyState, 'live');
    await recorder.silence();
  });

  it('starts after play(), from its beginning', async () => {
    const source = placeFile(wave(880), 'paused');
    const recorder = await AudioRecorder.of(await source.ready);
    await recorder.silence();
    assert.equal(source.currentTime, 0);
    const ended = nextEvent(source, 'ended');
    await source.play();
    assert.isFalse(source.paused);
    await hasTone(recorder, 880);
    await ended;
    // Once more.
    await source.play();
    assert.isBelow(source.currentTime, POSITION_TOLERANCE_S);
    await hasTone(recorder, 880);
  });

  it('stays where it is paused, and moves to a position', async function () {
    const film = (await markedFilm({ format: 'webm', seconds: 6 })) ?? skip(this, noFfmpeg);
    const source = placeFile(film, 'kind="video"');
    const track = await source.ready;
    await source.play();
    await waitFor(() => source.currentTime > 0.5, 'the first second');
    source.pause();
    await source.updateComplete;
    const paused = source.currentTime;
    const shown = (all: readonly ({ frame: number } | null)[], count: number) =>
      all.slice(-count).map((mark) => mark?.frame);
    const isHeld = (count: number) => (all: readonly ({ frame: number } | null)[]) =>
      all.length > count && new Set(shown(all, count)).size === 1;
    const held = (await readMarksUntil(track, isHeld(10))).at(-1)?.frame ?? Number.NaN;
    assert.closeTo(held / 30, paused, POSITION_TOLERANCE_S);
    assert.equal(source.currentTime, paused);
    source.currentTime = 4.01;
    const marks = await readMarksUntil(track, (all) => all.at(-1)?.frame === 120);
    assert.equal(marks.at(-1)?.frame, 120);
    await source.play();
    await readMarksUntil(track, (all) => all.some((mark) => mark && mark.frame > 130));
    assert.closeTo(source.currentTime, 4.4, 2 * POSITION_TOLERANCE_S);
  });

  it('begins again without a gap', async function () {
    const film = (await markedFilm({ format: 'mkv', seconds: 1 })) ?? skip(this, noFfmpeg);
    const source = placeFile(film, 'loop');
    await source.ready;
    const [, audio] = source.tracks as [MediaStreamTrack, MediaStreamTrack];
    // A busy machine may lose samples between two rounds, but not between all.
    const isRound = (all: readonly { frame: number; time: number }[]) => {
      const times = all.filter(({ frame }) => frame === 25).map(({ time }) => time);
      return times.some((time, i) => Math.abs(time - (times[i - 1] ?? Number.NaN) - 1) < 0.002);
    };
    await readAudioMarksUntil(audio, RATE, { isEnough: isRound });
    if (hasProcessor) {
      const marks = await readMarksUntil(source.tracks[0] as MediaStreamTrack, (all) => all.length > 75);
      const places = distancesOf(marks).map((distance) => (distance + 3000) % 30);
      assertMost(places, mostFrequent(places));
    }
    assert.isFalse(source.ended);
  });

  it('plays another file on the same tracks', async () => {
    const source = placeFile(wave(440, 3));
    const track = await source.ready;
    const recorder = await AudioRecorder.of(track);
    await hasTone(recorder, 440);
    source.src = urlOf(wave(1320, 3));
    await hasTone(recorder, 1320);
    assert.equal(source.track, track);
    source.srcObject = wave(660, 3);
    await hasTone(recorder, 660);
    assert.equal(source.track, track);
  });

  it('plays the file that was set last after play(), and not the rest of the previous one', async () => {
    const source = placeFile(wave(440, 3), 'paused');
    const recorder = await AudioRecorder.of(await source.ready);
    await source.play();
    await hasTone(recorder, 440);
    source.pause();
    await source.updateComplete;
    source.src = urlOf(wave(1320, 2));
    const ended = nextEvent(source, 'ended');
    await source.play();
    assert.equal(source.duration, 2);
    assert.isBelow(source.currentTime, POSITION_TOLERANCE_S);
    await hasTone(recorder, 1320);
    await ended;
    assert.isTrue(source.ended);
  });

  it('begins another file at the position that was set after it', async () => {
    const source = placeFile(wave(440, 3), 'paused');
    await source.ready;
    source.src = urlOf(wave(660, 5));
    source.currentTime = 4;
    await waitFor(() => source.duration === 5 && source.currentTime === 4, 'the other file, at its position');
    assert.isFalse(source.ended);
  });

  it('has ended at its end, also while it is paused, and plays from the beginning then', async () => {
    const source = placeFile(wave(440, 2), 'paused');
    await source.ready;
    await waitFor(() => source.duration === 2, 'the file');
    source.currentTime = 9;
    assert.equal(source.currentTime, 2);
    assert.isTrue(source.ended);
    await source.play();
    assert.isBelow(source.currentTime, POSITION_TOLERANCE_S);
    assert.isFalse(source.ended);
  });

  it('rejects play() with the reason where another file does not load, and plays the next one', async () => {
    const source = placeFile(wave(440, 3));
    source.addEventListener('error', (event) => event.preventDefault());
    const track = await source.ready;
    source.src = '/no-such-file.wav';
    for (let i = 0; i < 2; i++) assert.equal((await rejectionOf(source.play())).name, 'NetworkError');
    assert.equal(source.track, track);
    source.src = urlOf(wave(880, 3));
    await source.play();
    await hasTone(await AudioRecorder.of(track), 880);
  });

  it('has the dialogue of a film, which is in the centre of 5.1 channels', async () => {
    // Left, right, centre, low frequencies, and the two of the surround.
    for (const [loud, dbfs] of [
      [2, -15],
      [0, -12],
    ] as const) {
      const gains = Array.from({ length: 6 }, (_, channel) => (channel === loud ? 1 : 0));
      const source = placeFile(
        new Blob([makeWaveFile(440, { seconds: 3, level: -12, sampleRate: 44100, gains })]),
        'loop',
      );
      const recorder = await AudioRecorder.of(await source.ready);
      await eventually(async () => {
        const { planes, sampleRate } = await recorder.next(0.2);
        const [left] = planes as [Float32Array];
        assert.closeTo(decibels(amplitudeAt(left, sampleRate, 440)), dbfs, 0.5);
      });
      source.remove();
    }
  });

  it('is a layer of a generator, of either kind', async function () {
    const film = (await markedFilm({ format: 'webm' })) ?? skip(this, noFfmpeg);
    const url = urlOf(film);
    const [picture, sound] = ['video', 'audio'].map((kind) =>
      place<HTMLElementTagNameMap['track-generator']>(
        `<track-generator kind="${kind}" width="320" height="180"><file-source src="${url}" loop></file-source></track-generator>`,
      ),
    ) as [HTMLElementTagNameMap['track-generator'], HTMLElementTagNameMap['track-generator']];
    await Promise.all([
      readMarksUntil(await picture.ready, (all) => all.filter((mark) => mark?.source === 5).length > 20),
      readAudioMarksUntil(await sound.ready, RATE, { isEnough: (all) => all.length > 20 }),
    ]);
  });

  it('lets two speakers take turns', async () => {
    const generator = place<HTMLElementTagNameMap['track-generator']>(
      `<track-generator kind="audio"><file-source src="${urlOf(wave(500))}" paused></file-source>` +
        `<file-source src="${urlOf(wave(1500))}" paused></file-source></track-generator>`,
    );
    const recorder = await AudioRecorder.of(await generator.ready);
    const [first, second] = generator.children as unknown as [FileSource, FileSource];
    await Promise.all([first.play(), hasTone(recorder, 500), nextEvent(first, 'ended')]);
    await Promise.all([second.play(), hasTone(recorder, 1500), nextEvent(second, 'ended')]);
    await recorder.silence();
  });

  it('is the content of virtual devices', async function () {
    const film = (await markedFilm({ format: 'webm' })) ?? skip(this, noFfmpeg);
    place(
      `<virtual-camera mode="replace"><file-source src="${urlOf(film)}" loop></file-source></virtual-camera>` +
        `<virtual-microphone mode="replace"><file-source src="${urlOf(wave(700, 5))}"></file-source></virtual-microphone>`,
    );
    await waitFor(() => document.querySelector('virtual-microphone')?.isConnected, 'the devices');
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 }, audio: true });
    onCleanup(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    const [video] = stream.getVideoTracks() as [MediaStreamTrack];
    const [audio] = stream.getAudioTracks() as [MediaStreamTrack];
    await hasTone(await AudioRecorder.of(audio), 700);
    await readMarksUntil(video, (all) => all.filter((mark) => mark?.source === 5).length > 10);
  });

  it('gives its pictures to a camera and its audio to a microphone, without a warning', async function () {
    const film = (await markedFilm({ format: 'webm' })) ?? skip(this, noFfmpeg);
    const warnings: string[] = [];
    const [camera, microphone] = ['camera', 'microphone'].map((name) => {
      const device = place(`<virtual-${name} id="${name}" label="Film" mode="replace"></virtual-${name}>`);
      device.addEventListener('warning', (event) => warnings.push((event as ErrorEvent).message));
      return device;
    }) as [HTMLElementTagNameMap['virtual-camera'], HTMLElementTagNameMap['virtual-microphone']];
    const source = placeFile(film, 'loop for="camera microphone"');
    await source.ready;
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { deviceId: { exact: camera.device.deviceId } },
      audio: { deviceId: { exact: microphone.device.deviceId } },
    });
    onCleanup(() => {
      for (const track of stream.getTracks()) track.stop();
    });
    const [video] = stream.getVideoTracks() as [MediaStreamTrack];
    const [audio] = stream.getAudioTracks() as [MediaStreamTrack];
    await readMarksUntil(video, (all) => all.filter((mark) => mark?.source === 5).length > 5);
    await readAudioMarksUntil(audio, RATE, { isEnough: (all) => all.length > 5 });
    assert.isEmpty(warnings);
    if (!isNative) return;
    // Both are of one timeline: within the limits of detectability of ITU-R BT.1359, 45 ms early and 125 ms late.
    const probe = new TrackProbe();
    onCleanup(() => probe.close());
    probe.setTrack('video', video);
    probe.setTrack('audio', audio);
    await eventually(async () => {
      const { offset } = await probe.getReport();
      assert.isAbove(offset.median ?? Number.NaN, -45);
      assert.isBelow(offset.median ?? Number.NaN, 125);
    });
  });

  it('says what is wrong with a file', async () => {
    const errorOf = async (src: string, attributes = '') => {
      const source = place<FileSource>(`<file-source src="${src}" ${attributes}></file-source>`);
      const error = await rejectionOf(source.ready);
      assert.equal(source.state, 'failed');
      return `${error.name}: ${error.message}`;
    };
    assert.equal(
      await errorOf('/no-such-film.mp4'),
      'NetworkError: src is "/no-such-film.mp4"; it must be the URL of a media file, and the server answered 404.',
    );
    const formats = 'MP4, MOV, Matroska, WebM, WAVE, Ogg, FLAC, MP3, ADTS or MPEG-TS';
    const text = urlOf(new Blob(['This is a text, and not a film.'.repeat(100)]));
    assert.equal(await errorOf(text), `EncodingError: src is "${text}"; it must be a media file: ${formats}.`);
    const few = urlOf(new Blob(['no film']));
    assert.equal(await errorOf(few), `EncodingError: src is "${few}"; it must be a media file: ${formats}.`);
    const tone = urlOf(wave(440));
    assert.equal(await errorOf(tone, 'kind="video"'), `EncodingError: src is "${tone}"; it has no video.`);
    assert.equal(
      await errorOf(''),
      'TypeError: src is ""; it must be the URL of a media file; or set srcObject to a Blob.',
    );
    const other = `http://[::1]:1/film.mp4`;
    assert.match(
      await errorOf(other),
      /^NetworkError: src is "http:\/\/\[::1]:1\/film\.mp4"; it did not load \(.*\): a server of another origin has to allow it by CORS\.$/,
    );
  });

  it('says which codec of a film it cannot decode', async function () {
    const film = (await markedFilm({ format: 'old' })) ?? skip(this, noFfmpeg);
    const error = await rejectionOf(placeFile(film).ready);
    assert.match(
      error.message,
      /; its video is mp4v, which this browser does not decode: use a file with video in H.264, VP8 or VP9\.$/,
    );
    assert.equal(error.name, 'NotSupportedError');
  });

  for (const rotation of [90, 180, 270] as const) {
    it(`shows pictures that the file turns by ${rotation} degrees as a video element does`, async function () {
      const film = (await markedFilm({ format: 'mp4', seconds: 1, rotation })) ?? skip(this, noFfmpeg);
      const turned = await playFile(film);
      const source = placeFile(film, 'kind="video" paused');
      const shown = place<HTMLVideoElement>('<video muted autoplay playsinline></video>');
      shown.srcObject = new MediaStream([await source.ready]);
      await waitFor(() => shown.videoWidth > 0, 'a picture');
      assert.deepEqual([shown.videoWidth, shown.videoHeight], rotation === 180 ? [320, 180] : [180, 320]);
      assert.deepEqual([turned.videoWidth, turned.videoHeight], [shown.videoWidth, shown.videoHeight]);
      // Their mean difference. Pictures that were turned otherwise differ by 40 and more.
      await eventually(() => assert.isBelow(differenceOf(turned, shown), 8));
    });
  }

  it('leaves no worker behind', async () => {
    removePlaced();
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
