/* Media elements that a source plays audio in, in a page that nobody has touched. */
import { after, assert, before, describe, it } from '../support/suite.js';
import { openUntouchedPage, type UntouchedPage } from './untouched-page.js';

const script = `
  import 'track-elements/define/all';
  const video = (id, attributes) => '<video id="' + id + '" width="80" playsinline ' + attributes + '></video>';
  document.body.innerHTML =
    video('loud', 'autoplay') + video('silent', 'autoplay muted') + video('manual', 'controls') + video('picture', 'autoplay') + video('shown', 'autoplay muted') +
    '<tone-source id="tone" for="loud silent manual"></tone-source><pattern-source id="pattern" for="loud silent manual picture shown"></pattern-source>';
  const warnings = {};
  for (const source of [tone, pattern]) {
    source.addEventListener('warning', (event) => (warnings[source.id] ??= []).push(event.message));
  }
  Object.assign(globalThis, { warnings });
`;

/** An expression whose value is true once another is. */
const once = (expression: string) =>
  `new Promise((resolve) => { const look = () => ${expression} ? resolve(true) : setTimeout(look, 50); look(); })`;

describe('A media element that the browser does not let play', () => {
  let opened: UntouchedPage;

  before(async () => {
    opened = await openUntouchedPage('autoplay', script);
  });

  after(() => opened.stop());

  it('makes one of its sources warn once, with the remedy', async () => {
    await opened.inPage(once('Object.values(warnings).flat().length === 2'));
    const messages = (await opened.inPage<string[]>('Object.values(warnings).flat()')).sort();
    assert.match(messages[0] as string, /<video id="loud">.*user gesture.*play\(\).*muted/);
    assert.match(messages[1] as string, /<video id="picture">.*user gesture.*play\(\).*muted/);
    assert.isTrue(await opened.inPage('loud.paused'));
  });

  it('is among the blocked elements of its sources, alone', async () => {
    const ids = (source: string) => opened.inPage<string[]>(`${source}.blockedSinks.map(({ id }) => id)`);
    assert.deepEqual(await ids('tone'), ['loud']);
    assert.deepEqual(await ids('pattern'), ['loud', 'picture']);
  });

  it('does not keep muted elements from playing', async () => {
    assert.deepEqual(await opened.inPage('[silent.paused, shown.paused]'), [false, false]);
  });

  it('is blocked no more once a gesture has played it', async () => {
    await opened.page.evaluate('loud.play()');
    assert.isTrue(await opened.inPage(once('tone.blockedSinks.length === 0')));
  });

  it('is not blocked when a user has paused it', async () => {
    await opened.inPage('loud.pause()');
    await opened.inPage('new Promise((resolve) => setTimeout(resolve, 1200))');
    assert.deepEqual(await opened.inPage('[tone.blockedSinks.length, Object.values(warnings).flat().length]'), [0, 2]);
  });
});
