/* Marks after the codecs of FFmpeg, at low bit rates, and after what happens to pictures on their way. */
import {
  AUDIO_MARK_FRAMES,
  createPatternRenderer,
  type MarkArea,
  type PictureMark,
  paintMark,
  parseRate,
  rateValue,
  readMark,
} from 'track-elements/signals';
import { describeIf, noFfmpeg } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { framesAt, readAudio, renderedMark } from './audio-marks.js';
import { patternOf } from './descriptions.js';
import { ffmpeg, filtered, hasFfmpeg, hasOpusDtx, throughOpus } from './transcoding.js';

const [WIDTH, HEIGHT] = [1280, 720];
const FRAMES = 30;
const rate = parseRate('29.97');
const FIRST_FRAME = 90_000;

const markOf = (i: number): PictureMark => ({
  frame: FIRST_FRAME + i,
  rate,
  time: 1_795_991_104_319 + Math.floor((i * 1000) / rateValue(rate)),
  source: 4711,
});

type Moving = 'card' | 'zone-plate';

const rendered = new Map<Moving, Uint8Array>();

/** Pictures of a moving pattern with marks, as raw `yuv420p`. */
function markedFrames(pattern: Moving): Uint8Array {
  const known = rendered.get(pattern);
  if (known) return known;
  const size = (WIDTH * HEIGHT * 3) / 2;
  const frames = new Uint8Array(FRAMES * size);
  const renderer = createPatternRenderer(patternOf({ pattern, width: WIDTH, height: HEIGHT, frameRate: rate }));
  for (let i = 0; i < FRAMES; i++) {
    renderer.render(i);
    const { picture } = renderer;
    paintMark(picture, markOf(i));
    frames.set(picture.y, i * size);
    frames.set(picture.u, i * size + picture.y.length);
    frames.set(picture.v, i * size + picture.y.length * 1.25);
  }
  rendered.set(pattern, frames);
  return frames;
}

const rawInput = (width: number, height: number): string[] =>
  `-f rawvideo -pix_fmt yuv420p -s ${width}x${height} -r 30000/1001 -i -`.split(' ');

const quarters = new Map<Moving, Uint8Array>();

/** The same, scaled to 320x180. */
function quarterFrames(pattern: Moving): Uint8Array {
  const output = ['-vf', 'scale=320:180', '-f', 'rawvideo', '-'];
  const frames = quarters.get(pattern) ?? ffmpeg([...rawInput(WIDTH, HEIGHT), ...output], markedFrames(pattern));
  quarters.set(pattern, frames);
  return frames;
}

const realTime = ['-deadline', 'realtime', '-cpu-used', '6', '-lag-in-frames', '0'];

/**
 * The encoders, as they are used for calls. The first frame of x264 takes its bits for a third of a second, in which it
 * sends 90 bytes a frame: there it repeats the pictures before, or parts of them.
 */
const encoders = [
  { name: 'VP8', codec: ['-c:v', 'libvpx', ...realTime], starved: 0 },
  { name: 'VP9', codec: ['-c:v', 'libvpx-vp9', ...realTime], starved: 0 },
  { name: 'H.264', codec: ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency'], starved: 10 },
];

interface Change {
  readonly name: string;
  /** FFmpeg's filter. */
  readonly filter: string;
  readonly width: number;
  readonly height: number;
}

/** Changes of a picture of 320x180. */
const changes: readonly Change[] = [
  { name: 'as it is', filter: 'null', width: 320, height: 180 },
  { name: 'cropped by 2 % at each edge', filter: 'crop=308:172:6:4', width: 308, height: 172 },
  {
    name: 'cropped by 2 % at the left and the top, and scaled back',
    filter: 'crop=314:176:6:4,scale=320:180',
    width: 320,
    height: 180,
  },
  { name: 'in a light frame', filter: 'pad=320:240:0:30:color=white', width: 320, height: 240 },
  { name: 'in a dark frame at the sides', filter: 'pad=400:180:40:0:color=black', width: 400, height: 180 },
  { name: '10 % narrower', filter: 'scale=288:180', width: 288, height: 180 },
  { name: '10 % lower', filter: 'scale=320:162', width: 320, height: 162 },
  {
    name: 'all of it together',
    filter: 'crop=308:172:6:4,scale=288:172,pad=320:200:16:14:color=gray',
    width: 320,
    height: 200,
  },
];

/** Reads all pictures of a file. After `starved` frames every one has its own mark; before, none has a wrong one. */
function checkMarks(file: Uint8Array, { filter, width, height }: Change, starved: number): void {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  const pictures = ffmpeg(['-i', '-', '-vf', filter, ...output], file);
  assert.lengthOf(pictures, FRAMES * width * height);
  let area: MarkArea | null = null;
  for (let i = 0; i < FRAMES; i++) {
    const luma = pictures.subarray(i * width * height, (i + 1) * width * height);
    const found = readMark(luma, width, width, height, { area });
    if (!found && i < starved) continue;
    assert.isNotNull(found, `frame ${i}`);
    area = found?.area ?? null;
    const sent = i < starved ? Math.min(i, (found?.frame ?? 0) - FIRST_FRAME) : i;
    assert.deepEqual({ ...found, area: null } as unknown, { ...markOf(sent), area: null });
  }
}

describeIf(hasFfmpeg, noFfmpeg, 'A mark in pictures of 1280x720, sent at 100 kbit/s', () => {
  const bitRate = ['-b:v', '100k', '-g', '300', '-f', 'matroska', '-'];
  for (const { name, codec, starved } of encoders) {
    for (const pattern of ['card', 'zone-plate'] as const) {
      let file: Uint8Array;
      it(`is in every frame at 320x180: ${name}, ${pattern}`, () => {
        file = ffmpeg([...rawInput(320, 180), ...codec, ...bitRate], quarterFrames(pattern));
        // The first second has the key frame too.
        assert.isBelow((file.length * 8) / (FRAMES / rateValue(rate)), 200_000);
        checkMarks(file, changes[0], starved);
      });

      for (const change of pattern === 'card' ? changes.slice(1) : []) {
        it(`is in every frame at 320x180, ${change.name}: ${name}`, () => checkMarks(file, change, starved));
      }
    }

    it(`is in every frame at full size: ${name}`, () => {
      const whole = { name, filter: 'null', width: WIDTH, height: HEIGHT };
      const file = ffmpeg([...rawInput(WIDTH, HEIGHT), ...codec, ...bitRate], markedFrames('card'));
      checkMarks(file, whole, starved);
    });
  }
});

describeIf(hasFfmpeg, noFfmpeg, 'The mark of audio after FFmpeg', () => {
  const FIRST_SAMPLE = 123_457;
  const SECONDS = 6;

  /** Asserts that most frames are read, and that each is at the same time as its picture, to so many milliseconds. */
  function checkOffset(
    arrived: Float32Array,
    frameRate: number | string,
    sampleRate: number,
    tolerance: number,
    delay = 0,
  ): void {
    const options = { rate: parseRate(frameRate), sampleRate };
    const marks = readAudio(arrived, options);
    const first = (FIRST_SAMPLE / 48000) * sampleRate;
    for (const error of framesAt(marks, options, first, (time) => time - delay)) assert.closeTo(error, 0, tolerance);
    const sent = Math.floor(SECONDS * rateValue(options.rate));
    assert.isAbove(marks.length, 0.8 * sent - 10);
    // The numbers tell any two frames within 2 s apart.
    assert.isAbove(AUDIO_MARK_FRAMES / rateValue(options.rate), 4);
  }

  const sentAt = (frameRate: number | string, level = -24) =>
    renderedMark({ rate: parseRate(frameRate), sampleRate: 48000, level }, FIRST_SAMPLE, SECONDS);

  for (const frameRate of [10, 25, '29.97', 60, 120]) {
    it(`is within 1 ms after Opus at 16 kbit/s: ${frameRate} frames per second`, () => {
      checkOffset(throughOpus(sentAt(frameRate), 48000, ['-b:a', '16k']), frameRate, 48000, 1);
    });
  }

  it('is within 1 ms after Opus at 16 kbit/s, at −50 dBFS', () => {
    checkOffset(throughOpus(sentAt(30, -50), 48000, ['-b:a', '16k']), 30, 48000, 1);
  });

  const noDtx = "this FFmpeg's encoder of Opus has no option -dtx, so that nothing tests the mark with DTX";
  const withDtx = hasOpusDtx ? it : it.skip;
  withDtx(hasOpusDtx ? 'is within 5 ms after Opus at 16 kbit/s with DTX' : `skipped: ${noDtx}`, () => {
    checkOffset(throughOpus(sentAt(30), 48000, ['-b:a', '16k', '-dtx', '1']), 30, 48000, 5);
  });

  it('is within 0.1 ms after a low pass at 8 kHz', () => {
    checkOffset(filtered(sentAt(30), 48000, 'anull', 16000), 30, 16000, 0.1);
  });

  it('is not taken for noise by a suppressor that learns the noise', () => {
    // It delays by half of its window of 50 ms.
    const arrived = filtered(sentAt(30), 48000, 'afftdn=noise_reduction=30:track_noise=1');
    checkOffset(arrived, 30, 48000, 0.1, 0.025);
  });
});
