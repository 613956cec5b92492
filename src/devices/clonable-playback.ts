import type { AudioComposition } from '../engine/composition.js';
import { playIntoAudio } from '../engine/page/audio-playback.js';
import type { Playback, PlaybackListener } from '../engine/page/playback.js';
import type { AudioOutput } from '../generator/page/output.js';
import { cloneForReading, endTrack, everyHalfSecond } from '../generator/page/tracks.js';
import type { AudioFormat } from './device-format.js';

/** A playback, as far as the track of a device needs it. */
export interface ClonablePlayback extends Pick<Playback, 'track' | 'play' | 'setHold' | 'close'> {
  /** Another track with the same audio, in this task. It plays what was given last to any of them. */
  clone?(listener: PlaybackListener): ClonablePlayback;
}

/**
 * Plays into an audio track that is open. One of a captured media element can be cloned: another element would take a moment, and an
 * `AudioContext` would wait for a user gesture. The element plays until the last of the tracks has ended.
 */
export function playClonable(output: AudioOutput, format: AudioFormat, listener: PlaybackListener): ClonablePlayback {
  if (output.backend !== 'element') return playIntoAudio(output, format, listener);
  const users = new Set<PlaybackListener>();
  const source = playIntoAudio(output, format, {
    ...listener,
    ended: () => {
      for (const user of users) user.ended();
    },
  });
  const clone = (user: PlaybackListener): ClonablePlayback => {
    users.add(user);
    // The page's tracks are all clones, so that it cannot end the one of the element.
    const track = cloneForReading(source.track);
    const close = () => {
      if (!users.delete(user)) return;
      stopPolling();
      endTrack(track);
      if (users.size === 0) source.close();
    };
    // The user closes it.
    const stopPolling = everyHalfSecond(() => {
      if (track.readyState === 'ended') user.ended();
    });
    return {
      track,
      play: (composition) => source.play(composition as AudioComposition),
      setHold: (hold) => source.setHold(hold),
      close,
      clone,
    };
  };
  return clone(listener);
}
