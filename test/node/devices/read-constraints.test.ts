/*
 * Constraints as a page gives them. The conversions are those of WebIDL for the dictionaries of Media Capture and Streams,
 * section "Types for Constrainable Properties".
 */
import { propertyNames, supportedConstraints } from '../../../dist/devices/constrainable-properties.js';
import { checkScreenRequest, constraintsOf, readConstraints } from '../../../dist/devices/constraints.js';
import { assert, describe, it } from '../../support/suite.js';

describe('readConstraints()', () => {
  it('takes true, an empty object, null and undefined as no constraints', () => {
    for (const given of [true, {}, null, undefined]) assert.deepEqual(readConstraints(given), {});
  });

  it('throws for anything else that is no dictionary', () => {
    const accepted = 'it must be an object of constraints such as { width: 1280 }.';
    assert.throws(() => readConstraints('hd'), TypeError, `constraints is "hd"; ${accepted}`);
    assert.throws(() => readConstraints(720), TypeError, `constraints is 720; ${accepted}`);
  });

  it('returns bare values, lists and limits as they were given', () => {
    const given = {
      width: 1280,
      height: { min: 480, ideal: 720, max: 1080 },
      frameRate: { exact: 29.97 },
      facingMode: ['user', 'left'],
      resizeMode: { exact: ['none'], ideal: 'none' },
      deviceId: 'front',
      advanced: [{ width: 1920, height: { min: 1080 } }, {}],
    };
    assert.deepEqual(readConstraints(given), given);
    assert.deepEqual(readConstraints({ echoCancellation: false, channelCount: { ideal: 2 } }), {
      echoCancellation: false,
      channelCount: { ideal: 2 },
    });
  });

  it('returns a copy', () => {
    const given = { width: { ideal: 640 }, facingMode: ['user'], advanced: [{ height: { exact: 480 } }] };
    const read = readConstraints(given);
    given.width.ideal = 1;
    given.facingMode.push('left');
    given.advanced.push({ height: { exact: 1 } });
    assert.deepEqual(read, { width: { ideal: 640 }, facingMode: ['user'], advanced: [{ height: { exact: 480 } }] });
  });

  it('leaves out unknown names, undefined values and members that a range does not have', () => {
    const given = {
      loudness: 2,
      Width: 3,
      height: undefined,
      width: { ideal: 640, best: 1 },
      advanced: [{ doesNotExist: 1 }],
    };
    assert.deepEqual(readConstraints(given), { width: { ideal: 640 }, advanced: [{}] });
    assert.deepEqual(readConstraints({ facingMode: { min: 'user' } }), { facingMode: {} });
  });

  it('takes null as an empty dictionary where a range is possible, else as a value', () => {
    assert.deepEqual(readConstraints({ width: null, facingMode: null, advanced: [null] }), {
      width: {},
      facingMode: {},
      advanced: [{}],
    });
    assert.deepEqual(readConstraints({ width: { min: null }, deviceId: { exact: null } }), {
      width: { min: 0 },
      deviceId: { exact: 'null' },
    });
  });

  it('converts text and booleans to numbers', () => {
    assert.deepEqual(readConstraints({ width: '640', frameRate: { max: '29.97' }, height: true }), {
      width: 640,
      frameRate: { max: 29.97 },
      height: 1,
    });
  });

  it('rounds and limits whole numbers as [Clamp] does', () => {
    const clamped = (width: unknown) => readConstraints({ width }).width;
    assert.equal(clamped(640.5), 640);
    assert.equal(clamped(641.5), 642);
    assert.equal(clamped(640.51), 641);
    assert.equal(clamped(-5), 0);
    assert.equal(clamped(Number.POSITIVE_INFINITY), 4294967295);
    assert.equal(clamped(Number.NaN), 0);
    assert.equal(clamped('wide'), 0);
    assert.ok(Object.is(clamped(-0), 0), 'minus zero is zero');
  });

  it('throws for numbers that are not finite where fractions are possible', () => {
    const sentence = (name: string, value: string) => `${name} is ${value}; it must be a finite number.`;
    assert.throws(() => readConstraints({ frameRate: Number.NaN }), TypeError, sentence('frameRate', 'NaN'));
    assert.throws(
      () => readConstraints({ aspectRatio: { min: 'wide' } }),
      TypeError,
      sentence('aspectRatio.min', '"wide"'),
    );
    const infinite = { advanced: [{ frameRate: { exact: Number.POSITIVE_INFINITY } }] };
    assert.throws(() => readConstraints(infinite), TypeError, sentence('frameRate.exact', 'Infinity'));
    assert.throws(() => readConstraints({ frameRate: Number.NaN }), TypeError, sentence('frameRate', 'NaN'));
  });

  it('throws for symbols and for numbers of the type bigint', () => {
    assert.throws(() => readConstraints({ width: Symbol('w') }), TypeError, 'width is Symbol(w); it must be a number.');
    assert.throws(() => readConstraints({ width: { min: 1n } }), TypeError, 'width.min is 1; it must be a number.');
    assert.throws(
      () => readConstraints({ deviceId: Symbol('d') }),
      TypeError,
      'deviceId is Symbol(d); it must be text.',
    );
    assert.throws(
      () => readConstraints({ facingMode: [Symbol('f')] }),
      TypeError,
      'facingMode[0] is Symbol(f); it must be text.',
    );
  });

  it('converts anything else to text or to a boolean', () => {
    assert.deepEqual(readConstraints({ deviceId: 7, facingMode: [true, null], groupId: { ideal: new Set([1]) } }), {
      deviceId: '7',
      facingMode: ['true', 'null'],
      groupId: { ideal: ['1'] },
    });
    assert.deepEqual(readConstraints({ autoGainControl: 'false', noiseSuppression: { exact: 0 } }), {
      autoGainControl: true,
      noiseSuppression: { exact: false },
    });
    assert.deepEqual(readConstraints({ echoCancellation: 'remote-only' }), { echoCancellation: 'remote-only' });
    assert.deepEqual(readConstraints({ echoCancellation: { exact: true } }), { echoCancellation: { exact: true } });
  });

  it('accepts any iterable as the list of advanced sets, and nothing else', () => {
    assert.deepEqual(readConstraints({ advanced: new Set([{ width: 640 }]) }), { advanced: [{ width: 640 }] });
    assert.throws(
      () => readConstraints({ advanced: {} }),
      TypeError,
      'advanced is Object; it must be a list of constraint sets.',
    );
    assert.throws(
      () => readConstraints({ advanced: null }),
      TypeError,
      'advanced is null; it must be a list of constraint sets.',
    );
    assert.throws(() => readConstraints({ advanced: [5] }), TypeError, /^advanced\[0\] is 5; it must be an object/);
  });

  it('reads the members in the order of WebIDL, each once', () => {
    const order: PropertyKey[] = [];
    const given = new Proxy({}, { get: (_, name) => void order.push(name) });
    readConstraints(given);
    assert.deepEqual(order, [...[...propertyNames].sort(), 'advanced']);
  });
});

describe('constraintsOf()', () => {
  it('leaves out properties of other kinds', () => {
    const audio = { sampleRate: { min: 1e8 }, echoCancellation: { exact: true }, latency: { max: 0 } };
    const video = { width: { min: 1e8 }, facingMode: { exact: 'invalid' }, resizeMode: { exact: 'invalid' } };
    const all = readConstraints({ ...audio, ...video, deviceId: 'any', advanced: [audio, video] });
    assert.deepEqual(all, { ...audio, ...video, deviceId: 'any', advanced: [audio, video] });
    assert.deepEqual(constraintsOf('videoinput', all), { ...video, deviceId: 'any', advanced: [{}, video] });
    assert.deepEqual(constraintsOf('audioinput', all), { ...audio, deviceId: 'any', advanced: [audio, {}] });
    assert.deepEqual(constraintsOf('screen', readConstraints({ facingMode: 'user', cursor: 'never' })), {
      cursor: 'never',
    });
  });
});

describe('checkScreenRequest()', () => {
  it('accepts bare values, ideal and max', () => {
    checkScreenRequest(readConstraints({ width: 1280, frameRate: { max: 10 }, height: { ideal: 720 } }));
  });

  it('throws for min, exact and advanced', () => {
    const check = (given: object) => () => checkScreenRequest(readConstraints(given));
    const accepted = 'it must be without "advanced", "min" and "exact" for getDisplayMedia().';
    assert.throws(check({ width: { min: 1 } }), TypeError, `width is {"min":1}; ${accepted}`);
    assert.throws(check({ cursor: { exact: 'never' } }), TypeError, `cursor is {"exact":"never"}; ${accepted}`);
    assert.throws(check({ advanced: [] }), TypeError, accepted);
  });
});

describe('supportedConstraints()', () => {
  it('names the constrainable properties of the standards', () => {
    const tracks =
      'width height aspectRatio frameRate facingMode resizeMode sampleRate sampleSize echoCancellation ' +
      'autoGainControl noiseSuppression voiceIsolation latency channelCount deviceId groupId';
    const screens = 'displaySurface logicalSurface cursor';
    const controls =
      'whiteBalanceMode exposureMode focusMode exposureCompensation exposureTime colorTemperature iso brightness contrast ' +
      'saturation sharpness focusDistance pan tilt zoom torch backgroundBlur';
    assert.deepEqual(supportedConstraints().sort(), `${tracks} ${screens} ${controls}`.split(' ').sort());
  });
});
