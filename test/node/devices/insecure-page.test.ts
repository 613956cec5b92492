/* A page over http from another machine, which has no `navigator.mediaDevices`: Media Capture and Streams, section "MediaDevices". */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { installDevices } from 'track-elements/testing';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { type ServedPages, servePages } from '../../support/served-pages.js';
import { after, assert, before, beforeEach, describe, it } from '../../support/suite.js';

const html = `<!doctype html><title>Insecure</title><video muted playsinline></video><script>
  const open = async (constraints) => {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    return stream.getTracks().map(({ kind, label }) => kind + ': ' + label).sort();
  };
  const show = async (constraints) => {
    const video = document.querySelector('video');
    video.srcObject = await navigator.mediaDevices.getUserMedia(constraints);
    await video.play();
    return [video.videoWidth, video.videoHeight];
  };
</script>`;

describe('A page that is not secure', () => {
  let pages: ServedPages;
  let browser: Browser;
  let tab: Page;

  before(async () => {
    pages = await servePages({ '/': html });
    const executablePath = (await chromium.find()) ?? '';
    const flag = '--host-resolver-rules=MAP insecure.test 127.0.0.1';
    browser = await puppeteer.launch({ executablePath, args: [...chromiumArgs, flag] });
  });

  after(async () => {
    await browser?.close();
    pages?.close();
  });

  beforeEach(async () => {
    tab = await browser.newPage();
  });

  const visit = () => tab.goto(`http://insecure.test:${pages.port}/`);
  const evaluate = (expression: string) => tab.evaluate(expression) as Promise<unknown>;

  it('has virtual devices, which the browser would not let it have', async () => {
    await visit();
    assert.deepEqual(await evaluate(`[isSecureContext, 'mediaDevices' in navigator]`), [false, false]);
    await installDevices(tab, {
      cameras: [{ label: 'Front camera' }],
      microphones: [{ label: 'Headset' }],
      screens: [{ label: 'Screen' }],
    });
    await visit();
    assert.isFalse(await evaluate('isSecureContext'));
    assert.deepEqual(await evaluate('open({ audio: true, video: true })'), ['audio: Headset', 'video: Front camera']);
    assert.deepEqual(await evaluate('show({ video: { width: 320, height: 240 } })'), [320, 240]);
    const listed = 'navigator.mediaDevices.enumerateDevices().then((all) => all.map(({ label }) => label).sort())';
    assert.deepEqual(await evaluate(listed), ['Front camera', 'Headset']);
    const screen = 'navigator.mediaDevices.getDisplayMedia().then((stream) => stream.getTracks()[0].label)';
    assert.equal(await evaluate(screen), 'Screen');
  });

  it('has no mediaDevices any more when they are closed', async () => {
    await installDevices(tab);
    await visit();
    assert.isTrue(await evaluate(`'mediaDevices' in navigator`));
    await evaluate('trackElementsDevices.devices.close()');
    assert.isFalse(await evaluate(`'mediaDevices' in navigator`));
  });
});
