/** What a sender may do so often: bursts up to `burst`, `perSecond` in the long run. */
export class FloodBudget {
  private readonly burst: number
  private readonly perSecond: number
  private left: number
  private countedAtMs: number

  constructor(burst: number, perSecond: number, nowMs = performance.now()) {
    this.burst = burst
    this.perSecond = perSecond
    this.left = burst
    this.countedAtMs = nowMs
  }

  /** False: that was one too many. @param nowMs of a clock that nobody sets */
  spend(nowMs = performance.now()): boolean {
    const earned = ((nowMs - this.countedAtMs) / 1000) * this.perSecond
    this.left = Math.min(this.burst, this.left + earned) - 1
    this.countedAtMs = nowMs
    return this.left >= 0
  }
}
