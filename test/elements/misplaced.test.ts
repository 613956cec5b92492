/*
 * Sources at a wrong place: inside an element whose module was not imported, and around the rest of the page, because HTML does not know
 * tags that end with `/>`. This page registers two sources and nothing else.
 */
import 'track-elements/define/pattern-source';
import 'track-elements/define/tone-source';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep } from '../support/waiting.js';

/** The warnings of all sources in a piece of markup, within the time after which each has looked around once. */
async function warningsOf(markup: string): Promise<readonly string[]> {
  const root = place(`<div>${markup}</div>`);
  const warnings: string[] = [];
  for (const source of root.querySelectorAll('pattern-source, tone-source')) {
    source.addEventListener('warning', (event) => {
      event.preventDefault();
      warnings.push((event as ErrorEvent).message);
    });
  }
  await sleep(2500);
  return warnings;
}

describe('A source inside an element of the library that is not defined', () => {
  for (const container of ['track-generator', 'rtc-loopback', 'track-monitor', 'virtual-camera']) {
    it(`warns that the module of <${container}> is missing`, async () => {
      const warnings = await warningsOf(
        `<${container}><p><pattern-source width="64" height="36"></pattern-source></p></${container}>`,
      );
      assert.deepEqual(warnings, [
        `This <pattern-source> is inside a <${container}>, which is not defined: import its module.`,
      ]);
    });
  }

  it('warns also if the source is in a shadow tree inside it', async () => {
    const container = place('<rtc-loopback><p></p></rtc-loopback>');
    const shadow = (container.firstElementChild as Element).attachShadow({ mode: 'open' });
    shadow.innerHTML = '<pattern-source width="64" height="36"></pattern-source>';
    const warned = nextEvent<ErrorEvent>(shadow.firstElementChild as Element, 'warning');
    assert.match((await warned).message, /^This <pattern-source> is inside a <rtc-loopback>, which is not defined/);
  });

  it('does not warn of an element of the page that is not defined yet', async () => {
    assert.deepEqual(await warningsOf('<my-layout><tone-source manual></tone-source></my-layout>'), []);
  });

  it('does not warn if the element is defined in time', async () => {
    const root = place('<level-meter><tone-source manual></tone-source></level-meter>');
    const warned = nextEvent(root.firstElementChild as Element, 'warning', { timeoutMs: 3000 }).then(
      () => true,
      () => false,
    );
    await import('track-elements/define/level-meter');
    assert.isFalse(await warned);
  });
});

describe('A source whose tag was written as <pattern-source />', () => {
  const end = '</pattern-source>; HTML does not know <pattern-source />.';

  it('warns that the video for its track is inside it', async () => {
    const warnings = await warningsOf(
      '<pattern-source for="swallowed" width="64" height="36" /><video id="swallowed" muted></video>',
    );
    assert.deepEqual(warnings, [
      `A <video> is inside this <pattern-source>, and so is not shown: end the element before it, with ${end}`,
    ]);
  });

  it('warns that the rest of the page is inside it', async () => {
    const warnings = await warningsOf('<pattern-source manual /><p>Bars</p><button>Pause</button>');
    assert.deepEqual(warnings, [
      `A <button> is inside this <pattern-source>, and so is not shown: end the element before it, with ${end}`,
    ]);
  });

  it('is none with what is put inside on purpose: a fault, a film that another source shows', async () => {
    const warnings = await warningsOf(
      '<pattern-source manual><signal-fault></signal-fault><video id="film" muted></video></pattern-source>',
    );
    assert.deepEqual(warnings, []);
  });
});
