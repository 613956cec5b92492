/* The pictures of a video element as a track. */
import 'track-elements/define/all';
import { amplitudeAt, decibels, frequencyOf } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { readMarksUntil } from '../support/marks.js';
import { byId, place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { type Rgb, VideoScreen } from '../support/video-pixels.js';
import { eventually, sleep, waitFor } from '../support/waiting.js';
import { makeWaveFile } from '../support/wave-file.js';
import { countWorkers } from '../support/workers.js';

type ElementSource = HTMLElementTagNameMap['element-source'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const workers = countWorkers();
const LEVELS = 12;
const RED: Rgb = [200, 40, 60];
const BLUE: Rgb = [50, 70, 210];

const capturesAudio = 'captureStream' in HTMLMediaElement.prototype || 'mozCaptureStream' in HTMLMediaElement.prototype;
const noAudioCapture = 'this engine cannot capture the audio of elements';

function waveUrl(frequency: number): string {
  const url = URL.createObjectURL(new Blob([makeWaveFile(frequency, { seconds: 2, level: -12 })]));
  onCleanup(() => URL.revokeObjectURL(url));
  return url;
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

const placeVideo = (id: string): HTMLVideoElement =>
  place<HTMLVideoElement>(`<video id="${id}" autoplay muted playsinline></video>`);
const placePattern = (attributes: string): PatternSource =>
  place<PatternSource>(`<pattern-source ${attributes}></pattern-source>`);
function collectMessages(source: ElementSource, type: 'error' | 'warning'): readonly string[] {
  const messages: string[] = [];
  source.addEventListener(type, (event) => {
    event.preventDefault();
    messages.push(event.message);
  });
  return messages;
}
const makeSource = (attributes: string): ElementSource =>
  place<ElementSource>(`<element-source ${attributes}></element-source>`);

describe('An element-source', () => {
  it('shows what a video plays, scaled, with each frame in its order', async () => {
    placeVideo('played');
    placePattern('for="played" mark mark-source="6" width="640" height="360" frame-rate="15"');
    const source = makeSource('from="played" width="320" height="180"');
    const marks = await readMarksUntil(await source.ready, (all) => new Set(all.map((mark) => mark?.frame)).size > 8);
    const found = marks.flatMap((mark) => mark ?? []);
    assert.isTrue(found.every((mark) => mark.source === 6));
    const frames = found.map(({ frame }) => frame);
    assert.deepEqual(
      frames,
      frames.toSorted((a, b) => a - b),
    );
  });

  it('waits for the first picture, and has its size', async () => {
    placeVideo('late');
    const source = makeSource('from="late"');
    await source.updateComplete;
    assert.equal(source.state, 'starting');
    placePattern('for="late" pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"');
    const screen = new VideoScreen(await source.ready);
    await screen.hasSize(320, 240);
    await screen.showsColor(RED, LEVELS);
  });

  it('shows what the video plays next, on the same track', async () => {
    const video = placeVideo('changing');
    const [first, second] = await Promise.all([
      placePattern('pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"').ready,
      placePattern('pattern="solid" color="rgb(50, 70, 210)" width="160" height="160"').ready,
    ]);
    video.srcObject = new MediaStream([first as MediaStreamTrack]);
    const source = makeSource('');
    source.element = video;
    const track = await source.start();
    const screen = new VideoScreen(track);
    await screen.showsColor(RED, LEVELS);
    video.srcObject = new MediaStream([second as MediaStreamTrack]);
    await screen.showsColor(BLUE, LEVELS);
    await screen.hasSize(160, 160);
    assert.isTrue(source.track === track);
  });

  it('plays the audio of an element, also when that plays something else', async function () {
    if (!capturesAudio) skip(this, noAudioCapture);
    const audio = place<HTMLAudioElement>(`<audio src="${waveUrl(440)}" autoplay loop></audio>`);
    const source = makeSource('kind="audio"');
    source.element = audio;
    const track = await source.start();
    assert.equal(track.kind, 'audio');
    const recorder = await AudioRecorder.of(track);
    await hasTone(recorder, 440);
    audio.src = waveUrl(1320);
    await hasTone(recorder, 1320);
    assert.isTrue(source.track === track);
  });

  it('says where the audio of elements cannot be captured', async function () {
    if (capturesAudio) skip(this, 'this engine captures the audio of elements');
    place('<audio id="heard"></audio>');
    const error = await rejectionOf(makeSource('kind="audio" from="heard"').ready);
    assert.equal(
      error.message,
      'This browser cannot capture the audio of elements: give the file to a <file-source>, or the stream to the sink.',
    );
  });

  it('stops no track of the page', async () => {
    placeVideo('kept');
    const pattern = placePattern('for="kept" width="320" height="240"');
    const source = makeSource('from="kept"');
    await source.ready;
    source.stop();
    await source.start();
    source.stop();
    assert.equal(pattern.track?.readyState, 'live');
    assert.isFalse(byId<HTMLVideoElement>('kept').ended);
  });

  it('stops no track of the page when the video plays no stream any more, nor the one that another source shows', async () => {
    const video = placeVideo('emptied');
    const pattern = placePattern('for="emptied" pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"');
    const [first, second] = [makeSource('from="emptied"'), makeSource('from="emptied"')];
    const screen = new VideoScreen(await second.ready);
    await first.ready;
    await screen.showsColor(RED, LEVELS);
    first.stop();
    assert.equal(pattern.track?.readyState, 'live');
    assert.equal(second.state, 'live');
    pattern.removeAttribute('for');
    video.srcObject = null;
    second.stop();
    assert.equal(pattern.track?.readyState, 'live');
  });

  it('shows what the video plays when the source begins', async () => {
    const video = placeVideo('hurried');
    const [first, second] = await Promise.all([
      placePattern('pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"').ready,
      placePattern('pattern="solid" color="rgb(50, 70, 210)" width="160" height="160"').ready,
    ]);
    const source = makeSource('from="hurried"');
    const opened = source.ready;
    video.addEventListener(
      'loadeddata',
      () => {
        video.srcObject = new MediaStream([second as MediaStreamTrack]);
      },
      { once: true },
    );
    video.srcObject = new MediaStream([first as MediaStreamTrack]);
    const screen = new VideoScreen(await opened);
    await screen.showsColor(BLUE, LEVELS);
    await screen.hasSize(160, 160);
  });

  it('finds the video in a player that took its id, also one that makes it in its shadow tree a while later', async () => {
    place('<div id="wrapping-player"><p></p><div><video id="wrapped" autoplay muted playsinline></video></div></div>');
    const player = place('<div id="shadow-player"></div>');
    const root = player.attachShadow({ mode: 'open' });
    placePattern(
      'for="wrapping-player shadow-player" pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"',
    );
    const sources = ['wrapping-player', 'shadow-player'].map((id) => makeSource(`from="${id}"`));
    await sleep(300);
    const inner = document.createElement('div');
    inner.attachShadow({ mode: 'open' }).innerHTML = '<video autoplay muted playsinline></video>';
    root.append(inner);
    for (const source of sources) await new VideoScreen(await source.ready).showsColor(RED, LEVELS);
  });

  it('does not take the video of another sink inside', async () => {
    place('<div id="with-monitor"><track-monitor></track-monitor></div>');
    const error = await rejectionOf(makeSource('from="with-monitor"').ready);
    assert.match(error.message, /^from is HTMLDivElement/);
  });

  it('says that a video cannot be played, and starts when it plays something else', async () => {
    const video = placeVideo('broken');
    video.src = 'data:video/mp4,nothing';
    const source = makeSource('from="broken"');
    const errors = collectMessages(source, 'error');
    const error = await rejectionOf(source.ready);
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /^The <video> cannot play data:video\/mp4,nothing( \(.+\))?: check the address, /);
    assert.equal(source.state, 'failed');
    video.removeAttribute('src');
    placePattern('for="broken" pattern="solid" color="rgb(200, 40, 60)" width="320" height="240"');
    await waitFor(() => source.state === 'live', 'the state live');
    await new VideoScreen(source.track as MediaStreamTrack).showsColor(RED, LEVELS);
    assert.deepEqual(errors, [error.message]);
  });

  it('warns of a video that has no picture for two seconds, and starts with the first one', async () => {
    const empty = placeVideo('nothing-to-play');
    const waiting = placeVideo('no-sources');
    waiting.innerHTML = '<source src="data:video/mp4,nothing">';
    const sources = [makeSource('from="nothing-to-play"'), makeSource('from="no-sources"')] as const;
    const warnings = sources.map((source) => collectMessages(source, 'warning'));
    await waitFor(() => warnings.every(({ length }) => length > 0), 'both warnings');
    assert.match(
      warnings[0]?.join() as string,
      /^The <video> has had no picture for two seconds: it has nothing to play; /,
    );
    assert.match(
      warnings[1]?.join() as string,
      /: none of its sources can be played; check their addresses and types\./,
    );
    assert.deepEqual(
      sources.map(({ state }) => state),
      ['starting', 'starting'],
    );
    placePattern('for="nothing-to-play" width="320" height="240"');
    await sources[0].ready;
    assert.isNotNull(empty.srcObject);
  });

  it('says that audio has no pictures', async () => {
    const video = placeVideo('audio-alone');
    place('<tone-source for="audio-alone"></tone-source>');
    const error = await rejectionOf(makeSource('from="audio-alone"').ready);
    assert.deepEqual([error.name, /no pictures/.test(error.message)], ['NotFoundError', true]);
    assert.equal(video.videoWidth, 0);
  });

  it('says which elements it takes', async () => {
    place('<div id="no-video"></div>');
    const error = await rejectionOf(makeSource('from="no-video"').ready);
    const accepted =
      'it must be the id of a <video>, or of an element around one, in the same document or shadow tree.';
    assert.equal(error.message, `from is HTMLDivElement; ${accepted}`);
  });

  it('leaves no worker behind', async () => {
    removePlaced();
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
