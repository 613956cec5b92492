/* Media elements that a source plays audio in, in a page that nobody has touched. */
import { firefox } from '../../scripts/browsers/firefox.js';
import { describeIf } from '../support/skipping.js';
import { after, assert, before, it } from '../support/suite.js';
import { openUntouchedPage, type UntouchedPage } from './untouched-page.js';

/**
 * The sinks of both sources, and which of them are blocked. Firefox plays a picture without audio though it is not muted, and
 * lets it play on when audio is added, so that there no element has both.
 */
const cases = {
  chromium: {
    tone: { sinks: 'loud silent manual', blocked: ['loud'] },
    pattern: { sinks: 'loud silent manual picture shown', blocked: ['loud', 'picture'] },
  },
  firefox: {
    tone: { sinks: 'loud silent manual', blocked: ['loud'] },
    pattern: { sinks: 'picture shown', blocked: [] },
  },
};

const scriptFor = ({ tone, pattern }: (typeof cases)['chromium' | 'firefox']) => `
  import 'track-elements/define/all';
  const video = (id, attributes) => '<video id="' + id + '" width="80" playsinline ' + attributes + '></video>';
  document.body.innerHTML =
    video('loud', 'autoplay') + video('silent', 'autoplay muted') + video('manual', 'controls') + video('picture', 'autoplay') + video('shown', 'autoplay muted') +
    '<tone-source id="tone" for="${tone.sinks}"></tone-source><pattern-source id="pattern" for="${pattern.sinks}"></pattern-source>';
  const warnings = [];
  for (const source of [tone, pattern]) source.addEventListener('warning', (event) => warnings.push(event.message));
  const about = (id) => warnings.filter((message) => message.includes('<video id="' + id + '">'));
  Object.assign(globalThis, { warnings, about });
`;

/** An expression whose value is whether another one becomes true within 30 s. */
const once = (expression: string) => `new Promise((resolve) => {
  const deadline = performance.now() + 30_000;
  const look = () => {
    if (${expression}) resolve(true);
    else if (performance.now() > deadline) resolve(false);
    else setTimeout(look, 50);
  };
  look();
})`;

for (const engine of ['chromium', 'firefox'] as const) {
  const isThere = engine === 'chromium' || Boolean(await firefox.find());
  describeIf(isThere, 'Firefox is not installed', `A media element that ${engine} does not let play`, () => {
    const { tone, pattern } = cases[engine];
    let opened: UntouchedPage;

    before(async () => {
      opened = await openUntouchedPage('autoplay', scriptFor(cases[engine]), engine);
    });

    after(() => opened.stop());

    it('makes one of its sources warn once, with the remedy', async () => {
      for (const id of new Set([...tone.blocked, ...pattern.blocked])) {
        await opened.inPage(once(`about('${id}').length > 0`));
        const messages = await opened.inPage<string[]>(`about('${id}')`);
        assert.equal(messages.length, 1);
        assert.match(messages[0] as string, /user gesture.*play\(\).*muted/);
        assert.isTrue(await opened.inPage(`${id}.paused`));
      }
    });

    it('is among the blocked elements of its sources, alone', async () => {
      const ids = (source: string) => opened.inPage<string[]>(`${source}.blockedSinks.map(({ id }) => id)`);
      assert.deepEqual(await ids('tone'), tone.blocked);
      assert.deepEqual(await ids('pattern'), pattern.blocked);
    });

    it('does not keep muted elements from playing', async () => {
      // On a busy machine the first picture comes late.
      assert.isTrue(await opened.inPage(once('!silent.paused && !shown.paused')));
    });

    it('is blocked no more once a gesture has played it', async () => {
      await opened.page.evaluate('loud.play()');
      assert.isTrue(await opened.inPage(once('tone.blockedSinks.length === 0')));
    });

    it('is not blocked when a user has paused it', async () => {
      const before = await opened.inPage<number>('warnings.length');
      await opened.inPage('loud.pause()');
      await opened.inPage('new Promise((resolve) => setTimeout(resolve, 1200))');
      assert.deepEqual(await opened.inPage('[tone.blockedSinks.length, warnings.length]'), [0, before]);
    });
  });
}
