/**
 * How the forms show the attributes of each element: data, and all of it optional. An attribute that is not named here
 * is shown too: at the end of the last group, with its name as label and a control for its type.
 */
import type { Option } from './fields.js';
import type { SliderRange } from './slider.js';

/** The attributes of a form in their order. */
export interface FormLayout {
  /** Always visible. */
  readonly main: readonly string[];
  /** Behind a heading that opens them. */
  readonly groups: readonly { readonly title: string; readonly names: readonly string[] }[];
  readonly views?: Readonly<Record<string, AttributeView>>;
}

/** How one attribute is shown, where its name, type and description do not say enough. */
export interface AttributeView {
  readonly label?: string;
  readonly hint?: string;
  readonly unit?: string;
  readonly range?: SliderRange;
  readonly options?: readonly Option[];
  readonly isColor?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** A second attribute in the same row, and the sign between the two. */
  readonly pair?: { readonly name: string; readonly sign: string };
}

/** Attributes that no form shows: buttons set them, pickers do, the page's markup does, or layers alone have them. */
export const hiddenAttributes: ReadonlySet<string> = new Set([
  ...['paused', 'muted', 'manual'],
  ...['pattern', 'waveform', 'params'],
  'for',
  ...['x', 'y', 'opacity', 'gain', 'pan'],
]);

const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, text]) => ({ value, text }));

const frameRates = ['10', '24', '25', '29.97', '30', '50', '59.94', '60'];

/** Views that several elements share. */
const shared: Readonly<Record<string, AttributeView>> = {
  'content-hint': {
    label: 'Content hint',
    hint: 'Tells an encoder what the track shows or carries.',
    options: optionsOf({
      '': 'none',
      motion: 'video: motion',
      detail: 'video: detail',
      text: 'video: text',
      speech: 'audio: speech',
      music: 'audio: music',
    }),
  },
  animation: {
    label: 'Time base',
    hint: 'Machines with synchronized clocks are in step on the wall clock.',
    options: optionsOf({ timeline: 'since the page started', 'wall-clock': 'wall clock, since 1970' }),
  },
  seed: { label: 'Random seed', hint: 'Equal seeds give equal results. A whole number.' },
};

const sending: Readonly<Record<string, AttributeView>> = {
  codec: { label: 'Video codec', hint: 'Automatic is the choice of the browser.' },
  'max-bitrate': {
    label: 'Bit rate limit',
    hint: 'Of the video.',
    options: optionsOf({
      '': 'automatic',
      150000: '150 kb/s',
      500000: '500 kb/s',
      1000000: '1 Mb/s',
      2500000: '2.5 Mb/s',
    }),
  },
  'max-framerate': { label: 'Frame rate limit', hint: 'Empty is no limit.', unit: 'fps' },
  'scale-down': {
    label: 'Scale down',
    hint: 'Sends a smaller picture.',
    options: optionsOf({ 1: 'full size', 2: 'half the width and height', 4: 'a quarter of the width and height' }),
  },
  'scalability-mode': { label: 'Scalability', hint: 'Layers of the encoding, such as L1T2.', placeholder: 'automatic' },
  degradation: {
    label: 'When overloaded',
    hint: 'The encoder reduces this first when bit rate or processor time is short.',
    options: optionsOf({
      '': 'reduce the frame rate',
      'maintain-framerate': 'reduce the size',
      balanced: 'reduce both',
      auto: 'automatic',
    }),
  },
  'audio-bitrate': {
    label: 'Audio bit rate',
    hint: 'Of all channels together.',
    options: optionsOf({ '': 'automatic', 24000: '24 kb/s', 64000: '64 kb/s', 128000: '128 kb/s', 510000: '510 kb/s' }),
  },
  'audio-dtx': { label: 'Little is sent in silence', hint: 'Discontinuous transmission.' },
  'no-audio-fec': { label: 'No error correction', hint: 'Sends audio without forward error correction.' },
  simulcast: { label: 'Simulcast', hint: 'Sizes that are sent at the same time, 1 to 3.' },
};

const milliseconds = (max: number, step: number) => ({ unit: 'ms', range: { min: 0, max, step } });

export const formLayouts: Readonly<Record<string, FormLayout>> = {
  'pattern-source': {
    main: ['color', 'background', 'speed', 'seed', 'width', 'frame-rate', 'label', 'timecode'],
    groups: [
      {
        title: 'More settings',
        names: ['drop-frame', 'frame-counter', 'flip', 'scroll-x', 'color-space', 'animation'],
      },
    ],
    views: {
      ...shared,
      color: { isColor: true, hint: 'Foreground of the pattern.' },
      background: { isColor: true, hint: 'Behind the foreground.' },
      speed: { range: { min: 0, max: 4, step: 0.1 }, unit: '×', hint: '1 is normal speed, 0 stands still.' },
      width: {
        label: 'Size',
        hint: 'Width and height in pixels: even numbers, 2 to 16384.',
        pair: { name: 'height', sign: '×' },
      },
      'frame-rate': {
        hint: 'In markup also a fraction, such as 30000/1001.',
        options: frameRates.map((rate) => ({ value: rate, text: `${rate} fps` })),
      },
      label: { maxLength: 40, hint: 'Text shown in the picture.' },
      timecode: { label: 'Time code', hint: 'Shown in the picture: hours, minutes, seconds, frames.' },
      'drop-frame': { label: 'Drop-frame', hint: 'Keeps the time code of 29.97 and 59.94 fps in step with the clock.' },
      'frame-counter': { hint: 'Shows the number of the frame.' },
      flip: {
        hint: 'Mirrors the pattern; text stays readable.',
        options: optionsOf({
          none: 'not mirrored',
          horizontal: 'left and right',
          vertical: 'top and bottom',
          both: 'both directions',
        }),
      },
      'scroll-x': {
        label: 'Scroll',
        hint: 'Pixels per frame, to the left and up.',
        pair: { name: 'scroll-y', sign: ',' },
      },
      'color-space': {
        hint: 'Automatic is BT.709 from 720 lines, BT.601 below.',
        options: optionsOf({ '': 'automatic', bt601: 'BT.601', bt709: 'BT.709' }),
      },
    },
  },

  'tone-source': {
    main: ['frequency', 'level', 'seed'],
    groups: [
      {
        title: 'More settings',
        names: ['channels', 'sample-rate', 'phase', 'attack', 'release', 'invert', 'routing', 'animation'],
      },
    ],
    views: {
      ...shared,
      frequency: {
        range: { min: 20, max: 20000, scale: 'log' },
        unit: 'Hz',
        hint: 'Pitch: 20 Hz to 20 kHz is audible.',
      },
      level: { range: { min: -60, max: 0, step: 1 }, unit: 'dBFS', hint: 'Loudness: 0 dBFS is full scale.' },
      channels: { hint: '1 (mono) to 8.' },
      'sample-rate': { unit: 'Hz', hint: '3000 to 384000.' },
      phase: { range: { min: -180, max: 180, step: 5 }, unit: '°', hint: 'Shifts the wave.' },
      attack: {
        label: 'Fade-in',
        range: { min: 0, max: 2, step: 0.01 },
        unit: 's',
        hint: 'Prevents clicks, 0 to 60 s.',
      },
      release: {
        label: 'Fade-out',
        range: { min: 0, max: 2, step: 0.01 },
        unit: 's',
        hint: 'When muted or paused, 0 to 60 s.',
      },
      invert: { label: 'Inverted', hint: 'Channels that are inverted, from 1, such as “2”.' },
      routing: {
        label: 'Sent to',
        hint: 'Channels that carry the tone, from 1, such as “1 3”.',
        placeholder: 'all channels',
      },
    },
  },

  'rtc-loopback': {
    main: ['codec'],
    groups: [
      { title: 'Network faults', names: ['loss', 'unrecovered', 'delay', 'jitter', 'freeze', 'seed'] },
      {
        title: 'Sending and receiving',
        names: ['max-bitrate', 'max-framerate', 'scale-down', 'scalability-mode', 'degradation', 'jitter-target'],
      },
      { title: 'Encoding of the audio', names: ['audio-bitrate', 'audio-dtx', 'no-audio-fec'] },
    ],
    views: {
      ...shared,
      ...sending,
      seed: { label: 'Random seed', hint: 'Equal seeds lose and delay the same packets.' },
      loss: { range: { min: 0, max: 0.5, step: 0.01 }, hint: 'Share of the packets that is lost, 0 to 1.' },
      unrecovered: {
        range: { min: 0, max: 1, step: 0.05 },
        hint: 'Share of the lost video packets that is not sent again, 0 to 1.',
      },
      delay: { ...milliseconds(2000, 10), hint: 'Every encoded frame arrives this much later.' },
      jitter: { ...milliseconds(500, 5), hint: 'Single frames arrive up to this much later still.' },
      freeze: { ...milliseconds(5000, 100), hint: 'In every ten seconds, nothing arrives for this long.' },
      'jitter-target': {
        ...milliseconds(2000, 50),
        label: 'Jitter buffer',
        hint: 'Delay that the receiver aims at; empty is automatic.',
      },
    },
  },

  'whip-publisher': {
    main: ['endpoint'],
    groups: [{ title: 'More settings', names: ['codec', 'max-bitrate', 'max-framerate', 'scale-down', 'degradation'] }],
    views: {
      ...shared,
      ...sending,
      codec: {
        label: 'Codecs',
        hint: 'In order of preference, such as “VP8” or “H264, opus”.',
        placeholder: 'automatic',
      },
      endpoint: {
        label: 'WHIP URL',
        placeholder: 'https://example.com/live/whip',
        hint: 'Where the server takes tracks.',
      },
    },
  },

  'whep-player': {
    main: ['endpoint'],
    groups: [{ title: 'More settings', names: ['codec'] }],
    views: {
      ...shared,
      codec: {
        label: 'Codecs',
        hint: 'In order of preference, such as “VP8” or “H264, opus”.',
        placeholder: 'automatic',
      },
      endpoint: {
        label: 'WHEP URL',
        placeholder: 'https://example.com/live/whep',
        hint: 'Where the server sends tracks from.',
      },
    },
  },

  'virtual-camera': {
    main: ['label', 'fault', 'unplugged'],
    groups: [{ title: 'More settings', names: ['facing-mode', 'delay', 'width', 'frame-rate'] }],
    views: {
      fault: {
        label: 'Fault',
        hint: 'How the next request fails. “denied” also ends a track that is open.',
        options: optionsOf({
          '': 'none',
          denied: 'denied by the user',
          dismissed: 'dismissed by the user',
          'not-found': 'not found',
          busy: 'in use by another program',
          aborted: 'aborted',
          overconstrained: 'overconstrained',
        }),
      },
      unplugged: { label: 'Unplugged', hint: 'The track ends, and devicechange fires.' },
      'facing-mode': {
        label: 'Facing mode',
        options: optionsOf({ '': 'not told', user: 'user', environment: 'environment', left: 'left', right: 'right' }),
      },
      delay: { ...milliseconds(5000, 100), hint: 'Time until a request is answered.' },
      width: { label: 'Size', pair: { name: 'height', sign: '×' } },
      'frame-rate': { label: 'Frame rate', options: frameRates.map((value) => ({ value, text: value })) },
    },
  },

  'track-recorder': {
    main: [],
    groups: [
      { title: 'Recording settings', names: ['filename', 'type', 'video-bitrate', 'audio-bitrate', 'timeslice'] },
    ],
    views: {
      filename: { label: 'File name', hint: 'Without its ending.' },
      type: {
        label: 'Type',
        hint: 'Container and codecs, such as “video/webm;codecs=vp9,opus”.',
        placeholder: 'automatic',
      },
      'video-bitrate': { label: 'Video bit rate', unit: 'b/s', hint: 'Empty is automatic.' },
      'audio-bitrate': { label: 'Audio bit rate', unit: 'b/s', hint: 'Empty is automatic.' },
      timeslice: { label: 'Time slice', unit: 'ms', hint: 'Time between two pieces of the recording, at least 100.' },
    },
  },
};
