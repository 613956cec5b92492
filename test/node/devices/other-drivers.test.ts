/*
 * Virtual devices where no driver puts scripts before those of a page: a `<script>` in the page, directed by WebDriver; and a
 * window that evaluates the script before the page's own ones, as in Cypress. And the frames of a page.
 */
import { type Frame, chromium as playwright } from 'playwright-core';
import puppeteer, { type Browser } from 'puppeteer-core';
import { devicesScript, expectMedia, installDevices, virtualDevices } from 'track-elements/testing';
import { openSession } from '../../../bench/webdriver.js';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { webkit } from '../../../scripts/browsers/webkit.js';
import { rejectionOf } from '../../support/rejections.js';
import { type ServedPages, servePages } from '../../support/served-pages.js';
import { after, assert, before, describe, it } from '../../support/suite.js';
import { waitFor } from '../../support/waiting.js';

const description = { cameras: [{ name: 'front', label: 'Front camera' }], microphones: [] };
const json = JSON.stringify(description).replaceAll('"', '&quot;');

/** An application that shows its camera. */
const app = `<video id="local" autoplay muted playsinline></video>
<script>
  navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } }).then(
    (stream) => {
      local.srcObject = stream;
      document.title = stream.getVideoTracks()[0].label;
    },
    ({ name, message }) => { document.title = name + ': ' + message; },
  );
</script>`;

/** The policies of pages, by their paths. Scripts that a driver evaluates need none. */
const policies = {
  '/workers': "script-src 'unsafe-inline'; worker-src blob:",
  '/trusted':
    "script-src 'unsafe-inline'; worker-src blob:; require-trusted-types-for 'script'; trusted-types track-elements",
  '/untrusted': "script-src 'unsafe-inline'; worker-src blob:; require-trusted-types-for 'script'; trusted-types other",
  '/strict': "script-src 'unsafe-inline'; worker-src 'self'",
} as const;

const policyOf = (policy: string) => `<meta http-equiv="Content-Security-Policy" content="${policy}">`;

let pages: ServedPages;

before(async () => {
  pages = await servePages({
    ...Object.fromEntries(
      Object.entries(policies).map(([path, policy]) => [
        path,
        `<!doctype html><head>${policyOf(policy)}<title></title></head><body>${app}`,
      ]),
    ),
    '/app': `<!doctype html><title></title>${app}`,
    '/script.js': await devicesScript(),
    '/described': `<!doctype html><title></title><script src="devices.js" data-devices="${json}"></script>${app}`,
    '/devices.js': (await devicesScript()).replace(/^.*\n/, ''),
    // Cypress puts such a line before an application's scripts.
    '/in-runner': `<!doctype html><title></title><script>parent.onBeforeLoad(window)</script>${app}`,
    '/runner': `<!doctype html><title>Runner</title><script>
      fetch('script.js').then((response) => response.text()).then((script) => {
        globalThis.onBeforeLoad = (window) => window.eval(script);
        document.body.append(Object.assign(document.createElement('iframe'), { src: '/in-runner' }));
      });
    </script><body>`,
  });
});

after(() => pages?.close());

describe('Virtual devices of a script in the page, by WebDriver in WebKitGTK,', () => {
  it('are those of its attribute, and are directed by execute()', async () => {
    const found = await webkit.find();
    assert.isDefined(found, 'WebKitGTK is not installed.');
    const session = await openSession(await webkit.drive(found));
    try {
      await session.open(pages.urlOf('/described'));
      await waitFor(() => session.execute('return document.title'), 'the answer to the application');
      assert.equal(await session.execute('return document.title'), 'Front camera');
      const devices = virtualDevices(session);
      const labels = (await devices.list()).map(({ label }) => label);
      assert.deepEqual(labels, ['Front camera', 'Screen', 'Window', 'Tab']);
      await expectMedia(session, '#local', { mark: 'front', frames: 10 });
      await devices.camera('front').unplug();
      assert.equal(await session.execute('return local.srcObject.getTracks()[0].readyState'), 'ended');
      const error = await rejectionOf(devices.camera('side').plug());
      assert.match(error.message, /camera "side" does not exist/);
    } finally {
      await session.close();
    }
  });
});

describe('Virtual devices in a page that is not secure, as one of another container', () => {
  let browser: Browser;

  before(async () => {
    const args = [...chromiumArgs, '--host-resolver-rules=MAP app.test 127.0.0.1'];
    browser = await puppeteer.launch({ executablePath: (await chromium.find()) ?? '', args });
  });

  after(() => browser?.close());

  it('are those of the mediaDevices that the browser does not give to such a page, with its event handler', async () => {
    const page = await browser.newPage();
    await installDevices(page, description);
    await page.goto(`http://app.test:${pages.port}/app`);
    assert.deepEqual(await page.evaluate(`[isSecureContext, 'mediaDevices' in Navigator.prototype]`), [false, false]);
    await waitFor(() => page.evaluate('document.title'), 'the answer to the application');
    await expectMedia(page, '#local', { mark: 'front', frames: 10 });
    assert.isNull(await page.evaluate('navigator.mediaDevices.ondevicechange'));
    await page.evaluate('navigator.mediaDevices.ondevicechange = ({ type }) => { document.title = type; }');
    await virtualDevices(page).camera().unplug();
    assert.equal(await page.evaluate('document.title'), 'devicechange');
    await page.close();
  });
});

describe('Virtual devices in the frames of a page', () => {
  let browser: Browser;

  before(async () => {
    browser = await puppeteer.launch({ executablePath: (await chromium.find()) ?? '', args: chromiumArgs });
  });

  after(() => browser?.close());

  it('are evaluated in the window of an application before its scripts, as Cypress does', async () => {
    const page = await browser.newPage();
    await page.goto(pages.urlOf('/runner'));
    const run = (text: string) => page.evaluate(`frames[0].eval(${JSON.stringify(text)})`);
    await waitFor(() => page.evaluate('frames[0]?.document.title'), 'the answer to the application');
    assert.equal(await run('document.title'), 'Front camera');
    await expectMedia(run, '#local', { mark: 'front', frames: 10 });
    await virtualDevices(run).deny('camera');
    assert.equal(await run('local.srcObject.getTracks()[0].readyState'), 'ended');
    await page.close();
  });

  /** A page with a policy, whose application shows its camera. */
  async function withPolicy(path: keyof typeof policies) {
    const page = await browser.newPage();
    await installDevices(page);
    await page.goto(pages.urlOf(path));
    await waitFor(() => page.evaluate('document.title'), 'the answer to the application');
    return page;
  }

  it('need only their workers to be allowed by the policy of a page', async () => {
    for (const path of ['/workers', '/trusted'] as const) {
      const page = await withPolicy(path);
      assert.equal(await page.evaluate('document.title'), 'Front camera');
      await expectMedia(page, '#local', { mark: 'front', frames: 10 });
      await page.close();
    }
  });

  it('say what the policy of a page has to allow', async () => {
    const page = await withPolicy('/strict');
    const title = String(await page.evaluate('document.title'));
    assert.match(
      title,
      /^NotReadableError: .*did not start from a blob: URL.* let it allow worker-src blob:, script-src blob:; or let the driver bypass it\.$/,
    );
    await page.close();
    const untrusted = await withPolicy('/untrusted');
    assert.match(
      String(await untrusted.evaluate('document.title')),
      /script-src blob:, trusted-types track-elements; or/,
    );
    await untrusted.close();
  });

  it('that are described in a wrong way are told to every request', async () => {
    for (const [wrong, message] of [
      [{ camera: [{}] }, /a name in the description is "camera".* Did you mean "cameras"\?/s],
      [{ cameras: [{ lable: 'Front' }] }, /a name in the description of a camera is "lable".* Did you mean "label"\?/s],
      [{ microphones: [{ show: { waveform: 'sine' } }] }, /of a microphone is "show"; it must be one of name, .*play/s],
      [{ screens: [{ facingMode: 'user' }] }, /a name in the description of a screen is "facingMode"/],
      [{ cameras: [{ show: { pattern: 'crad' } }] }, /pattern is "crad".* Did you mean "card"\?/s],
      [{ microphones: [{ play: { waveform: 'sin' } }] }, /waveform is "sin".* Did you mean "sine"\?/s],
    ] as const) {
      const page = await browser.newPage();
      await installDevices(page, wrong as never);
      await page.goto(pages.urlOf('/app'));
      assert.match((await rejectionOf(virtualDevices(page).list())).message, message);
      assert.match((await rejectionOf(expectMedia(page, '#local'))).message, message);
      await page.close();
    }
  });

  it('are those of the last description, and stay if it comes again', async () => {
    const page = await browser.newPage();
    await installDevices(page);
    await installDevices(page, description);
    await page.goto(pages.urlOf('/app'));
    const devices = virtualDevices(page);
    assert.deepEqual(
      (await devices.list()).map(({ label }) => label),
      ['Front camera', 'Screen', 'Window', 'Tab'],
    );
    await waitFor(() => page.evaluate('document.title'), 'the answer to the application');
    await page.evaluate(await devicesScript(description));
    await expectMedia(page, '#local', { mark: 'front', frames: 10 });
    await page.evaluate(await devicesScript({ ...description, cameras: [{ label: 'Other camera' }] }));
    assert.equal(await page.evaluate('local.srcObject.getTracks()[0].readyState'), 'ended');
    assert.equal((await devices.list())[0]?.label, 'Other camera');
    const labels = 'navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => stream.getTracks()[0].label)';
    assert.equal(await page.evaluate(labels), 'Other camera');
    await page.close();
  });

  it('take the script as a function, as WebDriver BiDi gives it', async () => {
    const page = await browser.newPage();
    const scriptAddPreloadScript = ({ functionDeclaration }: { functionDeclaration: string }) =>
      page.evaluateOnNewDocument(`(${functionDeclaration})()`);
    await installDevices({ scriptAddPreloadScript }, description);
    await page.goto(pages.urlOf('/app'));
    await expectMedia(page, '#local', { mark: 'front', frames: 10 });
    await page.close();
  });

  /** A page with a frame of its own origin, and two of another one of which the first may use cameras. */
  const withFrames = () => {
    const other = `http://localhost:${pages.port}/app`;
    return `<iframe src="/app"></iframe><iframe src="${other}" allow="camera"></iframe><iframe src="${other}"></iframe>`;
  };

  const drivers = {
    async Puppeteer() {
      const page = await browser.newPage();
      await installDevices(page, description);
      await page.goto(pages.urlOf('/described'));
      await page.evaluate(`document.body.innerHTML = ${JSON.stringify(withFrames())}`);
      return { frames: () => page.frames(), close: () => page.close() };
    },
    async Playwright() {
      const launched = await playwright.launch({ executablePath: (await chromium.find()) ?? '', args: chromiumArgs });
      const page = await launched.newPage();
      await installDevices(page, description);
      await page.goto(pages.urlOf('/described'));
      await page.evaluate(`document.body.innerHTML = ${JSON.stringify(withFrames())}`);
      return { frames: () => page.frames(), close: () => launched.close() };
    },
  };

  for (const [name, open] of Object.entries(drivers)) {
    it(`are in each frame of ${name}, and keep the policy of a frame`, async () => {
      const { frames, close } = await open();
      try {
        await waitFor(() => frames().length === 4, 'three frames');
        const [, own, allowed, forbidden] = frames() as [Frame, Frame, Frame, Frame];
        const titleOf = async (frame: Frame) => {
          await waitFor(() => frame.evaluate('document.title'), 'the answer to a frame');
          return frame.evaluate('document.title');
        };
        assert.equal(await titleOf(own), 'Front camera');
        assert.equal(await titleOf(allowed), 'Front camera');
        assert.match(String(await titleOf(forbidden)), /^NotAllowedError: .* allow="camera"/);
        for (const frame of [own, allowed]) await expectMedia(frame, '#local', { mark: 'front', frames: 10 });
        await virtualDevices(own).camera('front').unplug();
        const [unplugged, other] = [await virtualDevices(own).list(), await virtualDevices(allowed).list()];
        assert.deepEqual([unplugged[0]?.plugged, other[0]?.plugged], [false, true]);
      } finally {
        await close();
      }
    });
  }
});
