/* A media element whose stream has no frame yet holds back the page's load event in Chromium. */
import type { TrackGenerator } from 'track-elements/generator';
import { videoBackends } from '../support/generators.js';
import { openPage } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas } from '../support/video-inputs.js';
import { waitFor } from '../support/waiting.js';

type Page = Window & { readonly generator: TrackGenerator };

describe('A generator that waits for its first frame', () => {
  for (const backend of videoBackends) {
    it(`by ${backend} does not delay the load event of its page`, async () => {
      const frame = await openPage(`/test/pages/waiting-generator.html?backend=${backend}`, { timeoutMs: 5000 });
      const { generator } = frame.contentWindow as Page;
      assert.equal(generator.track.readyState, 'live');
      assert.equal((await generator.getStats()).produced, 0);
      const video = frame.contentDocument?.querySelector('video') as HTMLVideoElement;
      assert.equal(await generator.write(makeCanvas(320, 180)), true);
      await waitFor(() => video.videoWidth === 320, 'the first picture');
      generator.stop();
    });
  }
});
