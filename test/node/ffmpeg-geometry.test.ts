/*
 * The zone plate and the rings against FFmpeg, which evaluates the formulas for each pixel by itself (`geq`). FFmpeg 6 has the
 * source `zoneplate` too, but it rounds the coefficients of the squares to 16 bits.
 */
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { assert } from 'chai';
import { pictureOf } from '../signals/descriptions.js';

const [width, height] = [320, 180];

const missing = spawnSync('ffmpeg', ['-version']).error ? 'skipped: ffmpeg is not installed' : false;
if (missing) console.log(missing);

/** Luma of frame number `n`, of a formula of X, Y, W, H and N. */
function lumaOf(formula: string, n: number): Uint8Array {
  const source = `color=black:size=${width}x${height}:rate=30,format=gray,geq=lum='${formula}'`;
  const select = ['-vf', `select=eq(n\\,${n})`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  const { stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...select], {
    maxBuffer: 1e8,
  });
  assert.lengthOf(stdout, width * height, `${stderr}`);
  return stdout;
}

function assertSame(ours: Uint8Array, theirs: Uint8Array): void {
  for (let i = 0; i < ours.length; i++) assert.closeTo(ours[i], theirs[i], 1, `pixel ${i}`);
}

describe('FFmpeg draws the same', { skip: missing }, () => {
  it('zone plate, with all ten coefficients', () => {
    const params = { k0: 11, kx: 3.5, ky: -2, kt: 7, kxt: 0.25, kyt: -0.5, kxy: 30, kx2: 90, ky2: -60, kt2: 3 };
    const [x, y] = ['(X-W/2)', '(Y-H/2)'];
    const phase = `11+3.5*${x}-2*${y}+7*N+0.25*${x}*N-0.5*${y}*N+30*${x}*${y}/(W/2)+90*${x}*${x}/W-60*${y}*${y}/H+3*N*N/2`;
    for (const n of [0, 9]) {
      const theirs = lumaOf(`16.5+219*(0.5+0.5*sin(2*PI*(${phase})/256))`, n);
      assertSame(pictureOf({ pattern: 'zone-plate', width, height, params }, n).y, theirs);
    }
  });

  it('zone plate without coefficients', () => {
    const theirs = lumaOf('16.5+219*(0.5+0.5*sin(PI*(pow(X-W/2,2)+pow(Y-H/2,2))/W))', 0);
    assertSame(pictureOf({ pattern: 'zone-plate', width, height }).y, theirs);
  });

  it('rings with edges that are one pixel soft', () => {
    const radius = 'hypot(X+0.5-W/2,Y+0.5-H/2)';
    const theirs = lumaOf(`16.5+219*clip(5.5-abs(${radius}-24*round(${radius}/24)),0,1)`, 0);
    assertSame(pictureOf({ pattern: 'circles', width, height, params: { pitch: 24, width: 10 } }).y, theirs);
  });
});
