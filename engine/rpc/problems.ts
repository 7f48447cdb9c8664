import type { Problem } from '#contract/status.ts'

/** What the person should know now; a problem stays until it is cleared. */
export interface Problems {
  report(code: string, sentence: string): void
  clear(code: string): void
  list(): Problem[]
}

export function createProblems(onChange: () => void): Problems {
  const problems = new Map<string, Problem>()
  return {
    report(code, sentence) {
      const known = problems.get(code)
      if (known?.sentence === sentence) return
      problems.set(code, { code, sentence, sinceMs: known?.sinceMs ?? Date.now() })
      onChange()
    },
    clear(code) {
      if (problems.delete(code)) onChange()
    },
    list: () => [...problems.values()],
  }
}
