/* <rtc-loopback>: tracks through two real peer connections in one page, with simulated network faults. */
import 'track-elements/define/all';
import type { LoopbackStats } from '../../dist/rtc/loopback-stats.js';
import { onCleanup } from '../support/cleanup.js';
import { byId, place } from '../support/page.js';
import { hidePeerConnections } from '../support/peers.js';
import { describeIf, hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Loopback = HTMLElementTagNameMap['rtc-loopback'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const RED: Rgb = [255, 0, 0];
const LIME: Rgb = [0, 255, 0];
const BLUE: Rgb = [0, 0, 255];

const solidSource = (color: string) =>
  `<pattern-source id="source" pattern="solid" color="${color}" width="320" height="240"></pattern-source>`;

/** Puts a loopback with sources into the page, and a video that shows its output. */
function placeLoopback(attributes = '', children = solidSource('red')) {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  const loopback = place<Loopback>(`<rtc-loopback for="screen" ${attributes}>${children}</rtc-loopback>`);
  return { video, loopback };
}

/** Resolves when a video shows a colour. */
const waitForColor = (video: HTMLVideoElement, color: Rgb) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), color), 12), {
    timeoutMs: 30_000,
  });

/** Resolves to the first statistics for which `condition` is true. */
const waitForStats = (loopback: Loopback, condition: (stats: LoopbackStats) => unknown = () => true) =>
  waitFor(() => (loopback.stats && condition(loopback.stats) ? loopback.stats : null), 'the statistics', {
    timeoutMs: 30_000,
  });

/** The peer connections that are made from now on, until the test is over. */
function collectPeers(): readonly RTCPeerConnection[] {
  const { RTCPeerConnection: Original } = globalThis;
  const peers: RTCPeerConnection[] = [];
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  };
  onCleanup(() => Object.assign(globalThis, { RTCPeerConnection: Original }));
  return peers;
}

describeIf(hasPeers, noPeers, 'an rtc-loopback', () => {
  it('sends the track of a source inside it, and outputs the received track', async () => {
    const { video, loopback } = placeLoopback();
    assert.equal(loopback.state, 'idle');
    await waitForColor(video, RED);
    assert.equal(loopback.state, 'live');
    assert.isTrue(loopback.matches(':state(live)'));
    const source = loopback.firstElementChild as PatternSource;
    assert.equal(loopback.track?.kind, 'video');
    assert.isFalse(loopback.track === source.track);
    assert.deepEqual([...loopback.stream.getTracks()], [loopback.track]);
  });

  it('opens no connection when a listener of statechange stops it', async () => {
    const peers = collectPeers();
    const { loopback } = placeLoopback('manual');
    loopback.addEventListener('statechange', () => loopback.state === 'connecting' && loopback.stop());
    loopback.start();
    await waitFor(() => loopback.state === 'stopped', 'stopped');
    await sleep(50);
    assert.isEmpty(peers);
    assert.equal(loopback.state, 'stopped');
    assert.isNull(loopback.stats);
  });

  it('sends the tracks of sources that name it with for, video and audio', async () => {
    const { loopback } = placeLoopback('id="loop"', '');
    place(
      '<pattern-source for="loop" width="320" height="240"></pattern-source><tone-source for="loop"></tone-source>',
    );
    await waitFor(() => loopback.tracks.length === 2, 'two tracks');
    assert.deepEqual(
      loopback.tracks.map(({ kind }) => kind),
      ['video', 'audio'],
    );
    assert.equal(loopback.track?.kind, 'video');
    const { video, audio } = await waitForStats(
      loopback,
      (current) => current.video?.bitrate && current.audio?.bitrate,
    );
    assert.deepEqual([video?.width, video?.height], [320, 240]);
    assert.match(`${video?.codec} ${audio?.codec}`, /^video\/\w+ audio\/opus$/i);
  });

  it('replaces a track without a negotiation: its output stays the same track', async () => {
    const { video, loopback } = placeLoopback();
    await waitForColor(video, RED);
    const { track } = loopback;
    loopback.innerHTML = solidSource('lime');
    await waitForColor(video, LIME);
    assert.isTrue(loopback.track === track);
    loopback.replaceChildren();
    const { track: removed } = await nextEvent<MediaStreamTrackEvent>(loopback, 'removetrack');
    assert.isTrue(removed === track);
    assert.isNull(loopback.track);
  });

  it('uses the codec of its attribute, also after a change', async () => {
    const { loopback } = placeLoopback('codec="vp8"');
    const waitForCodec = (wanted: string) =>
      waitForStats(loopback, ({ video }) => video?.codec.toLowerCase() === wanted && video.bitrate);
    await waitForCodec('video/vp8');
    const { track } = loopback;
    loopback.codec = 'VP9';
    await waitForCodec('video/vp9');
    assert.isTrue(loopback.track === track);
    assert.equal(loopback.state, 'live');
  });

  it('scales the video down, and keeps to its maximum bit rate', async () => {
    const { loopback } = placeLoopback(
      'scale-down="2" max-bitrate="150000"',
      '<pattern-source pattern="snow" width="320" height="240"></pattern-source>',
    );
    const { video } = await waitForStats(loopback, (current) => (current.video?.framesDecoded ?? 0) > 60);
    assert.deepEqual([video?.width, video?.height], [160, 120]);
    assert.isBelow(video?.bitrate ?? 0, 300_000);
    assert.isAbove(video?.sentBitrate ?? 0, 20_000);
  });

  it('loses the share of audio packets that `loss` says, until it is 0 again', async () => {
    const { loopback } = placeLoopback('loss="0.25" seed="7"', '<tone-source></tone-source>');
    const { audio } = await waitForStats(loopback, (current) => (current.audio?.samples ?? 0) > 48_000 * 3);
    assert.isAbove(audio?.concealedSamples ?? 0, 48_000 * 0.3);
    // 50 packets a second.
    assert.closeTo((audio?.framesLost ?? 0) / ((audio?.samples ?? 0) / 960), 0.25, 0.1);
    assert.equal(audio?.packetsLost, audio?.framesLost);
    assert.equal(audio?.packetsRetransmitted, 0);
    loopback.loss = 0;
    await sleep(1500);
    const before = (await waitForStats(loopback)).audio?.concealedSamples ?? 0;
    await sleep(2000);
    const after = (await waitForStats(loopback)).audio?.concealedSamples ?? 0;
    assert.isBelow(after - before, 4800);
  });

  it('delays the video by `delay`', async () => {
    const { loopback, video } = placeLoopback('delay="0"');
    await waitForColor(video, RED);
    /** Resolves to how long a change of the source takes to appear. */
    const changeColor = async (color: string, rgb: Rgb) => {
      const startTime = performance.now();
      byId<PatternSource>('source').color = color;
      await waitForColor(video, rgb);
      return performance.now() - startTime;
    };
    await changeColor('lime', LIME);
    loopback.delay = 1500;
    await sleep(1000);
    assert.isAbove(await changeColor('blue', BLUE), 1200);
  });

  it('applies settings that change while it connects', async () => {
    const { loopback } = placeLoopback();
    await waitFor(() => loopback.state === 'connecting', 'connecting');
    loopback.loss = 1;
    await waitFor(() => loopback.state === 'live', 'live');
    await sleep(500);
    assert.isNull((await waitForStats(loopback)).video);
    loopback.loss = 0;
    await waitForStats(loopback, (current) => (current.video?.framesDecoded ?? 0) > 5);
  });

  for (const codec of ['VP8', 'VP9', 'H264']) {
    it(`shows a test card in its size from the first picture on, and soon at its rate: ${codec}`, async function () {
      const sendable = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
      if (!sendable.some(({ mimeType }) => mimeType === `video/${codec}`))
        skip(this, `this engine does not send ${codec}`);
      const { video, loopback } = placeLoopback(
        `codec="${codec}"`,
        '<pattern-source id="source" pattern="card"></pattern-source>',
      );
      await waitFor(() => video.videoWidth, 'a picture');
      assert.deepEqual([video.videoWidth, video.videoHeight], [1280, 720]);
      const counts = async () => ({
        decoded: (await waitForStats(loopback, (current) => current.video)).video?.framesDecoded ?? 0,
        produced: (await byId<PatternSource>('source').getStats()).produced,
      });
      await sleep(1500);
      const before = await counts();
      await sleep(1500);
      const after = await counts();
      // A busy machine encodes fewer of them; a bit rate that is too low for them leaves two a second.
      assert.isAbove((after.decoded - before.decoded) / (after.produced - before.produced), 0.4);
      assert.deepEqual([video.videoWidth, video.videoHeight], [1280, 720]);
    });
  }

  it('warns once that faults have no effect in a browser without RTCRtpScriptTransform, and connects', async () => {
    const { RTCRtpScriptTransform: Original } = globalThis;
    Object.assign(globalThis, { RTCRtpScriptTransform: undefined });
    onCleanup(() => Object.assign(globalThis, { RTCRtpScriptTransform: Original }));
    const { video, loopback } = placeLoopback('');
    const warnings: string[] = [];
    loopback.addEventListener('warning', (event) => {
      event.preventDefault();
      warnings.push(event.message);
    });
    await waitForColor(video, RED);
    assert.deepEqual(warnings, []);
    loopback.loss = 0.5;
    await waitFor(() => warnings.length > 0, 'a warning');
    loopback.delay = 200;
    await waitForStats(loopback, (current) => current.video?.bitrate);
    assert.deepEqual(warnings, [
      'This browser has no RTCRtpScriptTransform: loss, delay, jitter and freeze have no effect.',
    ]);
    assert.isBelow(loopback.stats?.roundTripTime ?? 0, 200);
    assert.equal(loopback.state, 'live');
  });

  it('does not start if it is stopped in the same task', async () => {
    const { loopback } = placeLoopback();
    loopback.stop();
    await sleep(300);
    assert.equal(loopback.state, 'idle');
    loopback.start();
    loopback.stop();
    await sleep(300);
    assert.equal(loopback.state, 'idle');
  });

  it('freezes for `freeze` ms of each ten seconds, and continues when it is 0', async () => {
    const { loopback } = placeLoopback(
      'freeze="9000"',
      '<pattern-source pattern="ball" width="320" height="240"></pattern-source>',
    );
    await waitFor(() => loopback.state === 'live', 'live');
    await sleep(2500);
    const frames = async () => (await waitForStats(loopback)).video?.framesDecoded ?? 0;
    const framesBefore = await frames();
    await sleep(2500);
    assert.isAtMost((await frames()) - framesBefore, 2);
    loopback.freeze = 0;
    await waitFor(async () => (await frames()) > framesBefore + 30, 'more frames', { timeoutMs: 30_000 });
  });

  it('fails with an invalid attribute, and is live again after it is corrected', async () => {
    const { video, loopback } = placeLoopback('codec="VP7"');
    const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
    assert.equal(error.name, 'TypeError');
    assert.match(error.message, /^codec is "VP7"; it must be one of those that this browser can send: .*VP8/);
    assert.isTrue(loopback.matches(':state(failed)'));
    loopback.codec = '';
    await waitForColor(video, RED);
    for (const [attribute, value, message] of [
      ['loss', '2', 'loss is 2; it must be a number from 0 to 1.'],
      ['unrecovered', '-0.1', 'unrecovered is -0.1; it must be a number from 0 to 1.'],
      ['delay', '-1', 'delay is -1; it must be a number from 0 to 10000 ms.'],
      ['jitter-target', '9999', 'jitterTarget is 9999; it must be a number from 0 to 4000 ms.'],
      ['scale-down', '0.5', 'scaleDown is 0.5; it must be a number of at least 1.'],
    ]) {
      const failed = nextEvent<ErrorEvent>(loopback, 'error');
      loopback.setAttribute(attribute, value);
      const { error: rangeError } = await failed;
      assert.equal(rangeError.name, 'RangeError');
      assert.equal(rangeError.message, message);
      assert.equal(loopback.state, 'failed');
      loopback.removeAttribute(attribute);
      await waitFor(() => loopback.state === 'live', 'live again');
    }
    await waitForColor(video, RED);
  });

  it('takes the `jitter-target` 0 for 0 ms, and leaves it to the browser without one', async function () {
    if (!('jitterBufferTarget' in RTCRtpReceiver.prototype)) skip(this, 'this engine has no jitterBufferTarget');
    const peers = collectPeers();
    const { loopback } = placeLoopback('jitter-target="0"');
    const targets = () =>
      peers
        .flatMap((peer) => peer.getTransceivers())
        .filter(({ currentDirection }) => currentDirection === 'recvonly')
        .map(({ receiver }) => Reflect.get(receiver, 'jitterBufferTarget'));
    const waitForTarget = (target: number | null) =>
      waitFor(
        () => JSON.stringify(targets()) === JSON.stringify([target, target]),
        () => `the target ${target} (the targets are ${targets()})`,
      );
    await waitFor(() => loopback.state === 'live', 'live');
    await waitForTarget(0);
    loopback.jitterTarget = 120;
    await waitForTarget(120);
    loopback.removeAttribute('jitter-target');
    await waitForTarget(null);
  });

  it('stops and starts by command', async () => {
    const { video, loopback } = placeLoopback('id="loop"');
    place('<button commandfor="loop" command="--stop"></button><button commandfor="loop" command="--start"></button>');
    const [stop, start] = document.querySelectorAll('button');
    await waitForColor(video, RED);
    const track = loopback.track as MediaStreamTrack;
    (stop as HTMLButtonElement).click();
    assert.equal(loopback.state, 'stopped');
    await waitFor(() => video.srcObject === null, 'no stream');
    assert.equal(track.readyState, 'ended');
    assert.equal((loopback.firstElementChild as PatternSource).track?.readyState, 'live');
    (start as HTMLButtonElement).click();
    await waitForColor(video, RED);
  });

  it('stops and ends its output when it is removed', async () => {
    const { video, loopback } = placeLoopback();
    await waitForColor(video, RED);
    const track = loopback.track as MediaStreamTrack;
    loopback.remove();
    await waitFor(() => loopback.state === 'stopped', 'stopped');
    assert.isNull(loopback.track);
    assert.equal(track.readyState, 'ended');
  });
});

describe('an rtc-loopback without RTCPeerConnection', () => {
  it('fails with NotSupportedError', async () => {
    hidePeerConnections();
    const { loopback } = placeLoopback();
    const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /no RTCPeerConnection/);
    assert.isTrue(loopback.matches(':state(failed)'));
  });
});
