import { type Forwarding, type ForwardTarget, HttpUrl } from '#contract/forwarding.ts'

/** A target as it is being written; `key` stays with it when it moves. */
export interface TargetDraft extends ForwardTarget {
  key: number
}

/** Where deliveries go on to, as it is being written. */
export interface ForwardingDraft {
  targets: readonly TargetDraft[]
  when: Forwarding['when']
  /** Seconds; empty: the scheme's. */
  deadline: string
  retry: Forwarding['retry']['kind']
  /** Seconds between attempts, as typed. */
  gaps: string
  late: Forwarding['late']
  paused: boolean
}

let keys = 0
export function newTarget(): TargetDraft {
  keys += 1
  const rest = { enabled: true, keepHost: false, addressHeaders: 'none', verifyTls: true } as const
  return { key: keys, url: '', ...rest }
}

export function draftForwarding(forwarding: Forwarding | null): ForwardingDraft {
  const { deadlineMs = null, retry } = forwarding ?? {}
  return {
    targets: (forwarding?.targets ?? []).map((target) => ({ ...newTarget(), ...target })),
    when: forwarding?.when ?? 'before-answer',
    deadline: deadlineMs === null ? '' : String(deadlineMs / 1000),
    retry: retry?.kind ?? 'none',
    gaps: retry?.kind === 'schedule' ? retry.gapsSeconds.join(', ') : '5, 60, 300',
    late: forwarding?.late ?? 'as-is',
    paused: forwarding?.paused ?? false,
  }
}

/** Seconds between attempts: numbers with commas or blanks between; `null`: they are not. */
export function readGaps(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const gaps = words.map((word) => (/^\d{1,6}(\.\d+)?$/.test(word) ? Number(word) : -1))
  const right = gaps.every((gap) => gap >= 0 && gap <= 604_800)
  return right && gaps.length >= 1 && gaps.length <= 30 ? gaps : null
}

/** Milliseconds of a deadline in seconds; `null`: the scheme's; `undefined`: it is none. */
export function readDeadline(text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const ms = /^\d{1,4}(\.\d{1,3})?$/.test(trimmed) ? Math.round(Number(trimmed) * 1000) : -1
  return ms >= 100 && ms <= 300_000 ? ms : undefined
}

/** What is wrong, by field: `deadline`, `gaps`, `target KEY`. */
export function forwardingProblems(draft: ForwardingDraft): Map<string, string> {
  const problems = new Map<string, string>()
  if (readDeadline(draft.deadline) === undefined) problems.set('deadline', '0.1 to 300 s.')
  if (draft.retry === 'schedule' && readGaps(draft.gaps) === null) {
    problems.set('gaps', 'Up to 30 pauses in seconds, such as 5, 60, 300.')
  }
  const seen = new Set<string>()
  for (const { key, url } of draft.targets) {
    const parsed = HttpUrl.safeParse(url.trim())
    const problem = parsed.success
      ? seen.has(parsed.data)
        ? 'It stands there twice.'
        : null
      : (parsed.error.issues[0]?.message ?? 'It is no URL.')
    if (parsed.success) seen.add(parsed.data)
    if (problem !== null) problems.set(`target ${key}`, problem)
  }
  return problems
}

/** What a draft means; `'wrong'`: something in it cannot be used, and says so where it stands. */
export function readForwarding(draft: ForwardingDraft): Forwarding | null | 'wrong' {
  const { when, retry, late, paused } = draft
  if (draft.targets.length === 0) return null
  if (forwardingProblems(draft).size > 0) return 'wrong'
  const targets = draft.targets.map(
    ({ url, enabled, keepHost, addressHeaders, verifyTls }): ForwardTarget => ({
      url: url.trim(),
      enabled,
      keepHost,
      addressHeaders,
      verifyTls,
    }),
  )
  return {
    targets,
    when,
    deadlineMs: readDeadline(draft.deadline) ?? null,
    retry:
      retry === 'schedule'
        ? { kind: retry, gapsSeconds: readGaps(draft.gaps) ?? [] }
        : { kind: retry },
    late,
    paused,
  }
}
