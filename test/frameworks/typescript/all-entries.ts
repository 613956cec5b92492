/* The entries without elements. */
import { definePattern, TrackGenerator } from 'track-elements';
import { configure } from 'track-elements/configure';
import { defineWaveform } from 'track-elements/define-signals';
import type { TrackGenerator as Generator } from 'track-elements/generator';
import 'track-elements/polyfill';
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import { type CataloguePattern, type CatalogueWaveform, createPatternRenderer } from 'track-elements/signals';

export const same: typeof Generator = TrackGenerator;
export const functions = [definePattern, configure, defineWaveform, WhepClient, WhipClient];
export const known: [CataloguePattern, CatalogueWaveform] = ['smpte-hd', 'pink-noise'];
export const renderer = createPatternRenderer({ pattern: 'a-name-of-the-page', width: 640, height: 360 });
