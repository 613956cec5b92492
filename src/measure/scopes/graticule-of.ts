import {
  goniometerGraticule,
  oscilloscopeGraticule,
  spectrogramGraticule,
  spectrumGraticule,
} from './audio-graticules.js';
import { emptyGraticule, type Graticule } from './graticule.js';
import type { CheckedSettings, ScopeMatrix, ScopeView } from './scope-settings.js';
import { histogramGraticule, paradeGraticule, vectorscopeGraticule, waveformGraticule } from './video-graticules.js';

/** The lines of a view: for a matrix of pictures, for a number of channels of audio. */
export function graticuleOf(settings: CheckedSettings, matrix: ScopeMatrix, channels: number): Graticule {
  return settings.graticule === 'none' ? emptyGraticule : graticules[settings.view](settings, matrix, channels);
}

const graticules: Record<ScopeView, (settings: CheckedSettings, matrix: ScopeMatrix, channels: number) => Graticule> = {
  waveform: ({ graticule }) => waveformGraticule(graticule),
  parade: ({ graticule, components }) => paradeGraticule(graticule, components),
  vectorscope: ({ graticule, targets, gain }, matrix) => vectorscopeGraticule(graticule, Number(targets), matrix, gain),
  histogram: ({ graticule }) => histogramGraticule(graticule),
  oscilloscope: ({ timeSpan, gain }, _, channels) => oscilloscopeGraticule(channels, timeSpan, gain),
  spectrum: spectrumGraticule,
  spectrogram: spectrogramGraticule,
  goniometer: goniometerGraticule,
};
