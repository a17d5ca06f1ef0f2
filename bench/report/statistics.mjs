/** Medians, and ratios of what was measured in the same round. */

/** @param {readonly number[]} values @returns {number | undefined} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/**
 * The median of the ratios of each round: what slows down a whole round slows down both.
 *
 * @param {ReadonlyMap<number, number>} values round -> value @param {ReadonlyMap<number, number>} references
 */
export function medianRatio(values, references) {
  const ratios = [...values].flatMap(([round, value]) => {
    const other = references.get(round);
    return other ? [value / other] : [];
  });
  return median(ratios);
}
