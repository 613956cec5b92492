/**
 * Signals: patterns, waveforms and marks as pure functions of the frame or sample number. No clock, no DOM, no browser API.
 */

export { continueTone } from './audio/continue-tone.js';
export { turnsAt } from './audio/oscillator.js';
export { createToneRenderer, type ToneRenderer } from './audio/tone-renderer.js';
export {
  type ChannelTone,
  type CompleteToneDescription,
  completeTone,
  type PerChannel,
  type Ramp,
  type ToneDescription,
  toneDefaults,
  type Waveform,
  type WaveformRenderer,
} from './audio/waveform.js';
export { waveformAliases } from './audio/waveform-aliases.js';
export { waveforms } from './audio/waveforms.js';
export { catalogue, type ParameterRecord, type SignalRecord } from './catalogue/catalogue.js';
export type { SharedAttribute } from './catalogue/signal-docs.js';
export type { CataloguePattern, CatalogueWaveform, PatternName, WaveformName } from './catalogue/signal-names.js';
export { AUDIO_MARK_FRAMES, type AudioMarkOptions, renderMark } from './mark/audio-mark.js';
export { type AudioMark, AudioMarkReader } from './mark/audio-mark-reader.js';
export type { MarkArea, MarkOptions, MarkPlace } from './mark/mark-layout.js';
export { PICTURE_MARK_FRAMES, paintMark } from './mark/paint-mark.js';
export type { PictureMark } from './mark/picture-mark.js';
export { type FoundMark, type ReadMarkHints, readMark } from './mark/read-mark.js';
export { decibelsToAmplitude } from './maths.js';
export type { Param, Params, ParamValues } from './params.js';
export { type ColorSpace, createPicture, defaultColorSpace, type Picture } from './picture.js';
export { parseRate, type Rate, rateValue } from './rate.js';
export { type Rgb, rgbToYcc, type Ycc } from './video/color.js';
export {
  type CompletePatternDescription,
  completePattern,
  type Flip,
  type Pattern,
  type PatternAlias,
  type PatternDescription,
  type PatternRenderer,
  type PatternTable,
  patternDefaults,
} from './video/pattern.js';
export { patternAliases } from './video/pattern-aliases.js';
export { createPatternRenderer, patterns } from './video/patterns.js';
export { timecodeAt } from './video/timecode.js';
