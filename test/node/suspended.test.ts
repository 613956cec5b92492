/* Audio by the worklet in a page that nobody has touched. */
import { after, assert, before, describe, it } from '../support/suite.js';
import { openUntouchedPage, type UntouchedPage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';
  import { configure, TrackGenerator } from 'track-elements/generator';
  configure({ backends: { audio: 'worklet' } });
  document.body.innerHTML = '<tone-source></tone-source><tone-source id="wrong" waveform="sinus"></tone-source><tone-source id="righted" waveform="sinus"></tone-source>';
  globalThis.warnings = [];
  document.querySelector('tone-source').addEventListener('warning', (event) => warnings.push(event.message));
  Object.assign(globalThis, { tone: document.querySelector('tone-source'), TrackGenerator });
`;

describe('Audio that waits for a user gesture', () => {
  let opened: UntouchedPage;
  const inPage = <T>(expression: string) => opened.inPage<T>(expression);

  before(async () => {
    opened = await openUntouchedPage('suspended', script);
  });

  after(() => opened.stop());

  it('has its track, and says that it is suspended', async () => {
    assert.equal(await inPage('tone.ready.then((track) => track.readyState)'), 'live');
    assert.equal(await inPage('tone.state'), 'suspended');
    assert.isTrue(await inPage('tone.matches(":state(suspended)")'));
  });

  it('warns once, with the remedy', async () => {
    const warned = 'new Promise((resolve) => setTimeout(() => resolve(warnings), 300))';
    const messages = await inPage<string[]>(warned);
    assert.equal(messages.length, 1);
    assert.match(messages[0] as string, /user gesture.*next click or key/);
  });

  it('answers getStats() while it is suspended', async () => {
    assert.equal(await inPage('tone.getStats().then(({ produced }) => produced)'), 0);
  });

  it('does not fail for a value that was corrected in the meantime', async () => {
    await inPage('righted.ready.then(() => { righted.waveform = "square"; return righted.updateComplete; })');
    assert.equal(await inPage('righted.state'), 'suspended');
  });

  it('drops what is written, instead of letting it wait', async () => {
    const written = 'globalThis.mine = new TrackGenerator({ kind: "audio" }); ';
    const waited = 'new Promise((resolve) => mine.addEventListener("suspendchange", resolve))';
    assert.isFalse(await inPage(`${written} ${waited}.then(() => mine.write(new Float32Array(480)))`));
    assert.isTrue(await inPage('mine.suspended'));
  });

  it('makes a generator of a class warn as well', async () => {
    const made = 'globalThis.other = new TrackGenerator({ kind: "audio" }); ';
    const warned = 'new Promise((resolve) => other.addEventListener("warning", ({ error }) => resolve(error.name)))';
    assert.equal(await inPage(`${made} ${warned}`), 'NotAllowedError');
  });

  it('runs after the next gesture on the page', async () => {
    await opened.page.mouse.click(5, 5);
    const live =
      'new Promise((resolve) => { const look = () => tone.state === "live" ? resolve(true) : setTimeout(look, 20); look(); })';
    assert.isTrue(await inPage(live));
    const counted = 'tone.getStats().then(({ produced }) => produced)';
    const produced = `new Promise((resolve) => { const look = async () => (await ${counted}) > 5 ? resolve(true) : setTimeout(look, 50); look(); })`;
    assert.isTrue(await inPage(produced));
    assert.isFalse(await inPage('mine.suspended'));
    assert.equal(await inPage('righted.state'), 'live');
  });

  it('says from then on what is wrong with the newest change, and nothing of older ones', async () => {
    const change = (waveform: string) => `(tone.waveform = '${waveform}', tone.updateComplete)`;
    const wait = 'new Promise((resolve) => setTimeout(resolve, 300))';
    const collect =
      'globalThis.messages = []; tone.addEventListener("error", ({ message }) => messages.push(message)); ';
    await inPage(`${collect} ${change('sinus')}.then(() => ${change('sine')}).then(() => ${wait})`);
    assert.deepEqual(await inPage('[tone.state, messages.length]'), ['live', 0]);
    await inPage(`${change('sinus')}.then(() => ${wait})`);
    assert.deepEqual(await inPage('[tone.state, messages.length]'), ['failed', 1]);
    await inPage(`${change('sine')}.then(() => ${wait})`);
    assert.equal(await inPage('tone.state'), 'live');
  });
});
