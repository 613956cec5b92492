/*
 * The constrainable properties of tracks: Media Capture and Streams, section "Constrainable Properties", and for
 * `voiceIsolation` and `backgroundBlur` Media Capture and Streams Extensions; those of screens: Screen Capture, section
 * "Extensions to MediaTrackSupportedConstraints"; the controls of cameras: Image Capture, section "Constrainable Properties".
 */

/** The kind of a device, as `MediaDeviceInfo.kind` names it; `screen` is anything that `getDisplayMedia()` offers. */
export type DeviceKind = 'videoinput' | 'audioinput' | 'screen';

/** The WebIDL type of the values of a property. */
export type ValueType =
  | 'unsigned long'
  | 'double'
  | 'boolean'
  | 'DOMString'
  | 'boolean or DOMString'
  | 'boolean or double';

interface ConstrainableProperty {
  readonly type: ValueType;
  /** The devices that have it. A constraint of any other device has no effect. */
  readonly kinds: readonly DeviceKind[];
}

const everything = ['videoinput', 'audioinput', 'screen'] as const;
const pictures = ['videoinput', 'screen'] as const;
const cameras = ['videoinput'] as const;
const microphones = ['audioinput'] as const;
const screens = ['screen'] as const;

/** The controls that some cameras have. A page asks for them most often when the camera runs. */
const controls = {
  torch: { type: 'boolean', kinds: cameras },
  pan: { type: 'boolean or double', kinds: cameras },
  tilt: { type: 'boolean or double', kinds: cameras },
  zoom: { type: 'boolean or double', kinds: cameras },
  focusMode: { type: 'DOMString', kinds: cameras },
  focusDistance: { type: 'double', kinds: cameras },
  exposureMode: { type: 'DOMString', kinds: cameras },
  exposureCompensation: { type: 'double', kinds: cameras },
  exposureTime: { type: 'double', kinds: cameras },
  iso: { type: 'double', kinds: cameras },
  whiteBalanceMode: { type: 'DOMString', kinds: cameras },
  colorTemperature: { type: 'double', kinds: cameras },
  brightness: { type: 'double', kinds: cameras },
  contrast: { type: 'double', kinds: cameras },
  saturation: { type: 'double', kinds: cameras },
  sharpness: { type: 'double', kinds: cameras },
  backgroundBlur: { type: 'boolean', kinds: cameras },
} satisfies Record<string, ConstrainableProperty>;

export type ControlName = keyof typeof controls;

export const controlNames = Object.keys(controls) as ControlName[];

/** The order decides which of several constraints that rule out all devices is named. */
const properties = {
  deviceId: { type: 'DOMString', kinds: everything },
  groupId: { type: 'DOMString', kinds: everything },
  facingMode: { type: 'DOMString', kinds: cameras },
  displaySurface: { type: 'DOMString', kinds: screens },
  logicalSurface: { type: 'boolean', kinds: screens },
  cursor: { type: 'DOMString', kinds: screens },
  width: { type: 'unsigned long', kinds: pictures },
  height: { type: 'unsigned long', kinds: pictures },
  aspectRatio: { type: 'double', kinds: pictures },
  frameRate: { type: 'double', kinds: pictures },
  resizeMode: { type: 'DOMString', kinds: pictures },
  sampleRate: { type: 'unsigned long', kinds: microphones },
  sampleSize: { type: 'unsigned long', kinds: microphones },
  channelCount: { type: 'unsigned long', kinds: microphones },
  latency: { type: 'double', kinds: microphones },
  echoCancellation: { type: 'boolean or DOMString', kinds: microphones },
  autoGainControl: { type: 'boolean', kinds: microphones },
  noiseSuppression: { type: 'boolean', kinds: microphones },
  voiceIsolation: { type: 'boolean', kinds: microphones },
  ...controls,
} satisfies Record<string, ConstrainableProperty>;

export type PropertyName = keyof typeof properties;

/** The names of all properties that constraints may have. */
export const propertyNames = Object.keys(properties) as PropertyName[];

export const typeOfProperty = (name: PropertyName): ValueType => properties[name].type;

export const isPropertyOf = (name: PropertyName, kind: DeviceKind): boolean =>
  (properties[name].kinds as readonly DeviceKind[]).includes(kind);

/** The names that `getSupportedConstraints()` has because of virtual devices. */
export const supportedConstraints = (): PropertyName[] => [...propertyNames];
