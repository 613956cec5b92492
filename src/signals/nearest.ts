/** The name that is most like the one given, or `undefined` where none is much like it. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  let least = Math.max(2, given.length / 2);
  let best: string | undefined;
  for (const name of names) {
    const edits = distance(given.toLowerCase(), name);
    if (edits < least || (edits === least && !best)) [least, best] = [edits, name];
  }
  return best;
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const letter of from) {
    const next = [row[0] + 1];
    for (let j = 0; j < to.length; j++) next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + +(letter !== to[j])));
    row = next;
  }
  return row[to.length];
}
