import type { Transfer } from '#contract/transfer.ts'

/** One import or export, as it is told; its runner changes it and says so. */
export interface Job {
  readonly transfer: Transfer
  /** Changes what is told. */
  set(change: Partial<Transfer>): void
  readonly signal: AbortSignal
}

/** Its end, with why there was none that was wanted. */
export function failed(job: Job, problem: string): void {
  if (job.transfer.state === 'running') job.set({ state: 'failed', problem })
}

export function deliveriesInWords(count: number): string {
  return count === 1 ? 'one delivery' : `${count.toLocaleString('en-US')} deliveries`
}
