/* Virtual devices beside real ones: those that Chromium simulates by flags of its command line. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { installDevices, virtualDevices } from 'track-elements/testing';
import { chromium, chromiumArgs } from '../../../scripts/browsers/chromium.js';
import { type ServedPages, servePages } from '../../support/served-pages.js';
import { after, assert, before, beforeEach, describe, it } from '../../support/suite.js';

const page = `<!doctype html><title>Devices</title><script>
  const { mediaDevices } = navigator;
  const members = () => [
    ...['getUserMedia', 'getDisplayMedia', 'enumerateDevices', 'getSupportedConstraints'].map((name) => mediaDevices[name]),
    navigator.getUserMedia, navigator.webkitGetUserMedia, navigator.permissions.query,
  ];
  const labels = async (kind) => {
    const listed = await mediaDevices.enumerateDevices();
    return listed.filter((info) => info.kind === kind).map(({ label }) => label);
  };
  const open = async (constraints) => {
    const stream = await mediaDevices.getUserMedia(constraints);
    return stream.getTracks().map(({ kind, label }) => kind + ': ' + label).sort();
  };
  const openOld = (constraints) => new Promise((resolve, reject) => {
    navigator.webkitGetUserMedia(constraints, (stream) => resolve(stream.getTracks()[0].label), reject);
  });
</script>`;

describe('Virtual devices beside real ones', () => {
  let pages: ServedPages;
  let browser: Browser;
  let tab: Page;

  before(async () => {
    pages = await servePages({ '/': page });
    const executablePath = await chromium.find();
    const flags = ['--use-fake-device-for-media-stream'];
    browser = await puppeteer.launch({ executablePath: executablePath ?? '', args: [...chromiumArgs, ...flags] });
  });

  after(async () => {
    await browser?.close();
    pages?.close();
  });

  beforeEach(async () => {
    // The browser remembers a permission for all pages of a context.
    tab = await (await browser.createBrowserContext()).newPage();
    const cameras = [{ name: 'virtual', label: 'Virtual camera', facingMode: 'left' }] as const;
    const microphones = [{ label: 'Virtual microphone', channels: 6 }];
    await installDevices(tab, { mode: 'add', cameras, microphones, screens: [] });
    await tab.goto(pages.urlOf('/'));
  });

  const grantReal = () =>
    tab.browserContext().overridePermissions(new URL(pages.urlOf('/')).origin, ['camera', 'microphone']);
  const evaluate = (expression: string) => tab.evaluate(expression) as Promise<string[]>;
  const deviceId = async () => (await virtualDevices(tab).list())[0]?.deviceId;

  it('leave a plain request to the real ones, and take one by their id', async () => {
    await grantReal();
    const [real = ''] = await evaluate('open({ video: true })');
    assert.match(real, /^video: fake_device/);
    const byId = JSON.stringify({ video: { deviceId: { exact: await deviceId() } } });
    assert.deepEqual(await evaluate(`open(${byId})`), ['video: Virtual camera']);
    assert.match(String(await evaluate('openOld({ video: true })')), /^fake_device/);
    assert.equal(String(await evaluate(`openOld(${byId})`)), 'Virtual camera');
  });

  it('serve a request that requires what no real one has', async () => {
    await grantReal();
    assert.deepEqual(await evaluate(`open({ video: { facingMode: { exact: 'left' } } })`), ['video: Virtual camera']);
    const both = await evaluate(`open({
      audio: { channelCount: { exact: 6 } },
      video: { facingMode: { exact: 'left' }, advanced: [{ width: 640 }] },
    })`);
    assert.deepEqual(both, ['audio: Virtual microphone', 'video: Virtual camera']);
    const [real = '', virtual] = await evaluate(`open({ audio: true, video: { facingMode: { exact: 'left' } } })`);
    assert.match(real, /^audio: Fake /);
    assert.equal(virtual, 'video: Virtual camera');
    const refused = `open({ video: { facingMode: { exact: 'right' } } }).catch(({ name, constraint }) => [name, constraint])`;
    assert.deepEqual(await evaluate(refused), ['OverconstrainedError', 'facingMode']);
  });

  it('that are unplugged are not asked for by their id', async () => {
    await grantReal();
    await virtualDevices(tab).camera().unplug();
    const id = JSON.stringify(await deviceId());
    const [real = ''] = await evaluate(`open({ video: { deviceId: ${id} } })`);
    assert.match(real, /^video: fake_device/);
    const required = `open({ video: { deviceId: { exact: ${id} } } }).catch(({ name, constraint }) => [name, constraint])`;
    assert.deepEqual(await evaluate(required), ['OverconstrainedError', 'deviceId']);
  });

  it('give one stream with a virtual camera and a real microphone', async () => {
    await grantReal();
    const both = JSON.stringify({ audio: true, video: { deviceId: await deviceId() } });
    const [audio = '', video] = await evaluate(`open(${both})`);
    assert.match(audio, /^audio: Fake /);
    assert.equal(video, 'video: Virtual camera');
  });

  it('are hidden as the real ones are, until either was granted', async () => {
    assert.deepEqual(await evaluate(`labels('videoinput')`), ['']);
    await grantReal();
    await evaluate('open({ video: true })');
    const labels = await evaluate(`labels('videoinput')`);
    assert.equal(labels.pop(), 'Virtual camera');
    assert.isNotEmpty(labels);
    for (const label of labels) assert.match(label, /^fake_device/);
  });

  it('are listed beside hidden real ones, if only a virtual one was granted', async () => {
    await evaluate(`open({ video: { deviceId: ${JSON.stringify(await deviceId())} } })`);
    assert.include(await evaluate(`labels('videoinput')`), 'Virtual camera');
  });

  it('leave the real ones and the functions of the browser when they are closed', async () => {
    await grantReal();
    await evaluate('open({ video: true })');
    await evaluate('trackElementsDevices.devices.close()');
    const labels = await evaluate(`labels('videoinput')`);
    assert.isNotEmpty(labels);
    for (const label of labels) assert.match(label, /^fake_device/);
    const texts = await evaluate('members().map((member) => Function.prototype.toString.call(member))');
    assert.lengthOf(texts, 7);
    for (const text of texts) assert.match(text, /\[native code\]/);
    assert.match(String(await evaluate('open({ video: true })')), /fake_device/);
  });
});
