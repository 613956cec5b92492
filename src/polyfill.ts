/*
 * Gives the page a global `MediaStreamTrackGenerator` where it has none: the native interface, and nothing more. A
 * native one stays as it is.
 */

import { LateAudioWriter } from './generator/page/late-audio-writer.js';
import { openAudio, openVideo } from './generator/page/open-output.js';
import { everyHalfSecond } from './generator/page/shared-interval.js';
import type { TrackWriter } from './generator/page/track-writer.js';
import { VideoWriter } from './generator/page/video-writer.js';
import { describeValue } from './signals/describe-value.js';

const chunks = { video: 'VideoFrame', audio: 'AudioData' } as const;

/** The stream of mediacapture-transform: what it does not take is rejected with a `TypeError` and left open. */
function openStream(kind: 'video' | 'audio', feed: TrackWriter): WritableStream<VideoFrame | AudioData> {
  const { track } = feed.output;
  let forgetTick = () => {};
  const end = () => {
    forgetTick();
    feed.end();
  };
  return new WritableStream<VideoFrame | AudioData>({
    start(controller) {
      forgetTick = everyHalfSecond(() => {
        if (track.readyState === 'live') return;
        end();
        controller.error(new TypeError('The track has ended.'));
      });
    },
    async write(chunk) {
      if (describeValue(chunk) !== chunks[kind])
        throw new TypeError(`${describeValue(chunk)} was written; expected ${chunks[kind]}.`);
      if (track.readyState === 'ended') throw new TypeError(`A ${chunks[kind]} was written after the track had ended.`);
      await feed.write(chunk, {});
    },
    close: end,
    abort: end,
  });
}

function install(): void {
  class MediaStreamTrackGenerator extends trackItself() {
    /** Tells the library that this is none of the browser's backends. */
    static readonly polyfill = true;
    readonly #writable: WritableStream<VideoFrame | AudioData>;

    constructor(init: { kind: 'video' | 'audio' } | string) {
      const kind = typeof init === 'string' ? init : init?.kind;
      if (kind !== 'video' && kind !== 'audio') {
        throw new TypeError(
          `The kind of a MediaStreamTrackGenerator is ${describeValue(kind)}; it is "video" or "audio".`,
        );
      }
      const feed = kind === 'video' ? new VideoWriter(openVideo()) : new LateAudioWriter(openAudio({}), {});
      super(feed.output.track);
      Object.setPrototypeOf(this, new.target.prototype);
      this.#writable = openStream(kind, feed);
    }

    get writable(): WritableStream<VideoFrame | AudioData> {
      return this.#writable;
    }
  }

  Object.defineProperty(globalThis, 'MediaStreamTrackGenerator', {
    value: MediaStreamTrackGenerator,
    configurable: true,
    writable: true,
  });
}

/** A base class whose `super(track)` makes `this` that track. */
function trackItself(): new (track: MediaStreamTrack) => MediaStreamTrack {
  function Track(track: MediaStreamTrack): MediaStreamTrack {
    return track;
  }
  Track.prototype = MediaStreamTrack.prototype;
  return Track as unknown as new (
    track: MediaStreamTrack,
  ) => MediaStreamTrack;
}

if (typeof MediaStreamTrack === 'function' && !('MediaStreamTrackGenerator' in globalThis)) install();
