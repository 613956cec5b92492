import { TrackGenerator, type TrackGeneratorInit } from 'track-elements/generator';
import { stopped } from './afterwards.js';

/** Whether this engine makes tracks natively: Chromium. */
export const isNative = typeof MediaStreamTrackGenerator === 'function';

/** For what WebKitGTK breaks in a way that no feature tells. */
export const isWebKit = navigator.vendor.startsWith('Apple');

/** The video backends that a page can ask for in this engine, and the audio ones. */
export const videoBackends = isNative ? (['native', 'canvas'] as const) : (['canvas'] as const);
export const audioBackends = isNative ? (['native', 'worklet'] as const) : (['worklet'] as const);

/** A video generator that is stopped when the test is over. */
export const videoGenerator = (backend?: 'native' | 'canvas'): TrackGenerator =>
  stopped(new TrackGenerator({ kind: 'video', ...(backend && { backend }) }));

/** An audio generator that is stopped when the test is over. */
export const audioGenerator = (init: Partial<TrackGeneratorInit> = {}): TrackGenerator =>
  stopped(new TrackGenerator({ ...init, kind: 'audio' }));
