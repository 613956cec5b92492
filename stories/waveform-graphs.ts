import { html, svg, type TemplateResult } from 'lit';
import { outlineOf, typicalSamples } from '../demo/oscillogram.js';
import { spectrumOf } from './spectrum.js';

const width = 250;
const height = 76;
const sampleRate = 48000;

/** A graph of samples over time, scaled to its height, and the length of that time. Channels that differ have a graph each. */
export function oscillogram([left, right]: readonly [Float32Array, Float32Array], title: string): TemplateResult {
  const isMono = left.every((sample, i) => sample === right[i]);
  const traces = isMono ? [typicalSamples(left)] : [left, right];
  const seconds = traces[0].length / sampleRate;
  const time = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds} s`;
  const share = (height - 14) / traces.length;
  return html`
    <svg
      class="graph"
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label="${title}: ${time} of samples${isMono ? '' : ', left and right'}"
    >
      ${traces.map(
        (samples, index) => svg`
          <g transform="translate(0 ${index * share})">
            <path class="grid" d="M0 ${share / 2}H${width}" />
            <polyline class="trace" transform="translate(0 3)" points=${outlineOf(samples, width, share - 6)} />
          </g>
        `,
      )}
      <text x=${width} y=${height - 3} text-anchor="end">${time}</text>
    </svg>
  `;
}

/** A graph of levels over frequency: octaves have equal widths, 0 dB is at the top, −120 dB at the bottom. */
export function spectrum(samples: Float32Array, title: string): TemplateResult {
  const points = spectrumOf(samples, sampleRate, width / 2);
  const x = (frequency: number) => (width * Math.log10(frequency / 20)) / 3;
  const y = (level: number) => Math.min(height, Math.max(0, (-level / 120) * height));
  const line = points.map(({ frequency, level }) => `${x(frequency).toFixed(1)},${y(level).toFixed(1)}`).join(' ');
  return html`
    <svg
      class="graph"
      viewBox="0 -4 ${width} ${height + 20}"
      role="img"
      aria-label="${title}: spectrum from 20 Hz to 20 kHz, peak ${peakOf(points)}"
    >
      ${[0, -60, -120].map(
        (level) => svg`
          <path class="grid" d="M0 ${y(level)}H${width}" />
          <text x="2" y=${y(level) + (level === 0 ? 10 : -3)}>${`${level}`.replace('-', '−')}${level === 0 ? ' dB' : ''}</text>
        `,
      )}
      ${[100, 1000, 10000].map(
        (frequency) => svg`
          <path class="grid" d="M${x(frequency)} 0V${height}" />
          <text x=${x(frequency)} y=${height + 13} text-anchor="middle">
            ${frequency < 1000 ? frequency : `${frequency / 1000} k`}${frequency === 10000 ? 'Hz' : ''}
          </text>
        `,
      )}
      <polygon class="area" points="0,${height} ${line} ${width},${height}" />
      <polyline class="trace" points=${line} />
    </svg>
  `;
}

function peakOf(points: ReturnType<typeof spectrumOf>): string {
  const { level, frequency } = points.reduce((highest, point) => (point.level > highest.level ? point : highest));
  return level < -150 ? 'nowhere' : `at ${Math.round(frequency)} Hz`;
}
