/* Every class and type of the library, registering nothing. */
export { isSink, sinkContext, type TrackSink } from './controllers/sink.js';
export type { SourceState } from './controllers/source-life.js';
export { OutletElement, type OutletEventMap } from './elements/outlet-element.js';
export { PatternSourceElement } from './elements/pattern-source.js';
export { RecordingProgressEvent } from './elements/recording-progress-event.js';
export { type LoopbackEventMap, type LoopbackState, RtcLoopbackElement } from './elements/rtc-loopback.js';
export { SourceElement } from './elements/source-element.js';
export { StatsEvent } from './elements/stats-event.js';
export { ToneSourceElement } from './elements/tone-source.js';
export { TrackElement, type TrackElementEventMap } from './elements/track-element.js';
export { TrackGeneratorElement } from './elements/track-generator.js';
export { type RecorderEventMap, type RecorderState, TrackRecorderElement } from './elements/track-recorder.js';
export { definePattern, defineWaveform } from './engine/define-signals.js';
export * from './generator/track-generator.js';
export type { AudioStats, FlowStats, LoopbackStats, VideoStats } from './rtc/loopback-stats.js';
export * from './signals/index.js';
