/** Chromium's `MediaStreamTrackProcessor`, which TypeScript's library does not have. */
type Processor = new (init: { track: MediaStreamTrack }) => { readonly readable: ReadableStream<AudioData> };

/** Blocks of 10 ms that are read. */
const BLOCKS = 12;

/** The peak of a track over a tenth of a second, in dBFS; `null` in browsers that cannot read samples of a track. */
export async function peakLevelOf(track: MediaStreamTrack): Promise<number | null> {
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: Processor };
  if (!MediaStreamTrackProcessor) return null;
  const clone = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: clone }).readable.getReader();
  let peak = 0;
  for (let blocks = 0; blocks < BLOCKS; blocks++) {
    const { value: data } = await reader.read();
    if (!data) break;
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), peak);
    data.close();
  }
  await reader.cancel();
  clone.stop();
  return 20 * Math.log10(peak);
}
