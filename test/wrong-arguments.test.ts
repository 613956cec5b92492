/*
 * Missing and wrong arguments of the functions, constructors and methods that a page calls: a sentence that says what was given and
 * what is accepted, or a default; never an error of the language such as "Cannot read properties of undefined".
 */
import 'track-elements/define/all';
import { VirtualCamera, VirtualDevices, VirtualMicrophone, VirtualScreen } from '../dist/devices/virtual-devices.js';
import {
  answerClock,
  configure,
  defineWaveform,
  isSink,
  measureClock,
  RtcHttpError,
  definePattern as registerPattern,
  TrackGenerator,
  TrackProbe,
  TrackProcessor,
  type TrackSink,
  VerificationError,
  WhepClient,
  WhipClient,
} from '../dist/index.js';
import * as signals from '../dist/signals/index.js';
import { onCleanup } from './support/cleanup.js';
import { assert, describe, it } from './support/suite.js';

/** Loosely typed on purpose, as a page without TypeScript calls them. */
type Call = (...args: never[]) => unknown;

const wrongValues: readonly unknown[] = [undefined, null, 5, 'x', {}, [], Symbol('x'), () => 5];

/** An error of the language or of a browser, which does not say what to do. */
const isBare = (message: string): boolean => !/; it must /.test(message);

const construct =
  (Class: unknown): Call =>
  (...args) =>
    Reflect.construct(Class as new () => unknown, args);

const endpoint = 'https://media.example/live';
const pattern = { pattern: 'ball', width: 64, height: 36 };
const tone = { waveform: 'sine' };
const rate = { numerator: 30, denominator: 1 };
const picture = signals.createPicture(64, 36);
const samples = new Float32Array(480);

/** A generator that is stopped when its call is over. */
const writing = (kind: 'video' | 'audio', data: unknown) => async (first: unknown, options: unknown) => {
  const generator = new TrackGenerator({ kind });
  try {
    return await generator.write((first ?? data) as Float32Array, options as object);
  } finally {
    generator.stop();
  }
};

const sinks = [
  'level-meter',
  'rtc-loopback',
  'signal-scope',
  'track-monitor',
  'track-probe',
  'track-recorder',
  'whip-publisher',
];
const addingTo = (name: string) => (track: MediaStreamTrack) => {
  const sink = document.createElement(name) as HTMLElement & TrackSink;
  sink.addTrack(track, document.body);
};

/** The arguments that are right, and the call. Each argument in turn is replaced by wrong values. */
const calls: Record<string, readonly [args: readonly unknown[], call: unknown]> = {
  TrackGenerator: [[{ kind: 'text' }], construct(TrackGenerator)],
  TrackProcessor: [[{}], construct(TrackProcessor)],
  TrackProbe: [[{}], construct(TrackProbe)],
  WhipClient: [[{ endpoint }], construct(WhipClient)],
  WhepClient: [[{ endpoint }], construct(WhepClient)],
  VirtualDevices: [[{}], construct(VirtualDevices)],
  VirtualCamera: [[{}], construct(VirtualCamera)],
  VirtualMicrophone: [[{}], construct(VirtualMicrophone)],
  VirtualScreen: [[{}], construct(VirtualScreen)],
  'show() of a virtual camera': [[pattern], (content: typeof pattern) => new VirtualCamera().show(content)],
  'add() of virtual devices': [[new VirtualCamera()], (device: VirtualCamera) => new VirtualDevices().add(device)],
  configure: [[{}], configure],
  definePattern: [['', 'pattern.js'], registerPattern],
  defineWaveform: [['', 'wave.js'], defineWaveform],
  isSink: [[{}], isSink],
  measureClock: [[null, {}], measureClock],
  answerClock: [[null], answerClock],
  'WhipClient.start': [[null], (tracks: never) => new WhipClient({ endpoint }).start(tracks)],
  'WhipClient.replaceTrack': [
    ['video', null],
    (kind: never, track: never) => new WhipClient({ endpoint }).replaceTrack(kind, track),
  ],
  'WhipClient.configure': [[{}], (options: never) => new WhipClient({ endpoint }).configure(options)],
  'WhepClient.configureRequests': [[{}], (options: never) => new WhepClient({ endpoint }).configureRequests(options)],
  'WhepClient.configureSessions': [[{}], (options: never) => new WhepClient({ endpoint }).configureSessions(options)],
  'TrackProbe.verify': [[null], (bounds: never) => new TrackProbe().verify(bounds, AbortSignal.abort(aborted))],
  'TrackGenerator.write, audio': [[samples, {}], writing('audio', 5)],
  'TrackGenerator.write, video': [[new ImageData(64, 36), {}], writing('video', 5)],
  completePattern: [[pattern], signals.completePattern],
  completeTone: [[tone], signals.completeTone],
  createPatternRenderer: [[pattern, signals.patterns], signals.createPatternRenderer],
  createToneRenderer: [[tone, signals.waveforms], signals.createToneRenderer],
  'ToneRenderer.render': [
    [[samples], 0],
    (planes: never, n: never) => signals.createToneRenderer(tone).render(planes, n),
  ],
  paintMark: [[picture, { frame: 1, rate, time: 0, source: 1 }, {}], signals.paintMark],
  readMark: [[picture.y, 64, 64, 36, {}], signals.readMark],
  renderMark: [[samples, 0, { rate, sampleRate: 48000 }], signals.renderMark],
  AudioMarkReader: [[{ rate, sampleRate: 48000 }], construct(signals.AudioMarkReader)],
  'AudioMarkReader.read': [
    [samples],
    (data: never) => new signals.AudioMarkReader({ rate, sampleRate: 48000 }).read(data),
  ],
  parseRate: [[30], signals.parseRate],
  rateValue: [[rate], signals.rateValue],
  createPicture: [[64, 36], signals.createPicture],
  continueTone: [[tone, tone, 0, 480], signals.continueTone],
  VerificationError: [[['lost is 3; it must be 0.']], construct(VerificationError)],
  RtcHttpError: [[{ method: 'POST', url: endpoint, status: 404, expected: '201' }], construct(RtcHttpError)],
  'TrackProbe.setTrack': [
    ['video', null],
    (kind: never, track: never) => {
      const probe = new TrackProbe();
      probe.setTrack(kind, track);
      probe.close();
    },
  ],
  ...Object.fromEntries(sinks.map((name) => [`${name}.addTrack`, [[{}], addingTo(name)]])),
  rgbToYcc: [[{ r: 0, g: 0, b: 0 }, 'bt709'], signals.rgbToYcc],
  timecodeAt: [[0, rate], signals.timecodeAt],
  turnsAt: [[tone, 0], signals.turnsAt],
};
const aborted = new Error('bounds were accepted; it must end.');

describe('A missing or wrong argument', () => {
  for (const [name, [args, call]] of Object.entries(calls)) {
    it(`of ${name} is reported by a sentence`, async () => {
      const bare: string[] = [];
      for (const position of args.keys()) {
        for (const value of wrongValues) {
          const given = args.with(position, value);
          try {
            await (call as (...all: unknown[]) => unknown)(...given);
          } catch (error) {
            const { message } = error as Error;
            if (isBare(message)) bare.push(`argument ${position}, ${String(value)}: ${message}`);
          }
        }
      }
      assert.deepEqual(bare, []);
    });
  }

  for (const [name, message] of [
    ['TrackGenerator', 'kind is undefined; it must be "video" or "audio".'],
    ['TrackProcessor', 'track is undefined; it must be a MediaStreamTrack.'],
    ['WhipClient', 'init is undefined; it must be an object with an endpoint.'],
    ['WhepClient', 'init is undefined; it must be an object with an endpoint.'],
    ['VerificationError', 'failures is undefined; it must be a list of sentences.'],
    ['RtcHttpError', 'init is undefined; it must be an object with method, url, status and expected.'],
    ['TrackProbe.setTrack', 'kind is undefined; it must be "video" or "audio".'],
    ['track-probe.addTrack', 'track is undefined; it must be a MediaStreamTrack.'],
    ['rateValue', 'rate is undefined; it must be a fraction such as { numerator: 30000, denominator: 1001 }.'],
    ['completePattern', 'description is undefined; it must be an object with the fields of a signal.'],
  ] as const) {
    it(`of ${name} has its sentence without any argument`, () => {
      const [, call] = calls[name] as (typeof calls)[string];
      assert.throws(call as () => unknown, TypeError, message);
    });
  }

  for (const [name, wrong, message] of [
    ['createPicture', [63, 36], 'width is 63; it must be an even whole number from 2 to 16384.'],
    ['createPicture', [64, Number.NaN], 'height is NaN; it must be an even whole number from 2 to 16384.'],
    ['continueTone', [null, tone, Number.NaN, 480], 'start is NaN; it must be a number.'],
    ['continueTone', [null, tone, 0, -1], 'length is -1; it must be a number of at least 0.'],
  ] as const) {
    it(`of ${name}, a wrong number, has its sentence: ${message}`, () => {
      const [, call] = calls[name] as (typeof calls)[string];
      assert.throws(() => (call as (...all: unknown[]) => unknown)(...wrong), RangeError, message);
    });
  }

  it('of TrackProbe.setTrack, a track of the other kind, has its sentence', () => {
    const [track] = document.createElement('canvas').captureStream(0).getVideoTracks();
    const probe = new TrackProbe();
    onCleanup(() => {
      track.stop();
      probe.close();
    });
    // Chromium and WebKit have a class of their own for the tracks of canvases.
    const message = /^track is \w*MediaStreamTrack; it must be a MediaStreamTrack of audio\.$/;
    assert.throws(() => probe.setTrack('audio', track), TypeError, message);
  });
});
