/*
 * The main path in pages from which a feature was taken away before the library loaded: each element works in another way, or
 * fails once with a sentence that names what is missing.
 */
import { openPage } from '../support/page.js';
import { encodesVideo, isNative, isWebKit, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

interface Report {
  readonly feature: string;
  /** "works", or the state and the errors of each element. */
  readonly results: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** The elements that fail without a feature where tracks are not native, and how their errors name it. */
const failures: Readonly<Record<string, { readonly elements: readonly string[]; readonly error: RegExp }>> = {
  createImageBitmap: {
    elements: [
      // A worker makes the tracks of patterns in WebKit.
      ...(isWebKit ? ['picture after layers'] : ['pattern', 'picture after layers', 'loopback', 'recorder']),
      'canvas',
      'picture',
    ],
    error: /^(failed|live): Cannot make video tracks: native needs .*, canvas needs createImageBitmap\./,
  },
  AudioWorklet: {
    elements: ['tone', 'samples'],
    error: /^failed: Cannot make audio tracks: native needs .*, worklet needs AudioWorklet on https\.$/,
  },
};

const features = [
  'VideoFrame',
  'AudioData',
  'OffscreenCanvas',
  'createImageBitmap',
  'AudioWorklet',
  'RTCRtpScriptTransform',
  'MediaRecorder',
  'module workers',
  'transferable streams',
  'Promise.withResolvers',
];

async function reportWithout(feature: string): Promise<Report> {
  const coming = new Promise<Report>((resolve) => {
    const receive = ({ data }: MessageEvent) => {
      if (data?.type !== 'missing-feature' || data.feature !== feature) return;
      removeEventListener('message', receive);
      resolve(data);
    };
    addEventListener('message', receive);
  });
  await openPage(`/test/pages/missing-feature.html?without=${encodeURIComponent(feature)}`);
  return coming;
}

describe('In a browser without', () => {
  for (const feature of features) {
    it(`${feature}, elements work in another way, or fail once and say why`, async function () {
      this.timeout(120_000);
      if (isWebKit && feature === 'VideoFrame') skip(this, 'a page of WebKitGTK without VideoFrame often crashes');
      const { results, faults } = await reportWithout(feature);
      assert.deepEqual(faults, []);
      const { elements = [], error = /^$/ } = (!isNative && failures[feature]) || {};
      for (const [element, result] of Object.entries(results)) {
        // WebKitGTK records no video in any case. A WebKit with VideoTrackGenerator always has OffscreenCanvas.
        if (element === 'recorder' && !encodesVideo) continue;
        if (isWebKit && feature === 'OffscreenCanvas' && element === 'picture after layers') continue;
        if (!elements.includes(element)) assert.equal(result, 'works', element);
        else assert.match(result, error, element);
        assert.isAtMost(
          result.split(' | ').filter((text) => /Cannot make/.test(text)).length,
          1,
          `${element}: ${result}`,
        );
      }
    });
  }
});
