/* Elements as the frameworks themselves render them: by the names of attributes, also with values that no attribute can hold. */
import 'track-elements/define/pattern-source';
import 'track-elements/define/whep-player';
import { h as createPreactNode, render as renderPreact } from 'preact';
import { createRoot } from 'solid-js';
import { spread } from 'solid-js/web';
// @ts-expect-error: Vue has no types for its file for browsers.
import { createApp, h as createVueNode } from 'vue/dist/vue.runtime.esm-browser.prod.js';
import { place, removePlaced } from '../support/page.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

type Properties = Record<string, unknown>;
type Rendered = HTMLElement & Properties;

/** Each renders one element into a root, and returns how to remove it. */
const frameworks: Record<string, (root: HTMLElement, tag: string, properties: Properties) => () => void> = {
  Preact(root, tag, properties) {
    renderPreact(createPreactNode(tag, properties), root);
    return () => renderPreact(null, root);
  },
  Solid: (root, tag, properties) =>
    createRoot((dispose) => {
      const element = document.createElement(tag);
      spread(element, properties);
      root.append(element);
      return dispose;
    }),
  Vue(root, tag, properties) {
    const app = createApp({ render: () => createVueNode(tag, properties) });
    app.mount(root);
    return () => app.unmount();
  },
};

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  removePlaced();
});

for (const [framework, render] of Object.entries(frameworks)) {
  describe(`An element that ${framework} renders`, () => {
    const rendered = async (tag: string, properties: Properties): Promise<Rendered> => {
      const root = place('<div></div>');
      removals.push(render(root, tag, { manual: true, ...properties }));
      const element = root.firstElementChild as Rendered;
      await element.updateComplete;
      return element;
    };

    it('gives its track to the sink that "for" names', async () => {
      const video = place<HTMLVideoElement>('<video id="screen" muted></video>');
      const source = await rendered('pattern-source', { for: 'screen', width: 64, height: '36', manual: undefined });
      assert.equal(source.getAttribute('for'), 'screen');
      const track = await (source.ready as Promise<MediaStreamTrack>);
      await waitFor(() => video.srcObject, 'the track in the video');
      assert.deepEqual((video.srcObject as MediaStream).getTracks(), [track]);
    });

    it('has the values that are given by the names of attributes', async () => {
      const { frameRate, frameCounter, dropFrame, label, scrollX } = await rendered('pattern-source', {
        'frame-rate': 25,
        'frame-counter': true,
        'drop-frame': false,
        label: undefined,
        'scroll-x': null,
      });
      assert.deepEqual([frameRate, frameCounter, dropFrame, label, scrollX], [25, true, false, '', 0]);
    });

    it('has a list that is given by the name of the attribute', async () => {
      const servers = [{ urls: 'stun:127.0.0.1:3478' }];
      const player = await rendered('whep-player', { 'ice-servers': servers });
      assert.deepEqual(player.iceServers, servers);
      assert.isFalse(player.hasAttribute('ice-servers'), 'no attribute has the credentials of the list');
    });
  });
}
