/* <video> and <audio> as sinks of sources that name them with `for`. */
import 'track-elements/define/all';
import { warnIfBlocked } from '../../dist/sinks/autoplay.js';
import { byId, place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { collectTimeouts } from '../support/timers.js';
import { colorAt, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source'];

const makeVideo = (attributes = '') =>
  place<HTMLVideoElement>(`<video id="screen" muted playsinline ${attributes}></video>`);
const makePattern = (more = '', around: ParentNode = document.body) =>
  place<Source>(
    `<pattern-source for="screen" pattern="solid" width="64" height="64" ${more}></pattern-source>`,
    around,
  );
const tracksOf = (element: HTMLMediaElement) => (element.srcObject as MediaStream | null)?.getTracks() ?? [];
const shows = (element: HTMLMediaElement, ...tracks: (MediaStreamTrack | null)[]) =>
  eventually(() => assert.sameMembers(tracksOf(element), tracks));

describe('a media element that sources name with for', () => {
  it('gets one stream with one track of each kind', async () => {
    const video = makeVideo();
    const pattern = makePattern();
    const tone = place<Source>('<tone-source for="screen"></tone-source>');
    await shows(video, await pattern.ready, await tone.ready);
    const stream = video.srcObject;
    pattern.stop();
    await shows(video, tone.track);
    await pattern.start();
    await shows(video, pattern.track, tone.track);
    assert.isTrue(video.srcObject === stream);
  });

  it('shows the source that came last, and the previous one again when that leaves', async () => {
    const video = makeVideo('autoplay');
    const red = makePattern('color="red"');
    await shows(video, await red.ready);
    const green = makePattern('color="lime"');
    await shows(video, await green.ready);
    await eventually(() => assert.isAbove(colorAt(readPixels(video), 32, 32)[1], 240));
    const blue = makePattern('color="blue"');
    await shows(video, await blue.ready);
    green.remove();
    await waitFor(() => green.state === 'stopped', 'the second is gone');
    await shows(video, blue.track);
    blue.remove();
    await shows(video, red.track);
    await eventually(() => assert.isAbove(colorAt(readPixels(video), 32, 32)[0], 240));
  });

  it('keeps the place of a source that stops and starts in one task', async () => {
    const video = makeVideo();
    const first = place<HTMLElementTagNameMap['track-generator']>(
      '<track-generator kind="audio" for="screen"></track-generator>',
    );
    const second = place<Source>('<tone-source for="screen"></tone-source>');
    await shows(video, await second.ready);
    first.stop();
    await first.start();
    await first.updateComplete;
    await shows(video, second.track);
  });

  it('has no srcObject after the last source has left', async () => {
    const video = makeVideo();
    const pattern = makePattern();
    await shows(video, await pattern.ready);
    pattern.remove();
    await waitFor(() => video.srcObject === null, 'srcObject is null');
  });

  it('keeps a srcObject that the page has set in the meantime', async () => {
    const video = makeVideo();
    const pattern = makePattern();
    await shows(video, await pattern.ready);
    const own = new MediaStream();
    video.srcObject = own;
    pattern.stop();
    await pattern.updateComplete;
    assert.isTrue(video.srcObject === own);
  });

  it('loses a srcObject that the page had set before, with a warning on the console', async () => {
    const video = makeVideo();
    video.srcObject = new MediaStream();
    const { warn } = console;
    const warnings: unknown[][] = [];
    console.warn = (...words) => warnings.push(words);
    try {
      const pattern = makePattern();
      await shows(video, await pattern.ready);
    } finally {
      console.warn = warn;
    }
    assert.lengthOf(warnings, 1);
    assert.match(String(warnings[0][0]), /srcObject/);
    assert.isTrue(warnings[0].includes(video));
  });

  it('never calls play()', async () => {
    const video = makeVideo();
    let plays = 0;
    video.play = async () => void plays++;
    const pattern = makePattern();
    const tone = place<Source>('<tone-source for="screen"></tone-source>');
    await shows(video, await pattern.ready, await tone.ready);
    pattern.stop();
    await pattern.start();
    await shows(video, pattern.track, tone.track);
    assert.equal(plays, 0);
    assert.isTrue(video.paused);
  });

  it('shows a picture within 1.5 seconds when it is added to a slow source', async () => {
    const pattern = makePattern('color="white" frame-rate="1"');
    await pattern.ready;
    await waitFor(async () => (await pattern.getStats()).produced > 0, 'the first frame is gone');
    const video = makeVideo('autoplay');
    await eventually(() => assert.isAbove(colorAt(readPixels(video), 32, 32)[1], 240), { timeoutMs: 1500 });
  });

  it('plays audio in an audio element', async () => {
    const audio = place<HTMLAudioElement>('<audio id="speaker" autoplay></audio>');
    const tone = place<Source>('<tone-source for="speaker" level="-60"></tone-source>');
    await shows(audio, await tone.ready);
    await waitFor(() => !audio.paused && audio.currentTime > 0.1, 'it plays');
  });
});

describe('a page with a source in its markup', () => {
  for (const page of ['pattern', 'generator']) {
    it(`gets its load event: ${page}`, async () => {
      const frame = place<HTMLIFrameElement>(`<iframe id="frame" width="200" height="200"></iframe>`);
      const loaded = nextEvent(frame, 'load', { timeoutMs: 30_000 });
      frame.src = new URL(`../pages/${page}-in-video.html`, import.meta.url).href;
      await loaded;
      const inside = byId<HTMLIFrameElement>('frame').contentDocument as Document;
      const video = inside.querySelector('video') as HTMLVideoElement;
      assert.equal(inside.readyState, 'complete');
      await waitFor(() => video.srcObject, 'the video has its stream');
      if (page === 'pattern') await eventually(() => assert.isAbove(colorAt(readPixels(video), 32, 32)[1], 240));
    });
  }
});

describe('warnIfBlocked()', () => {
  it('leaves no timer when its signal ends it', async () => {
    const timeouts = collectTimeouts();
    const watching = new AbortController();
    const element = { readyState: HTMLMediaElement.HAVE_ENOUGH_DATA } as HTMLMediaElement;
    const warn = () => assert.fail('it warned');
    void warnIfBlocked({ element }, warn, watching.signal);
    assert.deepEqual([...timeouts.values()], [1000]);
    watching.abort();
    void warnIfBlocked({ element }, warn, watching.signal);
    assert.deepEqual([...timeouts.values()], []);
  });
});
