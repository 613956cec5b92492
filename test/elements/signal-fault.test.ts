/* `<signal-fault>`: the figures of a probe are those that were injected. */
import 'track-elements/define/file-source';
import 'track-elements/define/pattern-source';
import 'track-elements/define/screen-source';
import 'track-elements/define/signal-fault';
import 'track-elements/define/tone-source';
import 'track-elements/define/track-generator';
import type {
  PatternSourceElement,
  ScreenSourceElement,
  ToneSourceElement,
  TrackGeneratorElement,
} from 'track-elements';
import { TrackProbe, type VideoReport } from 'track-elements/measure';
import { TrackProcessor } from 'track-elements/processor';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';

const RATE = 20;
const NATIVE = Symbol.for('track-elements/native-media-devices');
const noExactFrames = 'a captured canvas may leave out any frame, so that no figure is exact';

/** A marked picture of 20 frames per second with a fault. */
const marked = (fault: string) =>
  `<pattern-source pattern="solid" mark width="320" height="240" frame-rate="${RATE}" manual>${fault}</pattern-source>`;

/** The report on a source from its start on, after some seconds, and the frames that the source has dropped. */
async function measure(fault: string, seconds: number): Promise<{ video: VideoReport; dropped: number }> {
  const source = place<PatternSourceElement>(marked(fault));
  const probe = new TrackProbe({ clock: 0 });
  onCleanup(() => probe.close());
  await source.updateComplete;
  const track = await source.start();
  probe.setTrack('video', track);
  await sleep(seconds * 1000);
  const { dropped } = await source.getStats();
  const { video } = await probe.getReport();
  source.remove();
  return { video: video as VideoReport, dropped };
}

/** A busy machine drops frames by itself. The measurement is made again then. */
async function measureUndisturbed(fault: string, seconds: number, injected: number) {
  for (let i = 0; i < 5; i++) {
    const { video, dropped } = await measure(fault, seconds);
    if (dropped === injected) return video;
  }
  throw new Error('The machine was too busy in each of five measurements.');
}

describe('<signal-fault>', () => {
  it('drops the same number of frames that the probe counts as lost, and they are one freeze', async function () {
    if (!isNative) skip(this, noExactFrames);
    const video = await measureUndisturbed('<signal-fault kind="drop" at="1" duration="0.5"></signal-fault>', 2.5, 10);
    assert.equal(video.lost, 10);
    assert.equal(video.repeated, 0);
    assert.equal(video.freezes.count, 1);
    assert.closeTo(video.freezes.longest, 550, 60);
  });

  it('lowers the rate: of 20 frames in the second, 5 are sent', async function () {
    if (!isNative) skip(this, noExactFrames);
    const video = await measureUndisturbed(
      '<signal-fault kind="rate-change" at="1" duration="1" amount="5"></signal-fault>',
      3,
      15,
    );
    assert.equal(video.lost, 15);
    assert.equal(video.repeated, 0);
  });

  it('freezes: each of the frames repeats the previous one', async function () {
    if (!isNative) skip(this, noExactFrames);
    const video = await measureUndisturbed('<signal-fault kind="freeze" at="1" duration="0.5"></signal-fault>', 2.5, 0);
    assert.equal(video.repeated, 10);
    assert.equal(video.lost, 10);
    assert.equal(video.freezes.count, 0);
  });

  it('repeats each frame of a share of 1, at each occurrence', async function () {
    if (!isNative) skip(this, noExactFrames);
    const fault = '<signal-fault kind="repeat" at="0.5" duration="0.1" every="0.5" amount="1"></signal-fault>';
    const video = await measureUndisturbed(fault, 1.8, 0);
    assert.equal(video.repeated, 6);
  });

  it('makes the pictures smaller, and as large as before', async function () {
    if (!isNative) skip(this, noExactFrames);
    const fault = '<signal-fault kind="resolution-ramp" at="0.5" duration="1" amount="0.5"></signal-fault>';
    const { sizes } = await measureUndisturbed(fault, 2.5, 0);
    assert.deepEqual(
      sizes.map(({ width, height }) => `${width}x${height}`),
      ['320x240', '280x210', '240x180', '200x150', '160x120', '200x150', '240x180', '280x210', '320x240'],
    );
  });

  it('makes frames late', async function () {
    if (!isNative) skip(this, noExactFrames);
    const fault = '<signal-fault kind="jitter" at="0" duration="10" amount="45"></signal-fault>';
    const { jitter, lost, outOfOrder } = await measureUndisturbed(fault, 3, 0);
    // The difference of two delays that are equally distributed from 0 to 45 ms has a standard deviation of 45 / √6.
    assert.closeTo(jitter ?? 0, 45 / Math.sqrt(6), 6);
    assert.equal(lost, 0);
    assert.equal(outOfOrder, 0);
  });

  it('lets the clock of the source drift', async function () {
    if (!isNative) skip(this, noExactFrames);
    const fault = '<signal-fault kind="clock-drift" duration="10" amount="100000"></signal-fault>';
    const video = await measureUndisturbed(fault, 3, 0);
    // Each tenth number is left out: 60 frames in 3 s.
    assert.closeTo(video.lost ?? 0, 6, 1);
  });

  it('ends the track where the source is unplugged', async () => {
    const source = place<PatternSourceElement>(marked('<signal-fault kind="unplug" at="0.3"></signal-fault>'));
    const tone = place<ToneSourceElement>(
      '<tone-source manual><signal-fault kind="unplug" at="0.3"></signal-fault></tone-source>',
    );
    await source.updateComplete;
    await source.start();
    await waitFor(() => source.state === 'stopped', 'the end of the picture');
    assert.isNull(source.track);
    if (!isNative) return;
    await tone.start();
    await waitFor(() => tone.state === 'stopped', 'the end of the tone');
  });

  it('mutes the track of the source, with its events', async () => {
    const source = place<PatternSourceElement>(
      marked('<signal-fault kind="mute" at="0.5" duration="0.5"></signal-fault>'),
    );
    await source.updateComplete;
    const track = await source.start();
    assert.isFalse(track.muted);
    await nextEvent(track, 'mute');
    assert.isTrue(track.muted);
    assert.equal(track.readyState, 'live');
    await nextEvent(track, 'unmute');
    assert.isFalse(track.muted);
  });

  it('lets the timestamps of audio jump', async function () {
    if (!isNative) skip(this, 'audio that a worklet or a media element plays has no timestamps');
    const source = place<ToneSourceElement>(
      '<tone-source manual><signal-fault kind="timestamp-jump" at="0.5" amount="5000"></signal-fault></tone-source>',
    );
    await source.updateComplete;
    const { readable } = new TrackProcessor({ track: await source.start(), maxBufferSize: 100 });
    const reader = (readable as ReadableStream<AudioData>).getReader();
    onCleanup(() => reader.cancel());
    let last = Number.NaN;
    let step = 0;
    while (step < 2000) {
      const { value } = await reader.read();
      if (!value) throw new Error('The track has ended.');
      step = (value.timestamp - last) / 1000 || 0;
      last = value.timestamp;
      value.close();
    }
    // A busy machine may leave blocks out at the same time.
    assert.closeTo(step, 5010, 500);
  });

  it('of a source of both kinds is one of the tracks that can have it', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const timer = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 9, 9), 50);
    onCleanup(() => clearInterval(timer));
    const devices = navigator.mediaDevices as unknown as Record<symbol, unknown>;
    let requests = 0;
    const getDisplayMedia = async () => {
      requests++;
      const tone = await place<ToneSourceElement>('<tone-source></tone-source>').ready;
      return new MediaStream([...canvas.captureStream().getTracks(), tone]);
    };
    devices[NATIVE] = { getDisplayMedia };
    onCleanup(() => delete devices[NATIVE]);
    const source = place<ScreenSourceElement>(
      `<screen-source audio>
        <signal-fault kind="black" at="100"></signal-fault><signal-fault kind="silence" at="100"></signal-fault>
        <signal-fault kind="unplug" at="2"></signal-fault>
      </screen-source>`,
    );
    const errors: string[] = [];
    for (const fault of source.querySelectorAll('signal-fault')) {
      fault.addEventListener('error', ({ message }) => errors.push(message));
    }
    await source.ready;
    assert.lengthOf(source.tracks, 2);
    await waitFor(() => source.state === 'stopped', 'the end of the tracks');
    assert.isEmpty(errors);
    // The faults came while the user was asked, who is not asked again.
    assert.equal(requests, 1);
  });

  it('that the only track of a source of both kinds cannot have is reported, and the source plays', async () => {
    const source = document.createElement('file-source');
    const fault = Object.assign(document.createElement('signal-fault'), { kind: 'black' });
    fault.addEventListener('error', (event) => event.preventDefault());
    const told = nextEvent<ErrorEvent>(fault, 'error');
    source.srcObject = new Blob([makeWaveFile(440)]);
    source.append(fault);
    place('<div></div>').append(source);
    const track = await source.ready;
    assert.equal(track.kind, 'audio');
    assert.match((await told).message, /^kind is "black"; it must be one of .*, because the track is audio\.$/);
    assert.notEqual(source.state, 'failed');
  });

  it('inside a layer is a fault of the track of the generator', async () => {
    const generator = place<TrackGeneratorElement>(
      `<track-generator kind="video"><pattern-source>
        <signal-fault kind="unplug" at="0.3"></signal-fault>
      </pattern-source></track-generator>`,
    );
    await generator.ready;
    await waitFor(() => generator.state === 'stopped', 'the end of the track');
  });

  it('begins when it is added, and ends when it is removed', async () => {
    const source = place<PatternSourceElement>(marked(''));
    await source.start();
    const fault = document.createElement('signal-fault');
    Object.assign(fault, { kind: 'drop', duration: 1000 });
    const droppedIn = async (seconds: number) => {
      const before = (await source.getStats()).dropped;
      await sleep(seconds * 1000);
      return (await source.getStats()).dropped - before;
    };
    source.append(fault);
    await eventually(async () => assert.isAtLeast(await droppedIn(0.5), 9));
    fault.remove();
    await eventually(async () => assert.isAtMost(await droppedIn(0.5), 2));
  });

  it('says what is wrong with an attribute, and does nothing until it is right', async () => {
    const fault = document.createElement('signal-fault');
    fault.setAttribute('kind', 'frezee');
    const told = nextEvent(fault, 'error');
    fault.addEventListener('error', (event) => event.preventDefault());
    const source = place<PatternSourceElement>(marked(''));
    source.append(fault);
    const { error } = (await told) as ErrorEvent;
    assert.match(error.message, /^kind is "frezee"; it must be one of .* Did you mean "freeze"\?$/);
    await source.start();
    assert.equal(source.state, 'live');
    Object.assign(fault, { kind: 'unplug' });
    await waitFor(() => source.state === 'stopped', 'the end of the track');
  });
});
