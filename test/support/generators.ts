/** Generators by backend, stopped after the test. */
import { TrackGenerator, type TrackGeneratorInit } from 'track-elements/generator';
import { stopAfterTest } from './cleanup.js';
import { isNative } from './skipping.js';

/** The backends that a page can ask for in this engine. */
export const videoBackends = isNative ? (['native', 'canvas'] as const) : (['canvas'] as const);
export const audioBackends = isNative ? (['native', 'worklet'] as const) : (['worklet'] as const);

export const videoGenerator = (backend?: 'native' | 'canvas'): TrackGenerator =>
  stopAfterTest(new TrackGenerator({ kind: 'video', ...(backend && { backend }) }));

export const audioGenerator = (init: Partial<TrackGeneratorInit> = {}): TrackGenerator =>
  stopAfterTest(new TrackGenerator({ ...init, kind: 'audio' }));
