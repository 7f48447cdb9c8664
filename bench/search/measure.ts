export interface Figures {
  p50: number
  p95: number
  /** Milliseconds of the processor, the median: other work on the machine counts for nothing. */
  cpu: number
}

const ROUNDS = 15

/** Milliseconds that a call takes; the first one warms up. */
export function measure(call: () => unknown, rounds = ROUNDS): Figures {
  call()
  const times: number[] = []
  const cpuTimes: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const cpuBefore = process.cpuUsage()
    const before = performance.now()
    call()
    times.push(performance.now() - before)
    const { user, system } = process.cpuUsage(cpuBefore)
    cpuTimes.push((user + system) / 1_000)
  }
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), cpu: quantile(cpuTimes, 0.5) }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
