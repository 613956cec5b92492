import { checkOneOf } from '../../signals/check-names.js';
import { checkNumber } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';

/** The views of a video track. */
export type VideoScopeView = 'waveform' | 'parade' | 'vectorscope' | 'histogram';

/** The views of an audio track. */
export type AudioScopeView = 'oscilloscope' | 'spectrum' | 'spectrogram' | 'goniometer';

/** The views of a scope. */
export type ScopeView =
  | 'waveform'
  | 'parade'
  | 'vectorscope'
  | 'histogram'
  | 'oscilloscope'
  | 'spectrum'
  | 'spectrogram'
  | 'goniometer';

/** The components of a parade: R′G′B′ or Y′CbCr. */
export type ScopeComponents = 'rgb' | 'ycbcr';

/** The scale of levels; `none`: no lines and no labels. */
export type ScopeGraticule = 'percent' | 'ire' | '8-bit' | '10-bit' | 'none';

/** The bars that the boxes of a vectorscope are for, in percent. */
export type ScopeTargets = 75 | 100;

/** Matrices of Y′CbCr: ITU-R BT.601, BT.709 and BT.2020. */
export type ScopeMatrix = 'bt601' | 'bt709' | 'bt2020';

/** How a scope draws. Plain data, which a worker receives. */
export interface ScopeSettings {
  readonly view: ScopeView;
  /** Of the parade. */
  readonly components: ScopeComponents;
  /** Factor of the brightness of the trace. */
  readonly intensity: number;
  /** Factor by which vectorscope, oscilloscope and goniometer magnify. */
  readonly gain: number;
  /** Milliseconds that the oscilloscope shows. */
  readonly timeSpan: number;
  /** Pictures a second. */
  readonly refreshRate: number;
  /** Red, green and blue of the trace, 0 to 255. */
  readonly color: readonly [number, number, number];
  /** The plot in pixels of the screen. */
  readonly width: number;
  readonly height: number;
}

/** The kind of track that a view shows. */
export const kindOfView = (view: ScopeView): TrackKind => (videoViews.includes(view) ? 'video' : 'audio');

const videoViews: readonly ScopeView[] = ['waveform', 'parade', 'vectorscope', 'histogram'];
const views: readonly ScopeView[] = [...videoViews, 'oscilloscope', 'spectrum', 'spectrogram', 'goniometer'];

/** Views whose plot is a square. */
export const isSquare = (view: ScopeView): boolean => view === 'vectorscope' || view === 'goniometer';

/** The properties of an element that a scope checks. */
export type CheckedSettings = Pick<
  ScopeSettings,
  'view' | 'components' | 'intensity' | 'gain' | 'timeSpan' | 'refreshRate'
> & { readonly graticule: ScopeGraticule; readonly targets: ScopeTargets };

/** @throws {RangeError | TypeError} for a property that is not accepted. */
export function checkScopeSettings(settings: CheckedSettings): void {
  checkOneOf('view', views, settings.view);
  checkOneOf('components', ['rgb', 'ycbcr'], settings.components);
  checkOneOf('graticule', ['percent', 'ire', '8-bit', '10-bit', 'none'], settings.graticule);
  checkOneOf('targets', ['75', '100'], typeof settings.targets === 'number' ? `${settings.targets}` : settings.targets);
  checkNumber('intensity', settings.intensity, { min: 0.1, max: 10 });
  checkNumber('gain', settings.gain, { min: 0.1, max: 100 });
  checkNumber('timeSpan', settings.timeSpan, { min: 1, max: 1000, unit: 'ms' });
  checkNumber('refreshRate', settings.refreshRate, { min: 1, max: 60, unit: 'Hz' });
}
