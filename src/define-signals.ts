/* The entry `track-elements/define-signals`: patterns and waveforms of a page's own. */
export { definePattern, defineWaveform } from './engine/page/custom-signals.js';
