// Medians and other ranks.

/** The least value that this share of all does not exceed. */
export function rank(values, share) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] : null;
}

export const median = (values) => rank(values, 0.5);
