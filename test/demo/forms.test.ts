/** The forms of the demo: pickers, fields, presets, errors, and the markup that follows them. */
import { catalogue } from 'track-elements/signals';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';
import { colorOf, useDemoPage } from './demo-page.js';

/** The form of each element, and signals that use the attributes which others do not have. */
const forms: Readonly<Record<string, { readonly form: string; readonly signals: readonly string[] }>> = {
  'pattern-source': { form: '#pattern-form', signals: ['checkers', 'snow', 'ball'] },
  'tone-source': { form: '#tone-form', signals: ['sine', 'white-noise'] },
  'rtc-loopback': { form: '#loopback-form', signals: [] },
  'track-recorder': { form: '#recording-form', signals: [] },
  'whip-publisher': { form: '#publish-form', signals: [] },
  'whep-player': { form: '#play-form', signals: [] },
};

/** Attributes that no form shows: buttons set them, the markup of the page does, or only layers have them. */
const withoutField = ['for', 'manual', 'paused', 'muted', 'params', 'x', 'y', 'opacity', 'gain', 'pan'];

interface Manifest {
  readonly modules: readonly {
    readonly declarations?: readonly { readonly tagName?: string; readonly attributes?: readonly { name: string }[] }[];
  }[];
}

async function attributesOf(tagName: string): Promise<string[]> {
  const { modules } = (await (await fetch('/custom-elements.json')).json()) as Manifest;
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const declaration = declarations.find((each) => each.tagName === tagName);
  return declaration?.attributes?.map(({ name }) => name) ?? [];
}

describe('The forms of the demo', () => {
  const page = useDemoPage({ isMeasured: false });
  const markup = () => page.textOf('#markup');
  const stateOf = (id: string) => page.textOf(`[data-state-of="${id}"]`);

  beforeEach(() => {
    page.choose('pattern', 'smpte-hd');
    page.choose('waveform', 'sine');
  });

  it('offer every pattern and waveform of the catalogue in its group, each with a picture', async () => {
    for (const [picker, kind] of [
      ['#patterns', 'video'],
      ['#waveforms', 'audio'],
    ]) {
      const signals = catalogue.filter((signal) => signal.kind === kind);
      const groups = [...page.find(picker).querySelectorAll('[role="group"]')];
      assert.sameMembers(
        groups.map((group) => group.querySelector('h3')?.textContent ?? ''),
        [...new Set(signals.map(({ group }) => group))],
      );
      const choices = [...page.find(picker).querySelectorAll('label')];
      assert.sameMembers(
        choices.map((choice) => choice.querySelector('input')?.value ?? ''),
        signals.map(({ name }) => name),
      );
      for (const choice of choices) {
        await waitFor(() => choice.querySelector('canvas[data-drawn], polyline') !== null, choice.title);
      }
    }
  });

  it('have a field for every attribute that the manifest has', async () => {
    const missing: string[] = [];
    for (const [tagName, { form, signals }] of Object.entries(forms)) {
      const shown = new Set<string>();
      const collect = () => {
        for (const field of page.find(form).querySelectorAll<HTMLInputElement>('[name]')) shown.add(field.name);
      };
      collect();
      for (const name of signals) {
        const title = catalogue.find((signal) => signal.name === name)?.title ?? name;
        page.choose(tagName === 'pattern-source' ? 'pattern' : 'waveform', name);
        await waitFor(() => page.textOf(`${form} .description`).startsWith(title), title);
        collect();
      }
      const attributes = (await attributesOf(tagName)).filter((name) => !withoutField.includes(name));
      assert.isAbove(attributes.length, 1, tagName);
      missing.push(...attributes.filter((name) => !shown.has(name)).map((name) => `${name} of ${tagName}`));
    }
    assert.deepEqual(missing, []);
  });

  it('scroll the picker to the chosen pattern', async () => {
    const picker = page.find('#patterns');
    const last = [...picker.querySelectorAll('input')].at(-1) as HTMLInputElement;
    page.find('#bars').setAttribute('pattern', last.value);
    await waitFor(() => last.checked, 'the last pattern to be chosen');
    const [box, choice] = [picker, last.parentElement as HTMLElement].map((each) => each.getBoundingClientRect());
    assert.isAtLeast(choice.top, box.top);
    assert.isAtMost(choice.bottom, box.bottom);
    page.find('#bars').removeAttribute('pattern');
    await waitFor(() => picker.scrollTop < 40, 'the picker at its top');
  });

  it('change the pattern on the same track', async () => {
    const video = page.videoOf('#screen');
    await waitFor(() => video.srcObject !== null, 'a track');
    const [track] = (video.srcObject as MediaStream).getVideoTracks();
    page.choose('pattern', 'solid');
    await waitFor(() => page.has('#pattern-form [name="color"]'), 'the field of the color');
    page.type('#pattern-form [name="color"]', 'red');
    await waitFor(() => {
      const [red, green, blue] = colorOf(video);
      return red > 240 && green < 15 && blue < 15;
    }, 'a red picture');
    assert.strictEqual((video.srcObject as MediaStream).getVideoTracks()[0], track);
    assert.equal(track.readyState, 'live');
    page.type('#pattern-form [name="color"]', '');
  });

  it('write the markup without defaults', async () => {
    page.choose('pattern', 'ball');
    await waitFor(() => page.has('#pattern-form [name="color"]'), 'the field of the color');
    page.type('#pattern-form [name="color"]', 'gold');
    await waitFor(() => /<pattern-source [^>]*\spattern="ball"/.test(markup()), 'the pattern in the markup');
    assert.include(markup(), 'color="gold"');
    page.type('#pattern-form [name="color"]', '');
    page.choose('pattern', 'smpte-hd');
    await waitFor(() => !markup().includes('pattern='), 'markup without a pattern');
    assert.notInclude(markup(), 'color=');
    assert.notInclude(markup(), 'width=');
  });

  it('have a field for the color only with a pattern that uses it', async () => {
    const hasField = () => page.has('#pattern-form [name="color"]');
    await waitFor(() => !hasField(), 'no field');
    page.choose('pattern', 'checkers');
    await waitFor(hasField, 'the field');
    page.choose('pattern', 'smpte-hd');
    await waitFor(() => !hasField(), 'no field');
  });

  it('edit the parameters of the chosen pattern, and remember them for the next time', async () => {
    const size = () => page.document.querySelector<HTMLInputElement>('[name="params.size"]');
    page.choose('pattern', 'checkers');
    await waitFor(() => size() !== null, 'the field of the size');
    assert.include(page.textOf('#pattern-form .params h3'), 'Checkers');
    assert.notInclude(markup(), 'params');
    page.type('[name="params.size"]', '90');
    await waitFor(() => markup().includes(`params='{"size": 90}'`), 'the parameter in the markup');
    const slider = page.find<HTMLInputElement>('[data-field="params.size"] [type="range"]');
    assert.equal(slider.getAttribute('aria-valuetext'), '90 px');
    page.choose('pattern', 'solid');
    await waitFor(() => size() === null, 'another pattern');
    assert.notInclude(markup(), 'size');
    assert.equal(stateOf('bars'), 'live');
    page.choose('pattern', 'checkers');
    await waitFor(() => size()?.value === '90', 'the remembered size');
    page.find('#pattern-form .params button').click();
    await waitFor(() => !markup().includes('params'), 'the default');
  });

  for (const [kind, chooser, form] of [
    ['video', 'pattern', '#pattern-form'],
    ['audio', 'waveform', '#tone-form'],
  ] as const)
    it(`have a field for every parameter of every ${chooser}, of its type`, async function () {
      // Each signal is started: that takes a busy machine half a second.
      this.timeout(60_000);
      const types: Readonly<Record<string, string>> = { boolean: 'switch', list: 'json' };
      for (const { name, parameters } of catalogue.filter((signal) => signal.kind === kind)) {
        page.choose(chooser, name);
        const expected = parameters
          .map((parameter) => `params.${parameter.name}: ${types[parameter.type] ?? parameter.type}`)
          .join();
        await waitFor(() => {
          const fields = [...page.find(form).querySelectorAll<HTMLElement>('.params [data-field]')];
          return fields.map(({ dataset }) => `${dataset.field}: ${dataset.type}`).join() === expected;
        }, `the fields of ${name}`);
      }
      for (const id of ['bars', 'tone']) assert.notEqual(stateOf(id), 'failed');
    });

  it('show the error of a parameter below its field', async () => {
    const error = () => page.textOf('#pattern-form [data-field="params.size"] .error');
    page.choose('pattern', 'checkers');
    await waitFor(() => page.has('[name="params.size"]'), 'the field of the size');
    page.type('[name="params.size"]', '-3');
    await waitFor(() => /^params\.size .*-3/.test(error()), 'the error');
    assert.equal(page.find('[name="params.size"]').getAttribute('aria-invalid'), 'true');
    page.type('[name="params.size"]', '');
    await waitFor(() => !page.has('#pattern-form .error'), 'no error');
  });

  it('show the error of an attribute below its field', async () => {
    page.type('[name="width"]', '1281');
    await waitFor(() => /^width .*1281.*even/i.test(page.textOf('[data-field="width height"] .error')), 'the error');
    const width = page.find('[name="width"]');
    assert.equal(width.getAttribute('aria-invalid'), 'true');
    assert.equal(page.find(`#${width.getAttribute('aria-describedby')}`).getAttribute('role'), 'alert');
    assert.isFalse(page.find('[name="height"]').hasAttribute('aria-invalid'));
    assert.equal(stateOf('bars'), 'failed');
    page.type('[name="width"]', '1280');
    await waitFor(() => !page.has('#pattern-form .error'), 'no error');
    assert.isFalse(page.find('[name="width"]').hasAttribute('aria-invalid'));
  });

  it('set width and height by a preset', async () => {
    const video = page.videoOf('#screen');
    page.choose('size', '360p');
    await waitFor(() => video.videoHeight === 360, '360 lines');
    assert.match(markup(), /width="640"\s+height="360"/);
    page.choose('size', '720p');
    await waitFor(() => video.videoHeight === 720, '720 lines');
  });

  it('set the frequency by a slider with equal ratios', async () => {
    const slider = page.find<HTMLInputElement>('[data-field="frequency"] [type="range"]');
    slider.value = String(Number(slider.max) / 2);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await waitFor(() => /frequency="63\d"/.test(markup()), 'the geometric mean of 20 Hz and 20 kHz');
    await waitFor(() => /^63\d Hz$/.test(slider.getAttribute('aria-valuetext') ?? ''), 'the value of the slider');
  });

  it('pause and mute by the commands of their buttons', async () => {
    const bars = page.find('#bars');
    for (const [command, attribute, opposite] of [
      ['--pause', 'paused', '--resume'],
      ['--mute', 'muted', '--unmute'],
    ]) {
      page.find(`[commandfor="bars"][command="${command}"]`).click();
      await waitFor(() => bars.hasAttribute(attribute), attribute);
      await waitFor(() => page.has(`[commandfor="bars"][command="${opposite}"]`), `a button for ${opposite}`);
      page.find(`[commandfor="bars"][command="${opposite}"]`).click();
      await waitFor(() => !bars.hasAttribute(attribute), opposite);
    }
  });
});
