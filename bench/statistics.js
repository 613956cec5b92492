/** The median: the other work of a machine disturbs it less than the mean. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures every case once in each round, so that the other work of the machine disturbs all of them equally. Resolves to
 * a map from each case to its results, in the order of rounds.
 */
export async function interleave(rounds, cases, measure) {
  const results = new Map(cases.map((each) => [each, []]));
  for (let round = 0; round < rounds; round++) {
    for (const each of cases) results.get(each).push(await measure(each));
  }
  return results;
}

/** The median of ratios, each of two numbers of the same round. */
export const ratio = (numbers, others) => median(numbers.map((number, round) => number / others[round]));
