/* <track-recorder>: tracks come, go, are exchanged and change their size while it records, into one file. */
import 'track-elements/define/all';
import { amplitudeAt, heardMilliseconds } from '../support/audio-analysis.js';
import { inspect, playFile } from '../support/media-file.js';
import { place } from '../support/page.js';
import { connectPeers } from '../support/peers.js';
import {
  colorSource,
  hearTone,
  hearTrack,
  placeRecorder,
  type Recorder,
  record,
  recordUntil,
  stopRecorder,
} from '../support/recorder.js';
import { describeIf, encodesVideo, noFfmpeg, noVideoEncoder, skip } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

const tone = '<tone-source frequency="500"></tone-source>';

/** Luma in limited range, BT.601 or BT.709: blue is the darkest, then red, then green. */
const isBlue = (luma: number) => luma > 20 && luma < 50;
const isRed = (luma: number) => luma >= 50 && luma < 100;
const isGreen = (luma: number) => luma >= 100;

/** Seeks to near the end, and resolves to the time that the browser then shows. */
async function seekToEnd(blob: Blob): Promise<number> {
  const video = await playFile(blob);
  assert.isTrue(Number.isFinite(video.duration), 'the browser knows the duration');
  const seeked = nextEvent(video, 'seeked');
  video.currentTime = video.duration - 0.2;
  await seeked;
  return video.currentTime;
}

const hasTracks = (recorder: Recorder) =>
  [...recorder.children].every((source) => (source as { track?: unknown }).track);

/** Gives the recorder these tracks in place of others, in one task, as a player does whose connection was repaired. */
function exchange(recorder: Recorder, before: readonly MediaStreamTrack[], after: readonly MediaStreamTrack[]): void {
  for (const track of before) recorder.removeTrack(track);
  for (const track of after) recorder.addTrack(track, recorder);
}

/** The tracks of sources in the page, when they have them. */
async function tracksOf(markup: string): Promise<MediaStreamTrack[]> {
  const sources = [...place(`<div>${markup}</div>`).children] as HTMLElementTagNameMap['tone-source'][];
  return Promise.all(sources.map((source) => source.ready));
}

/**
 * Measures tones in a file as the browser decodes it: the loudest tenth of three from a time in seconds on, which counts from
 * the end if it is negative. On a busy machine Chromium's audio has gaps.
 */
async function toneMeter(blob: Blob): Promise<(start: number, frequency: number) => number> {
  const buffer = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(await blob.arrayBuffer());
  const samples = buffer.getChannelData(0);
  return (start, frequency) => {
    const first = Math.round((start < 0 ? buffer.duration + start : start) * 48_000);
    const tenths = [0, 4800, 9600].map((at) => samples.subarray(first + at, first + at + 4800));
    return Math.max(...tenths.map((tenth) => amplitudeAt(tenth, 48_000, frequency)));
  };
}

describeIf(encodesVideo, noVideoEncoder, 'a recording', () => {
  for (const type of ['', 'video/mp4']) {
    const name = type || 'video/webm';

    it(`continues when a video track is exchanged for one of another size: ${name}`, async function () {
      const recorder = placeRecorder(`type="${type}"`, colorSource('red', 'width="320" height="240"'));
      await recorder.start();
      await recordUntil(recorder, 0.8);
      recorder.innerHTML = colorSource('lime', 'width="160" height="90"');
      await waitFor(() => hasTracks(recorder), 'the second track');
      await recordUntil(recorder, recorder.duration + 0.8);
      const blob = await stopRecorder(recorder);
      await seekToEnd(blob);
      const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
      assert.equal(file.errors, '');
      assert.deepEqual(
        file.streams.map(({ codec_type }) => codec_type),
        ['video'],
      );
      const lumas = file.pictures.map(({ luma }) => luma);
      assert.isTrue(isRed(lumas[0]), `${lumas[0]} is red`);
      // In MP4 the picture of another shape has bars on two sides.
      assert.isTrue(isGreen(lumas.at(-1) ?? 0), `${lumas.at(-1)} is green`);
    });

    it(`takes a second kind that comes late: ${name}`, async function () {
      const recorder = placeRecorder(`type="${type}"`, colorSource('blue'));
      await recorder.start();
      await recordUntil(recorder, 0.8);
      const late = recorder.duration;
      recorder.insertAdjacentHTML('beforeend', tone);
      await hearTone(recorder, 2);
      const blob = await stopRecorder(recorder);
      await seekToEnd(blob);
      const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
      assert.equal(file.errors, '');
      assert.sameMembers(
        file.streams.map(({ codec_type }) => codec_type),
        ['video', 'audio'],
      );
      const { levels, pictures } = file;
      assert.isBelow(Math.max(...levels.slice(0, 600)), 0.01, 'silence before the tone');
      // Firefox reads the audio by a worklet, which takes a second to load on a busy machine.
      assert.isAbove(heardMilliseconds(levels), 1000, 'a second of the tone');
      assert.isTrue(pictures.every(({ luma }) => isBlue(luma)));
      assert.isBelow(pictures[0].time, 0.1);
      assert.isAbove(pictures.at(-1)?.time ?? 0, late + 1);
    });
  }

  it('continues with the last picture and with silence when sources stop', async function () {
    const recorder = placeRecorder('', colorSource('red') + tone);
    await recorder.start();
    await hearTone(recorder, 0.8);
    for (const source of recorder.children) (source as unknown as { stop(): void }).stop();
    const stopped = recorder.duration;
    await recordUntil(recorder, stopped + 1.6);
    assert.equal(recorder.state, 'recording');
    const blob = await stopRecorder(recorder);
    const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
    assert.equal(file.errors, '');
    assert.isAbove(Number(file.format.duration), stopped + 1.4);
    // A block of Opus lasts 20 ms, and the last picture is no longer than that.
    assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
    assert.isTrue(isRed(file.pictures.at(-1)?.luma ?? 0));
    assert.isAbove(file.pictures.at(-1)?.time ?? 0, stopped + 1.2);
    assert.isAbove(Math.max(...file.levels.slice(200, 1000 * stopped - 200)), 0.05, 'the tone');
    assert.isBelow(Math.max(...file.levels.slice(-500)), 0.01, 'silence at the end');
  });

  it('continues when a connection is repaired, with the tracks of another one', async function () {
    const early = await tracksOf(colorSource('red') + tone);
    const late = await tracksOf(
      `${colorSource('lime', 'width="160" height="120"')}<tone-source frequency="1000"></tone-source>`,
    );
    const call = await connectPeers(early);
    const recorder = placeRecorder('', '');
    exchange(recorder, [], call.tracks);
    await recorder.start();
    await recordUntil(recorder, 1.2);
    // The connection is gone; another one comes later.
    call.close();
    const cut = recorder.duration;
    await recordUntil(recorder, cut + 0.4);
    const { tracks } = await connectPeers(late);
    exchange(recorder, call.tracks, tracks);
    const exchanged = recorder.duration;
    await recordUntil(recorder, exchanged + 1.8);
    assert.equal(recorder.state, 'recording');
    const blob = await stopRecorder(recorder);
    await seekToEnd(blob);
    const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
    assert.equal(file.errors, '');
    assert.lengthOf(file.streams, 2);
    assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
    const { pictures } = file;
    assert.isTrue(isRed(pictures[0].luma), `${pictures[0].luma} is red`);
    assert.isTrue(isGreen(pictures.at(-1)?.luma ?? 0), `${pictures.at(-1)?.luma} is green`);
    const gaps = pictures.map(({ time }, index) => time - (pictures[index - 1]?.time ?? 0));
    assert.isBelow(Math.max(...gaps), 0.6, 'the last picture stays');
    const toneAt = await toneMeter(blob);
    assert.isAbove(toneAt(cut - 0.4, 500), 0.05, 'the first tone');
    assert.isAbove(toneAt(-0.4, 1000), 0.05, 'the second tone');
    assert.isBelow(toneAt(-0.4, 500), 0.01, 'the first tone at the end');
  });

  for (const [first, second] of [
    [44_100, 48_000],
    [48_000, 44_100],
  ]) {
    it(`continues when audio of ${first} Hz is exchanged for audio of ${second} Hz`, async function () {
      const [video, early] = await tracksOf(
        `${colorSource('red')}<tone-source frequency="500" sample-rate="${first}"></tone-source>`,
      );
      const [late] = await tracksOf(`<tone-source frequency="1000" sample-rate="${second}"></tone-source>`);
      const recorder = placeRecorder('', '');
      exchange(recorder, [], [video, early]);
      await recorder.start();
      await hearTrack(early, 1.5);
      exchange(recorder, [early], [late]);
      const exchanged = recorder.duration;
      await hearTrack(late, 1.5);
      const blob = await stopRecorder(recorder);
      const file = (await inspect(blob)) ?? skip(this, noFfmpeg);
      assert.equal(file.errors, '');
      assert.lengthOf(file.streams, 2);
      assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
      const toneAt = await toneMeter(blob);
      // The pitch is that of the source, whatever its rate, and so is the level: -18 dBFS.
      assert.closeTo(toneAt(exchanged - 0.7, 500), 0.126, 0.02, 'the first tone');
      assert.closeTo(toneAt(-0.4, 1000), 0.126, 0.02, 'the second tone');
      assert.isBelow(toneAt(-0.4, 500), 0.01, 'the first tone at the end');
    });
  }

  it('is complete when its tracks are exchanged in the moment of its end', async () => {
    const recorder = placeRecorder('', colorSource('red') + tone);
    const others = placeRecorder('', colorSource('lime') + tone);
    await waitFor(() => hasTracks(others), 'the other tracks');
    await recorder.start();
    await recordUntil(recorder, 0.5);
    for (const source of others.children) {
      const { track } = source as unknown as { track: MediaStreamTrack };
      recorder.addTrack(track, source as HTMLElement);
    }
    const blob = await stopRecorder(recorder);
    // A track that comes after the end would fail the recording later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(recorder.state, 'stopped');
    const video = await playFile(blob);
    assert.closeTo(video.duration, recorder.duration, 0.05);
  });

  it('has both kinds when it is started while the sources inside are starting', async function () {
    const recorder = placeRecorder('', colorSource('red') + tone);
    const file = (await inspect(await record(recorder, 0.8))) ?? skip(this, noFfmpeg);
    assert.sameMembers(
      file.streams.map(({ codec_type }) => codec_type),
      ['video', 'audio'],
    );
  });

  it('keeps its time in a pause', async function () {
    const recorder = placeRecorder('', colorSource('red') + tone);
    await recorder.start();
    await recordUntil(recorder, 0.7);
    recorder.pause();
    const pattern = recorder.querySelector('pattern-source');
    if (pattern) pattern.color = 'blue';
    await new Promise((resolve) => setTimeout(resolve, 700));
    recorder.resume();
    await recordUntil(recorder, 1.4);
    const file = (await inspect(await stopRecorder(recorder))) ?? skip(this, noFfmpeg);
    assert.closeTo(Number(file.format.duration), recorder.duration, 0.05);
    assert.isTrue(isRed(file.pictures[0].luma));
    assert.isTrue(isBlue(file.pictures.at(-1)?.luma ?? 0));
  });

  it('keeps left and right apart', async function () {
    const markup = '<tone-source waveform="sine" channels="2" routing="1"></tone-source>';
    const recorder = placeRecorder('type="audio/wav"', markup);
    const blob = await record(recorder, 0.6);
    const left = (await inspect(blob, 0)) ?? skip(this, noFfmpeg);
    const right = (await inspect(blob, 1)) ?? skip(this, noFfmpeg);
    assert.equal(left.streams[0].codec_name, 'pcm_s16le');
    assert.isAbove(Math.max(...left.levels), 0.05);
    assert.isBelow(Math.max(...right.levels), 0.001);
  });
});
