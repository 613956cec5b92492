/** The hash of each signal's bits; golden.test.ts says of which. */
export const golden: Record<string, string> = {
  'smpte-hd': '4553e409',
  smpte: 'a2036213',
  'ebu-75': 'cd2a9ac0',
  solid: '1713372e',
  gradient: '2e6d14a6',
  checkers: '8fa7398f',
  ball: '084c5181',
  snow: '595c743b',
  sine: 'c13ef249',
  square: '7050b8b5',
  sawtooth: '89432c98',
  triangle: '8dbc2c1a',
  'white-noise': '3e14764e',
  'pink-noise': '183e1768',
  silence: '897ec40c',
};
