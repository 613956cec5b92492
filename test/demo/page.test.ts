/** The demo beside its forms: videos, WebRTC, recording, media server, canvas, statistics and theme. */
import { freshPath, mediaServer } from '../support/media-server.js';
import { encodesVideo, hasPeers, noPeers, noVideoEncoder, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';
import { colorOf, smallPicture, useDemoPage } from './demo-page.js';

describe('The demo', () => {
  const page = useDemoPage();
  const stateOf = (id: string) => page.textOf(`[data-state-of="${id}"]`);

  async function showColor(color: string): Promise<void> {
    page.choose('pattern', 'solid');
    await waitFor(() => page.has('#pattern-form [name="color"]'), 'the field of the color');
    page.type('#pattern-form [name="color"]', color);
  }

  it('plays the pattern in its video', async () => {
    const video = page.videoOf('#screen');
    await waitFor(() => video.videoWidth === 1280 && video.videoHeight === 720, 'a picture of 1280 × 720');
    const start = video.currentTime;
    await waitFor(() => video.currentTime > start + 0.3, 'playback');
  });

  it('shows the same tracks after a peer connection, or says why there is none', async function () {
    if (!hasPeers) {
      assert.match(page.textOf('#no-track'), /no WebRTC/);
      skip(this, noPeers);
    }
    const video = page.videoOf('#received');
    await waitFor(() => video.videoWidth > 0, 'a picture');
    await showColor('blue');
    await waitFor(() => {
      const [red, green, blue] = colorOf(video);
      return red < 25 && green < 25 && blue > 225;
    }, 'a blue picture');
  });

  it('measures what has arrived by the marks of the source', async function () {
    if (!hasPeers) skip(this, noPeers);
    const probe = page.find<HTMLElementTagNameMap['track-probe']>('#probe');
    const { sourceId } = page.find<HTMLElementTagNameMap['pattern-source']>('#bars');
    await waitFor(() => (probe.report.video?.received ?? 0) > 10, 'figures');
    assert.deepEqual(probe.report.video?.sources, [sourceId]);
  });

  it('simulates a network that loses frames, and shows its statistics', async function () {
    if (!hasPeers) skip(this, noPeers);
    const statistic = (title: string) => {
      const terms = [...page.find('#loopback-stats').querySelectorAll('dt')];
      return terms.find(({ textContent }) => textContent === title)?.nextElementSibling?.textContent ?? '';
    };
    await waitFor(
      () => /\d (k|M)b\/s/.test(statistic('Video bit rate')) && /\d kb\/s/.test(statistic('Audio bit rate')),
      'the bit rates',
    );
    assert.match(statistic('Video size'), /^1280 × 720$/);
    page.choose('network', 'lossy');
    await waitFor(() => /<rtc-loopback [^>]*loss="0\.05"/.test(page.textOf('#markup')), 'the loss in the markup');
    assert.equal(page.find<HTMLInputElement>('#loopback-form [name="loss"]').value, '0.05');
    await waitFor(() => Number.parseFloat(statistic('Concealed')) > 0.5, 'concealed audio');
    page.choose('network', 'perfect');
    await waitFor(() => !page.textOf('#markup').includes('loss='), 'markup without loss');
  });

  it('sends a smaller picture, and shows the error of a wrong value below its field', async function () {
    if (!hasPeers) skip(this, noPeers);
    // A menu, or segments in a browser with few codecs.
    const names = page.valuesOf('#loopback-form [data-field="codec"]');
    assert.includeMembers(names, ['', 'VP8']);
    assert.notInclude(names, 'rtx');
    page.type('#loopback-form [name="scale-down"]', '2');
    await waitFor(() => page.videoOf('#received').videoWidth === 640, 'a smaller picture');
    page.type('#loopback-form [name="scale-down"]', '1');
    page.type('#loopback-form [name="loss"]', '3');
    await waitFor(() => /loss.*3/i.test(page.textOf('#loopback-form [data-field="loss"] .error')), 'the error');
    assert.equal(page.find('#loopback-form [name="loss"]').getAttribute('aria-invalid'), 'true');
    assert.equal(stateOf('loopback'), 'failed');
    page.type('#loopback-form [name="loss"]', '0');
    await waitFor(() => !page.has('#loopback-form .error'), 'no error');
    await waitFor(() => stateOf('loopback') === 'live', 'a live loopback');
  });

  it('disconnects and connects the peers', async function () {
    if (!hasPeers) skip(this, noPeers);
    page.find('[commandfor="loopback"][command="--stop"]').click();
    await waitFor(() => stateOf('loopback') === 'stopped', 'a stopped loopback');
    await waitFor(() => page.has('[commandfor="loopback"][command="--start"]'), 'a button that starts it');
    page.find('[commandfor="loopback"][command="--start"]').click();
    await waitFor(() => stateOf('loopback') === 'live', 'a live loopback');
  });

  it('records both tracks, and offers the recording for download', async function () {
    if (!encodesVideo) skip(this, noVideoEncoder);
    const button = page.find('#record');
    const recorder = page.find<HTMLElement & { blob: Blob | null }>('#recorder');
    button.click();
    await waitFor(() => /^0:0[1-9] · \d+ kB$/.test(page.textOf('#recorded')), 'duration and size');
    assert.equal(button.textContent, 'Stop');
    button.click();
    await waitFor(() => (recorder.blob?.size ?? 0) > 1000, 'a recording');
    const link = recorder.shadowRoot?.querySelector('a') as HTMLAnchorElement;
    assert.match(link.download, /^track-elements\.\w+$/);
    assert.notEqual(getComputedStyle(link).display, 'none');
    assert.equal(button.textContent, 'Record');
  });

  it('says how to get a media server if it was opened without one', () => {
    assert.match(page.textOf('#server-note'), /npm run sfu/);
    assert.equal(page.find<HTMLInputElement>('#publish-form [name="endpoint"]').value, '');
  });

  it('publishes to a media server with a token, and plays from it', async function () {
    this.timeout(60_000);
    if (!hasPeers) skip(this, noPeers);
    const path = `${await mediaServer.start()}/${freshPath()}`;
    for (const [form, kind, id] of [
      ['#publish-form', 'whip', 'publisher'],
      ['#play-form', 'whep', 'player'],
    ]) {
      page.type(`${form} [name="endpoint"]`, `${path}/${kind}?token=secret`);
      page.type(`${form} [name="token"]`, 'secret');
      await waitFor(() => page.textOf('#server-markup').includes(`/${kind}?`), 'the endpoint in the markup');
      page.find(`[commandfor="${id}"][command="--start"]`).click();
      await waitFor(() => stateOf(id) === 'live', `a live ${id}`);
    }
    assert.notMatch(page.textOf('#server-markup'), /token=.?"secret|manual|loopback/);
    await showColor('lime');
    await waitFor(() => {
      const [red, green, blue] = colorOf(page.find('#played'));
      return red < 60 && green > 200 && blue < 60;
    }, 'a green picture');
    await waitFor(() => page.find('#nothing-played').hidden, 'no placeholder');
    for (const id of ['player', 'publisher']) {
      page.find(`[commandfor="${id}"][command="--stop"]`).click();
      await waitFor(() => stateOf(id) === 'stopped', `a stopped ${id}`);
    }
    await waitFor(() => !page.find('#nothing-played').hidden, 'the placeholder');
  });

  it('opens a virtual camera as an application does, and reports its faults', async () => {
    const open = () => page.find('#open-camera').click();
    open();
    await waitFor(() => /“Front camera” at 640 × 360/.test(page.textOf('#camera-note')), 'the camera');
    const video = page.find<HTMLVideoElement>('#camera-video');
    await waitFor(() => video.videoWidth === 640 && video.videoHeight === 360, 'its picture');
    assert.match(page.textOf('#camera-markup'), /<virtual-camera [^>]*>\s*<pattern-source /);
    page.find('#camera-form [name="unplugged"]').click();
    await waitFor(() => /has ended/.test(page.textOf('#camera-note')), 'the end of the track');
    open();
    await waitFor(() => /NotFoundError/.test(page.textOf('#camera-note')), 'the error');
    assert.isFalse(page.find('#no-camera').hidden);
  });

  it('shows the canvas that it writes', async () => {
    const video = page.find<HTMLVideoElement>('#written');
    await waitFor(() => video.videoWidth === 640 && video.videoHeight === 360, 'a picture of 640 × 360');
    const picture = () => smallPicture(video).data.filter((_, i) => i % 4 < 3);
    await waitFor(() => picture().some((level) => level > 100), 'the waves');
    const earlier = picture().join();
    await waitFor(() => picture().join() !== earlier, 'moving waves');
  });

  it('updates the statistics', async () => {
    const produced = () => {
      const rows = [...page.find('#source-stats').querySelectorAll('tbody tr')];
      const row = rows.find(({ textContent }) => textContent?.includes('pattern-source'));
      return Number(row?.querySelector('[data-title="Produced"]')?.textContent?.replaceAll(',', ''));
    };
    const before = produced();
    await waitFor(() => produced() > before, 'more frames');
  });

  it('switches between light and dark, and remembers the choice', () => {
    const scheme = () => getComputedStyle(page.document.documentElement).colorScheme;
    page.find('#theme').click();
    const first = scheme();
    page.find('#theme').click();
    assert.notEqual(scheme(), first);
    assert.equal(localStorage.getItem('theme'), scheme());
    localStorage.removeItem('theme');
  });
});
