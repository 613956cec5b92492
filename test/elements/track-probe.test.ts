/* `<track-probe>`: its tracks, its report, its table, and the source of this page that it finds. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/track-generator';
import 'track-elements/define/track-probe';
import type { TrackProbeElement } from 'track-elements';
import { TrackGenerator } from 'track-elements/generator';
import type { ProbeReport } from 'track-elements/measure';
import { onCleanup } from '../support/cleanup.js';
import { MarkedVideo, PATTERN, SOURCE } from '../support/marked-frames.js';
import { place } from '../support/page.js';
import { isNative, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

/** Writes a picture every 50 ms, until the test is over or it is told to stop. */
function play(video: MarkedVideo, first = 0): () => void {
  let frame = first;
  const timer = setInterval(() => {
    if (video.track.readyState === 'live') void video.write(frame++).catch(() => {});
  }, 50);
  const stop = () => clearInterval(timer);
  onCleanup(stop);
  return stop;
}

const placeProbe = (attributes = '', inside = ''): TrackProbeElement =>
  place<TrackProbeElement>(`<track-probe ${attributes}>${inside}</track-probe>`);

/** The text of the cells of a row, and its label. */
function rowOf(probe: TrackProbeElement, part: string): string {
  const row = probe.shadowRoot?.querySelector(`[part~="${part}"]`);
  return (row?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** A marked source of this page that plays the pattern of {@link MarkedVideo}, and whose track nobody takes. */
function placeSource(): HTMLElement & { params: object } {
  const { pattern, width, height } = PATTERN;
  const source = place<HTMLElement & { params: object }>(
    `<pattern-source id="sent" pattern="${pattern}" width="${width}" height="${height}"></pattern-source>`,
  );
  Object.defineProperty(source, 'mark', { value: true });
  Object.defineProperty(source, 'sourceId', { value: SOURCE });
  return source;
}

describe('<track-probe>', () => {
  it('measures the stream that it is given, hidden or not, and shows the figures', async () => {
    const video = new MarkedVideo();
    const [shown, hidden] = [placeProbe(), placeProbe('hidden')];
    assert.equal(shown.state, 'idle');
    assert.deepEqual(shown.report.video, null);
    await shown.updateComplete;
    await eventually(() => assert.equal(rowOf(shown, 'caption'), 'No track: put a source inside'));
    shown.srcObject = hidden.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => (shown.report.video?.received ?? 0) > 5, 'five pictures');
    await waitFor(() => (hidden.report.video?.received ?? 0) > 5, 'five pictures of the hidden one');
    assert.equal(shown.state, 'measuring');
    assert.isTrue(shown.matches(':state(measuring)'));
    assert.equal(shown.report.video?.corrupt, 0);
    await eventually(() => {
      assert.match(rowOf(shown, 'received'), /^Received \d+$/);
      assert.equal(rowOf(shown, 'corrupt'), 'Damaged 0');
      assert.equal(rowOf(shown, 'size'), 'Picture size 320 × 180');
      assert.match(rowOf(shown, 'frame-rate'), /^Frame rate \d+\.\d fps$/);
    });
    assert.equal(getComputedStyle(hidden).display, 'none');
  });

  it('fires a report each second', async () => {
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    const { report } = await nextEvent<Event & { report: ProbeReport }>(probe, 'report');
    assert.isAtLeast(report.video?.received ?? 0, 1);
    assert.deepEqual(JSON.parse(JSON.stringify(probe)).video.sources, [SOURCE]);
  });

  it('says that the track has ended, and keeps the figures', async () => {
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    const stop = play(video);
    await waitFor(() => (probe.report.video?.received ?? 0) > 2, 'pictures');
    stop();
    probe.srcObject = null;
    await waitFor(() => probe.state === 'ended', 'the state ended');
    await waitFor(() => probe.report.video?.findings.includes('The video track has ended.'), 'the finding');
    assert.isAbove(probe.report.video?.received ?? 0, 2);
    await eventually(() => assert.match(rowOf(probe, 'findings'), /The video track has ended\./));
  });

  it('finds the source of the marks on the page: latency needs no clock, and pictures are compared', async function () {
    const video = new MarkedVideo();
    placeSource();
    const probe = placeProbe();
    probe.compareEvery = 1;
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => probe.report.video?.latency.median != null, 'a latency');
    assert.notInclude(probe.report.unsupported.join(), 'the clock of the source is not known');
    if (!isNative) skip(this, 'this engine does not hand over the planes of written pictures');
    await waitFor(
      () => probe.report.video?.psnr === 100,
      () => `a PSNR: ${JSON.stringify(probe.report)}`,
    );
  });

  for (const where of ['below its children', 'in a shadow tree of it'])
    it(`compares no picture with a source that is a layer of a generator: ${where}`, async function () {
      if (!isNative) skip(this, 'this engine does not hand over the planes of written pictures');
      const video = new MarkedVideo();
      const source = placeSource();
      const generator = place('<track-generator kind="video"><div></div></track-generator>');
      const inside = generator.firstElementChild as Element;
      const tree = where.includes('shadow') ? inside.attachShadow({ mode: 'open' }) : inside;
      const probe = placeProbe('compare-every="1"');
      // A probe finds the sources of its own tree.
      tree.append(source, probe);
      probe.srcObject = new MediaStream([video.track]);
      play(video);
      await waitFor(() => probe.report.video?.latency.median != null, 'a latency');
      const { video: before } = probe.report;
      await waitFor(() => (probe.report.video?.received ?? 0) > (before?.received ?? 0) + 20, 'more pictures');
      assert.isNull(probe.report.video?.psnr);
      assert.include(probe.report.unsupported.join(), 'the pattern of the source is not known');
    });

  it('compares with the source whose id it is given, as it changes', async function () {
    if (!isNative) skip(this, 'this engine does not hand over the planes of written pictures');
    const video = new MarkedVideo();
    const source = place(`<pattern-source id="given" pattern="ebu-75" width="320" height="180"></pattern-source>`);
    const probe = placeProbe('reference="given" compare-every="1"');
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => probe.report.video?.psnr === 100, 'the best PSNR');
    source.setAttribute('pattern', 'smpte-hd');
    await waitFor(() => (probe.report.video?.psnr ?? 100) < 50, 'a lower PSNR');
  });

  it('resets by a method and by a command', async () => {
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => (probe.report.video?.received ?? 0) > 20, 'twenty pictures');
    probe.reset();
    assert.isNull(probe.report.video);
    await waitFor(() => probe.report.video !== null, 'a report after it');
    const event = Object.assign(new Event('command'), { command: '--reset' });
    probe.dispatchEvent(event);
    assert.isNull(probe.report.video);
  });

  it('verifies, and rejects with a sentence for each bound that failed', async () => {
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    const report = await probe.verify({ frames: 10, corrupt: 0 });
    assert.isAtLeast(report.video?.received ?? 0, 10);
    const failure = await probe.verify({ frames: 10, frameRate: 500 }).catch((error: Error) => error);
    assert.match(
      `${failure}`,
      /^VerificationError: frameRate is [\d.]+ per second; it must be at least 500 per second\.$/,
    );
  });

  for (const [name, value, message] of [
    ['clock', 'soon', /^clock is "soon"; it must be a number in ms, or an object/],
    ['compareEvery', 0, /^compareEvery is 0; it must be a whole number of at least 1/],
    ['frameRate', 5, /^frameRate is 5; it must be a number from 10 to 120/],
    ['reference', 'nobody', /^reference is "nobody"; it must be the id of a pattern-source/],
    ['reference', {}, /^reference is Object; it must be an object such as/],
    ['peerConnection', {}, /^peerConnection is .*; it must be an RTCPeerConnection, or a list of them/],
  ] as const) {
    it(`says what is wrong with ${name}, and recovers when it is unset`, async () => {
      const probe = placeProbe();
      probe.addEventListener('error', (event) => event.preventDefault());
      const failed = nextEvent<ErrorEvent>(probe, 'error');
      Object.assign(probe, { [name]: value });
      assert.match((await failed).message, message);
      assert.equal(probe.state, 'failed');
      Object.assign(probe, { [name]: null });
      await probe.updateComplete;
      assert.equal(probe.state, 'idle');
    });
  }

  it('tells once of a reference that does not exist, also when a track comes', async () => {
    const probe = placeProbe('reference="nobody"');
    const errors: string[] = [];
    probe.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push(event.message);
    });
    await waitFor(() => probe.state === 'failed', 'the state failed');
    const video = new MarkedVideo();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    for (let reports = 0; reports < 3; reports++) await nextEvent(probe, 'report');
    await sleep(50);
    assert.equal(probe.state, 'failed');
    assert.lengthOf(errors, 1);
  });

  it('ends its worker when it is removed, and measures from the beginning when it is put back', async () => {
    // The worker of the last test ends 250 ms after the removal of its probe.
    await sleep(400);
    const workers = countWorkers();
    onCleanup(() => workers.stop());
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => (probe.report.video?.received ?? 0) > 10, 'pictures');
    assert.equal(workers.running, 1);
    const states: string[] = [];
    probe.addEventListener('statechange', () => states.push(probe.state));
    probe.remove();
    await waitFor(() => probe.state === 'idle', 'the state idle');
    // The track has not ended.
    assert.deepEqual(states, ['idle']);
    await waitFor(() => workers.running === 0, 'the end of the worker');
    await sleep(50);
    const { received = 0 } = probe.report.video ?? {};
    document.body.append(probe);
    onCleanup(() => probe.remove());
    await waitFor(() => probe.state === 'measuring', 'the state measuring');
    await waitFor(() => (probe.report.video?.received ?? received) < received, 'a new count');
  });

  it('keeps its figures inside its frame in a narrow place, and each with its unit', async () => {
    const [video, audio] = [new MarkedVideo(), new TrackGenerator({ kind: 'audio' })];
    onCleanup(() => audio.stop());
    const probe = placeProbe('style="inline-size: 256px; font-family: sans-serif" clock="0"');
    probe.srcObject = new MediaStream([video.track, audio.track]);
    play(video);
    await waitFor(() => probe.report.video?.latency.median != null && probe.report.audio, 'figures of both');
    await probe.updateComplete;
    const [frame] = [...(probe.shadowRoot?.querySelectorAll('[part="base"]') ?? [])];
    assert.isAtMost(frame?.scrollWidth ?? Number.NaN, frame?.clientWidth ?? Number.NaN);
    // A line break may be at a plain space only.
    const cell = probe.shadowRoot?.querySelector('[part~="latency"] td')?.textContent?.trim();
    assert.match(cell ?? '', /^[\d.]+ ±\u00a0[\d.]+\u00a0ms$/);
  });

  it('names its table, its headings and its findings for a screen reader', async () => {
    const video = new MarkedVideo();
    const probe = placeProbe();
    probe.srcObject = new MediaStream([video.track]);
    play(video);
    await waitFor(() => (probe.report.video?.received ?? 0) > 2, 'pictures');
    await probe.updateComplete;
    const root = probe.shadowRoot as ShadowRoot;
    assert.equal(root.querySelector('caption')?.textContent?.trim(), 'Measuring');
    assert.equal(root.querySelectorAll('tbody th:not([scope="row"])').length, 0);
    assert.isNotNull(root.querySelector('[role="status"] > ul[part="findings"]'));
  });
});
