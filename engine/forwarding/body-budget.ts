/** Bytes of bodies that are held at once for what waits; a larger one goes alone. */
const BUDGET_BYTES = 64 * 1024 * 1024

export interface BodyBudget {
  /** Resolves when so much may be read, with what gives it back. */
  take(byteLength: number): Promise<() => void>
}

/** Keeps the queues from holding more bodies in memory than they need, first come first served. */
export function createBodyBudget(budgetBytes = BUDGET_BYTES): BodyBudget {
  let takenBytes = 0
  const waiting: { byteLength: number; go: () => void }[] = []
  const fits = (byteLength: number) => takenBytes === 0 || takenBytes + byteLength <= budgetBytes
  const next = () => {
    for (let first = waiting[0]; first && fits(first.byteLength); first = waiting[0]) {
      waiting.shift()
      takenBytes += first.byteLength
      first.go()
    }
  }
  return {
    take: (byteLength) =>
      new Promise((resolve) => {
        const giveBack = () => {
          takenBytes -= byteLength
          next()
        }
        waiting.push({ byteLength, go: () => resolve(giveBack) })
        next()
      }),
  }
}
