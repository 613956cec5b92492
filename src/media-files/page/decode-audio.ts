import type { DecodedAudio, FileLocation } from '../messages.js';

/**
 * Decodes all of the audio of a file at once, where the browser has no decoder for workers.
 *
 * @throws {Error} for audio that the browser does not decode.
 */
export async function decodeAudio(location: FileLocation): Promise<DecodedAudio> {
  const bytes = await (typeof location === 'string' ? await fetch(location) : location).arrayBuffer();
  const buffer = await new OfflineAudioContext(1, 1, DECODED_RATE_HZ).decodeAudioData(bytes);
  const { sampleRate, numberOfChannels } = buffer;
  const planes = Array.from({ length: numberOfChannels }, (_, channel) => buffer.getChannelData(channel).slice());
  return { planes, sampleRate };
}

/** The decoder brings all audio to the rate of its context. */
const DECODED_RATE_HZ = 48_000;
