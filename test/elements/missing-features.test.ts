/*
 * The main path in pages from which a feature was taken away before the library loaded: each element works in another way, or
 * fails once with a sentence that names what is missing.
 */
import { openPage } from '../support/page.js';
import { encodesVideo, isNative, isWebKit, skip } from '../support/skipping.js';
import { assert, before, describe, it } from '../support/suite.js';

interface Report {
  readonly feature: string;
  /** "works", or the state and the errors of each element. */
  readonly results: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

interface Failure {
  readonly elements: readonly string[];
  /** The state, and the sentence that names what is missing. */
  readonly error: RegExp;
}

const noVideoTracks =
  /^\w+: Cannot make video tracks: native needs .*, canvas needs createImageBitmap\.( \| There is nothing to record.*)?$/;
const noAudioTracks = /^\w+: Cannot make audio tracks: native needs .*, worklet needs AudioWorklet on https\.$/;
const noPictures =
  /^\w+: (This browser has no VideoFrame: pictures cannot be read|Cannot read video tracks: .*element needs VideoFrame .*)\.$/;
const noShownPictures =
  /^\w+: (This browser has no requestVideoFrameCallback\(\): pictures cannot be read|Cannot read video tracks: .* and requestVideoFrameCallback)\.$/;

/** The elements that fail without a feature. */
const failures: Readonly<Record<string, readonly Failure[]>> = {
  AudioData: [{ elements: ['processor of audio'], error: /^live: This browser has no AudioData: use samples\.$/ }],
  ...(!isNative &&
    !isWebKit && {
      requestVideoFrameCallback: [
        {
          elements: [
            'recorder',
            'probe',
            'scope',
            'canvas-source',
            'element-source',
            'camera-source',
            'processor of video',
          ],
          error: noShownPictures,
        },
      ],
    }),
  ...(!isNative && {
    VideoFrame: [
      {
        elements: ['probe', 'scope', 'canvas-source', 'element-source', 'camera-source', 'processor of video'],
        error: noPictures,
      },
    ],
    createImageBitmap: [
      {
        elements: [
          // A worker makes the tracks of patterns in WebKit.
          ...(isWebKit
            ? ['picture after layers']
            : [
                'pattern',
                'picture after layers',
                'loopback',
                'recorder',
                'probe',
                'scope',
                'monitor',
                'fault',
                'canvas-source',
                'element-source',
                'camera-source',
                'virtual-camera',
                'processor of video',
              ]),
          'canvas',
          'picture',
        ],
        error: noVideoTracks,
      },
    ],
    AudioWorklet: [
      {
        elements: ['tone', 'samples', 'probe', 'meter', 'scope of audio', 'virtual-microphone', 'processor of audio'],
        error: noAudioTracks,
      },
    ],
  }),
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
  'AbortSignal.any and observers of the layout',
  'requestVideoFrameCallback',
];

/** A page of WebKitGTK without VideoFrame often crashes. */
const crashes = (feature: string) => isWebKit && feature === 'VideoFrame';

async function reportWithout(feature: string): Promise<Report> {
  const coming = new Promise<Report>((resolve) => {
    const receive = ({ data }: MessageEvent) => {
      if (data?.type !== 'missing-feature' || data.feature !== feature) return;
      removeEventListener('message', receive);
      resolve(data);
    };
    addEventListener('message', receive);
  });
  const frame = await openPage(`/test/pages/missing-feature.html?without=${encodeURIComponent(feature)}`);
  return coming.finally(() => frame.remove());
}

/** The reports by feature. Pages mostly wait. */
const reports = new Map<string, Promise<Report>>();
const PAGES_AT_A_TIME = 2;

before(async function () {
  this.timeout(170_000);
  const queue = features.filter((feature) => !crashes(feature)).values();
  const openInTurn = async () => {
    for (const feature of queue) {
      const report = reportWithout(feature);
      reports.set(feature, report);
      await report.catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: PAGES_AT_A_TIME }, openInTurn));
});

describe('In a browser without', () => {
  for (const feature of features) {
    it(`${feature}, elements work in another way, or fail once and say why`, async function () {
      if (crashes(feature)) skip(this, 'a page of WebKitGTK without VideoFrame often crashes');
      const { results, faults } = (await reports.get(feature)) as Report;
      assert.deepEqual(faults, []);
      const expected = failures[feature] ?? [];
      const unexpected = Object.entries(results).filter(([element, result]) => {
        // WebKitGTK records no video in any case. A WebKit with VideoTrackGenerator always has OffscreenCanvas.
        if (element === 'recorder' && !encodesVideo) return false;
        if (isWebKit && feature === 'OffscreenCanvas' && element === 'picture after layers') return false;
        const failure = expected.find(({ elements }) => elements.includes(element));
        return !(failure ? failure.error.test(result) : result === 'works');
      });
      assert.deepEqual(unexpected, []);
    });
  }
});
