/* Two peers in the page: what comes in comes out, encoded, sent and decoded, and goes wrong on the way as it is told. */
import 'track-elements/define/all';
import type { LoopbackStats } from '../../dist/rtc/loopback-stats.js';
import { byId, place } from '../support/page.js';
import { hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Loopback = HTMLElementTagNameMap['rtc-loopback'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

function loop(
  attributes = '',
  children = '<pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>',
) {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  const loopback = place<Loopback>(`<rtc-loopback for="screen" ${attributes}>${children}</rtc-loopback>`);
  return { video, loopback };
}

const shows = (video: HTMLVideoElement, color: Rgb) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), color), 12), {
    timeoutMs: 12_000,
  });

/** The first figures for which something holds. */
async function stats(loopback: Loopback, holds: (stats: LoopbackStats) => unknown, patience = 15_000) {
  return waitFor(() => (loopback.stats && holds(loopback.stats) ? loopback.stats : null), 'figures', {
    timeoutMs: patience,
  });
}

describe('an rtc-loopback', () => {
  beforeEach(function () {
    if (!hasPeers) skip(this, noPeers);
  });
  it('sends what stands inside, and shows what arrives', async () => {
    const { video, loopback } = loop();
    assert.equal(loopback.state, 'idle');
    await shows(video, [255, 0, 0]);
    assert.equal(loopback.state, 'live');
    assert.isTrue(loopback.matches(':state(live)'));
    const source = loopback.firstElementChild as PatternSource;
    assert.equal(loopback.track?.kind, 'video');
    assert.isFalse(loopback.track === source.track);
    assert.deepEqual([...loopback.stream.getTracks()], [loopback.track]);
  });

  it('sends what names it with for, of both kinds', async () => {
    const { loopback } = loop('id="loop"', '');
    place(
      '<pattern-source for="loop" width="320" height="240"></pattern-source><tone-source for="loop"></tone-source>',
    );
    await waitFor(() => loopback.tracks.length === 2, 'two tracks');
    assert.deepEqual(
      loopback.tracks.map(({ kind }) => kind),
      ['video', 'audio'],
    );
    assert.equal(loopback.track?.kind, 'video');
    const { video, audio } = await stats(loopback, (all) => all.video?.bitrate && all.audio?.bitrate);
    assert.deepEqual([video?.width, video?.height], [320, 240]);
    assert.match(`${video?.codec} ${audio?.codec}`, /^video\/\w+ audio\/opus$/i);
  });

  it('exchanges a track without a new negotiation: what comes out stays the same track', async () => {
    const { video, loopback } = loop();
    await shows(video, [255, 0, 0]);
    const { track } = loopback;
    loopback.innerHTML = '<pattern-source pattern="solid" color="lime" width="320" height="240"></pattern-source>';
    await shows(video, [0, 255, 0]);
    assert.isTrue(loopback.track === track);
    loopback.replaceChildren();
    const { track: gone } = await nextEvent<MediaStreamTrackEvent>(loopback, 'removetrack');
    assert.isTrue(gone === track);
    assert.isNull(loopback.track);
  });

  it('uses the codec that is asked for, also when it changes', async () => {
    const { loopback } = loop('codec="vp8"');
    const codec = (wanted: string) =>
      stats(loopback, ({ video }) => video?.codec.toLowerCase() === wanted && video.bitrate);
    await codec('video/vp8');
    const { track } = loopback;
    loopback.codec = 'VP9';
    await codec('video/vp9');
    assert.isTrue(loopback.track === track);
    assert.equal(loopback.state, 'live');
  });

  it('scales down, and keeps to a bit rate', async () => {
    const { loopback } = loop(
      'scale-down="2" max-bitrate="150000"',
      '<pattern-source pattern="snow" width="320" height="240"></pattern-source>',
    );
    const { video } = await stats(loopback, (all) => (all.video?.framesDecoded ?? 0) > 60);
    assert.deepEqual([video?.width, video?.height], [160, 120]);
    assert.isBelow(video?.bitrate ?? 0, 300_000);
    assert.isAbove(video?.sentBitrate ?? 0, 20_000);
  });

  it('loses the share of encoded frames that it is told, the same ones in each run', async () => {
    const { loopback } = loop('loss="0.25" seed="7"', '<tone-source></tone-source>');
    const { audio } = await stats(loopback, (all) => (all.audio?.samples ?? 0) > 48_000 * 3);
    assert.isAbove(audio?.concealedSamples ?? 0, 48_000 * 0.3);
    loopback.loss = 0;
    await sleep(1500);
    const before = (await stats(loopback, () => true)).audio?.concealedSamples ?? 0;
    await sleep(2000);
    const after = (await stats(loopback, () => true)).audio?.concealedSamples ?? 0;
    assert.isBelow(after - before, 4800);
  });

  it('delays', async () => {
    const { loopback, video } = loop(
      'delay="0"',
      '<pattern-source id="own" pattern="solid" color="red" width="320" height="240"></pattern-source>',
    );
    await shows(video, [255, 0, 0]);
    const change = async (color: string, rgb: Rgb) => {
      const started = performance.now();
      byId<PatternSource>('own').color = color;
      await shows(video, rgb);
      return performance.now() - started;
    };
    await change('lime', [0, 255, 0]);
    loopback.delay = 1500;
    await sleep(1000);
    assert.isAbove(await change('blue', [0, 0, 255]), 1200);
  });

  it('does what is said while it still connects', async () => {
    const { loopback } = loop();
    await waitFor(() => loopback.state === 'connecting', 'connecting');
    loopback.loss = 1;
    const { video } = await stats(loopback, (all) => all.video?.bitrate);
    assert.equal(video?.framesDecoded, 0);
    loopback.loss = 0;
    await stats(loopback, (all) => (all.video?.framesDecoded ?? 0) > 5);
  });

  it('does not start when it is stopped in the same task', async () => {
    const { loopback } = loop();
    loopback.stop();
    await sleep(300);
    assert.equal(loopback.state, 'idle');
    loopback.start();
    loopback.stop();
    await sleep(300);
    assert.equal(loopback.state, 'idle');
  });

  it('freezes, and goes on', async () => {
    const { loopback } = loop(
      'freeze="9000"',
      '<pattern-source pattern="ball" width="320" height="240"></pattern-source>',
    );
    await waitFor(() => loopback.state === 'live', 'live');
    await sleep(2500);
    const frames = async () => (await stats(loopback, () => true)).video?.framesDecoded ?? 0;
    const frozen = await frames();
    await sleep(2500);
    assert.isAtMost((await frames()) - frozen, 2);
    loopback.freeze = 0;
    await waitFor(async () => (await frames()) > frozen + 30, 'going on', { timeoutMs: 15_000 });
  });

  it('says what is wrong, and comes back when it is corrected', async () => {
    const { video, loopback } = loop('codec="VP7"');
    const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
    assert.equal(error.name, 'TypeError');
    assert.match(error.message, /codec is "VP7"; to send, this browser has .*VP8/);
    assert.isTrue(loopback.matches(':state(failed)'));
    loopback.codec = '';
    await shows(video, [255, 0, 0]);
    for (const [attribute, value] of Object.entries({
      loss: '2',
      delay: '-1',
      'jitter-target': '9999',
      'scale-down': '0.5',
    })) {
      const heardOf = nextEvent<ErrorEvent>(loopback, 'error');
      loopback.setAttribute(attribute, value);
      const { error: wrong } = await heardOf;
      assert.equal(wrong.name, 'RangeError');
      assert.include(
        wrong.message,
        attribute.replace(/-(.)/, (_, letter) => letter.toUpperCase()),
      );
      assert.equal(loopback.state, 'failed');
      loopback.removeAttribute(attribute);
      await waitFor(() => loopback.state === 'live', 'live again');
    }
    await shows(video, [255, 0, 0]);
  });

  it('stops and starts by command, and frees everything when it is removed', async () => {
    const { video, loopback } = loop('id="loop"');
    place('<button commandfor="loop" command="--stop"></button><button commandfor="loop" command="--start"></button>');
    const [stop, start] = document.querySelectorAll('button');
    await shows(video, [255, 0, 0]);
    const track = loopback.track as MediaStreamTrack;
    (stop as HTMLButtonElement).click();
    assert.equal(loopback.state, 'stopped');
    await waitFor(() => video.srcObject === null, 'no stream');
    assert.equal(track.readyState, 'ended');
    assert.equal((loopback.firstElementChild as PatternSource).track?.readyState, 'live');
    (start as HTMLButtonElement).click();
    await shows(video, [255, 0, 0]);
    loopback.remove();
    await waitFor(() => loopback.state === 'stopped', 'stopped');
    assert.isNull(loopback.track);
  });
});

describe('an rtc-loopback without RTCPeerConnection', () => {
  it('fails and says so', async () => {
    const { RTCPeerConnection: own } = globalThis;
    Object.assign(globalThis, { RTCPeerConnection: undefined });
    try {
      const { loopback } = loop();
      const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
      assert.equal(error.name, 'NotSupportedError');
      assert.match(error.message, /no RTCPeerConnection/);
      assert.isTrue(loopback.matches(':state(failed)'));
    } finally {
      if (own) Object.assign(globalThis, { RTCPeerConnection: own });
    }
  });
});
