/** What pairs of times say; milliseconds. */
export interface PairedTimes {
  pairs: number
  /** Of `late - early`. */
  medianMs: number
  /** The median lies between these with a probability of 99 %, whatever the distribution. */
  fromMs: number
  toMs: number
  /** Of the pairs, those in which `late` took longer; ties count half. */
  laterShare: number
  /** Standard deviations of that share from the half that chance gives (sign test). */
  deviations: number
  /** Whether it is beyond doubt that late ones take longer. */
  leaks: boolean
}

/** One in three million by chance, and each half of the pairs by itself one in a thousand. */
const SURE = 5
const SURE_IN_HALF = 3.1
/** At least three of four pairs: a difference that can be used, not only measured. */
const LEAST_SHARE = 0.75
const LEAST_PAIRS = 40
/** 99 % of a normal distribution lie within so many standard deviations. */
const WITHIN_99 = 2.576

/**
 * Compares times that were taken in pairs, with the sign test: it asks nothing of their
 * distribution, and single slow answers do not weigh.
 *
 * @param pairs `[early, late]` in milliseconds
 */
export function comparePairs(pairs: readonly (readonly [number, number])[]): PairedTimes {
  const differences = pairs.map(([early, late]) => late - early)
  const sorted = [...differences].sort((one, other) => one - other)
  const count = sorted.length
  const spread = (WITHIN_99 * Math.sqrt(count)) / 2
  const at = (index: number) => sorted[Math.min(count - 1, Math.max(0, Math.round(index)))] ?? 0
  const { share, deviations } = signTest(differences)
  const half = Math.floor(count / 2)
  const halves = [differences.slice(0, half), differences.slice(half)].map(signTest)
  return {
    pairs: count,
    medianMs: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    fromMs: at(count / 2 - spread - 1),
    toMs: at(count / 2 + spread),
    laterShare: share,
    deviations,
    leaks:
      count >= LEAST_PAIRS &&
      share >= LEAST_SHARE &&
      deviations >= SURE &&
      halves.every((each) => each.deviations >= SURE_IN_HALF),
  }
}

function signTest(differences: readonly number[]): { share: number; deviations: number } {
  const count = differences.length
  if (count === 0) return { share: 0.5, deviations: 0 }
  const later = differences.reduce((sum, each) => sum + (each > 0 ? 1 : each === 0 ? 0.5 : 0), 0)
  return { share: later / count, deviations: (later - count / 2) / (Math.sqrt(count) / 2) }
}
