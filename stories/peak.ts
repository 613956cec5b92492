// Chromium's, which TypeScript's library does not have.
type Processor = new (init: { track: MediaStreamTrack }) => { readonly readable: ReadableStream<AudioData> };

/**
 * The highest sample of a track in a moment, in dBFS; `null` where the browser lets nobody read samples without a user
 * gesture.
 */
export async function peakOf(track: MediaStreamTrack): Promise<number | null> {
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: Processor };
  if (!MediaStreamTrackProcessor) return null;
  const copy = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: copy }).readable.getReader();
  let peak = 0;
  for (let blocks = 0; blocks < 12; blocks++) {
    const { value: data } = await reader.read();
    if (!data) break;
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak);
    data.close();
  }
  await reader.cancel();
  copy.stop();
  return 20 * Math.log10(peak);
}
