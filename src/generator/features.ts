/* The features of this browser. No other file asks for them. */

/** FLAC in MP4. */
export const FLAC_MP4_TYPE = 'audio/mp4; codecs="flac"';

/** The globals that some browsers lack. */
export type Feature =
  | 'AudioData'
  | 'AudioDecoder'
  | 'AudioEncoder'
  | 'AudioWorkletNode'
  | 'HTMLCanvasElement'
  | 'IntersectionObserver'
  | 'MediaRecorder'
  | 'MediaSource'
  | 'MediaStream'
  | 'MediaStreamTrack'
  | 'MediaStreamTrackEvent'
  | 'MediaStreamTrackGenerator'
  | 'MediaStreamTrackProcessor'
  | 'ResizeObserver'
  | 'RTCPeerConnection'
  | 'RTCRtpScriptTransform'
  | 'RTCRtpSender'
  | 'VideoEncoder'
  | 'VideoFrame'
  | 'VideoTrackGenerator'
  | 'createImageBitmap'
  | 'showSaveFilePicker'
  | 'trustedTypes';

interface Callable {
  readonly name?: string;
  readonly prototype?: { readonly constructor?: Callable };
}

const globalOf = (name: Feature): Callable | undefined => (globalThis as Partial<Record<Feature, Callable>>)[name];

/** Whether there is such a global, of the browser or of a polyfill. */
export const has = (name: Feature): boolean => Boolean(globalOf(name));

/**
 * Whether the browser itself has such a class. A polyfill has the same name, but may behave differently: a polyfill of
 * `MediaStreamTrackGenerator` may make a video track for every kind. A class of a page shows its text. The text of a bound
 * function or a proxy does not, but it has no prototype, or the prototype of another class.
 */
export function hasNative(name: Feature): boolean {
  const found = globalOf(name);
  const made = found?.prototype?.constructor;
  const isNativeCode = (value: unknown) => /\[native code]\s*}$/.test(Function.prototype.toString.call(value));
  return made?.name === name && isNativeCode(found) && isNativeCode(made);
}

/** Whether the browser itself makes a track of the frames that are written to a stream, and hands that stream over to a worker. */
export const hasNativeTracks = (frameClass: 'VideoFrame' | 'AudioData'): boolean =>
  hasNative('MediaStreamTrackGenerator') && hasNative(frameClass) && handsOverStreams();

/** Whether the policy of the document allows a feature, such as `camera`; `true` where the browser does not tell. */
export function policyAllows(name: string): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature(name) ?? true;
}

/** Whether streams can be transferred to a worker. */
export function handsOverStreams(): boolean {
  const stream = new WritableStream();
  try {
    structuredClone(stream, { transfer: [stream] });
    return true;
  } catch {
    return false;
  }
}

/** Which audio plays without a user gesture. Only Firefox tells; elsewhere it is `undefined`. */
export const autoplayPolicy = (
  type: 'audiocontext' | 'mediaelement',
): 'allowed' | 'allowed-muted' | 'disallowed' | undefined =>
  (navigator as { getAutoplayPolicy?(type: string): 'allowed' | 'allowed-muted' | 'disallowed' }).getAutoplayPolicy?.(
    type,
  );

/** Whether a page can make a track of the audio that it gives to a media element. */
export const capturesMediaSources = (): boolean =>
  has('MediaSource') && 'mozCaptureStream' in HTMLMediaElement.prototype && MediaSource.isTypeSupported(FLAC_MP4_TYPE);

/** Whether a page can read the pictures that a `<video>` shows. */
export const canReadShownPictures = (): boolean =>
  hasNative('VideoFrame') && 'requestVideoFrameCallback' in HTMLVideoElement.prototype;

/** The method by which a media element is captured, which has a prefix in Firefox; `null` in WebKit, which has none. */
export function captureMethod(): 'captureStream' | 'mozCaptureStream' | null {
  const { prototype } = HTMLMediaElement;
  if ('captureStream' in prototype) return 'captureStream';
  return 'mozCaptureStream' in prototype ? 'mozCaptureStream' : null;
}

/**
 * Whether workers can decode audio. WebKitGTK has the class, but Opus ends the page's process and FLAC is an error, and nothing else
 * tells: so this goes by the name of the browser.
 */
export const hasAudioDecoder = (): boolean =>
  has('AudioDecoder') && !(navigator.vendor.startsWith('Apple') && navigator.platform.startsWith('Linux'));

/** Whether a worker can draw on a canvas of the page. */
export const handsOverCanvases = (): boolean => 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

/** Whether tracks can be transferred to a worker: in WebKit, whose workers can read them. */
export function handsOverTracks(): boolean {
  let track: MediaStreamTrack | undefined;
  try {
    [track] = document.createElement('canvas').captureStream(0).getVideoTracks();
    structuredClone(track, { transfer: [track as unknown as Transferable] })?.stop();
    return true;
  } catch {
    return false;
  } finally {
    track?.stop();
  }
}
