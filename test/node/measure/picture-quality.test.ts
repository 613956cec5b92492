/* PSNR and SSIM beside those of FFmpeg, and the names of wrong colours. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPatternRenderer, type Picture, parseRate } from 'track-elements/signals';
import { type ColorCoding, findColorFault } from '../../../dist/measure/color-fault.js';
import {
  meanSquaredError,
  type PlanarPicture,
  type Steps,
  structuralSimilarity,
} from '../../../dist/measure/picture-quality.js';
import { psnrOf } from '../../../dist/measure/video-measurement.js';
import { ffmpeg, hasFfmpeg } from '../../signals/transcoding.js';
import { describeIf, noFfmpeg } from '../../support/skipping.js';
import { assert, describe, it } from '../../support/suite.js';

const [WIDTH, HEIGHT] = [320, 184];

const rendered = (
  pattern: 'card' | 'smpte-hd' | 'ebu-75' | 'ebu-100' | 'color-chart' | 'staircase',
  colorSpace: 'bt601' | 'bt709' = 'bt709',
  n = 20,
) => {
  const frameRate = parseRate(30);
  const renderer = createPatternRenderer({ pattern, width: WIDTH, height: HEIGHT, frameRate, colorSpace });
  renderer.render(n);
  return renderer.picture;
};

const bytesOf = ({ y, u, v }: Picture): Uint8Array => Buffer.concat([y, u, v]);

function planar(bytes: Uint8Array): PlanarPicture {
  const luma = WIDTH * HEIGHT;
  return {
    width: WIDTH,
    height: HEIGHT,
    y: { samples: bytes.subarray(0, luma), stride: WIDTH },
    u: { samples: bytes.subarray(luma, luma * 1.25), stride: WIDTH / 2 },
    v: { samples: bytes.subarray(luma * 1.25, luma * 1.5), stride: WIDTH / 2 },
  };
}

const planarOf = (picture: Picture): PlanarPicture => planar(bytesOf(picture));

const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${WIDTH}x${HEIGHT}`];

/** A picture after an encoder of FFmpeg. */
const encoded = (bytes: Uint8Array, options: readonly string[]): Uint8Array =>
  ffmpeg(
    ['-f', 'matroska', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'],
    ffmpeg([...raw, '-i', '-', ...options, '-f', 'matroska', '-'], bytes),
  );

/** The text that a filter of FFmpeg writes about two pictures. */
function filterSays(filter: 'psnr' | 'ssim', received: Uint8Array, reference: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'quality-'));
  try {
    const [a, b, log] = ['a.yuv', 'b.yuv', 'log'].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(a, received);
    writeFileSync(b, reference);
    ffmpeg([...raw, '-i', a, ...raw, '-i', b, '-lavfi', `${filter}=stats_file=${log}`, '-f', 'null', '-']);
    return readFileSync(log, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The result of all steps. */
function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describeIf(hasFfmpeg, noFfmpeg, 'The quality of pictures after an encoder', () => {
  for (const options of [
    ['-c:v', 'libvpx', '-b:v', '60k', '-qmin', '40', '-qmax', '60'],
    ['-c:v', 'mpeg4', '-q:v', '20'],
    ['-c:v', 'mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj420p'],
  ]) {
    for (const pattern of ['card', 'smpte-hd'] as const) {
      it(`is that of FFmpeg: ${pattern} after ${options[1]}`, () => {
        const reference = bytesOf(rendered(pattern));
        const received = encoded(reference, options);
        const psnr = Number(/psnr_avg:([\d.]+)/.exec(filterSays('psnr', received, reference))?.[1]);
        const ssim = Number(/All:([\d.]+)/.exec(filterSays('ssim', received, reference))?.[1]);
        assert.isAbove(psnr, 15);
        assert.isBelow(psnr, 60);
        assert.closeTo(psnrOf(finish(meanSquaredError(planar(received), planar(reference)))), psnr, 0.01);
        assert.closeTo(finish(structuralSimilarity(planar(received), planar(reference))), ssim, 0.0001);
      });
    }
  }
});

describe('The quality of pictures', () => {
  it('is 100 dB and 1 of two that are the same', () => {
    const picture = planarOf(rendered('card'));
    assert.equal(psnrOf(finish(meanSquaredError(picture, picture))), 100);
    assert.equal(finish(structuralSimilarity(picture, picture)), 1);
  });

  it('is that of an error of one step in every sample: 48.13 dB', () => {
    const bytes = bytesOf(rendered('card'));
    const error = finish(meanSquaredError(planar(bytes.map((sample) => sample + 1)), planar(bytes)));
    assert.closeTo(psnrOf(error), 48.1308, 0.0001);
  });

  it('reads planes whose rows have padding', () => {
    const picture = rendered('card');
    const padded = new Uint8Array((WIDTH + 24) * HEIGHT).fill(7);
    for (let row = 0; row < HEIGHT; row++) {
      padded.set(picture.y.subarray(row * WIDTH, (row + 1) * WIDTH), row * (WIDTH + 24));
    }
    const received = { ...planarOf(picture), y: { samples: padded, stride: WIDTH + 24 } };
    assert.equal(finish(meanSquaredError(received, planarOf(picture))), 0);
    assert.equal(finish(structuralSimilarity(received, planarOf(picture))), 1);
  });
});

const bt601: ColorCoding = { matrix: 'bt601', isFullRange: false };
const bt709: ColorCoding = { matrix: 'bt709', isFullRange: false };
const full709: ColorCoding = { matrix: 'bt709', isFullRange: true };

/** A picture that FFmpeg has converted from one coding into another. */
const converted = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
  ffmpeg(
    [...raw, '-i', '-', '-vf', `scale=${from}:${to}:flags=accurate_rnd+full_chroma_int`, ...raw.slice(0, 4), '-'],
    bytes,
  );

describe('Wrong colours', () => {
  for (const pattern of ['smpte-hd', 'ebu-75'] as const) {
    it(`of ${pattern}: BT.601 shown as BT.709 has its name, and the reverse`, () => {
      const [sd, hd] = [planarOf(rendered(pattern, 'bt601')), planarOf(rendered(pattern, 'bt709'))];
      const fault = finish(findColorFault(sd, bt709, sd, bt601));
      assert.equal(fault, 'The colours are wrong: BT.601 shown as BT.709.');
      assert.equal(finish(findColorFault(hd, bt601, hd, bt709)), 'The colours are wrong: BT.709 shown as BT.601.');
    });

    it(`of ${pattern}: a wrong range has its name`, () => {
      const picture = planarOf(rendered(pattern));
      assert.equal(
        finish(findColorFault(picture, full709, picture, bt709)),
        'The colours are wrong: limited range shown as full range.',
      );
    });

    it(`of ${pattern} are none where the coding is right`, () => {
      const picture = planarOf(rendered(pattern, 'bt601'));
      assert.isNull(finish(findColorFault(picture, bt601, picture, bt601)));
    });
  }

  it('of a chart that is mostly grey: a wrong matrix has its name', () => {
    const picture = planarOf(rendered('color-chart', 'bt601'));
    assert.equal(
      finish(findColorFault(picture, bt709, picture, bt601)),
      'The colours are wrong: BT.601 shown as BT.709.',
    );
  });

  it('of greys: a wrong matrix cannot be told, and is not named beside a wrong range', () => {
    for (const [space, coding] of [
      ['bt601', bt601],
      ['bt709', bt709],
    ] as const) {
      const picture = planarOf(rendered('staircase', space));
      for (const matrix of ['bt601', 'bt709'] as const) {
        assert.isNull(finish(findColorFault(picture, { matrix, isFullRange: false }, picture, coding)));
        assert.equal(
          finish(findColorFault(picture, { matrix, isFullRange: true }, picture, coding)),
          'The colours are wrong: limited range shown as full range.',
        );
      }
    }
  });
});

describeIf(hasFfmpeg, noFfmpeg, 'Colours that FFmpeg has converted', () => {
  const original = rendered('ebu-75', 'bt601');

  it('are right if the conversion was', () => {
    const received = planar(converted(bytesOf(original), 'in_color_matrix=bt601', 'out_color_matrix=bt709'));
    assert.isNull(finish(findColorFault(received, bt709, planarOf(original), bt601)));
  });

  it('are named when the numbers are right and said to be others', () => {
    const received = planar(converted(bytesOf(original), 'in_color_matrix=bt601', 'out_color_matrix=bt709'));
    assert.equal(
      finish(findColorFault(received, bt601, planarOf(original), bt601)),
      'The colours are wrong: BT.709 shown as BT.601.',
    );
  });

  it('are named when full range was made and is shown as limited', () => {
    const received = planar(converted(bytesOf(original), 'in_range=limited', 'out_range=full'));
    assert.equal(
      finish(findColorFault(received, bt601, planarOf(original), bt601)),
      'The colours are wrong: full range shown as limited range.',
    );
  });

  it('are named where all of them are at the ends of the range, so that the picture looks right', () => {
    const bars = rendered('ebu-100', 'bt709');
    const received = planar(converted(bytesOf(bars), 'in_range=limited', 'out_range=full'));
    assert.equal(
      finish(findColorFault(received, bt709, planarOf(bars), bt709)),
      'The colours are wrong: full range shown as limited range.',
    );
  });

  it('are named after an encoder at a low bit rate, too', () => {
    const received = planar(
      encoded(bytesOf(original), ['-c:v', 'libvpx', '-b:v', '40k', '-qmin', '40', '-qmax', '60']),
    );
    assert.isNull(finish(findColorFault(received, bt601, planarOf(original), bt601)));
    assert.equal(
      finish(findColorFault(received, bt709, planarOf(original), bt601)),
      'The colours are wrong: BT.601 shown as BT.709.',
    );
  });
});
