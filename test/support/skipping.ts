/** Skipping tests where an engine lacks a capability, and the capabilities that engines differ in. */
import { describe, it } from './suite.js';

/** Whether the engine has a native `MediaStreamTrackGenerator` in the page: Chromium. */
export const isNative = typeof MediaStreamTrackGenerator === 'function';

/** Whether the engine is WebKit. Only for faults of WebKitGTK that no feature detection finds. */
export const isWebKit = 'navigator' in globalThis && Boolean(navigator.vendor?.startsWith('Apple'));

/** Whether the engine has peer connections: WebKitGTK, as Debian builds it, has none. */
export const hasPeers = typeof RTCPeerConnection === 'function';

/** Whether a page can read the frames of a track bit by bit: Chromium. */
export const hasProcessor = 'MediaStreamTrackProcessor' in globalThis;

/** Whether scripts can encode video: WebKitGTK has the class, but its `VideoEncoder` ends the page's process. */
export const encodesVideo = typeof VideoEncoder === 'function' && !isWebKit;

/** Whether buttons have `command` and `commandfor`. */
export const hasCommands = 'HTMLButtonElement' in globalThis && 'commandForElement' in HTMLButtonElement.prototype;

/** Whether an `AudioContext` hears each sample of a track: WebKitGTK loses samples between any two contexts. */
export const hearsEverySample = !isWebKit;

/** Why a test is skipped that needs a capability. */
export const noPeers = 'this engine has no RTCPeerConnection';
export const noProcessor = 'this engine has no MediaStreamTrackProcessor in a page';
export const noVideoEncoder = 'the VideoEncoder of this engine does not work';
export const noFfmpeg = 'FFmpeg is not installed, so that nothing checks the file; on Debian: apt-get install ffmpeg';
export const noCommands = 'this engine has no invoker commands';

const loggedReasons = new Set<string>();

/** The log of a file gives each reason once. */
function log(reason: string): void {
  if (!loggedReasons.has(reason)) console.log(`skipped: ${reason}`);
  loggedReasons.add(reason);
}

/** Skips the test, or in `beforeEach` every test of the suite. */
export function skip(test: { skip(): never }, reason: string): never {
  log(reason);
  return test.skip();
}

/** A suite that runs under a condition. Where the condition is false one skipped test gives the reason. */
export function describeIf(condition: boolean, reason: string, name: string, body: () => void): void {
  if (!condition) log(reason);
  describe(name, condition ? body : () => it.skip(`skipped: ${reason}`));
}
