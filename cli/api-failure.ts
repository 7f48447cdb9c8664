import { ORPCError } from '@orpc/client'
import { CommandFailure, messageOf, runtimeFailure } from './failure.ts'
import { EngineStartError } from '#engine/options.ts'

/** What to tell a person about anything that was thrown; own failures stay as they are. */
export function asCommandFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  if (error instanceof EngineStartError) return runtimeFailure(error.message, error)
  if (!(error instanceof ORPCError)) return runtimeFailure(messageOf(error), error)
  const hints: Readonly<Record<string, string>> = {
    NOT_FOUND: 'Run “countersign list” or “countersign endpoints list” to see what there is.',
    CONFLICT: 'Choose another, or remove the one that has it with “countersign endpoints remove”.',
    HOST_NOT_ALLOWED: '--allow-remote does.',
    LOCKED: 'Unlock them in the app, then try again.',
    UNAVAILABLE: 'Free some space in the data directory, then try again.',
  }
  const issues = issueSentences(error.data)
  const hint = hints[error.code] ?? ''
  return runtimeFailure([issues || error.message, hint].filter(Boolean).join(' '), error)
}

/** The sentences of a failed validation, which stand in its data. */
function issueSentences(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('issues' in data)) return ''
  if (!Array.isArray(data.issues)) return ''
  const sentences = data.issues.flatMap((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'message' in issue
      ? [String(issue.message)]
      : [],
  )
  return sentences.join(' ')
}
