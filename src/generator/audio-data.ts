/** Copies the samples of an `AudioData`, which stays open: one plane for each channel, or for the first ones. */
export function planesOf(data: AudioData, channels = data.numberOfChannels): Float32Array<ArrayBuffer>[] {
  const planes = Array.from({ length: channels }, () => new Float32Array(data.numberOfFrames));
  copyPlanes(data, planes);
  return planes;
}

/** Copies the samples of an `AudioData` into planes of its length, one for each channel. */
export function copyPlanes(data: AudioData, planes: readonly Float32Array<ArrayBuffer>[]): void {
  for (const [planeIndex, plane] of planes.entries()) data.copyTo(plane, { planeIndex, format: 'f32-planar' });
}
