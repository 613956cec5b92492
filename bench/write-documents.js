/**
 * `--write`: the results of `speed` become the tables between `<!-- speed -->` and `<!-- /speed -->` in README.md and
 * docs/performance.md, and `<!-- shares -->` there, with their date, the machine and the command.
 */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chromium } from '../scripts/browsers/chromium.js';
import { root } from '../scripts/process.js';
import { format } from './table.js';

export async function writeDocuments({ figures, notes }, { rounds }) {
  const speed = `${await introduction(rounds)}\n\n${ratios(figures)}\n\n${shownFrames(notes)}\n${stillTracks(figures)}`;
  await replaceIn('README.md', { speed });
  await replaceIn('docs/performance.md', { speed, shares: shares(figures) });
}

async function introduction(rounds) {
  const [{ model }, { length }] = [cpus()[0], cpus()];
  const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const version = /\d+/.exec(execFileSync(await chromium.find(), ['--version'], { encoding: 'utf8' }))?.[0];
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${date}, \`npm run bench -- --only speed --rounds ${rounds} --write\`: ${model.trim()}, ${length} cores, ${memory} GB, headless Chromium ${version}.`;
}

/** One row for each pair of cases, with the results of both formats and their targets. */
function ratios(figures) {
  const found = figures.filter(({ row }) => row);
  const columns = [...new Set(found.map(({ row }) => row[3]))];
  const rows = groupBy(found, ({ row: [name, other, size] }) => `\`${name}\` / ${other} | ${size}`);
  const cell = (cells, column) => {
    const { value, most } = cells.find(({ row }) => row[3] === column);
    return most === undefined
      ? `${value.toFixed(2)} |`
      : `${value.toFixed(2)} | ≤ ${most.toFixed(2)}${value > most ? ', missed' : ''}`;
  };
  const lines = [...rows].map(
    ([name, cells]) => `| ${name} | ${columns.map((column) => cell(cells, column)).join(' | ')} |`,
  );
  return [
    `| Compared | Video | ${columns.map((column) => `${column} | target`).join(' | ')} |`,
    `| --- | --- ${'| --- | --- '.repeat(columns.length)}|`,
    ...lines,
  ].join('\n');
}

/** A source that shows fewer frames takes less time, so that the ratio to it is too high. */
function shownFrames(notes) {
  const texts = ['library', 'canvas loop', 'fake camera'].map((source) => {
    const found = notes.filter(({ what }) => new RegExp(` shown at (?!640).* ${source}, (ball|its own)$`).test(what));
    return `${source} ${found.map((note) => Math.round(note['frames per second'])).join(' and ')}`;
  });
  return `Frames shown per second, at 720p30 and at 1080p60: ${texts.join(', ')}.`;
}

function stillTracks(figures) {
  const of = (what) => figures.find((figure) => figure.what === `tracks: ${what}`);
  const [loop, still, times] = [of('canvas loop'), of('library, still'), of('library, still / canvas loop')];
  const verdict = times.value < times.least ? ', missed' : '';
  return `Tracks of 720p30 that play at once, each with at least 95 % of its frames: ${still.value} of a still pattern, ${loop.value} of canvas loops. That is ${format(times.value)} times as many (target: at least ${times.least} times${verdict}).`;
}

function shares(figures) {
  const found = figures.filter(({ part }) => part);
  const columns = [...new Set(found.map(({ part }) => part[1]))];
  const rows = groupBy(found, ({ part: [name] }) => name);
  return [
    `| Part of the time | ${columns.join(' | ')} |`,
    `| --- ${'| --- '.repeat(columns.length)}|`,
    ...[...rows].map(([name, cells]) => {
      const texts = cells.map(({ value, unit }) =>
        unit === ' %' ? `${Math.round(value)} %` : `${value.toFixed(1)} ms`,
      );
      return `| ${name} | ${texts.join(' | ')} |`;
    }),
  ].join('\n');
}

/** `Map.groupBy()`, which Node has since version 21. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function replaceIn(path, parts) {
  const file = join(root, path);
  let text = await readFile(file, 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const pattern = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!pattern.test(text)) throw new Error(`${path} has no <!-- ${name} --> and <!-- /${name} -->.`);
    text = text.replace(pattern, (_, before, after) => `${before}\n${part}\n${after}`);
  }
  await writeFile(file, text);
}
