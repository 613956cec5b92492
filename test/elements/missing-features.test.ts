/*
 * The main path in pages from which a feature was taken away before the library loaded: each element works in another way, or
 * fails once with a sentence that names what is missing.
 */
import { openPage } from '../support/page.js';
import { hasPeers, isNative, isWebKit } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

interface Report {
  readonly feature: string;
  /** "works", or the state and the errors of each element. */
  readonly results: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

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

async function fare(feature: string): Promise<Report> {
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
      this.timeout(60_000);
      const { results, faults } = await fare(feature);
      console.log(JSON.stringify({ feature, results, faults }));
    });
  }
});
