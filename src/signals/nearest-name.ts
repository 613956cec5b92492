/** The name with the fewest different letters, or `undefined` if more than about half of them differ. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  let least = Math.max(2, given.length / 2);
  let best: string | undefined;
  for (const name of names) {
    const edits = editDistance(given.toLowerCase(), name);
    if (edits < least || (edits === least && !best)) [least, best] = [edits, name];
  }
  return best;
}

/** The number of letters to insert, delete or change (Levenshtein distance). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const letter of from) {
    const next = [row[0] + 1];
    for (let j = 0; j < to.length; j++) next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + +(letter !== to[j])));
    row = next;
  }
  return row[to.length];
}
