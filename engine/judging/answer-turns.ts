/** Of so many messages an endpoint remembers how often they came. */
const MOST_MESSAGES = 10_000

/** How often an endpoint answered, since its answers were last changed. */
export interface AnswerTurns {
  /** Counts a delivery; both numbers begin at 1. */
  delivered(message: string): { counter: number; attempt: number }
  /** The turn that this delivery takes in the sequence, from 0. */
  takeTurn(message: string | null): number
  /** Counts what was counted since `committed` as if it had not come. */
  rolledBack(): void
  committed(): void
}

/** In memory: after a restart sequences begin anew. The messages that came longest ago are forgotten. */
export function createAnswerTurns(limit = MOST_MESSAGES): AnswerTurns {
  const attempts = new Map<string, number>()
  const turns = new Map<string, number>()
  let counter = 0
  let shared = 0
  let undo: (() => void)[] = []

  const count = (counts: Map<string, number>, key: string): number => {
    const before = counts.get(key) ?? 0
    // The newest stand last in a Map.
    counts.delete(key)
    counts.set(key, before + 1)
    undo.push(() => {
      if (before === 0) counts.delete(key)
      else counts.set(key, before)
    })
    if (counts.size > limit) {
      const [oldest] = counts.keys()
      if (oldest !== undefined) counts.delete(oldest)
    }
    return before
  }
  return {
    delivered(message) {
      counter += 1
      undo.push(() => (counter -= 1))
      return { counter, attempt: count(attempts, message) + 1 }
    },
    takeTurn(message) {
      if (message !== null) return count(turns, message)
      undo.push(() => (shared -= 1))
      return shared++
    },
    rolledBack() {
      for (const back of undo.reverse()) back()
      undo = []
    },
    committed() {
      undo = []
    },
  }
}
