/** Files of audio that tests make by hand. */

/** A WAVE file of one sine in 16 bits: the header of 44 bytes, and the samples. `gains` has one for each channel. */
export function makeWaveFile(
  frequency: number,
  { seconds = 1, level = -6, sampleRate = 48000, gains = [1] } = {},
): ArrayBuffer {
  const channels = gains.length;
  const count = Math.round(seconds * sampleRate);
  const file = new DataView(new ArrayBuffer(44 + count * channels * 2));
  const text = (at: number, characters: string) => {
    for (let i = 0; i < 4; i++) file.setUint8(at + i, characters.charCodeAt(i));
  };
  text(0, 'RIFF');
  file.setUint32(4, file.byteLength - 8, true);
  text(8, 'WAVE');
  text(12, 'fmt ');
  file.setUint32(16, 16, true);
  // Integer samples.
  file.setUint16(20, 1, true);
  file.setUint16(22, channels, true);
  file.setUint32(24, sampleRate, true);
  file.setUint32(28, sampleRate * channels * 2, true);
  file.setUint16(32, channels * 2, true);
  file.setUint16(34, 16, true);
  text(36, 'data');
  file.setUint32(40, count * channels * 2, true);
  const amplitude = 32767 * 10 ** (level / 20);
  for (let i = 0; i < count * channels; i++) {
    const n = Math.floor(i / channels);
    const sine = Math.sin((2 * Math.PI * frequency * n) / sampleRate);
    file.setInt16(44 + i * 2, Math.round(amplitude * (gains[i % channels] as number) * sine), true);
  }
  return file.buffer;
}
