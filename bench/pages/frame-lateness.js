/** Measures how late the frames of a `<pattern-source>` at 30000/1001 frames per second are read from its track. */

const RATE = { numerator: 30_000, denominator: 1001 };

/** Reads frames up to number `last`. Resolves to its lateness and the least of the last thirty, in milliseconds. */
export async function measureLateness(last) {
  await import('/dist/define/pattern-source.js');
  const { now, pageOrigin } = await import('/dist/generator/timeline.js');
  const source = document.createElement('pattern-source');
  Object.assign(source, { pattern: 'ball', width: 1280, height: 720, frameRate: '29.97' });
  document.body.append(source);
  const reader = new MediaStreamTrackProcessor({ track: await source.ready }).readable.getReader();
  const seen = [];
  for (let n = 0; n < last; ) {
    const { value } = await reader.read();
    n = Math.round((value.timestamp * RATE.numerator) / RATE.denominator / 1e6);
    const due = pageOrigin() + (n * RATE.denominator * 1000) / RATE.numerator;
    seen.push({ n, late: now() - due });
    value.close();
  }
  source.remove();
  const earliest = Math.min(...seen.slice(-30).map(({ late }) => late));
  return { n: seen.at(-1).n, late: seen.at(-1).late, earliest, missing: seen.at(-1).n - seen[0].n + 1 - seen.length };
}
