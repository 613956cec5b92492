/* Every public class and type of the library. It registers no element. */

export * from './devices/virtual-devices.js';
export { CameraSourceElement } from './elements/camera-source-element.js';
export { CanvasSourceElement } from './elements/canvas-source-element.js';
export { ElementSourceElement } from './elements/element-source-element.js';
export { FileSourceElement } from './elements/file-source-element.js';
export { InputSourceElement } from './elements/input-source-element.js';
export { LevelEvent } from './elements/level-event.js';
export { LevelMeterElement, type LevelMeterEventMap, type LevelOrientation } from './elements/level-meter-element.js';
export type { LevelScaleName } from './elements/level-scale.js';
export { MeasuringElement, type MeasuringElementEventMap, type MeasuringState } from './elements/measuring-element.js';
export type { MonitorGuide } from './elements/monitor-guides.js';
export { PatternSourceElement } from './elements/pattern-source-element.js';
export { PictureSourceElement } from './elements/picture-source-element.js';
export { RecordedEvent } from './elements/recorded-event.js';
export { RecordingProgressEvent } from './elements/recording-progress-event.js';
export { type LoopbackEventMap, type LoopbackState, RtcLoopbackElement } from './elements/rtc-loopback-element.js';
export { type OfferedSurface, ScreenSourceElement } from './elements/screen-source-element.js';
export { ServerSessionElement } from './elements/server-session-element.js';
export { SignalFaultElement } from './elements/signal-fault-element.js';
export { SignalScopeElement } from './elements/signal-scope-element.js';
export { SnapshotEvent } from './elements/snapshot-event.js';
export { SourceElement, type SourceState } from './elements/source-element.js';
export { StatsEvent } from './elements/stats-event.js';
export { ToneSourceElement } from './elements/tone-source-element.js';
export { type ContentHint, TrackElement, type TrackElementEventMap } from './elements/track-element.js';
export { TrackGeneratorElement } from './elements/track-generator-element.js';
export { type MonitorEventMap, type MonitorFit, TrackMonitorElement } from './elements/track-monitor-element.js';
export { type ProbeElementEventMap, TrackProbeElement } from './elements/track-probe-element.js';
export { type RecorderEventMap, type RecorderState, TrackRecorderElement } from './elements/track-recorder-element.js';
export { VirtualCameraElement } from './elements/virtual-camera-element.js';
export {
  VirtualDeviceElement,
  type VirtualDeviceElementEventMap,
  type VirtualDeviceState,
} from './elements/virtual-device-element.js';
export { VirtualMicrophoneElement } from './elements/virtual-microphone-element.js';
export { VirtualScreenElement } from './elements/virtual-screen-element.js';
export { WhepPlayerElement } from './elements/whep-player-element.js';
export { WhipPublisherElement } from './elements/whip-publisher-element.js';
export type { PictureFit } from './engine/composition.js';
export type { FaultKind } from './engine/fault-timeline.js';
export { definePattern, defineWaveform } from './engine/page/custom-signals.js';
export { openTrackGenerator } from './generator/page/open-track-generator.js';
export * from './generator/page/track-generator.js';
export type { AudioLevels } from './measure/levels/audio-meter.js';
export type { ChannelLevels } from './measure/levels/channel-meter.js';
export type { LoudnessLevels } from './measure/levels/loudness.js';
export * from './measure/page/track-probe.js';
export type {
  AudioScopeView,
  ScopeComponents,
  ScopeGraticule,
  ScopeView,
  VideoScopeView,
} from './measure/scopes/scope-settings.js';
export * from './processor/page/track-processor.js';
export type { CodecPreference } from './rtc/codec-preference.js';
export { RtcHttpError, type RtcHttpErrorInit } from './rtc/errors.js';
export type { AudioStats, FlowStats, LoopbackStats, VideoStats } from './rtc/loopback-stats.js';
export type { BackoffOptions } from './rtc/retry-policy.js';
export type { RtcClient, RtcClientEventMap, RtcClientInit, RtcClientState } from './rtc/rtc-client.js';
export type { DegradationPreference, SendOptions } from './rtc/send-options.js';
export type { Clock } from './rtc/timing.js';
export { WhepClient, type WhepClientEventMap, type WhepClientInit } from './rtc/whep-client.js';
export { WhipClient, type WhipClientInit } from './rtc/whip-client.js';
export * from './signals/index.js';
export { isSink, sinkContext, type TrackSink } from './sinks/track-sink.js';
