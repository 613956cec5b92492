/** The desk as its visitor has it: the whole page, in a frame. */
import { catalogue } from 'track-elements/signals';
import { isWebKit } from '../support/backends.js';
import { freshPath, mediaServer } from '../support/media-server.js';
import { after, assert, before, describe, it } from '../support/suite.js';

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
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    page = frame.contentDocument as Document;
  });

  after(async () => {
    // WebKitGTK's web process crashes now and then when a frame goes whose videos still play tracks.
    for (const button of page.querySelectorAll<HTMLElement>('[command="--stop"]')) button.click();
    part<HTMLElement & { stop(): void }>('#mine').stop();
    for (const video of page.querySelectorAll('video')) video.srcObject = null;
    await new Promise((resolve) => setTimeout(resolve, 1000));
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
    await eventually('a size', () => video.videoWidth === 1280 && video.videoHeight === 720);
    const began = video.currentTime;
    await eventually('playing', () => video.currentTime > began + 0.3);
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
        await eventually(choice.title, () => choice.querySelector('canvas[data-drawn], polyline') !== null);
      }
    }
  });

  it('shows the one that is chosen, wherever it is in the list', async () => {
    const picker = part('#patterns');
    const last = [...picker.querySelectorAll('input')].at(-1) as HTMLInputElement;
    part('#bars').setAttribute('pattern', last.value);
    await eventually('checked', () => last.checked);
    const [box, choice] = [picker, last.parentElement as HTMLElement].map((each) => each.getBoundingClientRect());
    assert.isAtLeast(choice.top, box.top);
    assert.isAtMost(choice.bottom, box.bottom);
    part('#bars').removeAttribute('pattern');
    await eventually('at the top again', () => picker.scrollTop < 40);
  });

  it('shows another pattern on the same track', async () => {
    const video = part<HTMLVideoElement>('#screen');
    const [track] = (video.srcObject as MediaStream).getVideoTracks();
    choose('pattern', 'solid');
    type('[name="color"]', 'red');
    await eventually('a red picture', () => {
      const [red, green, blue] = middleOf(video);
      return red > 240 && green < 15 && blue < 15;
    });
    assert.strictEqual((video.srcObject as MediaStream).getVideoTracks()[0], track);
    assert.equal(track.readyState, 'live');
  });

  it('writes out the markup, without what is the default', async () => {
    const markup = part('#markup');
    choose('pattern', 'ball');
    type('[name="color"]', 'gold');
    await eventually('the pattern', () => /<pattern-source [^>]*\spattern="ball"/.test(markup.textContent ?? ''));
    assert.include(markup.textContent, 'color="gold"');
    choose('pattern', 'smpte-hd');
    type('[name="color"]', '');
    await eventually('no pattern', () => !markup.textContent?.includes('pattern='));
    assert.notInclude(markup.textContent, 'color=');
    assert.notInclude(markup.textContent, 'width=');
  });

  it('offers a color where the pattern has one', async () => {
    const field = part('[data-used-as="color"]');
    await eventually('no field', () => field.hidden === true);
    choose('pattern', 'checkers');
    await eventually('the field', () => !field.hidden);
    choose('pattern', 'smpte-hd');
    await eventually('no field', () => field.hidden === true);
  });

  it('offers what only the chosen pattern knows, and writes out what is not the default', async () => {
    const markup = part('#markup');
    choose('pattern', 'checkers');
    await eventually('its field', () => page.querySelector('[name="params.size"]') !== null);
    assert.include(part('#pattern-params h3').textContent, 'Checkers');
    assert.notInclude(markup.textContent, 'params');
    type('[name="params.size"]', '90');
    await eventually('the parameter', () => markup.textContent?.includes(`params='{"size": 90}'`) === true);
    const slider = part<HTMLInputElement>('[data-field="params.size"] [type="range"]');
    assert.equal(slider.getAttribute('aria-valuetext'), '90 px');
    choose('pattern', 'solid');
    await eventually('another', () => !page.querySelector('[name="params.size"]'));
    assert.notInclude(markup.textContent, 'size');
    assert.equal(part('[data-state-of="bars"]').textContent, 'live');
    choose('pattern', 'checkers');
    await eventually(
      'its own again',
      () => page.querySelector<HTMLInputElement>('[name="params.size"]')?.value === '90',
    );
    part('#pattern-params button').click();
    await eventually('the default', () => markup.textContent?.includes('params') === false);
    choose('pattern', 'smpte-hd');
  });

  it('has a field for each kind of parameter, and one for every parameter of every signal', async () => {
    for (const { kind, name, parameters } of catalogue) {
      const [chooser, place] = kind === 'video' ? ['pattern', '#pattern-params'] : ['waveform', '#waveform-params'];
      choose(chooser, name);
      const fields = () => [...part(place).querySelectorAll<HTMLElement>('[data-field]')].map(({ dataset }) => dataset);
      const expected = parameters.map((parameter) => `params.${parameter.name}: ${parameter.type}`).join();
      await eventually(`the fields of ${name}`, () => {
        const shown = fields()
          .map(({ field, type: of }) => `${field}: ${of}`)
          .join();
        return shown === expected && part(place).hidden === (parameters.length === 0);
      });
    }
    for (const id of ['bars', 'tone']) assert.notEqual(part(`[data-state-of="${id}"]`).textContent, 'failed');
    choose('pattern', 'smpte-hd');
    choose('waveform', 'sine');
  });

  it('shows an error of a parameter at its field', async () => {
    const complaint = part('#picture .complaint');
    choose('pattern', 'checkers');
    await eventually('its field', () => page.querySelector('[name="params.size"]') !== null);
    type('[name="params.size"]', '-3');
    await eventually('the error', () => /^params\.size .*-3/.test(complaint.textContent ?? ''));
    assert.equal(part('[name="params.size"]').getAttribute('aria-invalid'), 'true');
    type('[name="params.size"]', '');
    await eventually('no error', () => complaint.textContent === '');
    choose('pattern', 'smpte-hd');
  });

  it('follows a preset of the size', async () => {
    const video = part<HTMLVideoElement>('#screen');
    part('#sizes label').click();
    await eventually('360 lines', () => video.videoHeight === 360);
    assert.match(part('#markup').textContent ?? '', /width="640"\s+height="360"/);
    part('#sizes label:nth-of-type(3)').click();
    await eventually('720 lines', () => video.videoHeight === 720);
  });

  it('shows an error in place, in the words of the element', async () => {
    const complaint = part('#picture .complaint');
    type('[name="width"]', '1281');
    await eventually('the error', () => /^Width .*even.*1281/.test(complaint.textContent ?? ''));
    assert.equal(part('[name="width"]').getAttribute('aria-invalid'), 'true');
    assert.equal(part('[data-state-of="bars"]').textContent, 'failed');
    type('[name="width"]', '1280');
    await eventually('no error', () => complaint.textContent === '');
    assert.isFalse(part('[name="width"]').hasAttribute('aria-invalid'));
  });

  it('pauses and mutes by the commands of its buttons', async () => {
    const bars = part('#bars');
    for (const [command, attribute, back] of [
      ['--pause', 'paused', '--resume'],
      ['--mute', 'muted', '--unmute'],
    ]) {
      part(`[commandfor="bars"][command="${command}"]`).click();
      await eventually(attribute, () => bars.hasAttribute(attribute));
      await eventually(back, () => page.querySelector(`[commandfor="bars"][command="${back}"]`) !== null);
      part(`[commandfor="bars"][command="${back}"]`).click();
      await eventually(back, () => !bars.hasAttribute(attribute));
    }
  });

  it('sets the frequency by a slider that goes in equal ratios', async () => {
    const slider = part<HTMLInputElement>('[data-field="frequency"] [type="range"]');
    slider.value = String(Number(slider.max) / 2);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await eventually('the middle', () => /frequency="63\d"/.test(part('#markup').textContent ?? ''));
    assert.match(slider.getAttribute('aria-valuetext') ?? '', /^63\d Hz$/);
  });

  it('shows the same tracks after a peer connection', async function () {
    if (typeof RTCPeerConnection !== 'function') {
      assert.isFalse(part('#no-peer').hidden, 'it says why there is none');
      console.log('Skipped: this browser has no RTCPeerConnection, so the desk has no peer.');
      this.skip();
    }
    const video = part<HTMLVideoElement>('#remote');
    await eventually('a picture', () => video.videoWidth > 0);
    choose('pattern', 'solid');
    type('[name="color"]', 'blue');
    await eventually('a blue picture', () => {
      const [red, green, blue] = middleOf(video);
      return red < 25 && green < 25 && blue > 225;
    });
  });

  it('has a way on which things go wrong, and figures that tell', async function () {
    if (typeof RTCPeerConnection !== 'function') this.skip();
    const figure = (title: string) => {
      const term = [...part('#way-figures').querySelectorAll('dt')].find(({ textContent }) => textContent === title);
      return term?.nextElementSibling?.textContent ?? '';
    };
    await eventually('a bit rate', () => /\d (k|M)b\/s/.test(figure('Video')) && /\d kb\/s/.test(figure('Sound')));
    assert.match(figure('Size'), /^1280 × 720$/);
    choose('network', 'lossy');
    await eventually('the markup', () => /<rtc-loopback [^>]*loss="0\.05"/.test(part('#markup').textContent ?? ''));
    assert.equal(part<HTMLInputElement>('#way [name="loss"]').value, '0.05');
    await eventually('made-up sound', () => Number.parseFloat(figure('Concealed')) > 0.5);
    choose('network', 'clean');
    await eventually('no loss', () => !part('#markup').textContent?.includes('loss='));
  });

  it('sends as it is told, and says what cannot be', async function () {
    if (typeof RTCPeerConnection !== 'function') this.skip();
    const codecs = [...part<HTMLSelectElement>('#codecs').options].map(({ value }) => value);
    assert.includeMembers(codecs, ['', 'VP8']);
    assert.notInclude(codecs, 'rtx');
    type('#way [name="scale-down"]', '2');
    await eventually('a smaller picture', () => part<HTMLVideoElement>('#remote').videoWidth === 640);
    type('#way [name="scale-down"]', '1');
    const complaint = part('#way .complaint');
    type('#way [name="loss"]', '3');
    await eventually('the error', () => /loss/i.test(complaint.textContent ?? ''));
    assert.equal(part('#way [name="loss"]').getAttribute('aria-invalid'), 'true');
    assert.equal(part('[data-state-of="loopback"]').textContent, 'failed');
    type('#way [name="loss"]', '0');
    await eventually('no error', () => complaint.textContent === '');
    await eventually('live', () => part('[data-state-of="loopback"]').textContent === 'live');
  });

  it('stops and starts the peers', async function () {
    if (typeof RTCPeerConnection !== 'function') this.skip();
    part('[commandfor="loopback"][command="--stop"]').click();
    await eventually('stopped', () => part('[data-state-of="loopback"]').textContent === 'stopped');
    await eventually('a button', () => page.querySelector('[commandfor="loopback"][command="--start"]') !== null);
    part('[commandfor="loopback"][command="--start"]').click();
    await eventually('live', () => part('[data-state-of="loopback"]').textContent === 'live');
  });

  it('records both tracks, and offers what was recorded', async function () {
    if (typeof MediaRecorder !== 'function' || isWebKit) {
      console.log('Skipped: the MediaRecorder of this browser records nothing, or is not there.');
      this.skip();
    }
    const [button, reading] = [part('#record'), part('#recorded')];
    const recorder = part<HTMLElement & { blob: Blob | null }>('#recorder');
    button.click();
    await eventually('time and size', () => /^0:0[1-9] · \d+ kB$/.test(reading.textContent ?? ''));
    assert.equal(button.textContent, 'Stop');
    button.click();
    await eventually('a recording', () => (recorder.blob?.size ?? 0) > 1000);
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
    if (typeof RTCPeerConnection !== 'function') this.skip();
    const path = `${await mediaServer.start()}/${freshPath()}`;
    for (const [form, kind, id] of [
      ['#publishing', 'whip', 'publisher'],
      ['#playing', 'whep', 'player'],
    ]) {
      type(`${form} [name="endpoint"]`, `${path}/${kind}?token=secret`);
      type(`${form} [name="token"]`, 'secret');
      await eventually('the markup', () => part('#publish-markup').textContent?.includes(`/${kind}?`) === true);
      part(`[commandfor="${id}"][command="--start"]`).click();
      await eventually(`live ${id}`, () => part(`[data-state-of="${id}"]`).textContent === 'live');
    }
    assert.notMatch(part('#publish-markup').textContent ?? '', /token=.?"secret|manual|loopback/);
    const video = part<HTMLVideoElement>('#played');
    choose('pattern', 'solid');
    type('[name="color"]', 'lime');
    await eventually('a green picture', () => {
      const [red, green, blue] = middleOf(video);
      return red < 60 && green > 200 && blue < 60;
    });
    await eventually('no note', () => Boolean(part('#nothing-played').hidden));
    for (const id of ['player', 'publisher']) {
      part(`[commandfor="${id}"][command="--stop"]`).click();
      await eventually(`stopped ${id}`, () => part(`[data-state-of="${id}"]`).textContent === 'stopped');
    }
    await eventually('a note', () => !part('#nothing-played').hidden);
  });

  it('shows the canvas that is written', async () => {
    const video = part<HTMLVideoElement>('#written');
    await eventually('its size', () => video.videoWidth === 640 && video.videoHeight === 360);
    const picture = () =>
      drawn(video)
        .getImageData(0, 0, 64, 36)
        .data.filter((_, i) => i % 4 < 3);
    await eventually('lines', () => picture().some((level) => level > 100));
    const earlier = picture().join();
    await eventually('it moves', () => picture().join() !== earlier);
  });

  it('counts, about twice a second', async () => {
    const produced = () => {
      const row = [...part('#figures').querySelectorAll('tbody tr')].find((each) =>
        each.textContent?.includes('pattern-source'),
      );
      return Number(row?.querySelector('[data-title^="Frames"]')?.textContent?.replaceAll(',', ''));
    };
    const before = produced();
    await eventually('more frames', () => produced() > before);
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

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 12_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Still waiting for ${what} after 12 seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function drawn(video: HTMLVideoElement): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 36;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.drawImage(video, 0, 0, 64, 36);
  return context;
}

const middleOf = (video: HTMLVideoElement) => drawn(video).getImageData(32, 12, 1, 1).data;
