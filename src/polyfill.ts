/*
 * Defines the global `MediaStreamTrackGenerator` with the native interface, and nothing more, in browsers without it. A
 * native one is left alone.
 */
import { has } from './generator/features.js';
import { AudioWriter } from './generator/page/audio-writer.js';
import { openAudio, openVideo } from './generator/page/open-output.js';
import type { TrackWriter } from './generator/page/track-writer.js';
import { everyHalfSecond } from './generator/page/tracks.js';
import { VideoWriter } from './generator/page/video-writer.js';
import { valueError } from './signals/checks.js';
import { describeValue } from './signals/describe-value.js';
import type { TrackKind } from './signals/track-kind.js';

const chunkTypes = { video: 'VideoFrame', audio: 'AudioData' } as const;

/** The stream of mediacapture-transform. Chunks that it does not accept are rejected with a `TypeError` and stay open. */
function openStream(kind: TrackKind, writer: TrackWriter): WritableStream<VideoFrame | AudioData> {
  const { track } = writer.output;
  const chunkType = chunkTypes[kind];
  let stopPolling = () => {};
  const end = () => {
    stopPolling();
    writer.end();
  };
  return new WritableStream<VideoFrame | AudioData>({
    start(controller) {
      stopPolling = everyHalfSecond(() => {
        if (track.readyState === 'live') return;
        end();
        controller.error(new TypeError('The track has ended.'));
      });
    },
    async write(chunk) {
      if (describeValue(chunk) !== chunkType) throw valueError('chunk', chunk, `of type ${chunkType}`, TypeError);
      if (track.readyState === 'ended') throw new TypeError(`${chunkType} was written after the track had ended.`);
      await writer.write(chunk, {});
    },
    close: end,
    abort: end,
  });
}

function install(): void {
  class MediaStreamTrackGenerator extends trackItself() {
    readonly #writable: WritableStream<VideoFrame | AudioData>;

    constructor(init: { kind: TrackKind } | TrackKind) {
      const kind = typeof init === 'string' ? init : init?.kind;
      if (kind !== 'video' && kind !== 'audio') throw valueError('kind', kind, '"video" or "audio"', TypeError);
      const writer = kind === 'video' ? new VideoWriter(openVideo()) : new AudioWriter(openAudio({}), {});
      super(writer.output.track);
      Object.setPrototypeOf(this, new.target.prototype);
      this.#writable = openStream(kind, writer);
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

if (has('MediaStreamTrack') && !has('MediaStreamTrackGenerator')) install();
