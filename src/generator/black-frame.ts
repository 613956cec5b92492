let bytes = new Uint8Array(0);

/** A black frame of any size: RGB, since not every browser takes odd sizes with colour at half the resolution. */
export function blackFrame(codedWidth: number, codedHeight: number, timestamp: number): VideoFrame {
  const length = codedWidth * codedHeight * 4;
  if (bytes.length !== length) bytes = new Uint8Array(length);
  return new VideoFrame(bytes, { format: 'RGBX', codedWidth, codedHeight, timestamp });
}
