import { ORPCError } from '@orpc/client'
import { visibleLines } from './visible-text.ts'

interface Issue {
  path: string
  message: string
}

function readIssues(data: unknown): Issue[] {
  if (typeof data !== 'object' || data === null || !('issues' in data)) return []
  if (!Array.isArray(data.issues)) return []
  return data.issues.flatMap((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) return []
    const path = 'path' in issue && Array.isArray(issue.path) ? issue.path.join('.') : ''
    return [{ path, message: String(issue.message) }]
  })
}

/** What an error says to a person, in one sentence. */
export function errorSentence(error: unknown): string {
  // It may quote what a sender or a file said.
  return visibleLines(sentenceOf(error))
}

function sentenceOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const [first] = readIssues(error.data)
    return first?.message ?? error.message
  }
  return error instanceof Error ? error.message : String(error)
}

/** The engine's complaints by field path (`name`, `secrets.0.text`); `''` for the whole form. */
export function fieldErrors(error: unknown, fields: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  if (error === null || error === undefined) return found
  const issues = error instanceof ORPCError ? readIssues(error.data) : []
  for (const issue of issues) {
    if (!found.has(issue.path)) found.set(issue.path, visibleLines(issue.message))
  }
  if (found.size > 0) return found
  const sentence = errorSentence(error)
  const named = error instanceof ORPCError && error.code === 'CONFLICT' ? fields : []
  const field = named.find((name) => new RegExp(`\\b${name}\\b`, 'i').test(sentence))
  found.set(field ?? '', sentence)
  return found
}
