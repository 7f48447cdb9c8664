import type { Problem } from '#contract/status.ts'

/** What the person should know now; a problem stays until it is cleared. */
export interface Problems {
  report(code: string, sentence: string): void
  clear(code: string): void
  list(): Problem[]
}

/** @param told of each, for the log */
export function createProblems(
  onChange: () => void,
  told?: { reported(problem: Problem): void; cleared(code: string): void },
): Problems {
  const problems = new Map<string, Problem>()
  return {
    report(code, sentence) {
      const known = problems.get(code)
      if (known?.sentence === sentence) return
      const problem = { code, sentence, sinceMs: known?.sinceMs ?? Date.now() }
      problems.set(code, problem)
      told?.reported(problem)
      onChange()
    },
    clear(code) {
      if (!problems.delete(code)) return
      told?.cleared(code)
      onChange()
    },
    list: () => [...problems.values()],
  }
}
