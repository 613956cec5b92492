import type { AudioScope } from './audio-scope.js';
import { Goniometer } from './goniometer.js';
import { HistogramScope } from './histogram-scope.js';
import { Oscilloscope } from './oscilloscope.js';
import { ParadeScope } from './parade-scope.js';
import type { AudioScopeView, ScopeSettings, VideoScopeView } from './scope-settings.js';
import { SpectrogramScope } from './spectrogram-scope.js';
import { SpectrumScope } from './spectrum-scope.js';
import { Vectorscope } from './vectorscope.js';
import type { VideoScope } from './video-scope.js';
import { WaveformScope } from './waveform-scope.js';

/** A view, of pictures or of samples. */
export type Scope = VideoScope | AudioScope;

export const createScope = (settings: ScopeSettings): Scope => new scopes[settings.view](settings);

/** Whether a change of settings needs another scope. A spectrogram keeps its ten seconds when only its size changes. */
export const needsAnotherScope = (before: ScopeSettings | null, after: ScopeSettings): boolean =>
  !before ||
  before.view !== after.view ||
  before.intensity !== after.intensity ||
  (after.view !== 'spectrogram' && JSON.stringify(before) !== JSON.stringify(after));

const scopes: Record<VideoScopeView | AudioScopeView, new (settings: ScopeSettings) => Scope> = {
  waveform: WaveformScope,
  parade: ParadeScope,
  vectorscope: Vectorscope,
  histogram: HistogramScope,
  oscilloscope: Oscilloscope,
  spectrum: SpectrumScope,
  spectrogram: SpectrogramScope,
  goniometer: Goniometer,
};
