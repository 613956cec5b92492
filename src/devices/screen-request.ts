/*
 * The options of `getDisplayMedia()` that are no constraints, and the controller of the capture: Screen Capture, sections
 * "DisplayMediaStreamOptions" and "CaptureController".
 */
import { checkOneOf } from '../signals/check-names.js';
import { valueError } from '../signals/checks.js';
import { type Constraints, checkScreenRequest, readConstraints } from './constraints.js';
import type { ReplacedMembers } from './replaced-members.js';
import { readKind } from './user-media.js';

type Preference = 'include' | 'exclude';

export interface ScreenRequest extends DisplayMediaStreamOptions {
  readonly controller?: Controller;
  /** Whether a whole screen may be given. */
  readonly monitorTypeSurfaces?: Preference;
  readonly selfBrowserSurface?: Preference;
  readonly surfaceSwitching?: Preference;
  readonly systemAudio?: Preference;
}

/** A `CaptureController`, which only some browsers have. */
interface Controller {
  setFocusBehavior(behavior: string): void;
}

const preferences = ['monitorTypeSurfaces', 'selfBrowserSurface', 'surfaceSwitching', 'systemAudio'] as const;

/**
 * Reads a request. `video` is `true` by default.
 *
 * @throws {TypeError} for options that WebIDL refuses, for a request without pictures, and for constraints by which a page would
 * choose among screens.
 */
export function readScreenRequest(options: ScreenRequest | null | undefined) {
  const request = options ?? {};
  const { video: pictures = true, controller } = request;
  const [video, audio] = [pictures, request.audio].map(readPart);
  const Class = controllerClass();
  if (Class && controller !== undefined && !(controller instanceof Class)) {
    throw valueError('controller', controller, 'a CaptureController', TypeError);
  }
  for (const name of preferences) checkOneOf(name, ['include', 'exclude'], request[name] ?? 'include');
  if (!video) throw valueError('video', pictures, 'true or constraints for getDisplayMedia()', TypeError);
  // A page must not request what it excludes.
  if (video.displaySurface === 'monitor') {
    checkOneOf('monitorTypeSurfaces', ['include'], request.monitorTypeSurfaces ?? 'include');
  }
  for (const part of [video, audio]) if (part) checkScreenRequest(part);
  return { ...request, video, audio };
}

/** `false` for a kind that is not wanted. */
function readPart(given: unknown): Constraints | false {
  const part = readKind(given);
  return part && readConstraints(part);
}

/** By controller: says which window gets the focus, or throws if it is too late. */
const focusDecisions = new WeakMap<Controller, () => void>();

/**
 * Opens a stream and binds the controller of the request to it.
 *
 * @throws {DOMException} `InvalidStateError` for a controller that has a capture.
 */
export function openControlled(
  controller: Controller | undefined,
  open: () => Promise<MediaStream>,
): Promise<MediaStream> {
  if (!controller) return open();
  if (focusDecisions.has(controller)) throw invalidState();
  let isDecided = false;
  let track: MediaStreamTrack | undefined;
  const decide = () => {
    isDecided = true;
  };
  focusDecisions.set(controller, () => {
    if (isDecided || track?.readyState === 'ended') throw invalidState();
    decide();
  });
  const opening = open();
  opening.then((stream) => {
    [track] = stream.getVideoTracks();
    // A screen has no window that could get the focus. Otherwise the page may decide in the task of the answer.
    if (track?.getSettings().displaySurface === 'monitor') decide();
    setTimeout(decide);
  }, decide);
  return opening;
}

/** Makes `CaptureController` refuse what it refuses for a real screen. */
export function replaceCaptureController(replaced: ReplacedMembers): void {
  replaced.replaceMethod(
    controllerClass()?.prototype,
    'setFocusBehavior',
    (before) =>
      function (behavior) {
        before.call(this, behavior);
        focusDecisions.get(this)?.();
      },
  );
}

/** The browser's class; `undefined` where it has none. */
const controllerClass = () =>
  (globalThis as { CaptureController?: { new (): Controller; readonly prototype: Controller } }).CaptureController;

const invalidState = (): DOMException =>
  new DOMException('A CaptureController serves one request and one decision.', 'InvalidStateError');
