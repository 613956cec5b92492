/*
 * The algorithm SelectSettings of Media Capture and Streams. Each case has its number from the fitness distance of the
 * standard; the last part compares with a search of all settings dictionaries, which is the algorithm word for word.
 */
import type { Candidate, Capabilities, Settings } from '../../../dist/devices/capabilities.js';
import type { DeviceKind } from '../../../dist/devices/constrainable-properties.js';
import { constraintsOf, readConstraints } from '../../../dist/devices/constraints.js';
import { selectDevice, settle } from '../../../dist/devices/select-settings.js';
import { random32 } from '../../../dist/signals/random.js';
import { assert, describe, it } from '../../support/suite.js';

const cameraCapabilities: Capabilities = {
  deviceId: 'front',
  groupId: 'laptop',
  width: { min: 2, max: 1920 },
  height: { min: 2, max: 1080 },
  aspectRatio: { min: 2 / 1080, max: 1920 / 2 },
  frameRate: { min: 1, max: 60 },
  facingMode: ['user'],
  resizeMode: ['none', 'crop-and-scale'],
};
const cameraDefaults: Settings = { width: 640, height: 480, frameRate: 30, resizeMode: 'none' };
const nativeSizes = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const microphoneCapabilities: Capabilities = {
  deviceId: 'headset',
  groupId: 'headset-group',
  sampleRate: { min: 8000, max: 96000 },
  sampleSize: { min: 16, max: 16 },
  channelCount: { min: 1, max: 2 },
  latency: { min: 0.01, max: 0.5 },
  echoCancellation: [true, false],
  autoGainControl: [true, false],
  noiseSuppression: [false],
};
const microphoneDefaults: Settings = {
  sampleRate: 48000,
  channelCount: 1,
  latency: 0.02,
  echoCancellation: true,
  autoGainControl: true,
};

const camera: Candidate = { capabilities: cameraCapabilities, defaults: cameraDefaults, nativeSizes };
const microphone: Candidate = { capabilities: microphoneCapabilities, defaults: microphoneDefaults };

function run(candidate: Candidate, kind: DeviceKind, given: unknown) {
  const { capabilities, defaults, nativeSizes } = candidate;
  return settle(capabilities, defaults, constraintsOf(kind, readConstraints(given)), nativeSizes);
}

function settled(candidate: Candidate, kind: DeviceKind, given: unknown) {
  const result = run(candidate, kind, given);
  assert.ok('settings' in result, 'message' in result ? result.message : '');
  return result as { settings: Settings; distance: number };
}

function failure(candidate: Candidate, kind: DeviceKind, given: unknown) {
  const result = run(candidate, kind, given);
  assert.ok('failedConstraint' in result, JSON.stringify(result));
  return result as { failedConstraint: string; message: string };
}

const video = (given: unknown, candidate = camera) => settled(candidate, 'videoinput', given);
const videoFailure = (given: unknown, candidate = camera) => failure(candidate, 'videoinput', given).failedConstraint;
const audio = (given: unknown) => settled(microphone, 'audioinput', given);
const sizeOf = ({ settings }: { settings: Settings }) => `${settings.width}x${settings.height} ${settings.resizeMode}`;

/** A camera without native sizes of its own but the default. */
const freeCamera = (defaults: Settings): Candidate => ({
  capabilities: { ...cameraCapabilities, width: { min: 2, max: 4096 }, height: { min: 2, max: 2160 } },
  defaults,
});

describe('Settings without constraints', () => {
  it('are the defaults of the device, and one of each capability', () => {
    assert.deepEqual(video({}), {
      settings: {
        deviceId: 'front',
        groupId: 'laptop',
        width: 640,
        height: 480,
        aspectRatio: 640 / 480,
        frameRate: 30,
        facingMode: 'user',
        resizeMode: 'none',
      },
      distance: 0,
    });
    assert.deepEqual(audio(true), {
      settings: {
        deviceId: 'headset',
        groupId: 'headset-group',
        sampleRate: 48000,
        sampleSize: 16,
        channelCount: 1,
        latency: 0.02,
        echoCancellation: true,
        autoGainControl: true,
        noiseSuppression: false,
      },
      distance: 0,
    });
  });

  it('are the largest number or the first choice without a default', () => {
    const { settings } = video({}, { capabilities: cameraCapabilities, defaults: {} });
    assert.deepEqual([settings.width, settings.height, settings.frameRate], [1920, 1080, 60]);
    assert.equal(settings.resizeMode, 'none');
  });
});

describe('An ideal value', () => {
  it('is met exactly where it is possible, with distance 0', () => {
    const { settings, distance } = video({ width: 1280, height: 720, frameRate: { ideal: 25 } });
    assert.deepEqual([settings.width, settings.height, settings.frameRate, distance], [1280, 720, 25, 0]);
  });

  it('that is out of reach is met as nearly as possible: |actual − ideal| / max(|actual|, |ideal|)', () => {
    const { settings, distance } = video({ frameRate: 120 });
    assert.deepEqual([settings.frameRate, distance], [60, 0.5]);
    assert.equal(video({ width: 2560, height: 1440 }).distance, 0.25 + 0.25);
    assert.equal(audio({ sampleRate: 192000 }).distance, 0.5);
  });

  it('is kept between min and max', () => {
    assert.equal(video({ frameRate: { ideal: 30, max: 24 } }).settings.frameRate, 24);
    assert.equal(video({ frameRate: { min: 50, ideal: 25 } }).settings.frameRate, 50);
    assert.equal(video({ width: { ideal: 320, min: 160 } }).settings.width, 320);
  });

  it('that is no choice of the device changes nothing and has distance 1', () => {
    const { settings, distance } = video({ groupId: 'INVALID', resizeMode: 'INVALID', facingMode: ['left', 'right'] });
    assert.deepEqual([settings.groupId, settings.resizeMode, settings.facingMode], ['laptop', 'none', 'user']);
    assert.equal(distance, 3);
  });

  it('that is a list is met by any of it, and costs nothing if the list is empty', () => {
    const turning: Candidate = { ...camera, capabilities: { ...cameraCapabilities, facingMode: ['user', 'left'] } };
    assert.equal(video({ facingMode: ['right', 'left'] }, turning).settings.facingMode, 'left');
    assert.equal(video({ facingMode: ['right', 'left'] }, turning).distance, 0);
    assert.equal(video({ facingMode: [] }).distance, 0);
  });

  it('of a property that the device does not have has distance 1', () => {
    const { facingMode: _, ...capabilities } = cameraCapabilities;
    const { settings, distance } = video({ facingMode: 'user' }, { ...camera, capabilities });
    assert.equal(distance, 1);
    assert.notProperty(settings, 'facingMode');
  });

  it('switches what is switchable', () => {
    const { settings, distance } = audio({
      echoCancellation: false,
      autoGainControl: { ideal: false },
      noiseSuppression: true,
    });
    assert.equal(settings.echoCancellation, false);
    assert.equal(settings.autoGainControl, false);
    assert.equal(settings.noiseSuppression, false);
    assert.equal(distance, 1);
  });
});

describe('A required value', () => {
  it('leaves the value that is nearest to the default', () => {
    assert.equal(video({ frameRate: { min: 45 } }).settings.frameRate, 45);
    assert.equal(video({ frameRate: { max: 15 } }).settings.frameRate, 15);
    assert.equal(video({ frameRate: { min: 15, max: 45 } }).settings.frameRate, 30);
    assert.equal(audio({ channelCount: { exact: 2 } }).settings.channelCount, 2);
  });

  it('that no device has names its constraint', () => {
    assert.equal(videoFailure({ width: { min: 100_000_000 } }), 'width');
    assert.equal(videoFailure({ frameRate: { exact: 61 } }), 'frameRate');
    assert.equal(videoFailure({ facingMode: { exact: 'environment' } }), 'facingMode');
    assert.equal(videoFailure({ resizeMode: { exact: 'INVALID' } }), 'resizeMode');
    assert.equal(videoFailure({ groupId: { exact: 'INVALID' } }), 'groupId');
    assert.equal(videoFailure({ width: { min: 1024, max: 800 } }), 'width');
    const noSuppression = { noiseSuppression: { exact: true } };
    assert.equal(failure(microphone, 'audioinput', noSuppression).failedConstraint, 'noiseSuppression');
    assert.equal(failure(microphone, 'audioinput', { channelCount: { max: 0 } }).failedConstraint, 'channelCount');
  });

  it('of a property that the device does not have fails', () => {
    const { facingMode: _, ...capabilities } = cameraCapabilities;
    const result = failure({ ...camera, capabilities }, 'videoinput', { facingMode: { exact: 'user' } });
    assert.equal(result.failedConstraint, 'facingMode');
    assert.equal(
      result.message,
      'facingMode is {"exact":"user"}; it must be left out, because no device has this property.',
    );
  });

  it('fails with a sentence that says what is possible', () => {
    const { message } = failure(camera, 'videoinput', { width: { exact: 5000 } });
    assert.equal(message, 'width is {"exact":5000}; it must be an even whole number from 2 to 1920.');
    const resizing = failure(camera, 'videoinput', { resizeMode: { exact: 'fit' } });
    assert.equal(resizing.message, 'resizeMode is {"exact":"fit"}; it must be "none" or "crop-and-scale".');
    const unknown = failure(camera, 'videoinput', { deviceId: { exact: 'x' } });
    assert.equal(unknown.message, 'deviceId is {"exact":"x"}; it must be the deviceId of a device.');
  });

  it('is any of a list', () => {
    assert.equal(video({ facingMode: { exact: ['left', 'user'] } }).settings.facingMode, 'user');
    assert.equal(video({ facingMode: { exact: [] } }).settings.facingMode, 'user');
  });
});

describe('Width, height and their ratio', () => {
  it('keep the default ratio if one side is given', () => {
    const wide = freeCamera({ width: 1280, height: 720, resizeMode: 'crop-and-scale' });
    assert.equal(sizeOf(video({ width: 640 }, wide)), '640x360 crop-and-scale');
    assert.equal(sizeOf(video({ height: 1080 }, wide)), '1920x1080 crop-and-scale');
    assert.equal(sizeOf(video({ width: { exact: 320 } }, freeCamera(cameraDefaults))), '320x240 crop-and-scale');
    assert.equal(sizeOf(video({ height: { max: 360 } }, freeCamera(cameraDefaults))), '480x360 crop-and-scale');
  });

  it('are cropped from the default size if a ratio is given', () => {
    assert.equal(sizeOf(video({ aspectRatio: 16 / 9 }, freeCamera(cameraDefaults))), '640x360 crop-and-scale');
    const wide = freeCamera({ width: 1280, height: 720 });
    assert.equal(sizeOf(video({ aspectRatio: 1 }, wide)), '720x720 crop-and-scale');
    assert.equal(sizeOf(video({ aspectRatio: { exact: 4 / 3 } }, wide)), '960x720 crop-and-scale');
  });

  it('follow a side and a ratio together', () => {
    assert.equal(sizeOf(video({ width: 1280, aspectRatio: { exact: 2 } })), '1280x640 crop-and-scale');
    assert.equal(sizeOf(video({ height: { exact: 1080 }, aspectRatio: 1 })), '1080x1080 crop-and-scale');
  });

  it('give a ratio that no whole size has by rounding', () => {
    const hd = { capabilities: cameraCapabilities, defaults: { width: 1280, height: 720 } };
    const { settings } = video({ aspectRatio: { exact: 1.777 } }, hd);
    assert.deepEqual([settings.width, settings.height], [1280, 720]);
    assert.equal(settings.aspectRatio, 1280 / 720);
  });

  it('are even', () => {
    // |642 − 641| / 642 is less than |640 − 641| / 641.
    assert.equal(video({ width: 641, height: 360 }).settings.width, 642);
    assert.equal(videoFailure({ width: { exact: 641 } }), 'width');
    const given = { width: { min: 641 }, height: { min: 361 } };
    assert.equal(sizeOf(video(given, freeCamera(cameraDefaults))), '642x482 crop-and-scale');
  });

  it('that exclude each other name a constraint', () => {
    const given = { width: { exact: 640 }, height: { exact: 480 }, aspectRatio: { exact: 2 } };
    const { failedConstraint, message } = failure(camera, 'videoinput', given);
    assert.equal(failedConstraint, 'aspectRatio');
    assert.equal(message, 'aspectRatio is {"exact":2}; it must be one that a device has together with width, height.');
  });

  it('stay within the sizes of the device', () => {
    assert.equal(sizeOf(video({ width: 3840, height: 2160 })), '1920x1080 none');
    assert.equal(sizeOf(video({ width: 0 })), '640x480 none');
  });
});

describe('The resize mode', () => {
  it('"none" leaves native sizes only', () => {
    assert.equal(sizeOf(video({ resizeMode: { exact: 'none' }, width: 1300, height: 700 })), '1280x720 none');
    assert.equal(videoFailure({ resizeMode: { exact: 'none' }, width: { exact: 800 } }), 'resizeMode');
  });

  it('follows the size where the default mode cannot give it', () => {
    assert.equal(sizeOf(video({ width: 800, height: 600 })), '800x600 crop-and-scale');
    assert.equal(sizeOf(video({ width: 1280 })), '1280x720 none');
  });

  it('costs 1 if it is ideal and not met, which outweighs a size', () => {
    const { settings, distance } = video({ resizeMode: 'none', width: 1000, height: 720 });
    assert.deepEqual([settings.width, settings.height, settings.resizeMode], [1280, 720, 'none']);
    assert.closeTo(distance, 280 / 1280, 1e-12);
  });

  it('is left out if the device does not tell it', () => {
    const { resizeMode: _, ...capabilities } = cameraCapabilities;
    const { settings } = video({ width: 800, height: 600 }, { ...camera, capabilities });
    assert.deepEqual([settings.width, settings.height], [800, 600]);
    assert.notProperty(settings, 'resizeMode');
  });
});

describe('Advanced sets', () => {
  it('are satisfied in their order, each together with those before, or skipped', () => {
    // The example of the standard: 650 is possible; min 650 too; 60 per second; max 800; user.
    const given = {
      width: { min: 640 },
      height: { min: 480 },
      advanced: [
        { width: 650 },
        { width: { min: 650 } },
        { frameRate: 60 },
        { width: { max: 800 } },
        { facingMode: 'user' },
      ],
    };
    const { settings } = video(given);
    assert.deepEqual([settings.width, settings.frameRate, settings.facingMode], [650, 60, 'user']);
    assert.isAtLeast(Number(settings.height), 480);
  });

  it('lose against an earlier set, and one that is skipped does not hinder the next', () => {
    const given = { advanced: [{ width: 1280 }, { width: 640, frameRate: 10 }, { frameRate: 50 }] };
    const { settings } = video(given);
    assert.deepEqual([settings.width, settings.frameRate], [1280, 50]);
  });

  it('take a bare value as exact, whole sets only', () => {
    const { settings } = video({ advanced: [{ width: 1280, facingMode: 'environment' }] });
    assert.equal(settings.width, 640);
  });

  it('outweigh ideal values, and do not count in the distance', () => {
    const { settings, distance } = video({ width: 640, advanced: [{ width: { min: 1280 } }] });
    assert.equal(settings.width, 1280);
    assert.equal(distance, 0.5);
    assert.equal(video({ advanced: [{ width: 1280 }] }).distance, 0);
  });

  it('never fail', () => {
    assert.equal(video({ advanced: [{ width: { min: 1024, max: 800 } }] }).settings.width, 640);
    assert.equal(
      sizeOf(
        video({
          advanced: [
            { aspectRatio: 1, width: 1280 },
            { resizeMode: 'none', width: 1920 },
          ],
        }),
      ),
      '1920x1080 none',
    );
  });
});

describe('selectDevice()', () => {
  const named = (deviceId: string, changes: Capabilities): Candidate => ({
    ...camera,
    capabilities: { ...cameraCapabilities, deviceId, ...changes },
  });
  const front = named('front', {});
  const back = named('back', {
    facingMode: ['environment'],
    width: { min: 2, max: 3840 },
    height: { min: 2, max: 2160 },
  });
  const select = (given: unknown, candidates = [front, back]) =>
    selectDevice(candidates, constraintsOf('videoinput', readConstraints(given)));
  const deviceOf = (given: unknown, candidates = [front, back]) => {
    const result = select(given, candidates);
    assert.ok('candidate' in result, JSON.stringify(result));
    return (result as { candidate: Candidate }).candidate.capabilities.deviceId;
  };
  const failed = (given: unknown, candidates = [front, back]) => {
    const result = select(given, candidates);
    assert.ok('failedConstraint' in result, JSON.stringify(result));
    return (result as { failedConstraint: string }).failedConstraint;
  };

  it('takes the first of devices that are equally good', () => {
    assert.equal(deviceOf({}), 'front');
    assert.equal(deviceOf({ width: 1280 }, [back, front]), 'back');
  });

  it('takes the device with the least fitness distance', () => {
    assert.equal(deviceOf({ facingMode: 'environment' }), 'back');
    assert.equal(deviceOf({ deviceId: 'back' }), 'back');
    assert.equal(deviceOf({ width: 3840, height: 2160 }), 'back');
    assert.equal(deviceOf({ deviceId: 'gone', width: 1280 }), 'front');
  });

  it('takes a device that satisfies all that is required', () => {
    assert.equal(deviceOf({ width: { min: 2000 }, facingMode: 'user' }), 'back');
    assert.equal(deviceOf({ deviceId: { exact: 'back' } }), 'back');
  });

  it('leaves out devices that do not satisfy an advanced set, if another one does', () => {
    assert.equal(deviceOf({ advanced: [{ facingMode: 'environment' }] }), 'back');
    assert.equal(deviceOf({ advanced: [{ facingMode: 'left' }] }), 'front');
  });

  it('names the constraint that rules out every device', () => {
    assert.equal(failed({ width: { min: 2000 }, frameRate: { min: 100 } }), 'frameRate');
    assert.equal(failed({ groupId: { exact: 'other' }, width: 640 }), 'groupId');
  });

  it('names the constraint that rules out the rest, if none alone rules out every device', () => {
    assert.equal(failed({ facingMode: { exact: 'user' }, width: { min: 2000 } }), 'width');
    assert.equal(failed({ deviceId: { exact: 'front' }, facingMode: { exact: 'environment' } }), 'facingMode');
  });
});

describe('Settings, compared with a search of all settings dictionaries', () => {
  const sizes = { width: { min: 2, max: 64 }, height: { min: 2, max: 48 } };
  const small: Candidate = {
    capabilities: { ...sizes, aspectRatio: { min: 0.5, max: 4 }, resizeMode: ['none', 'crop-and-scale'] },
    defaults: { width: 32, height: 24, resizeMode: 'none' },
    nativeSizes: [
      { width: 32, height: 24 },
      { width: 64, height: 36 },
    ],
  };

  /** All settings dictionaries of the small device. */
  function* everyDictionary(): Generator<Settings> {
    for (let width = 2; width <= 64; width += 2) {
      for (let height = 2; height <= 48; height += 2) {
        const aspectRatio = width / height;
        if (aspectRatio < 0.5 || aspectRatio > 4) continue;
        yield { width, height, aspectRatio, resizeMode: 'crop-and-scale' };
        const isNative = small.nativeSizes?.some((size) => size.width === width && size.height === height);
        if (isNative) yield { width, height, aspectRatio, resizeMode: 'none' };
      }
    }
  }

  type Limits = { exact?: number | string; ideal?: number | string; min?: number; max?: number };
  type ConstraintSet = Record<string, Limits>;

  /** The formula of the standard, for sets whose values all have members. */
  function fitnessDistance(set: ConstraintSet, settings: Settings): number {
    let sum = 0;
    for (const [name, { exact, ideal, min, max }] of Object.entries(set)) {
      const actual = settings[name as keyof Settings] as number | string;
      if (exact !== undefined && actual !== exact) return Number.POSITIVE_INFINITY;
      if (min !== undefined && Number(actual) < min) return Number.POSITIVE_INFINITY;
      if (max !== undefined && Number(actual) > max) return Number.POSITIVE_INFINITY;
      if (ideal === undefined || actual === ideal) continue;
      if (typeof actual === 'string' || typeof ideal === 'string') sum += 1;
      else sum += Math.abs(actual - ideal) / Math.max(Math.abs(actual), Math.abs(ideal));
    }
    return sum;
  }

  let index = 0;
  const pick = <T>(list: readonly T[]): T => list[random32(12, index++) % list.length] as T;
  const values: Record<string, readonly (number | string)[]> = {
    width: [1, 8, 15, 16, 32, 33, 48, 63, 64, 80],
    height: [2, 9, 12, 24, 25, 36, 48, 50],
    // All ratios are those of sizes, so that "exact" needs no rounding.
    aspectRatio: [0.25, 0.5, 1, 4 / 3, 1.5, 16 / 9, 2, 4],
    resizeMode: ['none', 'crop-and-scale', 'fit'],
  };

  function randomSet(isIdealAllowed: boolean): ConstraintSet {
    const set: ConstraintSet = {};
    for (const [name, list] of Object.entries(values)) {
      const members = name === 'resizeMode' ? ['exact', 'ideal'] : ['min', 'max', 'ideal', 'exact', 'ideal'];
      if (pick([true, false])) continue;
      const limits: Limits = {};
      for (const member of [pick(members), pick(members)]) {
        if (member !== 'ideal' || isIdealAllowed) Object.assign(limits, { [member]: pick(list) });
      }
      set[name] = limits;
    }
    return set;
  }

  /** Whether limits can leave one ratio alone, which rounding then satisfies here, and not in the search. */
  function leaveOneRatio(sets: readonly ConstraintSet[]): boolean {
    const ratios = sets.flatMap(({ aspectRatio }) => aspectRatio ?? []);
    const ends = (name: 'min' | 'max') => ratios.flatMap((limits) => limits[name] ?? []);
    const minima = [0.5, ...ends('min')];
    return ratios.some(({ exact }) => exact !== undefined) || [4, ...ends('max')].some((max) => minima.includes(max));
  }

  it('have the same distance, and satisfy the same sets, in 500 random cases', () => {
    const all = [...everyDictionary()];
    let compared = 0;
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const basic = randomSet(true);
      const advanced = pick([true, false]) ? [] : [randomSet(false), randomSet(false)];
      if (leaveOneRatio([basic, ...advanced])) continue;
      const text = JSON.stringify({ ...basic, advanced });
      let candidates = all.filter((settings) => Number.isFinite(fitnessDistance(basic, settings)));
      const result = run(small, 'videoinput', { ...basic, advanced });
      assert.equal('settings' in result, candidates.length > 0, text);
      if (!('settings' in result)) {
        assert.include(Object.keys(basic), result.failedConstraint, text);
        refused += 1;
        continue;
      }
      for (const set of advanced) {
        const left = candidates.filter((settings) => Number.isFinite(fitnessDistance(set, settings)));
        if (left.length > 0) candidates = left;
      }
      const least = Math.min(...candidates.map((settings) => fitnessDistance(basic, settings)));
      assert.closeTo(result.distance, least, 1e-12, text);
      const { width, height, resizeMode } = result.settings;
      const isCandidate = candidates.some(
        (other) => width === other.width && height === other.height && resizeMode === other.resizeMode,
      );
      assert.ok(isCandidate, `${text} → ${JSON.stringify(result.settings)}`);
      compared += 1;
    }
    assert.isAbove(compared, 100);
    assert.isAbove(refused, 50);
  });
});
