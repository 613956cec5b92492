/** A channel of an input, and the factor with which it is heard. */
export type ChannelShare = readonly [channel: number, gain: number];

/**
 * The channels of an input that one channel of an output hears. Mono is heard on all channels, and mono hears the mean of all. The
 * channels of a room go to stereo by the rules of Web Audio, so that the dialogue of a film, which is in the centre, is heard.
 * Otherwise each channel hears its own.
 *
 * @see https://webaudio.github.io/web-audio-api/#channel-up-mixing-and-down-mixing
 */
export function channelShares(inputs: number, channel: number, channels: number): readonly ChannelShare[] {
  if (inputs === 1) return [[0, 1]];
  if (!isMixed(inputs, channels)) return channel < inputs ? [[channel, 1]] : [];
  if (channels === 2) return stereoShares(inputs, channel);
  if (isRoom(inputs))
    return [0, 1].flatMap((side) => stereoShares(inputs, side).map(([from, gain]) => [from, gain / 2]));
  return Array.from({ length: inputs }, (_, from) => [from, 1 / inputs]);
}

/** Whether the channels of an input are mixed for so many channels. */
export const isMixed = (inputs: number, channels: number): boolean =>
  inputs > channels && (channels === 1 || (channels === 2 && isRoom(inputs)));

/** Four channels at the corners; or 5.1 and 7.1. */
const isRoom = (inputs: number): boolean => inputs === 4 || inputs === 6 || inputs === 8;

/** The order is left, right, centre, low frequencies, and pairs of left and right at the back and at the sides; without the middle two for four. */
function stereoShares(inputs: number, side: number): ChannelShare[] {
  if (inputs === 4) return [side, side + 2].map((from) => [from, 0.5]);
  const shares: ChannelShare[] = [
    [side, 1],
    [2, Math.SQRT1_2],
  ];
  for (let from = 4 + side; from < inputs; from += 2) shares.push([from, Math.SQRT1_2]);
  return shares;
}
