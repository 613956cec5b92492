/* Marks of audio: rendered, read, and compared with the truth. */
import {
  AUDIO_MARK_FRAMES,
  type AudioMark,
  type AudioMarkOptions,
  AudioMarkReader,
  rateValue,
  renderMark,
} from 'track-elements/signals';
import { assert } from '../support/suite.js';

/** Samples with nothing but a mark, from sample number `first` on. */
export function renderedMark(options: AudioMarkOptions, first: number, seconds: number): Float32Array {
  const samples = new Float32Array(Math.floor(seconds * options.sampleRate));
  renderMark(samples, first, options);
  return samples;
}

/** All marks of a stream, which is read in blocks of some length. */
export function readAudio(samples: Float32Array, options: AudioMarkOptions, length = 480): AudioMark[] {
  const reader = new AudioMarkReader(options);
  const marks: AudioMark[] = [];
  for (let i = 0; i < samples.length; i += length) marks.push(...reader.read(samples.subarray(i, i + length)));
  return marks;
}

/**
 * Asserts that each mark has the number of the frame that began nearest to it. Returns how far from that it was, in
 * milliseconds.
 *
 * @param first The number of the first sample that was sent.
 * @param sentAt The time in what was sent, of a time in what arrived.
 */
export function framesAt(
  marks: AudioMark[],
  { rate, sampleRate }: AudioMarkOptions,
  first: number,
  sentAt: (time: number) => number = (time) => time,
): number[] {
  return marks.map(({ frame, time }) => {
    const position = (sentAt(time) + first / sampleRate) * rateValue(rate);
    assert.equal(frame, Math.round(position) % AUDIO_MARK_FRAMES, `at ${time.toFixed(3)} s`);
    return ((position - Math.round(position)) / rateValue(rate)) * 1000;
  });
}
