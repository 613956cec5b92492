/** The desk as its visitor has it: the whole page, in a frame. */
import { catalogue } from 'track-elements/signals';
import { freshPath, mediaServer } from '../support/media-server.js';
import { hasPeers, hasRecorder, noPeers, noRecorder, skip } from '../support/skipping.js';
import { after, assert, before, describe, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

describe('The desk', () => {
  let frame: HTMLIFrameElement;
  let page: Document;

  before(async function () {
    this.timeout(30_000);
    frame = document.createElement('iframe');
    frame.allow = 'autoplay';
    frame.style.cssText = 'width: 1280px; height: 900px; border: 0';
    frame.src = '/demo/index.html';
    document.body.append(frame);
    await nextEvent(frame, 'load', { timeoutMs: 30_000 });
    page = frame.contentDocument as Document;
  });

  after(async () => {
    // WebKitGTK's web process crashes now and then when a frame goes whose videos still play tracks.
    for (const button of page.querySelectorAll<HTMLElement>('[command="--stop"]')) button.click();
    part<HTMLElement & { stop(): void }>('#mine').stop();
    for (const video of page.querySelectorAll('video')) video.srcObject = null;
    await sleep(1000);
    frame.remove();
  });

  const part = <T extends HTMLElement>(selector: string): T => {
    const found = page.querySelector<T>(selector);
    assert.isNotNull(found, `the desk has a ${selector}`);
    return found as T;
  };

  /** Types into a field and leaves it. */
  const type = (selector: string, value: string) => {
    const field = part<HTMLInputElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };

  const choose = (name: string, value: string) => part(`[name="${name}"][value="${value}"]`).click();

  it('plays the pattern in its video', async () => {
    const video = part<HTMLVideoElement>('#screen');
    await waitFor(() => video.videoWidth === 1280 && video.videoHeight === 720, 'a size');
    const began = video.currentTime;
    await waitFor(() => video.currentTime > began + 0.3, 'playing');
  });

  it('offers every pattern and waveform of the catalogue by groups, each with a picture', async () => {
    for (const [picker, kind] of [
      ['#patterns', 'video'],
      ['#waveforms', 'audio'],
    ]) {
      const signals = catalogue.filter((signal) => signal.kind === kind);
      const groups = [...part(picker).querySelectorAll('[role="group"]')];
      assert.sameMembers(
        groups.map((group) => group.querySelector('h3')?.textContent ?? ''),
        [...new Set(signals.map(({ group }) => group))],
      );
      const choices = [...part(picker).querySelectorAll('label')];
      assert.sameMembers(
        choices.map((choice) => choice.querySelector('input')?.value ?? ''),
        signals.map(({ name }) => name),
      );
      for (const choice of choices) {
        await waitFor(() => choice.querySelector('canvas[data-drawn], polyline') !== null, choice.title);
      }
    }
  });

  it('shows the one that is chosen, wherever it is in the list', async () => {
    const picker = part('#patterns');
    const last = [...picker.querySelectorAll('input')].at(-1) as HTMLInputElement;
    part('#bars').setAttribute('pattern', last.value);
    await waitFor(() => last.checked, 'checked');
    const [box, choice] = [picker, last.parentElement as HTMLElement].map((each) => each.getBoundingClientRect());
    assert.isAtLeast(choice.top, box.top);
    assert.isAtMost(choice.bottom, box.bottom);
    part('#bars').removeAttribute('pattern');
    await waitFor(() => picker.scrollTop < 40, 'at the top again');
  });

  it('shows another pattern on the same track', async () => {
    const video = part<HTMLVideoElement>('#screen');
    const [track] = (video.srcObject as MediaStream).getVideoTracks();
    choose('pattern', 'solid');
    type('[name="color"]', 'red');
    await waitFor(() => {
      const [red, green, blue] = middleOf(video);
      return red > 240 && green < 15 && blue < 15;
    }, 'a red picture');
    assert.strictEqual((video.srcObject as MediaStream).getVideoTracks()[0], track);
    assert.equal(track.readyState, 'live');
  });

  it('writes out the markup, without what is the default', async () => {
    const markup = part('#markup');
    choose('pattern', 'ball');
    type('[name="color"]', 'gold');
    await waitFor(() => /<pattern-source [^>]*\spattern="ball"/.test(markup.textContent ?? ''), 'the pattern');
    assert.include(markup.textContent, 'color="gold"');
    choose('pattern', 'smpte-hd');
    type('[name="color"]', '');
    await waitFor(() => !markup.textContent?.includes('pattern='), 'no pattern');
    assert.notInclude(markup.textContent, 'color=');
    assert.notInclude(markup.textContent, 'width=');
  });

  it('offers a color where the pattern has one', async () => {
    const field = part('[data-used-as="color"]');
    await waitFor(() => field.hidden === true, 'no field');
    choose('pattern', 'checkers');
    await waitFor(() => !field.hidden, 'the field');
    choose('pattern', 'smpte-hd');
    await waitFor(() => field.hidden === true, 'no field');
  });

  it('offers what only the chosen pattern knows, and writes out what is not the default', async () => {
    const markup = part('#markup');
    choose('pattern', 'checkers');
    await waitFor(() => page.querySelector('[name="params.size"]') !== null, 'its field');
    assert.include(part('#pattern-params h3').textContent, 'Checkers');
    assert.notInclude(markup.textContent, 'params');
    type('[name="params.size"]', '90');
    await waitFor(() => markup.textContent?.includes(`params='{"size": 90}'`) === true, 'the parameter');
    const slider = part<HTMLInputElement>('[data-field="params.size"] [type="range"]');
    assert.equal(slider.getAttribute('aria-valuetext'), '90 px');
    choose('pattern', 'solid');
    await waitFor(() => !page.querySelector('[name="params.size"]'), 'another');
    assert.notInclude(markup.textContent, 'size');
    assert.equal(part('[data-state-of="bars"]').textContent, 'live');
    choose('pattern', 'checkers');
    await waitFor(() => page.querySelector<HTMLInputElement>('[name="params.size"]')?.value === '90', 'its own again');
    part('#pattern-params button').click();
    await waitFor(() => markup.textContent?.includes('params') === false, 'the default');
    choose('pattern', 'smpte-hd');
  });

  it('has a field for each kind of parameter, and one for every parameter of every signal', async () => {
    for (const { kind, name, parameters } of catalogue) {
      const [chooser, place] = kind === 'video' ? ['pattern', '#pattern-params'] : ['waveform', '#waveform-params'];
      choose(chooser, name);
      const fields = () => [...part(place).querySelectorAll<HTMLElement>('[data-field]')].map(({ dataset }) => dataset);
      const expected = parameters.map((parameter) => `params.${parameter.name}: ${parameter.type}`).join();
      await waitFor(() => {
        const shown = fields()
          .map(({ field, type: of }) => `${field}: ${of}`)
          .join();
        return shown === expected && part(place).hidden === (parameters.length === 0);
      }, `the fields of ${name}`);
    }
    for (const id of ['bars', 'tone']) assert.notEqual(part(`[data-state-of="${id}"]`).textContent, 'failed');
    choose('pattern', 'smpte-hd');
    choose('waveform', 'sine');
  });

  it('shows an error of a parameter at its field', async () => {
    const complaint = part('#picture .complaint');
    choose('pattern', 'checkers');
    await waitFor(() => page.querySelector('[name="params.size"]') !== null, 'its field');
    type('[name="params.size"]', '-3');
    await waitFor(() => /^params\.size .*-3/.test(complaint.textContent ?? ''), 'the error');
    assert.equal(part('[name="params.size"]').getAttribute('aria-invalid'), 'true');
    type('[name="params.size"]', '');
    await waitFor(() => complaint.textContent === '', 'no error');
    choose('pattern', 'smpte-hd');
  });

  it('follows a preset of the size', async () => {
    const video = part<HTMLVideoElement>('#screen');
    part('#sizes label').click();
    await waitFor(() => video.videoHeight === 360, '360 lines');
    assert.match(part('#markup').textContent ?? '', /width="640"\s+height="360"/);
    part('#sizes label:nth-of-type(3)').click();
    await waitFor(() => video.videoHeight === 720, '720 lines');
  });

  it('shows an error in place, in the words of the element', async () => {
    const complaint = part('#picture .complaint');
    type('[name="width"]', '1281');
    await waitFor(() => /^Width .*even.*1281/.test(complaint.textContent ?? ''), 'the error');
    assert.equal(part('[name="width"]').getAttribute('aria-invalid'), 'true');
    assert.equal(part('[data-state-of="bars"]').textContent, 'failed');
    type('[name="width"]', '1280');
    await waitFor(() => complaint.textContent === '', 'no error');
    assert.isFalse(part('[name="width"]').hasAttribute('aria-invalid'));
  });

  it('pauses and mutes by the commands of its buttons', async () => {
    const bars = part('#bars');
    for (const [command, attribute, back] of [
      ['--pause', 'paused', '--resume'],
      ['--mute', 'muted', '--unmute'],
    ]) {
      part(`[commandfor="bars"][command="${command}"]`).click();
      await waitFor(() => bars.hasAttribute(attribute), attribute);
      await waitFor(() => page.querySelector(`[commandfor="bars"][command="${back}"]`) !== null, back);
      part(`[commandfor="bars"][command="${back}"]`).click();
      await waitFor(() => !bars.hasAttribute(attribute), back);
    }
  });

  it('sets the frequency by a slider that goes in equal ratios', async () => {
    const slider = part<HTMLInputElement>('[data-field="frequency"] [type="range"]');
    slider.value = String(Number(slider.max) / 2);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await waitFor(() => /frequency="63\d"/.test(part('#markup').textContent ?? ''), 'the middle');
    assert.match(slider.getAttribute('aria-valuetext') ?? '', /^63\d Hz$/);
  });

  it('shows the same tracks after a peer connection', async function () {
    if (!hasPeers) {
      assert.isFalse(part('#no-peer').hidden, 'it says why there is none');
      skip(this, noPeers);
    }
    const video = part<HTMLVideoElement>('#remote');
    await waitFor(() => video.videoWidth > 0, 'a picture');
    choose('pattern', 'solid');
    type('[name="color"]', 'blue');
    await waitFor(() => {
      const [red, green, blue] = middleOf(video);
      return red < 25 && green < 25 && blue > 225;
    }, 'a blue picture');
  });

  it('has a way on which things go wrong, and figures that tell', async function () {
    if (!hasPeers) skip(this, noPeers);
    const figure = (title: string) => {
      const term = [...part('#way-figures').querySelectorAll('dt')].find(({ textContent }) => textContent === title);
      return term?.nextElementSibling?.textContent ?? '';
    };
    await waitFor(() => /\d (k|M)b\/s/.test(figure('Video')) && /\d kb\/s/.test(figure('Sound')), 'a bit rate');
    assert.match(figure('Size'), /^1280 × 720$/);
    choose('network', 'lossy');
    await waitFor(() => /<rtc-loopback [^>]*loss="0\.05"/.test(part('#markup').textContent ?? ''), 'the markup');
    assert.equal(part<HTMLInputElement>('#way [name="loss"]').value, '0.05');
    await waitFor(() => Number.parseFloat(figure('Concealed')) > 0.5, 'made-up sound');
    choose('network', 'clean');
    await waitFor(() => !part('#markup').textContent?.includes('loss='), 'no loss');
  });

  it('sends as it is told, and says what cannot be', async function () {
    if (!hasPeers) skip(this, noPeers);
    const codecs = [...part<HTMLSelectElement>('#codecs').options].map(({ value }) => value);
    assert.includeMembers(codecs, ['', 'VP8']);
    assert.notInclude(codecs, 'rtx');
    type('#way [name="scale-down"]', '2');
    await waitFor(() => part<HTMLVideoElement>('#remote').videoWidth === 640, 'a smaller picture');
    type('#way [name="scale-down"]', '1');
    const complaint = part('#way .complaint');
    type('#way [name="loss"]', '3');
    await waitFor(() => /loss/i.test(complaint.textContent ?? ''), 'the error');
    assert.equal(part('#way [name="loss"]').getAttribute('aria-invalid'), 'true');
    assert.equal(part('[data-state-of="loopback"]').textContent, 'failed');
    type('#way [name="loss"]', '0');
    await waitFor(() => complaint.textContent === '', 'no error');
    await waitFor(() => part('[data-state-of="loopback"]').textContent === 'live', 'live');
  });

  it('stops and starts the peers', async function () {
    if (!hasPeers) skip(this, noPeers);
    part('[commandfor="loopback"][command="--stop"]').click();
    await waitFor(() => part('[data-state-of="loopback"]').textContent === 'stopped', 'stopped');
    await waitFor(() => page.querySelector('[commandfor="loopback"][command="--start"]') !== null, 'a button');
    part('[commandfor="loopback"][command="--start"]').click();
    await waitFor(() => part('[data-state-of="loopback"]').textContent === 'live', 'live');
  });

  it('records both tracks, and offers what was recorded', async function () {
    if (!hasRecorder) skip(this, noRecorder);
    const [button, reading] = [part('#record'), part('#recorded')];
    const recorder = part<HTMLElement & { blob: Blob | null }>('#recorder');
    button.click();
    await waitFor(() => /^0:0[1-9] · \d+ kB$/.test(reading.textContent ?? ''), 'time and size');
    assert.equal(button.textContent, 'Stop');
    button.click();
    await waitFor(() => (recorder.blob?.size ?? 0) > 1000, 'a recording');
    const link = recorder.shadowRoot?.querySelector('a') as HTMLAnchorElement;
    assert.match(link.download, /^track-elements\.\w+$/);
    assert.notEqual(getComputedStyle(link).display, 'none');
    assert.equal(button.textContent, 'Record');
  });

  it('says how to get a media server where none came with it', () => {
    assert.match(part('#server-note').textContent ?? '', /npm run sfu/);
    assert.equal(part<HTMLInputElement>('#publishing [name="endpoint"]').value, '');
  });

  it('publishes to a media server, with the token, and plays from it', async function () {
    this.timeout(40_000);
    if (!hasPeers) skip(this, noPeers);
    const path = `${await mediaServer.start()}/${freshPath()}`;
    for (const [form, kind, id] of [
      ['#publishing', 'whip', 'publisher'],
      ['#playing', 'whep', 'player'],
    ]) {
      type(`${form} [name="endpoint"]`, `${path}/${kind}?token=secret`);
      type(`${form} [name="token"]`, 'secret');
      await waitFor(() => part('#publish-markup').textContent?.includes(`/${kind}?`) === true, 'the markup');
      part(`[commandfor="${id}"][command="--start"]`).click();
      await waitFor(() => part(`[data-state-of="${id}"]`).textContent === 'live', `live ${id}`);
    }
    assert.notMatch(part('#publish-markup').textContent ?? '', /token=.?"secret|manual|loopback/);
    const video = part<HTMLVideoElement>('#played');
    choose('pattern', 'solid');
    type('[name="color"]', 'lime');
    await waitFor(() => {
      const [red, green, blue] = middleOf(video);
      return red < 60 && green > 200 && blue < 60;
    }, 'a green picture');
    await waitFor(() => Boolean(part('#nothing-played').hidden), 'no note');
    for (const id of ['player', 'publisher']) {
      part(`[commandfor="${id}"][command="--stop"]`).click();
      await waitFor(() => part(`[data-state-of="${id}"]`).textContent === 'stopped', `stopped ${id}`);
    }
    await waitFor(() => !part('#nothing-played').hidden, 'a note');
  });

  it('shows the canvas that is written', async () => {
    const video = part<HTMLVideoElement>('#written');
    await waitFor(() => video.videoWidth === 640 && video.videoHeight === 360, 'its size');
    const picture = () =>
      drawn(video)
        .getImageData(0, 0, 64, 36)
        .data.filter((_, i) => i % 4 < 3);
    await waitFor(() => picture().some((level) => level > 100), 'lines');
    const earlier = picture().join();
    await waitFor(() => picture().join() !== earlier, 'it moves');
  });

  it('counts, about twice a second', async () => {
    const produced = () => {
      const row = [...part('#figures').querySelectorAll('tbody tr')].find((each) =>
        each.textContent?.includes('pattern-source'),
      );
      return Number(row?.querySelector('[data-title^="Frames"]')?.textContent?.replaceAll(',', ''));
    };
    const before = produced();
    await waitFor(() => produced() > before, 'more frames');
  });

  it('changes between light and dark, and remembers', () => {
    const scheme = () => getComputedStyle(page.documentElement).colorScheme;
    part('#theme').click();
    const first = scheme();
    part('#theme').click();
    assert.notEqual(scheme(), first);
    assert.equal(localStorage.getItem('theme'), scheme());
    localStorage.removeItem('theme');
  });
});

function drawn(video: HTMLVideoElement): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 36;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.drawImage(video, 0, 0, 64, 36);
  return context;
}

const middleOf = (video: HTMLVideoElement) => drawn(video).getImageData(32, 12, 1, 1).data;
