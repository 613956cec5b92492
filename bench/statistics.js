/** Of numbers that a busy machine disturbs, the middle one. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures each case once a round, one after the other, so that what else the machine does falls on all of them alike.
 * Resolves to a map from a case to its results in the order of rounds.
 */
export async function interleave(rounds, cases, measure) {
  const results = new Map(cases.map((each) => [each, []]));
  for (let round = 0; round < rounds; round++) {
    for (const each of cases) results.get(each).push(await measure(each));
  }
  return results;
}

/** The median of the rounds' ratios: each is taken within its round. */
export const ratio = (numbers, others) => median(numbers.map((number, round) => number / others[round]));
