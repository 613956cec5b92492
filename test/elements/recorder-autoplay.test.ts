/* <track-recorder>: browsers that do not let audio run before a user gesture. */
import 'track-elements/define/all';
import { onCleanup } from '../support/cleanup.js';
import { inspect } from '../support/media-file.js';
import { place } from '../support/page.js';
import { connectPeers } from '../support/peers.js';
import { placeRecorder, recordUntil, stopRecorder } from '../support/recorder.js';
import { describeIf, hasPeers, hasProcessor, noFfmpeg, skip } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

describeIf(
  !hasProcessor,
  'this engine reads audio without an AudioContext',
  'a track-recorder that may not run audio',
  () => {
    it('warns once, with the remedy, and records the audio after the next gesture', async function () {
      // Of a context of the page's own: the recorder would share that of a tone-source, which runs.
      const context = new AudioContext();
      onCleanup(() => context.close());
      const oscillator = context.createOscillator();
      const destination = context.createMediaStreamDestination();
      oscillator.connect(destination);
      oscillator.start();
      const [track] = destination.stream.getAudioTracks();
      let isAllowed = false;
      // As an autoplay policy does, which the browsers of the tests do not have.
      class BlockedContext extends AudioContext {
        constructor(options?: AudioContextOptions) {
          super(options);
          void this.suspend();
        }

        override resume(): Promise<void> {
          return isAllowed ? super.resume() : new Promise(() => {});
        }
      }
      const original = globalThis.AudioContext;
      onCleanup(() => Object.assign(globalThis, { AudioContext: original }));
      Object.assign(globalThis, { AudioContext: BlockedContext });
      const recorder = placeRecorder('type="audio/wav"', '');
      recorder.addTrack(track, recorder);
      const warnings: ErrorEvent[] = [];
      recorder.addEventListener('warning', (event) => {
        event.preventDefault();
        warnings.push(event);
      });
      await recorder.start();
      await waitFor(() => warnings.length > 0, 'a warning');
      assert.equal(warnings[0].error.name, 'NotAllowedError');
      assert.match(warnings[0].message, /user gesture.*silent until the next click or key.*start\(\) in a click/);
      assert.equal(recorder.state, 'recording');
      isAllowed = true;
      dispatchEvent(new Event('pointerdown'));
      await recordUntil(recorder, recorder.duration + 0.8);
      const file = (await inspect(await stopRecorder(recorder))) ?? skip(this, noFfmpeg);
      assert.isAbove(Math.max(...file.levels), 0.05, 'the tone after the gesture');
      assert.lengthOf(warnings, 1);
    });
  },
);

describeIf(
  hasPeers && hasProcessor,
  'this engine reads received audio without a media element',
  'a track-recorder of received audio',
  () => {
    it('warns once, with the remedy, if the browser does not let it play, and plays after the next gesture', async () => {
      const tone = place<HTMLElementTagNameMap['tone-source']>('<tone-source></tone-source>');
      const { tracks } = await connectPeers([await tone.ready]);
      const { prototype } = HTMLMediaElement;
      const { play } = prototype;
      onCleanup(() => Object.assign(prototype, { play }));
      let refused = 0;
      prototype.play = async () => {
        refused++;
        throw new DOMException('A user gesture is needed.', 'NotAllowedError');
      };
      const recorder = placeRecorder('type="audio/wav"', '');
      for (const track of tracks) recorder.addTrack(track, tone);
      const warning = nextEvent<ErrorEvent>(recorder, 'warning');
      recorder.addEventListener('warning', (event) => event.preventDefault());
      await recorder.start();
      const { error, message } = await warning;
      assert.equal(error.name, 'NotAllowedError');
      assert.match(message, /user gesture.*silent until the next click or key.*start\(\) in a click/);
      assert.equal(refused, 1);
      const played = new Promise<void>((resolve) => {
        prototype.play = function () {
          resolve();
          return play.call(this);
        };
      });
      dispatchEvent(new Event('pointerdown'));
      await played;
      await recordUntil(recorder, recorder.duration + 0.5);
      await stopRecorder(recorder);
    });
  },
);
