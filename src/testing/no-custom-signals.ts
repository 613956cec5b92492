/* Replaces src/engine/page/custom-signals.ts in the script of virtual devices, where a page cannot define signals. */

import type { Composition } from '../engine/composition.js';
import type { customLayers as layersOf, loadCustomSignals as load } from '../engine/page/custom-signals.js';

export const customLayers: typeof layersOf = () => [];

export const loadCustomSignals: typeof load = async () => [];

export const withModule = (layer: Composition['layers'][number]): Composition['layers'][number] => layer;
