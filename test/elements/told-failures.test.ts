/* A failure is seen: what is wrong goes to an event and, unless a listener prevents that, to the console with the element. */
import 'track-elements/define/all';
import type { PatternSourceElement, TrackRecorderElement } from 'track-elements';
import { onCleanup } from '../support/cleanup.js';
import { loadManifest } from '../support/manifest.js';
import { place } from '../support/page.js';
import { collectUnhandledRejections, rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

type Printed = readonly [text: string, element: Element];

/** Collects what is printed, in place of printing it, until the end of the test. */
function collectConsole(method: 'error' | 'warn'): readonly Printed[] {
  const printed: Printed[] = [];
  const original = console[method];
  console[method] = (...args: unknown[]) => {
    if (String(args[0]).startsWith('track-elements')) printed.push(args as unknown as Printed);
    else original.apply(console, args);
  };
  onCleanup(() => {
    console[method] = original;
  });
  return printed;
}

describe('An error', () => {
  it('that no listener handles is in the console, with its element', async () => {
    const errors = collectConsole('error');
    const source = place<PatternSourceElement>('<pattern-source pattern="smpte-hdd"></pattern-source>');
    await nextEvent(source, 'error');
    await sleep(0);
    assert.lengthOf(errors, 1);
    const [[text, element]] = errors as [Printed];
    assert.match(text, /^track-elements: pattern is "smpte-hdd"; it must be one of .*Did you mean "smpte-hd"\?$/);
    assert.equal(element, source);
  });

  it('is not in the console if a listener calls preventDefault()', async () => {
    const errors = collectConsole('error');
    const source = place<PatternSourceElement>('<pattern-source manual pattern="smpte-hdd"></pattern-source>');
    source.addEventListener('error', (event) => event.preventDefault());
    source.start();
    await nextEvent(source, 'error');
    await sleep(0);
    assert.deepEqual(errors, []);
  });

  it('rejects the promise of the start that it comes from, which need not be handled', async () => {
    collectConsole('error');
    const unhandled = collectUnhandledRejections();
    const source = place<PatternSourceElement>('<pattern-source manual pattern="smpte-hdd"></pattern-source>');
    const recorder = place<TrackRecorderElement>(
      '<track-recorder type="video/unheard-of"><pattern-source width="64" height="36"></pattern-source></track-recorder>',
    );
    for (const element of [source, recorder]) {
      assert.match((await rejectionOf(element.start() as Promise<unknown>)).message, /"(smpte-hdd|video\/unheard-of)"/);
      assert.equal(element.state, 'failed');
    }
    void recorder.start();
    await nextEvent(recorder, 'error');
    await sleep(0);
    unhandled.stop();
    assert.deepEqual(unhandled.reasons, []);
  });

  it('of the same kind is reported once in a row, and again after an improvement', async () => {
    collectConsole('error');
    const source = place<PatternSourceElement>('<pattern-source width="64" height="36"></pattern-source>');
    await source.ready;
    const messages: string[] = [];
    source.addEventListener('error', ({ message }) => messages.push(message));
    for (const speed of ['fast', 'fast', '1', 'fast']) {
      source.setAttribute('speed', speed);
      source.label = `${messages.length} ${speed}`;
      await waitFor(() => source.state === (speed === '1' ? 'live' : 'failed'), speed);
      await sleep(50);
    }
    assert.lengthOf(messages, 2);
  });
});

describe('A warning', () => {
  it('reports an id in `for` that names no sink after two seconds, and the tracks go there when it comes', async () => {
    const warnings = collectConsole('warn');
    const page = place(`
      <div>
        <div id="a-div"></div>
        <unknown-player id="undefined-player"></unknown-player>
        <video id="a-video" muted></video>
        <pattern-source class="none" for="not-there" width="64" height="36"></pattern-source>
        <pattern-source class="div" for="a-div" width="64" height="36"></pattern-source>
        <pattern-source class="undefined" for="undefined-player" width="64" height="36"></pattern-source>
        <pattern-source class="video" for="a-video" width="64" height="36"></pattern-source>
        <pattern-source class="nothing" width="64" height="36"></pattern-source>
      </div>`);
    await waitFor(() => warnings.length >= 3, 'the warnings');
    await sleep(200);
    const texts = Object.fromEntries(warnings.map(([text, element]) => [element.className, text]));
    assert.deepEqual(Object.keys(texts).sort(), ['div', 'none', 'undefined']);
    assert.match(texts.none ?? '', /for names "not-there", and no element of this document or shadow tree has that id/);
    assert.match(texts.div ?? '', /for names "a-div", a <div>, which takes no tracks/);
    assert.match(texts.undefined ?? '', /a <unknown-player>, which is not defined: import its module/);
    const video = document.createElement('video');
    Object.assign(video, { id: 'not-there', muted: true });
    page.append(video);
    await waitFor(() => video.srcObject instanceof MediaStream, 'the track');
  });

  it('reports an attribute that the element does not know, with the one that is meant', async () => {
    const warnings = collectConsole('warn');
    const source = place('<pattern-source manual colour="red"></pattern-source>');
    await waitFor(() => warnings.length > 0, 'the warning');
    const [[text, element]] = warnings as unknown as [Printed];
    assert.match(text, /<pattern-source> has no attribute "colour"; it has .*\. Did you mean "color"\?$/);
    assert.equal(element, source);
  });

  it('reports an attribute that a script sets later, once', async () => {
    const warnings = collectConsole('warn');
    const fault = place('<signal-fault></signal-fault>');
    const scope = place('<signal-scope></signal-scope>');
    const camera = place('<virtual-camera></virtual-camera>');
    await sleep(100);
    for (const [element, name] of [
      [fault, 'durtion'],
      [scope, 'veiw'],
      [camera, 'faceing-mode'],
    ] as const) {
      element.setAttribute(name, '1');
      element.setAttribute('title', 'known everywhere');
      await waitFor(() => warnings.some(([, told]) => told === element), name);
      element.setAttribute(name, '2');
    }
    await sleep(100);
    const texts = warnings.map(([text]) => text.replace(/^.* attribute ("[^"]*").*Did you mean ("[^"]*")\?$/, '$1 $2'));
    assert.deepEqual(texts, ['"durtion" "duration"', '"veiw" "view"', '"faceing-mode" "facing-mode"']);
  });

  it('reports an element in `sinks` that takes no tracks', async () => {
    const warnings = collectConsole('warn');
    const page = place(`
      <div>
        <div class="sink"></div><unknown-player class="sink"></unknown-player><video class="sink" muted></video>
        <pattern-source width="64" height="36"></pattern-source>
      </div>`);
    const source = page.querySelector('pattern-source') as HTMLElementTagNameMap['pattern-source'];
    source.sinks = [...page.querySelectorAll('.sink')];
    await waitFor(() => warnings.length >= 2, 'the warnings');
    await sleep(100);
    const texts = warnings.map(([text]) => text).sort();
    assert.lengthOf(texts, 2);
    assert.match(texts[0] ?? '', /: sinks has a <div>, which takes no tracks\. It must be a <video>, /);
    assert.match(texts[1] ?? '', /: sinks has a <unknown-player>, which is not defined: import its module\./);
    assert.instanceOf(page.querySelector('video')?.srcObject, MediaStream);
  });

  it('reports an attribute that the element does not know, whichever element it is', async () => {
    const elements = await loadManifest();
    const warnings = collectConsole('warn');
    for (const { tagName, properties } of elements) {
      const isManual = properties.some(({ attribute }) => attribute === 'manual');
      place(`<${tagName} ${isManual ? 'manual' : ''} colour-of-hair="red"></${tagName}>`);
    }
    const told = () =>
      warnings.flatMap(([text]) => /: <([a-z-]+)> has no attribute "colour-of-hair"; it has /.exec(text)?.[1] ?? []);
    await waitFor(
      () => told().length >= elements.length,
      () => `a warning of each tag, not only of ${told().join(', ')}`,
    );
    assert.sameMembers(
      told(),
      elements.map(({ tagName }) => tagName),
    );
  });

  it('does not report attributes of all elements, or of frameworks and tools', async () => {
    const warnings = collectConsole('warn');
    place(`<tone-source manual id="x" class="a" style="color: red" slot="s" title="t" lang="de" hidden tabindex="0" data-id="1"
      aria-label="l" role="img" onclick="0" _ngcontent-abc v-cloak x-data="{}" hx-get="/" :level="1" @click="f" v-bind:a="b"
      s-id="1" q:key="2" ng-version="19" astro-cid-abc="" svelte-abc="" contenteditable="false" autofocus itemprop="p"
      data-v-1234 key="k" part="p" wire:id="1" ngh="0" jsaction="click:;" ngskiphydration="" defer-hydration="" xmlns="a"
      elementtiming="b"></tone-source>`);
    await sleep(200);
    assert.deepEqual(warnings, []);
  });
});

describe('A text in a picture', () => {
  it('warns of the letters of other scripts, not of marks and characters without a width, nor of texts that are no lettering', async () => {
    const warnings = collectConsole('warn');
    const source = place<PatternSourceElement>('<pattern-source width="320" height="180"></pattern-source>');
    // Decomposed, a soft hyphen, a narrow space as French numbers have it, and marks of direction.
    source.label = 'e\u0301te\u0301 co\u00ADop 1\u202F000 \u200Eltr\u200F';
    await source.updateComplete;
    source.pattern = 'qr';
    source.params = { text: 'Grüße 日本 🎥' };
    await source.updateComplete;
    await sleep(300);
    assert.deepEqual(warnings, []);
    for (const [label, told] of [
      ['مرحبا', '"م", "ر", "ح", "ب", "ا"'],
      ['สวัสดี', '"ส", "ว", "ด"'],
      ['👩‍👧', '"👩", "👧"'],
    ] as const) {
      const warned = nextEvent<ErrorEvent>(source, 'warning');
      source.label = label;
      assert.include((await warned).message, `A text has ${told}; the font`);
    }
  });

  it('warns once of characters that its font lacks, and of no others', async () => {
    const warnings = collectConsole('warn');
    const source = place<PatternSourceElement>('<pattern-source label="Zoë – Køln"></pattern-source>');
    await nextEvent(source, 'warning');
    source.label = 'Café – 5 %';
    await source.updateComplete;
    source.label = 'カメラ 1';
    await nextEvent(source, 'warning');
    await sleep(100);
    const texts = warnings.map(([text]) => text);
    assert.lengthOf(texts, 2);
    assert.match(texts[0] as string, /^track-elements: A text has "ø"; the font/);
    assert.match(texts[1] as string, /^track-elements: A text has "カ", "メ", "ラ"; the font.*<track-generator>\.$/);
  });
});
